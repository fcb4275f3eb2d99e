"""What becomes of a delivery, one named case after the other: status, rows read, rows rejected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
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
    saved,
    table,
    taken,
    workbook,
)

from pipeline.intake import collect

NAMES = [("王一虚",), ("李二构",), ("赵三青",)]


# Excel knows no time zones.
AT_HALF_PAST_EIGHT = datetime(2020, 1, 31, 8, 30)  # noqa: DTZ001


@dataclass(frozen=True)
class Read:
    """A delivery whose three rows arrive, and at which row numbers."""

    name: str
    content: bytes
    file: str = "a.csv"
    rows: tuple[int, ...] = (2, 3, 4)


def hidden_sheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in (HEADINGS, *ROWS):
        sheet.append(list(row))
    sheet.sheet_state = "hidden"
    book.create_sheet("空白")
    return saved(book)


def far_corner() -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for at, row in enumerate((HEADINGS, *ROWS), start=5):
        for column, cell in enumerate(row, start=3):
            sheet.cell(at, column, cell)
    return saved(book)


QUOTED = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in (HEADINGS, *ROWS))


READ = [
    Read("a plain UTF-8 text", PLAIN.encode()),
    Read("a text with a byte order mark", PLAIN.encode("utf-8-sig")),
    Read("a GB18030 text", PLAIN.encode("gb18030")),
    Read(
        "a UTF-16 text with tabs", table(HEADINGS, *ROWS, separator="\t").encode("utf-16"), "a.txt"
    ),
    Read("a text with tabs", table(HEADINGS, *ROWS, separator="\t").encode(), "a.tsv"),
    Read("a text with semicolons", table(HEADINGS, *ROWS, separator=";").encode(), "a.txt"),
    Read("a text with bars", table(HEADINGS, *ROWS, separator="|").encode("gb18030"), "a.txt"),
    Read("Windows line ends", table(HEADINGS, *ROWS, line_end="\r\n").encode()),
    Read("old Mac line ends", table(HEADINGS, *ROWS, line_end="\r").encode()),
    Read("no line end at the end", PLAIN.rstrip().encode()),
    Read("every cell quoted", QUOTED.encode()),
    Read("an upper-case extension", PLAIN.encode(), "A.CSV"),
    Read("titles above", ("青禾市特殊身份名单\n2024年4月\n" + PLAIN).encode(), rows=(4, 5, 6)),
    Read("a title that mentions a heading", ("姓名及类别一览\n" + PLAIN).encode(), rows=(3, 4, 5)),
    Read(
        "totals and signatures below",
        (PLAIN + "合计,3,,,\n制表人：张某,,审核人：李某,,\n").encode(),
    ),
    Read("a signature of one cell", (PLAIN + "填报日期：2024年4月\n第 1 页 共 1 页\n").encode()),
    Read(
        "a heading repeated at the page break",
        table(HEADINGS, VETERAN, HEADINGS, DISABLED, FARMER).encode(),
        rows=(2, 4, 5),
    ),
    Read("blank lines between", PLAIN.replace("\n残", "\n\n,,,,\n残").encode(), rows=(2, 5, 6)),
    Read(
        "a separator at the end of every row",
        PLAIN.replace("局\n", "局,\n").replace("联\n", "联,\n").encode(),
    ),
    Read(
        "columns in another order",
        table(HEADINGS[::-1], *(row[::-1] for row in ROWS)).encode(),
    ),
    Read("aliases", PLAIN.replace("身份证号", "公民身份号码").replace("姓名", "XM").encode()),
    Read("marks and full-width brackets", PLAIN.replace("姓名", "*姓　名（必填）").encode()),
    Read(
        "a heading with a line break",
        PLAIN.replace("身份证号", '"身份\n证号"').encode(),
        rows=(3, 4, 5),
    ),
    Read("an Excel guard around numbers", PLAIN.replace("9901", "'9901").encode()),
    Read("a workbook", workbook(名单=(HEADINGS, *ROWS)), "a.xlsx"),
    Read(
        "a workbook with title and total",
        workbook(名单=(("名单",), HEADINGS, *ROWS, ("合计", 3))),
        "a.xlsx",
        (3, 4, 5),
    ),
    Read("a workbook that begins in C5", far_corner(), "a.xlsx", (6, 7, 8)),
    Read("a hidden sheet", hidden_sheet(), "a.xlsx"),
    Read("a text named .xlsx", PLAIN.encode(), "a.xlsx"),
    Read("a workbook named .csv", workbook(名单=(HEADINGS, *ROWS)), "a.csv"),
    Read(
        "a Parquet file",
        parquet(dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))),
        "a.parquet",
    ),
]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_the_rows_of_a_delivery_arrive_with_their_row_numbers(case: Read, tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/{case.file}": case.content})
    con = a_warehouse()
    collected = collect(con, tmp_path)
    identified = [(name, number) for _, name, number, *_ in ROWS]
    assert taken(con, "name, id_number") == identified
    assert taken(con, "kind, source_department") == [(row[0], row[4]) for row in ROWS]
    assert taken(con, "source_row") == [(row,) for row in case.rows]
    assert (collected.read, collected.loaded, collected.refused, collected.rows) == (1, 1, 0, 3)
    assert rejected(con) == []


def test_a_cell_may_hold_quotes_separators_and_line_breaks(tmp_path: Path) -> None:
    text = PLAIN.replace("残联", '"残""联"", 办\n公室"')
    put(tmp_path, {f"{SOURCE}/a.csv": text.encode()})
    con = a_warehouse()
    collect(con, tmp_path)
    assert taken(con, "source_row, source_department") == [
        (2, "退役军人事务局"),
        (3, '残"联", 办\n公室'),
        (5, "农业农村局"),
    ]


def test_columns_that_the_contract_does_not_name_are_kept_as_json(tmp_path: Path) -> None:
    headings = (*HEADINGS, "备注", "备注", "")
    rows = ((*VETERAN, '说"好"', "", ""), (*DISABLED, "", "b\\c", "d"), (*FARMER, "", "", ""))
    put(tmp_path, {f"{SOURCE}/a.xlsx": workbook(a=(headings, *rows))})
    con = a_warehouse()
    collect(con, tmp_path)
    assert taken(con, "extra ->> '备注', extra ->> '备注 #2', extra ->> '第8列'") == [
        ('说"好"', None, None),
        (None, "b\\c", "d"),
        (None, None, None),
    ]
    assert taken(con, "extra is null") == [(False,), (False,), (True,)]
    assert "kept in extra: 备注" in messages(con)[f"{SOURCE}/a.xlsx"]


def test_of_two_headings_of_one_column_the_contract_s_own_is_taken(tmp_path: Path) -> None:
    rows = [(*HEADINGS[:2], "证件号码", "身份证号"), (*VETERAN[:2], "内部编号", VETERAN[2])]
    put(tmp_path, {f"{SOURCE}/a.csv": table(*rows).encode()})
    con = a_warehouse()
    collect(con, tmp_path)
    assert taken(con, "id_number, extra ->> '证件号码'") == [(VETERAN[2], "内部编号")]


def test_merged_headings_of_two_rows_are_read_together(tmp_path: Path) -> None:
    upper = ("学籍号", "姓名", "学校标识码", "身份证件号", "入学年月", "学籍状态", "监护人", None)
    lower = (None, None, None, None, None, None, "姓名", "电话")
    row = (
        "G990102200705010027",
        "王一虚",
        "3699000001",
        "990102200705010027",
        "202309",
        "在读",
        "王父",
        "19900000001",
    )
    put(tmp_path, {"vocational_students/a.xlsx": workbook(a=(("名册",), upper, lower, row))})
    con = a_warehouse()
    collect(con, tmp_path)
    columns = "name, guardian_name, guardian_phone, source_row"
    assert taken(con, columns, "vocational_students") == [("王一虚", "王父", "19900000001", 4)]


def test_every_sheet_of_a_workbook_is_accounted_for(tmp_path: Path) -> None:
    content = workbook(
        一班=(HEADINGS, VETERAN),
        二班=(HEADINGS, DISABLED, FARMER),
        空白=(),
        说明=(("栏目", "要求", "示例"), ("姓名", "必填", "某某")),
        旧表=(("姓名", "类别", "备注", "年度"), ("王一虚", "退役军人", "", 2020)),
    )
    put(tmp_path, {f"{SOURCE}/a.xlsx": content})
    con = a_warehouse()
    collect(con, tmp_path)
    assert [entry[1:] for entry in account(con)] == [
        ("一班", "loaded", 1, 0),
        ("二班", "loaded", 2, 0),
        ("旧表", "refused", 0, 0),
        ("空白", "empty", 0, 0),
        ("说明", "empty", 0, 0),
    ]
    assert "身份证号" in messages(con)[f"{SOURCE}/a.xlsx"]


def test_a_hidden_sheet_is_named_as_such(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a.xlsx": hidden_sheet()})
    con = a_warehouse()
    collect(con, tmp_path)
    assert "hidden" in messages(con)[f"{SOURCE}/a.xlsx"]


def test_a_list_without_rows_is_loaded_and_a_template_without_rows_is_not(tmp_path: Path) -> None:
    content = workbook(名单=(HEADINGS,), 填写说明=(("列", "类型", "示例"),))
    put(tmp_path, {f"{SOURCE}/a.csv": table(HEADINGS).encode()})
    put(tmp_path, {f"{SOURCE}/{SOURCE}.template.xlsx": content})
    con = a_warehouse()
    collected = collect(con, tmp_path)
    assert [entry[2] for entry in account(con)] == ["loaded", "empty", "empty"]
    assert (collected.loaded, collected.refused) == (1, 0)


def test_excel_types_become_the_text_a_person_would_write(tmp_path: Path) -> None:
    content = workbook(
        名单=(
            HEADINGS,
            ("残疾人", True, 990102198001010013, date(2020, 1, 31), 12.5),
            (
                "残疾人",
                "\u200b王　虚\u00a0",
                19900000001.0,
                AT_HALF_PAST_EIGHT,
                0.1 + 0.2,
            ),
        )
    )
    put(tmp_path, {f"{SOURCE}/a.xlsx": content})
    con = a_warehouse()
    collect(con, tmp_path)
    assert taken(con, "name, id_number, valid_from, source_department") == [
        ("是", "990102198001010000", date(2020, 1, 31), "12.5"),
        ("王虚", "19900000001", date(2020, 1, 31), "0.3"),
    ]


def test_parquet_types_become_the_text_a_person_would_write(tmp_path: Path) -> None:
    content = parquet(
        {
            "类别": pa.array(["残疾人", "残疾人"]).dictionary_encode(),
            "姓名": ["王一虚", "李二构"],
            "身份证号": [990102198001010013, 1],
            "认定日期": [AT_HALF_PAST_EIGHT, None],
            "认定部门": [True, None],
            "金额": [1200.0, None],
        }
    )
    put(tmp_path, {f"{SOURCE}/a.parquet": content})
    con = a_warehouse()
    collect(con, tmp_path)
    assert taken(con, "kind, id_number, valid_from, source_department, extra, source_row") == [
        ("残疾人", "990102198001010013", date(2020, 1, 31), "是", '{"金额": "1200"}', 2),
        ("残疾人", "1", None, None, None, 3),
    ]
