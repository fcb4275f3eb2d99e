"""What a case says, in either language, with that language's punctuation; what reviews lack, by its heading."""

import re
from pathlib import Path

import pytest

from detectors.registry import detectors
from pipeline.cases import grounds
from pipeline.cases.reviews import read_reviews
from pipeline.cases.sentences import speaker

CHINESE_MARKS = re.compile("[；：、。]")


@pytest.mark.parametrize("detector", detectors().values(), ids=lambda one: one.id)
def test_english_grounds_are_punctuated_in_english(detector: object) -> None:
    said = grounds.ruled_out(detector.exceptions, frozenset(), "en")  # type: ignore[attr-defined]
    assert CHINESE_MARKS.findall(said) == []


def test_a_wrong_answer_is_told_by_the_heading_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("线索编号,核查结论,反馈日期\nDE101-00000000,查无此人,昨天\n", "utf-8")
    told = [issue.message for issue in read_reviews([(path, path.name)]).issues]
    assert told == [
        "核查结论: write 属实, 部分属实, 不属实 or 待核",
        "反馈日期: not a day; write it as 2024-01-31",
    ]


@pytest.mark.parametrize(("mark", "encoding"), [(",", "gb18030"), ("\t", "utf-16"), (";", "utf-8")])
def test_a_text_is_read_by_whatever_parts_it(tmp_path: Path, mark: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    rows = [
        ("备注", "线索编号", "核查结论"),
        ("甲,乙" if mark != "," else "甲", "DE101-00000000", "属实"),
    ]
    path.write_text("".join(mark.join(row) + "\n" for row in rows), encoding)
    assert [review.decision for review in read_reviews([(path, path.name)]).reviews] == ["属实"]


def test_a_quotation_mark_that_swallows_a_reviewed_file_is_told_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('线索编号,核查结论\nDE101-00000000,"属实\n' + "甲," * 200_000, "utf-8")
    told = [issue.issue for issue in read_reviews([(path, path.name)]).issues]
    assert told


@pytest.mark.parametrize(
    ("value", "told"),
    [(1e-12, "0.000001"), (0.003, "0.003"), (0.5, "0.5"), (12.345, "12.35"), (0.0, "0")],
)
def test_a_small_chance_is_not_told_as_none(value: float, told: str) -> None:
    assert speaker({}, "zh")("chance", value) == told


def test_the_status_of_a_registry_is_told_in_words() -> None:
    assert speaker({}, "zh")("registry_status", "withdrawn") == "退学"


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "考勤月报、岗位实习"), ("en", "Monthly attendance, Internships")],
)
def test_lists_that_were_looked_through_are_told_by_their_titles(language: str, told: str) -> None:
    say = speaker({}, language)  # type: ignore[arg-type]
    assert say("traces_available", "attendance,internships") == told


def test_a_clause_is_told_by_its_document() -> None:
    told = speaker({}, "zh")("bound_by", "jilin_2020:platform")
    assert told.startswith("《吉林省")


def test_a_code_of_no_list_is_told_in_english_words() -> None:
    say = speaker({}, "en")
    assert say("overdue_by", "two_years_after_programme") == "two years after programme"
    assert say("reason", "too old, born 1999_03") == "too old, born 1999_03"


@pytest.mark.parametrize(("value", "told"), [(0.05, "5%"), (2 / 3, "66.67%"), (1.0, "100%")])
def test_a_share_is_told_in_hundredths(value: float, told: str) -> None:
    assert speaker({}, "zh")("shared_share", value) == told
