"""Open a delivery as tables, whatever container it came in and whatever it is named."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pipeline.intake import biff_errors, excel_errors
from pipeline.intake.columnar import read_table
from pipeline.intake.dbf import read_dbf
from pipeline.intake.delimited import read_text
from pipeline.intake.kinds import Kind, kind_of
from pipeline.intake.package import assert_harmless
from pipeline.intake.sheet import Block, Line, Reject, Sheet
from pipeline.intake.spreadsheetml import read_spreadsheet
from pipeline.intake.webpage import read_page
from pipeline.intake.workbook import read_worksheets

_NAMED: Mapping[str, frozenset[Kind]] = MappingProxyType(
    {
        ".xlsx": frozenset({Kind.XLSX}),
        ".xls": frozenset({Kind.XLS}),
        ".csv": frozenset({Kind.TEXT}),
        ".txt": frozenset({Kind.TEXT}),
        ".tsv": frozenset({Kind.TEXT}),
        ".dbf": frozenset({Kind.DBF}),
        ".parquet": frozenset({Kind.PARQUET}),
        ".xlsm": frozenset({Kind.XLSX}),
        ".xlsb": frozenset({Kind.XLSB}),
        ".et": frozenset({Kind.XLS, Kind.XLSX}),
    }
)


@dataclass(frozen=True)
class Misnamed:
    """A table of a file that is not what it is named, and says so."""

    sheet: Sheet
    told: str

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.sheet.name

    @property
    def remark(self) -> str:
        """What the file is, and what else there is to know of the sheet."""
        return "; ".join(filter(None, (self.told, self.sheet.remark)))

    @property
    def top(self) -> tuple[Line, ...]:
        """The first rows of the sheet."""
        return self.sheet.top

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give what the sheet gives."""
        return self.sheet.below(heading, rejects)


def open_delivery(path: Path, extension: str) -> Iterable[Sheet]:
    """Give the tables of a delivery; raise DeliveryError if it is empty, encrypted, cut short or of no kind we read.

    `path` may be a temporary copy (of a member of an archive), so `extension` tells what the file is named.
    What a person could read on opening it is read under any name; the remark of its sheets then says so.
    """
    kind = kind_of(path, extension)
    sheets = _READERS[kind](path)
    if kind in _NAMED.get(extension, frozenset()):
        return sheets
    return (Misnamed(sheet, f"is named {extension} but is {kind}") for sheet in sheets)


def extensions() -> tuple[str, ...]:
    """Give the file name extensions that can be read."""
    return tuple(_NAMED)


def _package(path: Path) -> Iterable[Sheet]:
    assert_harmless(path)
    return read_worksheets(path, excel_errors.errors_told(path))


def _records(path: Path) -> Iterable[Sheet]:
    return read_worksheets(path, biff_errors.errors_told(path))


def _text(path: Path) -> Iterable[Sheet]:
    return (read_text(path),)


def _dbf(path: Path) -> Iterable[Sheet]:
    return (read_dbf(path),)


def _columns(path: Path) -> Iterable[Sheet]:
    return (read_table(path),)


_READERS: Mapping[Kind, Callable[[Path], Iterable[Sheet]]] = MappingProxyType(
    {
        Kind.XLSX: _package,
        Kind.XLSB: read_worksheets,
        Kind.XLS: _records,
        Kind.PAGE: read_page,
        Kind.XML: read_spreadsheet,
        Kind.PARQUET: _columns,
        Kind.DBF: _dbf,
        Kind.TEXT: _text,
    }
)
