"""Two spellings of one heading fold to the same; two different headings do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalog import source
from schemas.headings import columns_by_heading, fold_heading


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("姓  名", "姓名"),
        ("*姓名", "姓名"),
        ("★ 身份证号码\n（必填）", "身份证号"),
        ("公民身份号码", "公民身份号"),
        ("ＳＦＺＨ", "sfzh"),
        ("实发金额（元）", "实发金额"),
        ("实发金额（单位：元）", "实发金额"),
        ("学制(年)", "学制"),
        ("出生日期（YYYY-MM-DD）", "出生日期"),
        ("\ufeff学籍号", "学籍号"),
        ("家长（监护人）姓名：", "家长(监护人)姓名"),
        ("手机号码", "手机号"),
    ],
)
def test_a_heading_of_the_wild_folds_to_what_it_means(written: str, meant: str) -> None:
    assert fold_heading(written) == meant


def test_ten_thousands_of_yuan_are_not_taken_for_yuan() -> None:
    heading = fold_heading("拨款金额（万元）")
    assert heading not in columns_by_heading(source("funding_allocations"))


def test_the_local_student_number_is_not_taken_for_the_national_one() -> None:
    assert fold_heading("学号") not in columns_by_heading(source("vocational_students"))
    assert columns_by_heading(source("higher_students"))[fold_heading("学号")] == "student_no"


def test_the_candidate_number_is_preferred_to_the_number_of_the_seat() -> None:
    answers = list(columns_by_heading(source("admissions")))
    assert answers.index(fold_heading("考生号")) < answers.index(fold_heading("准考证号"))


def test_pinyin_initials_are_understood_in_either_case() -> None:
    answers = columns_by_heading(source("k12_students"))
    assert answers[fold_heading("sfzjh")] == answers[fold_heading("SFZJH")] == "id_number"


@given(
    heading=st.sampled_from(["身份证件号", "学校(机构)标识码", "就读方式", "XJZT"]),
    noise=st.lists(
        st.tuples(st.integers(0, 10), st.sampled_from(" \n\u3000\u200b*★☆：")), max_size=6
    ),
)
def test_noise_anywhere_in_a_heading_does_not_matter(
    heading: str, noise: list[tuple[int, str]]
) -> None:
    written = heading
    for place, mark in noise:
        written = written[:place] + mark + written[place:]
    assert fold_heading(written) == fold_heading(heading)
