"""Names are read as a person would write them; what stood behind or inside them is kept or told."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from delivered_text import a_warehouse, delivered, type_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.conform.macros import install_macros

PUPIL = {
    "student_no": "G990102200705010027",
    "name": "虚构甲",
    "id_number": "990102200705010027",
    "school_code": "3699000001",
    "entry_month": "202309",
    "status": "在读",
}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    install_macros(con)
    yield con
    con.close()


def read(con: duckdb.DuckDBPyConnection, cell: str | None) -> object:
    return con.execute("select read_name($1::varchar)", [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("虚构甲", "虚构甲"),
        ("虚  甲", "虚甲"),
        ("虚\u3000甲", "虚甲"),
        ("虚\u00a0甲\u200b", "虚甲"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("阿依古丽●买买提", "阿依古丽·买买提"),
        ("阿依古丽 买买提", "阿依古丽·买买提"),
        ("买买提·阿不都·热西提·", "买买提·阿不都·热西提"),
        ("⾼甲", "高甲"),
        ("\ue854甲", "龺甲"),
        ("劉甲", "劉甲"),
        ("虚构甲（小）", "虚构甲"),
        ("虚构甲A", "虚构甲"),
        ("虚构甲2", "虚构甲"),
        ("Ｊｏｈｎ Smith", "John Smith"),
        ("虚构甲、虚构乙", "虚构甲、虚构乙"),
        ("虚?甲", "虚?甲"),
        ("无", None),
        ("/", None),
        ("暂无", None),
        (None, None),
    ],
)
def test_a_name_is_read_as_a_person_writes_it(
    con: duckdb.DuckDBPyConnection, cell: str | None, name: str | None
) -> None:
    assert read(con, cell) == name


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="虚构甲·. \u3000\u00a0\u200bAz?", min_size=1, max_size=8))
def test_a_name_that_was_read_is_read_again_as_itself(
    con: duckdb.DuckDBPyConnection, text: str
) -> None:
    once = read(con, text)
    assert once is None or read(con, str(once)) == once


@settings(deadline=None, max_examples=60)
@given(
    st.text(alphabet="虚构甲乙丙丁", min_size=2, max_size=4),
    st.sampled_from([" ", "\u3000", "\u00a0", "\u200b"]),
)
def test_the_matcher_sees_the_same_person_in_the_name_as_written_and_as_read(
    con: duckdb.DuckDBPyConnection, name: str, blank: str
) -> None:
    written = blank.join(name)
    keys = con.execute(
        "select name_key($1), name_key(read_name($1)), name_key($2)", [written, name]
    ).fetchall()[0]
    assert len(set(keys)) == 1


def pupils(*rows: dict[str, str | None]) -> duckdb.DuckDBPyConnection:
    con = a_warehouse()
    type_rows(
        con, "vocational_students", delivered("vocational_students", [PUPIL | row for row in rows])
    )
    return con


def test_a_former_name_in_brackets_goes_to_its_column() -> None:
    con = pupils({"name": "虚构甲（曾用名：虚构乙）"})
    assert con.execute("select name, former_name from vocational_students").fetchall() == [
        ("虚构甲", "虚构乙")
    ]


def test_a_former_name_that_differs_from_the_one_delivered_stays_where_it_is() -> None:
    con = pupils({"name": "虚构甲(原名虚构乙)", "former_name": "虚构丙"})
    assert con.execute("select name, former_name from vocational_students").fetchall() == [
        ("虚构甲(原名虚构乙)", "虚构丙")
    ]


def test_a_mark_that_tells_namesakes_apart_is_kept_in_extra() -> None:
    con = pupils({"name": "虚构甲(小)", "extra": '{"备注": "x"}'})
    assert con.execute(
        "select name, extra ->> '姓名', extra ->> '备注' from vocational_students"
    ).fetchall() == [("虚构甲", "虚构甲(小)", "x")]


@pytest.mark.parametrize("sign", ["?", "□", "〓", "\ue000", "*"])
def test_a_name_with_a_lost_sign_is_kept_and_told_without_telling_it(sign: str) -> None:
    con = pupils({"name": f"虚{sign}甲"})
    assert con.execute("select name from vocational_students").fetchall() == [(f"虚{sign}甲",)]
    ((column, issue),) = con.execute("select column_name, issue from cell_issues").fetchall()
    assert column == "name"
    assert str(issue).startswith("姓名: ")
    assert "虚" not in str(issue)


def test_a_former_name_of_none_is_no_name() -> None:
    con = pupils({"former_name": "无"})
    assert con.execute("select former_name from vocational_students").fetchall() == [(None,)]
    assert con.execute("select count(*) from cell_issues").fetchall() == [(0,)]
