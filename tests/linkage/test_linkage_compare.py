"""Comparison: each field's first level whose test holds, and how often each pattern is seen."""

from itertools import combinations

import numpy as np
import pytest
from coded_rows import a_field, a_model, a_table, level_by_reading, with_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.contract import DetectorError
from detectors.identity.linkage import compare as linkage_compare
from detectors.identity.linkage.compare import compare, patterns, strides
from detectors.identity.linkage.levels import Act, LevelTest, read_test

TEXTS = {1: "王芳", 2: "王小芳", 3: "芳王", 4: "李娜", 5: "王娜娜娜"}
PHONES = {12: "12", 13: "13", 21: "21", 345: "345"}
NAME = a_field(
    "name", "full", "same full", "same sound", "edits full 1", "similar full 0.7", "otherwise"
)
PHONE = a_field(
    "phone", "value", "same value", "edits value 1", "both other", "otherwise", kind="phone"
)
NUMBER = a_field(
    "number", "value", ["same valid", "cross valid repaired"], "both valid", "otherwise"
)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[list[int]]]:
    count = draw(st.integers(2, 12))
    column = st.lists(st.integers(0, 5), min_size=count, max_size=count)
    phone = st.lists(st.sampled_from([0, 12, 13, 21, 345]), min_size=count, max_size=count)
    return {
        "name.full": [draw(column)],
        "name.sound": [draw(column)],
        "phone.value": [draw(phone), draw(phone)],
        "phone.other": [draw(column)],
        "number.value": [draw(column)],
        "number.valid": [draw(column)],
        "number.repaired": [draw(column), draw(column), draw(column)],
    }


@settings(max_examples=200, deadline=None)
@given(rows())
def test_levels_are_those_of_a_patient_reader(told: dict[str, list[list[int]]]) -> None:
    table = with_texts(a_table(told), "name.full", TEXTS)
    table = with_texts(table, "phone.value", PHONES)
    pairs = list(combinations(range(len(table)), 2))
    one, other = np.array(pairs, dtype=np.int32).T
    fields = [NAME, PHONE, NUMBER]
    levels = compare(table, a_model(fields=fields), one, other)
    spelled = TEXTS | PHONES
    expected = [[level_by_reading(table, of, *pair, spelled) for pair in pairs] for of in fields]
    assert levels.tolist() == expected


def test_the_levels_do_not_depend_on_how_much_is_done_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = [row * 7 % 11 for row in range(60)]
    table = a_table({"phone.value": [values], "phone.other": [values[::-1]]})
    table = with_texts(table, "phone.value", {value: str(value) for value in range(1, 11)})
    one, other = np.array(list(combinations(range(60), 2)), dtype=np.int32).T
    whole = compare(table, a_model(fields=[PHONE]), one, other)
    monkeypatch.setattr(linkage_compare, "_AT_ONCE", 13)
    assert (compare(table, a_model(fields=[PHONE]), one, other) == whole).all()


def test_a_row_that_states_nothing_is_missing_whatever_it_implies() -> None:
    table = a_table(
        {"number.value": [[0, 5]], "number.valid": [[5, 5]], "number.repaired": [[5, 5]]}
    )
    one, other = np.array([[0], [1]], dtype=np.int32)
    assert compare(table, a_model(fields=[NUMBER]), one, other).tolist() == [[0]]


def test_no_pairs_have_no_levels_and_no_patterns() -> None:
    table = a_table({"number.value": [[5]], "number.valid": [[5]], "number.repaired": [[5]]})
    model = a_model(fields=[NUMBER])
    none = np.zeros(0, dtype=np.int32)
    levels = compare(table, model, none, none)
    index, seen = patterns(levels, model)
    assert levels.shape == (1, 0)
    assert (len(index), len(seen)) == (0, 0)


@pytest.mark.parametrize("tabled", [0, 1 << 22])
def test_patterns_count_equal_columns_of_levels(
    tabled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage_compare, "_TABLED", tabled)
    model = a_model(fields=[NAME, PHONE, NUMBER])
    levels = np.array([[5, 1, 1, 5], [0, 4, 4, 0], [3, 2, 2, 0]], dtype=np.uint8)
    index, seen = patterns(levels, model)
    assert strides(model).tolist() == [20, 4, 1]
    assert seen.numbers.tolist() == [38, 100, 103]
    assert seen.counts.tolist() == [2, 1, 1]
    assert (levels == seen.levels[index].T).all()


def test_a_test_is_read_from_its_words() -> None:
    assert read_test("cross valid repaired") == LevelTest(Act.CROSS, ("valid", "repaired"))
    assert read_test("edits full 1") == LevelTest(Act.EDITS, ("full",), 1.0)


@pytest.mark.parametrize(
    "told", ["alike full", "same", "same full day", "edits full", "edits full one"]
)
def test_a_test_that_cannot_be_read_says_so(told: str) -> None:
    with pytest.raises(DetectorError, match="test"):
        read_test(told)
