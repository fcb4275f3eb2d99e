"""The parts of an Office package (.xlsx, .docx …, a zip archive), looked at before anybody unpacks them."""

import re
import resource
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DeliveryError

MAGIC = b"PK\x03\x04"
# A workbook unpacks to some ten times its size; one made to fill the memory, to thousands of times.
_UNPACKED_BYTES = 4 << 30
# Room for so many cells, filled or not, is made in memory; they take 24 bytes each.
_CELLS = 60_000_000
_HEAD_BYTES = 4096
_CHUNK = 1 << 18
_UNIQUE = re.compile(rb'uniqueCount\s*=\s*["\'](\d+)')
_SHORTEST_STRING = len("<si/>")
_DIMENSION = re.compile(
    rb'<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["\'](?:[A-Z]+\d+:)?([A-Z]+)(\d+)["\']'
)
# The place of a cell beyond column ZZ or row 99,999; within them, no sheet grows beyond measure.
_FAR = re.compile(rb'r\s*=\s*["\'](?:[A-Za-z]{3,}\d|[A-Za-z]*\d{6})')
_PLACE = re.compile(rb'[\s"\']r\s*=\s*["\']([A-Za-z]{1,12})(\d{1,12})["\']')
_OVERLAP = 64
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def parts_of(path: Path) -> list[str]:
    """Give the names of the parts of a package, `/` between folders; raise DeliveryError if it is cut short."""
    try:
        with zipfile.ZipFile(path) as package:
            return [part.filename.replace("\\", "/") for part in package.infolist()]
    except _DAMAGE as error:
        raise DeliveryError(
            "is an incomplete or damaged workbook or archive; copy or export it again"
        ) from error


def assert_harmless(path: Path) -> None:
    """Raise DeliveryError for a workbook that would fill the memory: too large, or with cells far from the rest."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > _UNPACKED_BYTES:
            raise DeliveryError("is too large once unpacked; split it into several workbooks")
        if any(part.flag_bits & 1 for part in parts):
            raise DeliveryError("is protected by a password; save it without one")
        for part in parts:
            if part.filename.lower().endswith(".xml"):
                _assert_counted(package, part)
                _assert_compact(package, part)


def _assert_counted(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Make sure that there can be as many strings as are announced; room for them is made at once."""
    announced = _UNIQUE.search(_head(package, part))
    if announced and int(announced[1]) * _SHORTEST_STRING > part.file_size:
        raise DeliveryError("is a damaged workbook; open it in Excel or WPS and save it anew")


def _assert_compact(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Make sure that the filled cells span no empty plain; Excel tells their extent."""
    told = _DIMENSION.search(_head(package, part))
    is_told_far = told is not None and _column(told[1]) * int(told[2]) > _CELLS
    # A process with a limit dies alone if the extent is not what is told; in others, all is looked through.
    if is_memory_limited() and not is_told_far:
        return
    if any(_FAR.search(chunk) for chunk in chunks_of(package, part)):
        columns, rows = _extent(chunks_of(package, part))
        if columns * rows > _CELLS:
            raise DeliveryError(
                "has filled cells far from its table; delete the empty-looking rows below and columns right "
                "of the table, and save it"
            )


def is_memory_limited() -> bool:
    """Whether this process may take no more than so much memory, and so dies alone."""
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _extent(chunks: Iterator[bytes]) -> tuple[int, int]:
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for chunk in chunks:
        for column, row in _PLACE.findall(chunk):
            columns.add(column)
            rows.add(row)
    return max(map(_column, columns), default=0), max(map(int, rows), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _head(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    return next(chunks_of(package, part, _HEAD_BYTES), b"")


def chunks_of(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, size: int = _CHUNK
) -> Iterator[bytes]:
    """Unpack a part piece by piece, each beginning with the end of the one before; raise DeliveryError for damage."""
    end = b""
    try:
        with package.open(part) as stream:
            while piece := stream.read(size):
                yield end + piece
                end = piece[-_OVERLAP:]
    except _DAMAGE as error:
        raise DeliveryError("is a damaged workbook; copy or export it again") from error
