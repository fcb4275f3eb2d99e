"""What is true of every contract, whoever edits it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from schemas.catalog import code_lists, source, sources, tables
from schemas.headings import columns_by_heading, fold_heading
from schemas.model import Column, SchemaError, Source, TableColumn, example_fits

ALL_SOURCES = sorted(sources())
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def all_columns() -> list[tuple[Source, Column]]:
    return [(one, column) for one in sources().values() for column in one.columns]


def all_table_columns() -> list[TableColumn]:
    return [column for table in tables().values() for column in table.columns]


def check_character(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, CHECK_WEIGHTS, strict=False))
    return "10X98765432"[total % 11]


def test_there_are_33_sources_in_four_groups() -> None:
    groups = Counter(one.group for one in sources().values())
    assert groups == {"registries": 4, "events": 8, "money": 5, "reference": 16}


def test_the_catalogue_is_sorted_and_read_once() -> None:
    assert list(sources()) == sorted(sources())
    assert list(tables()) == sorted(tables())
    assert list(code_lists()) == sorted(code_lists())
    assert sources() is sources()


def test_an_unknown_source_is_refused_by_name() -> None:
    with pytest.raises(SchemaError, match=r"nonsense\.yml"):
        source("nonsense")


def test_an_unknown_column_is_refused_by_file_and_name() -> None:
    with pytest.raises(SchemaError, match=r"schools\.yml: no column nonsense"):
        source("schools").column("nonsense")


@pytest.mark.parametrize("name", ALL_SOURCES)
def test_no_heading_is_claimed_twice(name: str) -> None:
    claims = [
        fold_heading(heading)
        for column in source(name).columns
        for heading in (column.header, *column.aliases)
    ]
    assert [heading for heading, times in Counter(claims).items() if times > 1] == []


@pytest.mark.parametrize("name", ALL_SOURCES)
def test_a_column_answers_to_its_header_its_aliases_and_its_name(name: str) -> None:
    answers = columns_by_heading(source(name))
    for column in source(name).columns:
        for heading in (column.header, *column.aliases, column.name):
            assert answers[fold_heading(heading)] == column.name


@pytest.mark.parametrize("name", ALL_SOURCES)
def test_every_source_has_something_without_which_a_row_is_rejected(name: str) -> None:
    assert source(name).required


@pytest.mark.parametrize("name", ALL_SOURCES)
def test_a_column_is_explained_in_chinese_and_in_english(name: str) -> None:
    for column in source(name).columns:
        assert any("\u4e00" <= character <= "\u9fff" for character in column.comment)
        assert re.sub("[…’]", "", column.comment_en).isascii()
        assert column.comment.endswith("。")
        assert column.comment_en.endswith((".", "…"))


def test_every_column_has_an_example_of_its_type() -> None:
    assert all(example_fits(column.type, column.example) for _, column in all_columns())


def test_only_required_columns_fill_the_gaps_of_a_casebook_row() -> None:
    left_on = source("vocational_students").column("left_on")
    assert left_on.example is not None
    assert left_on.stand_in is None
    assert source("vocational_students").column("entry_month").stand_in == 202309


def test_identity_numbers_are_personal_and_invented_with_a_valid_check_digit() -> None:
    numbers = [column for _, column in all_columns() if column.type == "id"]
    assert numbers
    for column in numbers:
        assert column.personal == "id"
        assert str(column.example).startswith("99")
        assert check_character(str(column.example)) == str(column.example)[-1]


def test_identity_numbers_of_clean_tables_are_invented_with_a_valid_check_digit() -> None:
    for column in all_table_columns():
        if column.personal == "id" and column.example is not None:
            assert str(column.example).startswith("99")
            assert check_character(str(column.example)) == str(column.example)[-1]


def test_student_numbers_carry_the_identity_number_of_the_example() -> None:
    for _, column in all_columns():
        if str(column.example).startswith("G99"):
            assert check_character(str(column.example)[1:]) == str(column.example)[-1]


def test_the_credit_code_of_the_example_has_a_valid_check_character() -> None:
    code = str(source("training_subsidies").column("institution_code").example)
    total = sum(
        CREDIT_CODE_LETTERS.index(letter) * 3**place % 31 for place, letter in enumerate(code[:17])
    )
    assert CREDIT_CODE_LETTERS[-total % 31] == code[17]


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("_phone", "phone"),
        ("account_no", "account"),
        ("aid_card", "account"),
        ("birth_date", "birth"),
    ],
)
def test_a_column_that_could_expose_someone_is_masked_by_its_kind(ending: str, kind: str) -> None:
    found = [column for _, column in all_columns() if column.name.endswith(ending)]
    assert found
    assert {column.personal for column in found} == {kind}


def test_a_persons_name_is_masked_in_every_source() -> None:
    named = [column for _, column in all_columns() if column.name in {"name", "former_name"}]
    assert {column.personal for column in named} == {"name"}


def test_coded_columns_name_a_list_that_exists() -> None:
    coded = {column.code_list for _, column in all_columns() if column.type == "code"}
    assert coded == set(code_lists())


def test_clean_tables_lie_in_core_and_say_what_a_row_is() -> None:
    for full_name, table in tables().items():
        assert full_name == f"core.{table.name}"
        assert table.grain


def test_invented_names_say_that_they_are_invented() -> None:
    for _, column in all_columns():
        if column.personal == "name":
            assert "虚构" in str(column.example)


def test_examples_of_days_lie_in_the_sample_years() -> None:
    days = [column.example for _, column in all_columns() if isinstance(column.example, date)]
    assert all(date(2005, 1, 1) <= day <= date(2030, 12, 31) for day in days)
