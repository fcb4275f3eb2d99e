"""What an entry of the corpus is: files as they arrive, and the account that a careful clerk would give of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

Row = Sequence[object]
# A file's bytes, something that makes them when they are needed, or None for a file that is taken away.
Content = bytes | Callable[[], bytes] | None
Files = Mapping[str, Content]

# 特殊身份名单: the required headings of a source that names people, and three people who never were.
SOURCE = "special_statuses"
HEADINGS = ("类别", "姓名", "身份证号", "认定日期", "认定部门")
VETERAN = ("退役军人", "王一虚", "990102198001010013", "2020-01-31", "退役军人事务局")
DISABLED = ("残疾人", "李二构", "99010219900202002X", "2021-02-28", "残联")
FARMER = ("新型职业农民", "赵三青", "990105197503030034", "2019-03-31", "农业农村局")
ROWS = (VETERAN, DISABLED, FARMER)
LIST = (HEADINGS, *ROWS)

PUPIL: Mapping[str, object] = {
    "学籍号": "G990102200705010027",
    "姓名": "周四禾",
    "身份证件号": "990102200705010027",
    "学校标识码": "3699000001",
    "入学年月": "202309",
    "学籍状态": "在读",
}
# Nothing the account says may hold one of these.
PERSONAL = frozenset(
    {str(cell) for row in ROWS for cell in row[1:3]}
    | {str(PUPIL[heading]) for heading in ("学籍号", "姓名", "身份证件号")}
)


@dataclass(frozen=True)
class Account:
    """One line of the account: a file, or a sheet of it."""

    status: str
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0


def loaded(rows: int, rejected: int = 0) -> Account:
    return Account("loaded", rows + rejected, rows, rejected)


REFUSED = Account("refused")
EMPTY = Account("empty")
COPY = Account("copy")
REPLACED = Account("replaced")


@dataclass(frozen=True)
class BadDelivery:
    """Files below exports/<source>/ (below exports/ if they begin with a slash), night after night, and their account.

    `expect` is in the order of file and sheet, after the last night. Every word of `told` (a pattern each) is found in
    the account: in a name, a message, a reason or an issue. `cells` are typed values by row and column.
    """

    name: str
    files: Files
    expect: tuple[Account, ...]
    told: tuple[str, ...] = ()
    cells: Mapping[tuple[int, str], object] = field(default_factory=dict)
    source: str = SOURCE
    later: tuple[Files, ...] = ()
    prepare: Callable[[Path], None] | None = None


def rows_of(*rows: Row, separator: str = ",", line_end: str = "\n") -> str:
    """Write rows as they stand, a separator between cells, nothing quoted."""
    return "".join(separator.join(map(str, row)) + line_end for row in rows)


PLAIN = rows_of(*LIST)


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


def roll(*pupils: Mapping[str, object]) -> list[list[object]]:
    """Give a roll of 中职学籍: a heading, and a row a pupil, who has what all have but for what is said."""
    whole = [{**PUPIL, **pupil} for pupil in pupils]
    headings = list(dict.fromkeys(heading for pupil in whole for heading in pupil))
    return [list(headings), *([pupil.get(heading, "") for heading in headings] for pupil in whole)]


def csv_of(rows: Sequence[Row]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def number(first_seventeen: str) -> str:
    """Give a number of identity its check digit (GB 11643-1999)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, weights, strict=True))
    return first_seventeen + "10X98765432"[total % 11]
