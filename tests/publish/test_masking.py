"""Personal values are shown as far as their mark in the schema allows, and no further."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.privacy.masking import MACROS, install, masked, personal_columns
from schemas.catalog import source, sources, tables

CON = duckdb.connect()
install(CON)


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    CON.close()


def shown(mark: str, value: str | None) -> str | None:
    answer: str | None = CON.execute(
        "select mask($mark, $value)", {"mark": mark, "value": value}
    ).fetchall()[0][0]
    return answer


@pytest.mark.parametrize(
    ("mark", "value", "left"),
    [
        ("name", "虚构甲", "虚**"),
        ("name", "甲", "*"),
        ("id", "990102200705010029", "990102********0029"),
        ("id", "9901022007", "**********"),
        ("phone", "19900001234", "199****1234"),
        ("account", "6222020000001234567", "***************4567"),
        ("student_no", "G990102200705010029", "G990102********0029"),
        ("student_no", "20230001", "********"),
        ("address", "青禾市禾东区虚构路一号", "青禾市禾东区***"),
        ("address", "虚构路一号", "***"),
        ("birth", "2007-05-01", "2007"),
        ("secret", "残疾", "***"),
        ("a mark nobody knows", "x", "***"),
    ],
)
def test_a_mark_shows_only_so_much(mark: str, value: str, left: str) -> None:
    assert shown(mark, value) == left


@given(st.sampled_from(sorted(MACROS)), st.text(min_size=2, max_size=30))
def test_no_mask_shows_the_whole_value(mark: str, value: str) -> None:
    if mark == "birth" and len(value) <= 4:
        return
    assert shown(mark, value) != value or set(value) == {"*"}


@pytest.mark.parametrize("mark", sorted(MACROS))
def test_nothing_stays_nothing(mark: str) -> None:
    assert shown(mark, None) is None


def test_a_sentence_is_scrubbed_of_what_looks_like_a_number() -> None:
    said = CON.execute(
        "select scrub('甲 990102200705010029, 学籍 G99010220070501002X, 电话19900001234。')"
    ).fetchall()
    assert said == [("甲 990102********0029, 学籍 G990102********002X, 电话199****1234。",)]


def test_school_codes_and_amounts_are_left_as_they_are() -> None:
    assert CON.execute("select scrub('学校3699000001,1234567.00元')").fetchall() == [
        ("学校3699000001,1234567.00元",)
    ]


def test_a_marked_flag_is_not_shown_at_all() -> None:
    flag = source("vocational_students").column("poverty_flag")
    assert masked(flag, "poverty_flag") == "cast(null as BOOLEAN)"


def test_evidence_goes_by_the_marks_of_the_columns_it_comes_from() -> None:
    marks = dict(
        zip(
            *personal_columns(sources().values(), tables().values()).to_pydict().values(),
            strict=True,
        )
    )
    assert (marks["name"], marks["other_name"], marks["account_no"]) == ("name", "name", "account")
    assert "school_name" not in marks
