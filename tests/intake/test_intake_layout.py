"""Where the table stands in a sheet and what its columns are, as a person would see it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from delivered_files import HEADINGS, ROWS, table, workbook
from hypothesis import given
from hypothesis import strategies as st
from rolls_on_the_page import A_PUPIL, OF_PUPIL, ROLL, SPECIAL
from sheets_read import Rows, sheet, sheets

from pipeline.intake.headings import recognise
from pipeline.intake.sheet import Line

FATHER = ("王父", "19900000001")


@dataclass(frozen=True)
class Found:
    """Rows above and including a heading, and what of the one row below arrives as what."""

    name: str
    above: Rows
    row: tuple[object, ...]
    arrives: dict[str, str]


GUARDED = {"name": "王一虚", "guardian_name": "王父", "guardian_phone": "19900000001"}


FOUND = [
    Found(
        "titles of every kind",
        (
            ("青禾市中职学生名册",),
            ("青教〔2024〕1号",),
            (),
            ("单位：人", None, "2024年11月15日"),
            OF_PUPIL,
        ),
        A_PUPIL,
        {"name": "王一虚"},
    ),
    Found(
        "cells merged over two rows",
        ((*OF_PUPIL, "监护人", None), (*[None] * 6, "姓名", "电话")),
        (*A_PUPIL, *FATHER),
        GUARDED,
    ),
    Found(
        "two groups with the same labels",
        (("学生基本信息", *[None] * 5, "家长信息", None), (*OF_PUPIL, "姓名", "联系电话")),
        (*A_PUPIL, *FATHER),
        GUARDED,
    ),
    Found(
        "the guardian before the pupil",
        (("监护人", None, "学生", *[None] * 5), ("姓名", "电话", *OF_PUPIL)),
        (*FATHER, *A_PUPIL),
        GUARDED,
    ),
    Found(
        "groups repeated over each of their columns",
        ((*["学生信息"] * 6, "监护人", "监护人"), (*OF_PUPIL, "姓名", "电话")),
        (*A_PUPIL, *FATHER),
        GUARDED,
    ),
    Found(
        "three rows",
        (
            ("基本信息", *[None] * 5, "其他", None),
            ("学籍", None, *OF_PUPIL[2:], "监护人", None),
            ("学籍号", "姓名", *[None] * 4, "姓名", "联系电话"),
        ),
        (*A_PUPIL, *FATHER),
        GUARDED,
    ),
    Found(
        "a label that begins as its group ends",
        (
            ("学籍号", "异动类别", "异动日期", "系统", "转出学校", None, "转入学校信息", None),
            (*[None] * 4, "学校标识码", "学校名称", "学校标识码", "学校名称"),
        ),
        (
            "G990102200705010027",
            "转学",
            "2024-03-01",
            "中职",
            "3699000001",
            "甲",
            "3699000002",
            "乙",
        ),
        {"from_school_code": "3699000001", "to_school_code": "3699000002"},
    ),
    Found(
        "traditional characters",
        (("學籍號", "姓　名", "身份證件號碼", "學校標識碼", "入學年月", "學籍狀態"),),
        A_PUPIL,
        {"id_number": "990102200705010027", "school_code": "3699000001", "status": "在读"},
    ),
    Found(
        "numbered headings with remarks",
        (
            (
                "1.学籍号",
                "②姓名（必填）",
                "三、身份证件号（18位）",
                "(4)学校标识码",
                "5、入学年月（如202309）",
                "“学籍状态”",
            ),
        ),
        A_PUPIL,
        {"name": "王一虚", "entry_month": "202309", "status": "在读"},
    ),
    Found(
        "English headings",
        (("Student No", "Name", "ID Number", "School Code", "Entry Month", "Status"),),
        A_PUPIL,
        {"student_no": "G990102200705010027", "entry_month": "202309"},
    ),
    Found(
        "pinyin initials",
        (("XJH", "XM", "SFZJH", "XXBSM", "RXNY", "XJZT"),),
        A_PUPIL,
        {"student_no": "G990102200705010027", "entry_month": "202309"},
    ),
]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.name)
def test_a_heading_is_found_and_read_however_it_is_laid_out(case: Found, tmp_path: Path) -> None:
    source = "status_changes" if "异动类别" in case.above[0] else ROLL
    seen = sheet((*case.above, case.row), source, tmp_path)
    assert (seen.status, seen.at, seen.rejects) == ("loaded", [len(case.above) + 1], [])
    assert seen.rows[0].items() >= case.arrives.items()


def test_what_is_the_father_s_is_not_taken_for_the_pupil_s(tmp_path: Path) -> None:
    above = (("学生", *[None] * 5, "父亲", None), (*OF_PUPIL, "姓名", "联系电话"))
    seen = sheet((*above, (*A_PUPIL, *FATHER)), ROLL, tmp_path)
    assert seen.rows[0]["extra"] == '{"父亲姓名": "王父", "父亲联系电话": "19900000001"}'
    assert "phone" not in seen.rows[0]


@dataclass(frozen=True)
class Guided:
    """A row below the heading that explains the columns and is no data."""

    name: str
    row: tuple[object, ...]


GUIDED = [
    Guided("numbers of the columns", ("1", "2", "3", "4", "5")),
    Guided("letters of the columns", ("A", "B", "C", "D", "E")),
    Guided("numbers after 栏次", ("栏次", "1", "2", "3", "4")),
    Guided("field codes", ("LB", "XM", "SFZH", "RDRQ", "RDBM")),
    Guided("what must be filled", ("必填", "必填", "必填，18位", "选填", "如：残联")),
    Guided("an example", ("示例", "张某某", "990102198001010013", "2020-01-31", "残联")),
    Guided("an example by its name", ("残疾人", "张某某（示例）", "990102198001010013", "", "")),
]


@pytest.mark.parametrize("case", GUIDED, ids=lambda case: case.name)
def test_a_row_that_explains_the_columns_is_no_data(case: Guided, tmp_path: Path) -> None:
    seen = sheet((HEADINGS, case.row, *ROWS), SPECIAL, tmp_path)
    assert (seen.at, seen.rejects) == ([3, 4, 5], [])
    assert "rows left out: 1 " in seen.said


def test_of_two_columns_for_the_number_the_filled_one_is_taken(tmp_path: Path) -> None:
    first, second = ROWS[0][2], ROWS[1][2]
    rows = (
        ("类别", "姓名", "身份证号", "证件号码"),
        ("残疾人", "李二构", None, second),
        ("残疾人", "王一虚", first, second),
    )
    seen = sheet(rows, SPECIAL, tmp_path)
    assert seen.column("id_number") == [second, first]
    assert seen.column("extra") == [f'{{"证件号码": "{second}"}}'] * 2


def test_the_number_of_the_seat_does_not_fill_in_for_the_candidate_s(tmp_path: Path) -> None:
    rows = (
        ("年度", "考生号", "准考证号", "志愿列表", "填报时间"),
        (2024, None, "990011", "甲", "2024-06-20"),
        (2024, "99100001", "990012", "乙", "2024-06-20"),
    )
    assert sheet(rows, "volunteers", tmp_path).column("exam_no") == [None, "99100001"]


@pytest.mark.parametrize(
    ("headings", "folder", "true"),
    [
        (("全国学籍号", *OF_PUPIL[1:], "学段"), ROLL, "k12_students"),
        (
            (*OF_PUPIL[:3], "学校代码", *OF_PUPIL[4:], "培养层次", "季别", "是否免学费"),
            ROLL,
            "technical_students",
        ),
        ((*OF_PUPIL, "联招合作类型", "分段培养方式"), "technical_students", ROLL),
        (("学籍号", "学校标识码", "实习单位", "开始日期"), "attendance", "internships"),
        (("类别", "姓名", "身份证号", "起始日期", "截止日期"), SPECIAL, "counter_evidence"),
    ],
)
def test_a_table_that_is_clearly_of_another_source_is_refused(
    headings: tuple[str, ...], folder: str, true: str, tmp_path: Path
) -> None:
    seen = sheet((headings,), folder, tmp_path)
    assert seen.status == "refused"
    assert f"move it to exports/{true}/" in seen.said


@pytest.mark.parametrize(
    ("headings", "folder"),
    [
        (OF_PUPIL, ROLL),
        (OF_PUPIL, "technical_students"),
        (("类别", "姓名", "身份证号", "起始日期", "截止日期", "备注"), "counter_evidence"),
    ],
)
def test_a_table_that_may_be_of_either_source_is_of_its_folder(
    headings: tuple[str, ...], folder: str, tmp_path: Path
) -> None:
    cells = {"学校标识码": "学校代码"} if folder == "technical_students" else {}
    assert sheet([[cells.get(h, h) for h in headings]], folder, tmp_path).status == "loaded"


def test_each_sheet_of_a_workbook_has_its_own_status(tmp_path: Path) -> None:
    content = workbook(
        一班=(HEADINGS, ROWS[0]),
        Sheet2=(),
        填写示例=(HEADINGS, ROWS[1]),
        民族代码=(("代码", "名称", "备注"), ("01", "汉族", "")),
        旧表=(("姓名", "类别", "备注"), ("王一虚", "残疾人", "")),
    )
    seen = sheets(content, SPECIAL, tmp_path)
    assert [one.status for one in seen] == ["loaded", "empty", "empty", "empty", "refused"]
    assert "an example by its name" in seen[2].said
    assert "notes, no table" in seen[3].said


@given(order=st.permutations(range(len(HEADINGS))), gap=st.integers(0, len(HEADINGS)))
def test_the_order_of_columns_and_a_blank_one_between_do_not_matter(
    order: list[int], gap: int
) -> None:
    def laid(row: tuple[str, ...]) -> tuple[str, ...]:
        moved = [row[place] for place in order]
        return (*moved[:gap], "", *moved[gap:])

    fit = recognise([Line(1, laid(HEADINGS))], SPECIAL)
    arrived = {name: laid(ROWS[0])[place] for name, place in fit.places.items()}
    plain = recognise([Line(1, HEADINGS)], SPECIAL)
    assert arrived == {name: ROWS[0][place] for name, place in plain.places.items()}


@given(
    titles=st.lists(st.sampled_from(["", "青禾市名单", "姓名及类别一览", "2024年4月"]), max_size=25)
)
def test_the_heading_is_found_below_any_titles(titles: list[str]) -> None:
    lines = [Line(row, (text,)) for row, text in enumerate(titles, 1)]
    assert recognise([*lines, Line(26, HEADINGS)], SPECIAL).heading.row == 26


def test_a_text_of_random_pages_gives_the_rows_of_one_page(tmp_path: Path) -> None:
    chosen = random.Random(7)  # noqa: S311 - pages, no secrets
    rows = [(kind, f"{name}{number}", *rest) for number in range(60) for kind, name, *rest in ROWS]
    for _ in range(20):
        cuts = sorted(chosen.sample(range(1, len(rows)), 5))
        pages = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
        content = "".join(
            "青禾市特殊身份名单\n" + table(HEADINGS, *page) + f"小计:{len(page)}人\n第 {n} 页\n"
            for n, page in enumerate(pages, 1)
        )
        (seen,) = sheets(content.encode(), SPECIAL, tmp_path, ".csv")
        assert seen.column("name") == [row[1] for row in rows]
        assert seen.rejects == []
