"""Dates, phones, codes and texts by array."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.contract import DetectorError
from detectors.identity.linkage import kinds
from detectors.identity.linkage.coded import Coded
from detectors.identity.linkage.texts import TEXT_CODES, distinct, hashed

KINDS = (
    "chinese_name", "code", "date", "identity_number", "number", "person_name", "phone", "sex", "text",
)  # fmt: skip


def coded(kind: str, *written: object) -> Coded:
    return kinds.standardise(kind, {"value": [pa.array(written)]})


def one(field: Coded, code: str = "value") -> list[int]:
    return field.codes[code][0].tolist()


@pytest.mark.parametrize(
    "written",
    [
        "2007-05-01", "2007/5/1", "2007.05.01", "20070501", "2007年5月1日", "二〇〇七年五月一日",
        "2007-05-01 00:00:00", "20070501.0", "２００７－０５－０１", "1.5.2007", "5/1/2007", "07-5-1", "39203",
        20070501, 20070501.0, date(2007, 5, 1), datetime(2007, 5, 1, 8, tzinfo=UTC),
    ],
)  # fmt: skip
def test_the_first_of_may_is_read_in_any_spelling(written: object) -> None:
    assert one(coded("date", written), "day") == [20070501]


@pytest.mark.parametrize(
    "written", ["", "不详", "1900-01-01", "0001-01-01", "9999-12-31", "99", None]
)
def test_what_is_no_date_states_none(written: str | None) -> None:
    field = kinds.standardise("date", {"value": [pa.array([written], pa.string())]})
    assert {code: one(field, code) for code in field.codes} == {code: [0] for code in field.codes}


@given(st.lists(st.dates(date(1900, 1, 2), date(2100, 1, 1)) | st.none(), min_size=1))
@settings(deadline=None, max_examples=50)
def test_a_date_as_text_and_as_a_date_are_one(days: list[date | None]) -> None:
    as_dates = kinds.standardise("date", {"value": [pa.array(days, pa.date32())]})
    texts = [day.isoformat() if day else None for day in days]
    as_texts = kinds.standardise("date", {"value": [pa.array(texts, pa.string())]})
    for code, found in as_dates.codes.items():
        assert found.tolist() == as_texts.codes[code].tolist(), code


def test_day_and_month_exchanged_meet_the_right_day() -> None:
    field = coded("date", "2007-08-07", "2007-07-08", "2007-05-13", "2007-13-05")
    day, swapped = one(field, "day"), one(field, "swapped")
    assert swapped[0] == day[1]
    assert swapped[3] == day[2]
    assert swapped[2] == 0


def test_a_year_and_month_alone_state_no_day() -> None:
    field = coded("date", "2007-05")
    assert [one(field, code)[0] for code in ("day", "year", "year_month")] == [0, 2007, 200705]


def test_phones_are_one_however_written() -> None:
    field = coded(
        "phone", "19900000001", "+86 199-0000-0001", "8619900000001", "１９９００００００01"
    )
    assert len(set(one(field))) == 1
    assert one(field)[0] != 0


def test_nobodys_phones_state_none() -> None:
    field = coded("phone", "13800138000", "00000000", "12", "199****0001", "无", "", None)
    assert set(one(field)) == {0}


def test_own_and_guardian_phone_are_slots_of_one_field() -> None:
    own, guardian = pa.array(["19900000001", None]), pa.array(["19900000002", "19900000001"])
    codes = kinds.standardise("phone", {"value": [own, guardian]}).codes["value"]
    assert codes.shape == (2, 2)
    assert codes[0, 0] == codes[1, 1]


def test_codes_are_exact_but_for_case_width_and_punctuation() -> None:
    field = coded("code", "ab-12", "AB12", "ＡＢ １２".replace("ＡＢ", "ab"), "AB13", "无", None)
    assert one(field)[0] == one(field)[1] == one(field)[2] != one(field)[3]
    assert one(field)[4:] == [0, 0]


def test_words_of_a_text_count_in_any_order() -> None:
    field = coded("text", "12 Main St.", "main st 12", "Main Street")
    assert one(field, "sorted")[0] == one(field, "sorted")[1] != one(field, "sorted")[2]
    assert one(field, "full")[0] != one(field, "full")[1]
    assert one(field, "numbers")[0] == one(field, "numbers")[1]
    assert one(field, "numbers")[2] == 0


def test_numbers_are_equal_by_value() -> None:
    field = coded("number", "12", "12.0", "1.2e1", "１２", "12.4", "x", "-0", "0")
    value = one(field)
    assert len(set(value[:4])) == 1
    assert one(field, "whole")[4] == one(field, "whole")[0]
    assert value[5] == 0
    assert value[6] == value[7]


def test_sex_is_read_in_any_spelling() -> None:
    assert one(coded("sex", "男", "1", "M", "女", " female", "0", None)) == [1, 1, 1, 2, 2, 0, 0]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_equal_codes_make_equal_what_they_are_said_to_imply(kind: str, data: st.DataObject) -> None:
    characters = "0129X王芳欧阳昇AB -/*"
    written = data.draw(st.lists(st.text(characters, max_size=19), min_size=2, max_size=30))
    regular = [
        "99010220070501123X",
        "990102200705011239",
        "2007-05-01",
        "19900000001",
        "王芳",
        "99936990000010000X",
    ]
    field = coded(kind, *written, *written, *regular)
    for code, others in kinds.implied(kind).items():
        for other in others:
            pairs = set(zip(one(field, code), one(field, other), strict=True))
            stated = [pair for pair in pairs if pair[0]]
            assert len({first for first, _ in stated}) == len(stated), (code, other)
            assert all(second for _, second in stated), (code, other)


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(DetectorError, match="chinese_name, code, date"):
        kinds.implied("colour")


def test_every_kind_is_told_by_its_module() -> None:
    for kind in KINDS:
        assert kinds.everything(kind).codes >= set(kinds.implied(kind))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=50))
@settings(deadline=None, max_examples=50)
def test_texts_have_one_code_exactly_if_they_are_equal(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
    codes = hashed(pa.array(texts, pa.string()))
    assert len(set(codes.tolist())) == len(set(texts))
    assert all((code == 0) == (text == "") for code, text in zip(codes, texts, strict=True))
    assert distinct(codes).tolist() == np.unique(codes).tolist()


def test_a_code_is_the_same_on_every_machine() -> None:
    # written down on 2026-11-22; a change would part every stored index from its table
    assert hashed(pa.array(["青禾", "a"])).tolist() == FROZEN
    assert min(FROZEN) >= TEXT_CODES


FROZEN = [9158469909137096389, 8566394539441776960]
