"""A row may end before its last columns; what misses a separator is not taken for such a row."""

from __future__ import annotations

from pathlib import Path

import pytest
from delivered_files import (
    DISABLED,
    FARMER,
    HEADINGS,
    PLAIN,
    SOURCE,
    VETERAN,
    a_warehouse,
    messages,
    put,
    rejected,
    roll,
    taken,
    workbook,
)

from pipeline.intake import collect

ENDS_EARLY = "some rows end before the last column"
CELLS = "name, valid_from::varchar, source_department, source_row"
WHOLE = ("王一虚", "2020-01-31", "退役军人事务局", 2)


def outcome(exports: Path, content: bytes, name: str = "a.csv") -> tuple[object, object, str]:
    """Give the rows taken, the numbers of those rejected, and what is said of the file."""
    put(exports, {f"{SOURCE}/{name}": content})
    con = a_warehouse()
    collect(con, exports)
    numbers = [row for row, _ in rejected(con)]
    return taken(con, CELLS), numbers, messages(con)[f"{SOURCE}/{name}"]


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (4, ("李二构", "2021-02-28", None, 3)),
        (3, ("李二构", None, None, 3)),
    ],
)
def test_a_row_that_ends_early_is_taken_with_its_last_cells_empty(
    cells: int, row: tuple[object, ...], tmp_path: Path
) -> None:
    rows, lost, said = outcome(tmp_path, roll(VETERAN, DISABLED[:cells], FARMER))
    assert rows == [WHOLE, row, ("赵三青", "2019-03-31", "农业农村局", 4)]
    assert lost == []
    assert ENDS_EARLY in said


def test_a_list_of_which_most_rows_end_early_is_taken_whole(tmp_path: Path) -> None:
    rows, lost, said = outcome(tmp_path, roll(VETERAN, DISABLED[:3], FARMER[:3], DISABLED[:3]))
    assert rows == [
        WHOLE,
        *((name, None, None, row) for name, row in (("李二构", 3), ("赵三青", 4), ("李二构", 5))),
    ]
    assert lost == []
    assert ENDS_EARLY in said


def test_an_excel_row_that_ends_early_is_taken(tmp_path: Path) -> None:
    content = workbook(名单=(HEADINGS, VETERAN, DISABLED[:3]))
    rows, lost, _ = outcome(tmp_path, content, "a.xlsx")
    assert rows == [WHOLE, ("李二构", None, None, 3)]
    assert lost == []


def test_a_row_that_ends_before_a_required_cell_is_rejected(tmp_path: Path) -> None:
    _, lost, _ = outcome(tmp_path, roll(VETERAN, DISABLED[:2]))
    assert lost == [3]


@pytest.mark.parametrize("gone", ["残疾人,", "李二构,", "99010219900202002X,"])
def test_a_row_that_misses_a_separator_is_rejected(gone: str, tmp_path: Path) -> None:
    rows, lost, said = outcome(tmp_path, PLAIN.replace(gone, gone[:-1]).encode())
    assert [row for *_, row in rows] == [2, 4]
    assert lost == [3]
    assert ENDS_EARLY not in said


def test_a_list_whose_rows_are_whole_has_no_remark(tmp_path: Path) -> None:
    *_, said = outcome(tmp_path, (PLAIN + "合计,3\n制表人：张某\n").encode())
    assert ENDS_EARLY not in said
