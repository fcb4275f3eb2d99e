"""The cases as rows of words and numbers, ready for a case file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import duckdb

from pipeline.cases.columns import CaseColumn, case_columns, label, wording
from pipeline.cases.rules import MARKS, Language
from schemas.catalog import code_lists, sources
from schemas.model import SchemaError

Cell = str | int | float | Decimal | date | None

_CODE_LISTS = {"status_code": "status", "registry": "registry", "aid_item": "aid_item"}
"""Words that the national code lists give."""


@dataclass(frozen=True)
class CaseRow:
    """A case in a case file, cells in the order of the columns, and the office it goes to."""

    case_id: str
    region_code: str | None
    school_code: str | None
    cells: tuple[Cell, ...]


def case_rows(con: duckdb.DuckDBPyConnection, language: Language) -> list[CaseRow]:
    """Give every case, by priority and then by number."""
    query = files(__package__).joinpath("sql", "case_rows.sql").read_text("utf-8")
    cursor = con.execute(query)
    names = [described[0] for described in cursor.description]
    return [_case_row(dict(zip(names, row, strict=True)), language) for row in cursor.fetchall()]


def _case_row(case: Mapping[str, object], language: Language) -> CaseRow:
    cells = tuple(_cell(column, case, language) for column in case_columns())
    region, school = case["region_code"], case["school_code"]
    return CaseRow(
        case_id=str(case["case_id"]),
        region_code=None if region is None else str(region),
        school_code=None if school is None else str(school),
        cells=cells,
    )


def _cell(column: CaseColumn, case: Mapping[str, object], language: Language) -> Cell:
    value = case[column.name]
    if column.name == "explanation":
        return _with_what_is_missing(case, language)
    if value is None:
        return None
    if isinstance(value, bool):
        return label("closed", "yes" if value else "no", language)
    list_name = column.words or column.choices
    if list_name is not None:
        words = (_word(list_name, code, language) for code in str(value).split(","))
        return MARKS[language].item.join(words)
    assert isinstance(value, str | int | float | Decimal | date)
    return value


def _with_what_is_missing(case: Mapping[str, object], language: Language) -> str:
    """Put before the sentence that a list which could explain the case was not delivered."""
    if case["verdict"] != "needs_evidence":
        return str(case["explanation"])
    lists = MARKS[language].item.join(
        _titles(language).get(name, name) for name in str(case["missing_inputs"]).split(",")
    )
    note = (
        f"待补证(未交付:{lists})。"
        if language == "zh"
        else f"Needs evidence (not delivered: {lists}). "
    )
    return f"{note}{case['explanation']}"


@cache
def _titles(language: Language) -> Mapping[str, str]:
    return {
        source.name: source.title if language == "zh" else source.title_en
        for source in sources().values()
    }


def _word(list_name: str, code: str, language: Language) -> str:
    if list_name in wording():
        return label(list_name, code, language)
    if language == "en":
        return code.replace("_", " ")
    try:
        return code_lists()[_CODE_LISTS[list_name]].label(code)
    except SchemaError:
        return code


def headers(language: Language) -> list[str]:
    """Give the headings of a case file."""
    return [column.header(language) for column in case_columns()]
