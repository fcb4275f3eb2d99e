"""Deliveries made on the page: bytes of workbooks, texts and Parquet files, and a warehouse to read them into."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.intake.delimited import PASSAGE_BYTES, read_text
from pipeline.intake.sheet import Reject, Sheet
from pipeline.store.database import set_as_of

Row = Sequence[object]

# 特殊身份名单: the required headings of a source that names people.
HEADINGS = ("类别", "姓名", "身份证号", "认定日期", "认定部门")
VETERAN = ("退役军人", "王一虚", "990102198001010013", "2020-01-31", "退役军人事务局")
DISABLED = ("残疾人", "李二构", "99010219900202002X", "2021-02-28", "残联")
FARMER = ("新型职业农民", "赵三青", "990105197503030034", "2019-03-31", "农业农村局")
ROWS = (VETERAN, DISABLED, FARMER)
SOURCE = "special_statuses"


def workbook(**sheets: Sequence[Row]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(*rows: Row, separator: str = ",", line_end: str = "\n") -> str:
    return "".join(separator.join(map(str, row)) + line_end for row in rows)


def parquet(columns: Mapping[str, Sequence[object] | pa.Array]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), stream)
    return stream.getvalue()


PLAIN = table(HEADINGS, *ROWS)


def roll(*rows: Row) -> bytes:
    """Give a list of special statuses as CSV."""
    return table(HEADINGS, *rows).encode()


@contextmanager
def a_file(content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "delivery"
        path.write_bytes(content)
        yield path


Numbered = list[tuple[int, tuple[str, ...]]]


def read_rows(content: bytes, passage_bytes: int = PASSAGE_BYTES) -> tuple[Numbered, list[Reject]]:
    """Read a text below the row that names 姓名, or its first: rows in their order, each with its number."""
    with a_file(content) as path:
        return rows_below(read_text(path, passage_bytes=passage_bytes))


def rows_below(sheet: Sheet) -> tuple[Numbered, list[Reject]]:
    rejects: list[Reject] = []
    numbered: Numbered = []
    heading = next((line for line in sheet.top if "姓名" in line.cells), sheet.top[0])
    for block in sheet.below(heading, rejects):
        columns = [column.to_pylist() for column in block.columns]
        cells = [tuple(cell or "" for cell in row) for row in zip(*columns, strict=True)]
        numbered += zip(block.rows.to_pylist(), cells, strict=True)
    filled = [(row, cells) for row, cells in numbered if any(cells)]
    return sorted(filled), sorted(rejects, key=lambda reject: reject.row)


def put(exports: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = exports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def a_warehouse(day: str = "2024-04-15") -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    set_as_of(con, day)
    return con


def account(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int, int]]:
    """Give file, sheet, status, rows read and rows rejected of every sheet."""
    return con.execute(
        "select source_file, sheet, status, rows_read, rows_rejected from main.deliveries"
        " order by source_file, sheet"
    ).fetchall()


def messages(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Give the messages of each file, joined."""
    return dict(
        con.execute(
            "select source_file, string_agg(message, ' | ' order by sheet) from main.deliveries"
            " group by source_file"
        ).fetchall()
    )


def taken(
    con: duckdb.DuckDBPyConnection, columns: str = "name", source: str = SOURCE
) -> list[tuple[object, ...]]:
    return con.execute(
        f"select {columns} from main.{source} order by source_file, sheet, source_row"
    ).fetchall()


def names(con: duckdb.DuckDBPyConnection) -> list[object]:
    """Give the names of the people taken, by file and row."""
    return [name for (name,) in taken(con)]


def never_opened(*_: object) -> None:
    """Stand in for a reader that must not be called."""
    raise AssertionError("opened")


def rejected(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    return con.execute(
        "select source_row, reason from main.rejected_rows order by source_file, sheet, source_row"
    ).fetchall()
