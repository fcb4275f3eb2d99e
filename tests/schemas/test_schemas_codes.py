"""Code lists understand what registries print, and do not guess."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from schemas.catalog import code_lists
from schemas.codebook import division_name, divisions, major_groups, school_categories
from schemas.model import SchemaError


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_no_spelling_stands_for_two_values_after_folding(name: str) -> None:
    folded: dict[str, str] = {}
    for spelling, value in code_lists()[name].spellings.items():
        key = unicodedata.normalize("NFKC", spelling).replace(" ", "").casefold()
        assert folded.setdefault(key, value) == value, spelling


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_no_variant_is_listed_twice(name: str) -> None:
    for code in code_lists()[name].values:
        listed = (code.value, code.label, *code.variants)
        assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("spelling", ["汉", "汉族", "01", "1"])
def test_han_is_written_in_four_ways(spelling: str) -> None:
    assert code_lists()["ethnicity"].spellings[spelling] == "01"


def test_ethnic_groups_are_those_of_the_national_standard_with_former_names() -> None:
    ethnicity = code_lists()["ethnicity"]
    values = [code.value for code in ethnicity.values]
    assert values == [f"{number:02d}" for number in range(1, 57)] + ["81", "97", "98"]
    assert ethnicity.spellings["毛难族"] == ethnicity.spellings["毛南"]
    assert ethnicity.spellings["崩龙"] == ethnicity.spellings["德昂族"]


def test_numbers_of_changes_are_not_guessed() -> None:
    assert not any(spelling.isdigit() for spelling in code_lists()["change_type"].spellings)


def test_a_number_that_lost_its_zero_in_excel_is_still_a_status() -> None:
    spellings = code_lists()["status"].spellings
    assert spellings["3"] == spellings["03"] == spellings["退学"] == "withdrawn"


def test_off_work_study_is_full_time_at_school_and_adult_in_higher_education() -> None:
    assert code_lists()["study_form"].spellings["脱产"] == "full_time"
    assert code_lists()["higher_form"].spellings["脱产"] == "adult"


def test_a_label_is_given_for_a_value_and_refused_for_another() -> None:
    assert code_lists()["sex"].label("female") == "女"
    with pytest.raises(SchemaError, match=r"sex\.yml: no value neither"):
        code_lists()["sex"].label("neither")


def test_categories_of_schools_point_to_kinds_that_exist() -> None:
    kinds = {code.value for code in code_lists()["school_kind"].values}
    pointed = {category.kind for category in school_categories() if category.kind is not None}
    assert pointed == kinds - {"technical"}


def test_groups_of_majors_run_in_one_order_on_three_levels() -> None:
    by_level: dict[str, list[str]] = {}
    for group in major_groups():
        if group.valid_to is None:
            by_level.setdefault(group.level, []).append(group.name)
    assert len(by_level) == 3
    assert len({tuple(names) for names in by_level.values()}) == 1
    assert {len(names) for names in by_level.values()} == {19}


def test_successors_of_divisions_are_divisions_we_know() -> None:
    codes = {division.code for division in divisions()}
    assert {division.successor for division in divisions() if division.successor} <= codes


def test_a_division_is_named_as_of_the_day() -> None:
    assert division_name("220211", date(1990, 1, 1)) == "郊区"
    assert division_name("220211", date(2023, 1, 1)) == "丰满区"
    assert division_name("990102", date(2023, 1, 1)) == "禾东区"
    assert division_name("999999", date(2023, 1, 1)) is None


def test_a_division_out_of_use_keeps_its_last_name() -> None:
    assert division_name("230833", date(2023, 1, 1)) == "抚远县"
    assert division_name("230824", date(2023, 1, 1)) == "友谊县"
