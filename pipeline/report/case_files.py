"""Write the case files of a night: all cases, one file a region, one a school, and the ledger workbook."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import duckdb

from pipeline.cases.columns import case_columns
from pipeline.cases.rules import Language
from pipeline.report.case_rows import CaseRow, case_rows, headers
from pipeline.report.ledger import write_ledger
from pipeline.report.office_names import file_name
from pipeline.report.spreadsheet import as_csv_text

Line = list[str]


def write_case_files(
    con: duckdb.DuckDBPyConnection, folder: Path, *, as_of: date, language: Language = "zh"
) -> int:
    """Fill a folder with cases.csv, by_region/, by_school/ and ledger.xlsx; give the number of cases.

    The same cases give the same bytes.
    """
    rows = case_rows(con, language)
    lines = [_line(row) for row in rows]
    header = headers(language)
    _write(folder / "cases.csv", header, lines)
    for name, part in _parts(rows, lines, lambda row: row.region_code):
        _write(folder / "by_region" / f"{name}.csv", header, part)
    for name, part in _parts(rows, lines, lambda row: row.school_code):
        _write(folder / "by_school" / f"{name}.csv", header, part)
    write_ledger(folder / "ledger.xlsx", rows, as_of=as_of, language=language)
    return len(rows)


def _line(row: CaseRow) -> Line:
    return [
        as_csv_text(column, cell) for column, cell in zip(case_columns(), row.cells, strict=True)
    ]


def _write(path: Path, header: Iterable[str], lines: Iterable[Line]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(lines)


def _parts(
    rows: Iterable[CaseRow], lines: Iterable[Line], code_of: Callable[[CaseRow], str | None]
) -> list[tuple[str, list[Line]]]:
    """Part the lines by an office's code, each with a name that any file system takes."""
    parts: dict[str, list[Line]] = defaultdict(list)
    for row, line in zip(rows, lines, strict=True):
        parts[file_name(code_of(row))].append(line)
    return sorted(parts.items())
