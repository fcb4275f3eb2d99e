"""Templates that a school fills in: Excel damages nothing in them, and intake takes what they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.intake import collect
from pipeline.store import templates
from pipeline.store.database import set_as_of
from pipeline.store.template_notes import example_text
from pipeline.store.templates import write_template
from schemas.catalog import source, sources
from schemas.model import Column

ROLL = "vocational_students"


def filled_in(column: Column) -> object:
    """Give what Excel holds of a column's example once it is typed into a template."""
    if column.type == "date" and isinstance(column.example, date):
        return column.example
    return column.example if column.type in ("int", "money") else example_text(column)


def as_typed(column: Column) -> object:
    if column.type == "money":
        return Decimal(str(column.example))
    return column.example


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Every template with its examples in row 2, collected."""
    exports = tmp_path_factory.mktemp("filled") / "exports"
    for one in sources().values():
        path = exports / one.name / f"{one.name}.template.xlsx"
        path.parent.mkdir(parents=True)
        write_template(path, one)
        book = openpyxl.load_workbook(path)
        for at, column in enumerate(one.columns, start=1):
            book.worksheets[0].cell(2, at).value = filled_in(column)
        book.save(path)
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    collect(con, exports)
    return con


@pytest.mark.parametrize("name", sources())
def test_a_template_filled_in_is_a_delivery_like_any_other(
    delivered: duckdb.DuckDBPyConnection, name: str
) -> None:
    columns = source(name).columns
    names = ", ".join(column.name for column in columns)
    rows = delivered.execute(f"select {names} from main.{name}").fetchall()
    assert rows == [tuple(map(as_typed, columns))]


def test_no_cell_of_a_filled_template_is_left_empty(delivered: duckdb.DuckDBPyConnection) -> None:
    assert delivered.execute("from main.cell_issues").fetchall() == []
    assert delivered.execute("from main.rejected_rows").fetchall() == []


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("roll") / "roll.xlsx"
    write_template(path, source(ROLL))
    return openpyxl.load_workbook(path)


def place(column_name: str) -> int:
    return [column.name for column in source(ROLL).columns].index(column_name) + 1


def rule(sheet: Worksheet, column_name: str) -> DataValidation:
    """Give what Excel asks of the last cell of a column, far below what anybody filled in."""
    cell = sheet.cell(1_048_576, place(column_name)).coordinate
    (found,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    return found


def test_cells_nobody_filled_in_yet_are_text_where_excel_would_round(
    roll: openpyxl.Workbook,
) -> None:
    looks = {
        at: look.number_format
        for look in roll.worksheets[0].column_dimensions.values()
        for at in range(look.min, look.max + 1)
    }
    long = ("student_no", "id_number", "guardian_id", "phone", "school_code", "aid_card")
    assert {looks[place(name)] for name in long} == {"@"}


def test_required_columns_are_marked_by_a_star_and_a_colour(roll: openpyxl.Workbook) -> None:
    name, former = (roll.worksheets[0].cell(1, place(one)) for one in ("name", "former_name"))
    assert (name.value, former.value) == ("*姓名", "曾用名")
    assert name.fill.fgColor.rgb != former.fill.fgColor.rgb


def test_code_lists_are_chosen_by_their_labels(roll: openpyxl.Workbook) -> None:
    assert rule(roll.worksheets[0], "sex").formula1 == '"男,女,未知"'
    assert rule(roll.worksheets[0], "poverty_flag").formula1 == '"是,否"'


def test_an_odd_identity_number_is_asked_about_and_not_forbidden(roll: openpyxl.Workbook) -> None:
    asked = rule(roll.worksheets[0], "id_number")
    assert asked.errorStyle == "warning"
    assert "18" in str(asked.prompt)


def test_dates_and_months_say_how_they_are_written(roll: openpyxl.Workbook) -> None:
    sheet = roll.worksheets[0]
    assert "2007-05-01" in str(rule(sheet, "birth_date").prompt)
    assert "202309" in str(rule(sheet, "entry_month").prompt)


def test_every_column_is_explained_and_none_of_the_words_is_too_long_for_excel(
    recwarn: pytest.WarningsRecorder, tmp_path: Path
) -> None:
    for one in sources().values():
        path = tmp_path / f"{one.name}.xlsx"
        write_template(path, one)
        notes = openpyxl.load_workbook(path)["填写说明"]
        explained = {row[0] for row in notes.iter_rows(values_only=True)}
        assert {column.header for column in one.columns} <= explained
    # xlsxwriter warns and leaves out what Excel would not take.
    assert [str(warning.message) for warning in recwarn] == []


def test_a_list_too_long_for_a_drop_down_stands_on_a_hidden_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_LONGEST_LIST", 40)
    path = tmp_path / "exports" / ROLL / f"{ROLL}.template.xlsx"
    path.parent.mkdir(parents=True)
    write_template(path, source(ROLL))
    book = openpyxl.load_workbook(path)
    assert book["代码表"].sheet_state == "hidden"
    assert rule(book.worksheets[0], "ethnicity").formula1 == "list_ethnicity"
    assert "list_ethnicity" in book.defined_names
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    collect(con, tmp_path / "exports")
    statuses = "select distinct status from main.deliveries"
    assert con.execute(statuses).fetchall() == [("empty",)]


def test_the_same_contract_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, source(ROLL))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
