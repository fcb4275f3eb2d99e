"""The records of an .xls workbook ([MS-XLS]): its version, a password, and whether its cells can be where they say."""

import struct

from pipeline.errors import DeliveryError
from pipeline.intake.compound import Compound
from pipeline.intake.package import is_memory_limited

PROTECTED = "is protected by a password; save it without one"
_TOO_OLD = "is a workbook of Excel 95 or older; open it in Excel or WPS and save it as .xlsx"
_DAMAGED = (
    "is a damaged workbook; open it in Excel or WPS, let it be repaired, and save it as .xlsx"
)
_BOF, _BIFF8, _PASSWORD = 0x0809, 0x0600, 0x002F
# Formula, several numbers or blanks, label, string number, blank, number, text, truth value, rounded number.
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
_COLUMNS = 256
_HEAD_BYTES = 4096


def records_of(file: Compound) -> str:
    """Name the stream that holds the records of a workbook; nothing where there is none."""
    return next((name for name in file.streams if name.lower() in ("workbook", "book")), "")


def assert_readable(file: Compound, name: str) -> None:
    """Raise DeliveryError for a stream of records that is too old, has a password, or cells in columns of no sheet.

    Cells are looked at where the process has no limit of memory: one misplaced by a broken byte makes calamine
    ask for room for all columns up to it.
    """
    records = file.read(name, _HEAD_BYTES)
    if len(records) < 8:
        raise DeliveryError(_DAMAGED)
    kind, _, version = struct.unpack_from("<HHH", records)
    if kind != _BOF or version != _BIFF8:
        raise DeliveryError(_TOO_OLD)
    _walk(records if is_memory_limited() else file.read(name))


def _walk(records: bytes) -> None:
    at, end = 0, len(records) - 4
    header, column = struct.Struct("<HH").unpack_from, struct.Struct("<H").unpack_from
    while at <= end:
        kind, length = header(records, at)
        if kind in _CELLS and at + 8 <= len(records) and column(records, at + 6)[0] >= _COLUMNS:
            raise DeliveryError(_DAMAGED)
        if kind == _PASSWORD:
            raise DeliveryError(PROTECTED)
        at += 4 + length
