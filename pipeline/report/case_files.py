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


def write_case_files(
    con: duckdb.DuckDBPyConnection, folder: Path, *, as_of: date, language: Language = "zh"
) -> int:
    """Fill a folder with cases.csv, by_region/, by_school/ and ledger.xlsx; give the number of cases.

    The same cases give the same bytes.
    """
    rows = case_rows(con, language)
    _write(folder / "cases.csv", rows, language)
    for name, part in _parts(rows, lambda row: row.region_code):
        _write(folder / "by_region" / f"{name}.csv", part, language)
    for name, part in _parts(rows, lambda row: row.school_code):
        _write(folder / "by_school" / f"{name}.csv", part, language)
    write_ledger(folder / "ledger.xlsx", rows, as_of=as_of, language=language)
    return len(rows)


def _write(path: Path, rows: Iterable[CaseRow], language: Language) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = case_columns()
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headers(language))
        writer.writerows(
            [as_csv_text(column, cell) for column, cell in zip(columns, row.cells, strict=True)]
            for row in rows
        )


def _parts(
    rows: Iterable[CaseRow], code_of: Callable[[CaseRow], str | None]
) -> list[tuple[str, list[CaseRow]]]:
    """Part the rows by an office's code, each with a name that any file system takes."""
    parts: dict[str, list[CaseRow]] = defaultdict(list)
    for row in rows:
        parts[file_name(code_of(row))].append(row)
    return sorted(parts.items())
