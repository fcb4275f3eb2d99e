"""Cells of an .xls workbook that hold an Excel error (#N/A, #DIV/0!): calamine gives them as empty cells."""

import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.intake.biff import records_of
from pipeline.intake.compound import open_compound
from pipeline.intake.excel_errors import named

_SHEET, _BOF, _FORMULA, _VALUE = 0x0085, 0x0809, 0x0006, 0x0205
_CODES = frozenset(b"\x00\x07\x0f\x17\x1d\x24\x2a")
_ANY_CODE = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
# What such a cell looks like, wherever it may stand: cheap to look for, and most workbooks have none.
_LIKE_AN_ERROR = (
    re.compile(rb"\x05\x02\x08\x00.{6}" + _ANY_CODE + rb"\x01", re.DOTALL),
    re.compile(rb"\x06\x00.{8}\x02." + _ANY_CODE + rb"...\xff\xff", re.DOTALL),
)


def errors_told(path: Path) -> Mapping[str, str]:
    """Say of each sheet, by name, where Excel errors stand in it; sheets without any are left out.

    Raise DeliveryError if the workbook cannot be followed to its end.
    """
    file = open_compound(path)
    records = file.read(records_of(file))
    if not any(pattern.search(records) for pattern in _LIKE_AN_ERROR):
        return {}
    places: dict[str, list[str]] = {}
    for sheet, place in _errors(records):
        places.setdefault(sheet, []).append(place)
    return {sheet: named(found) for sheet, found in places.items()}


def _errors(records: bytes) -> Iterator[tuple[str, str]]:
    """Give the sheet and the place of every error, in the order of the records."""
    sheets: dict[int, str] = {}
    sheet = ""
    at, end = 0, len(records) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", records, at)
        content = records[at + 4 : at + 4 + length]
        if kind == _SHEET and length > 8:
            sheets[struct.unpack_from("<I", content)[0]] = _name(content[6:])
        elif kind == _BOF:
            sheet = sheets.get(at, sheet)
        elif (kind == _VALUE and _is_error(content)) or (kind == _FORMULA and _fails(content)):
            yield sheet, _place(content)
        at += 4 + length


def _name(text: bytes) -> str:
    characters, is_wide = text[0], text[1] & 1
    return text[2 : 2 + characters * (1 + is_wide)].decode(
        "utf-16-le" if is_wide else "latin-1", "replace"
    )


def _is_error(content: bytes) -> bool:
    """Whether a truth value or error is an error ([MS-XLS] 2.5.10)."""
    return len(content) >= 8 and content[7] == 1 and content[6] in _CODES


def _fails(content: bytes) -> bool:
    """Whether the last value of a formula is an error ([MS-XLS] 2.5.133)."""
    return len(content) >= 14 and content[6] == 2 and content[12:14] == b"\xff\xff"


def _place(content: bytes) -> str:
    row, column = struct.unpack_from("<HH", content)
    tens, ones = divmod(column, 26)
    letters = (chr(ord("A") + tens - 1) if tens else "") + chr(ord("A") + ones)
    return f"{letters}{row + 1}"
