"""What is refused, and which rows damage costs: it is said what is wrong and what to do, and nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest
from delivered_files import (
    DISABLED,
    FARMER,
    HEADINGS,
    PLAIN,
    ROWS,
    SOURCE,
    VETERAN,
    a_warehouse,
    account,
    messages,
    parquet,
    put,
    rejected,
    table,
    taken,
    workbook,
)

from pipeline.intake import collect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


PERSONAL = {cell for row in ROWS for cell in row[1:3]}


@dataclass(frozen=True)
class Refused:
    """A delivery that is refused as a whole, and words that its message must hold."""

    name: str
    file: str
    content: bytes
    words: tuple[str, ...]


REFUSED = [
    Refused("an empty file", f"{SOURCE}/a.xlsx", b"", ("is empty",)),
    Refused(
        "nonsense named .xlsx", f"{SOURCE}/a.xlsx", b"\x01\x02" * 99, ("named .xlsx", "export")
    ),
    Refused("half an old workbook", f"{SOURCE}/a.xls", OLE + bytes(600), ("incomplete", "export")),
    Refused(
        "half a workbook", f"{SOURCE}/a.xlsx", workbook(a=[HEADINGS, *ROWS])[:3000], ("incomplete",)
    ),
    Refused("a page without list", f"{SOURCE}/a.xlsx", b"<html><p>404</p>", ("web page", "log-in")),
    Refused(
        "half a Parquet file",
        f"{SOURCE}/a.parquet",
        parquet({"姓名": ["x"] * 50})[:80],
        ("Parquet",),
    ),
    Refused(
        "a Parquet file with lists",
        f"{SOURCE}/a.parquet",
        parquet({"类别": ["x"], "姓名": pa.array([["x"]]), "身份证号": ["x"]}),
        ("column 姓名", "text"),
    ),
    Refused("a document", f"{SOURCE}/a.docx", b"PK\x03\x04", (".docx", "as .xlsx")),
    Refused("a file of no kind", f"{SOURCE}/LISTE", PLAIN.encode(), ("no extension",)),
    Refused("binary named .csv", f"{SOURCE}/a.csv", bytes(range(5)) + bytes(400), ("not text",)),
    Refused(
        "a folder misspelt", "special_status/a.csv", PLAIN.encode(), ("unknown", "special_statuses")
    ),
    Refused(
        "a folder in Chinese", "特殊身份/a.csv", PLAIN.encode(), ("unknown", "special_statuses")
    ),
    Refused("no source folder", "a.csv", PLAIN.encode(), ("exports/<source>/",)),
    Refused(
        "a required column missing",
        f"{SOURCE}/a.csv",
        PLAIN.replace("身份证号", "证号").encode(),
        ("身份证号 (nearest: 证号)", "schemas/sources/special_statuses.yml"),
    ),
    Refused("no heading at all", f"{SOURCE}/a.csv", table(*ROWS).encode(), ("no heading row",)),
    Refused(
        "the delivery of another source",
        f"{SOURCE}/a.csv",
        table(("学籍号", "学校标识码", "实习单位", "开始日期", "结束日期")).encode(),
        ("internships", "exports/internships/"),
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_refused_delivery_says_what_is_wrong_and_what_to_do(
    case: Refused, tmp_path: Path
) -> None:
    put(tmp_path, {case.file: case.content})
    con = a_warehouse()
    collected = collect(con, tmp_path)
    assert [told[2:] for told in account(con)] == [("refused", 0, 0)]
    assert (collected.loaded, collected.refused, collected.rows) == (0, 1, 0)
    for word in case.words:
        assert word in messages(con)[case.file]
    assert not any(value in messages(con)[case.file] for value in PERSONAL)


@dataclass(frozen=True)
class Damaged:
    """A text in which some lines cannot be read: their row numbers, and the names that arrive."""

    name: str
    content: bytes
    lost: tuple[int, ...]
    kept: tuple[str, ...]


MANY = table(HEADINGS, *ROWS, *ROWS, *ROWS)


DAMAGED = [
    Damaged(
        "a broken byte in UTF-8",
        PLAIN.encode().replace("李二".encode(), "李".encode() + b"\xff", 1),
        (3,),
        ("王一虚", "赵三青"),
    ),
    Damaged(
        "a broken byte in GB18030",
        PLAIN.encode("gb18030").replace("李二".encode("gb18030"), b"\xff\xff", 1),
        (3,),
        ("王一虚", "赵三青"),
    ),
    Damaged(
        "a line of GB18030 in a UTF-8 file",
        table(HEADINGS, VETERAN).encode()
        + table(DISABLED).encode("gb18030")
        + table(FARMER).encode(),
        (3,),
        ("王一虚", "赵三青"),
    ),
    Damaged(
        "a separator missing between words and a number",
        PLAIN.replace("李二构,", "李二构").encode(),
        (3,),
        ("王一虚", "赵三青"),
    ),
    Damaged(
        "a row that ends before its number",
        PLAIN.replace(",".join(("", *DISABLED[2:])), "").encode(),
        (3,),
        ("王一虚", "赵三青"),
    ),
    Damaged("a cell too many", PLAIN.replace("残联", "残,联").encode(), (3,), ("王一虚", "赵三青")),
    Damaged(
        "a quote never closed", PLAIN.replace("残联", '"残联').encode(), (3,), ("王一虚", "赵三青")
    ),
    Damaged(
        "two quotes astray that make a pair",
        MANY.replace("残联", '"残联', 1).replace("农业农村局", '农业农村局"', 1).encode(),
        (3,),
        ("王一虚", "赵三青", *("王一虚", "李二构", "赵三青") * 2),
    ),
]


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_damage_costs_its_row_and_no_other(case: Damaged, tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a.csv": case.content})
    con = a_warehouse()
    collect(con, tmp_path)
    assert [row for row, _ in rejected(con)] == list(case.lost)
    assert [name for (name,) in taken(con)] == list(case.kept)
    total = len(case.lost) + len(case.kept)
    assert account(con) == [(f"{SOURCE}/a.csv", "", "loaded", total, len(case.lost))]
    assert not any(value in reason for _, reason in rejected(con) for value in PERSONAL)
