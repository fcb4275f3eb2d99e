"""Two spellings of one heading fold to the same; two different headings do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalog import HERE, source, sources
from schemas.headings import columns_by_heading, fold_heading, simplified
from schemas.reading import read_mapping


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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.姓名", "姓名"),
        ("①姓名", "姓名"),
        ("一、姓名", "姓名"),
        ("（3）姓名", "姓名"),
        ("【必填】姓名", "姓名"),
        ("“姓名”", "姓名"),
        ("姓名（必填，文本）", "姓名"),
        ("姓名（与身份证一致）", "姓名"),
        ("性别（男/女）", "性别"),
        ("入学年月（如202309）", "入学年月"),
        ("身份证号（必须为文本格式）", "身份证号"),
        ("生均标准（元/生·年）", "生均标准"),
        ("實發金額（元）", "实发金额"),
        ("學校（機構）標識碼", "学校(机构)标识码"),
        ("学校【机构】标识码", "学校(机构)标识码"),
        ("ID Number", "idnumber"),
        ("成员1姓名", "成员1姓名"),
    ],
)
def test_decoration_is_no_part_of_a_heading(written: str, meant: str) -> None:
    assert fold_heading(written) == meant


@pytest.mark.parametrize(
    "unit", ["万元", "千元", "分", "单位：万元", "如12.5万元", "请以万元为单位"]
)
def test_another_unit_than_yuan_stays_in_the_heading(unit: str) -> None:
    assert fold_heading(f"实发金额({unit})") != fold_heading("实发金额(元)")


def test_sex_without_brackets_round_the_choice_is_not_guessed_at() -> None:
    assert fold_heading("性别/男女") != "性别"


HEADINGS = sorted(
    {
        heading
        for contract in sources().values()
        for column in contract.columns
        for heading in (column.header, *column.aliases)
    }
)
WIDE = {ord("!") + place: ord("！") + place for place in range(94)}


@given(
    heading=st.sampled_from(HEADINGS),
    before=st.sampled_from(["", "1.", "12、", "（2）", "③", "二、", "*", "★ 3."]),
    after=st.sampled_from(["", "（必填）", "[选填]", "【文本格式】", "：", "*", "(必填)(文本)"]),
    width=st.sampled_from(["half", "full"]),
    gap=st.tuples(
        st.integers(1, 9), st.sampled_from(["", " ", "\u3000", "\n", "\u00a0", "\u200b"])
    ),
)
def test_any_decoration_of_a_known_heading_folds_to_the_heading(
    heading: str,
    before: str,
    after: str,
    width: str,
    gap: tuple[int, str],
) -> None:
    place, blank = gap
    shown = heading.translate(WIDE) if width == "full" else heading
    written = before + shown[:place] + blank + shown[place:] + after
    assert fold_heading(written) == fold_heading(heading)


def test_every_simplified_character_of_a_heading_has_its_traditional_form() -> None:
    mainland = {sign for heading in HEADINGS for sign in heading if not is_in_big5(sign)}
    known = {simplified(variant) for variant in traditional_signs()}
    assert mainland <= known


def is_in_big5(sign: str) -> bool:
    return sign.encode("big5", "ignore") != b""


def traditional_signs() -> str:
    return "".join(read_mapping(HERE / "traditional.yml").values())
