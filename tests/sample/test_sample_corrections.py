"""What scenes change in the lists of others."""

from __future__ import annotations

from pipeline.sample.corrections import Corrections
from pipeline.sample.exports.row import Row, Rows


def said() -> Rows:
    yield Row("a", {"school_code": "36", "year": 2022, "planned": 10}, "")
    yield Row("a", {"school_code": "36", "year": 2023, "planned": 10}, "")
    yield Row("a", {"school_code": "37", "year": 2023, "planned": 10}, "")


def test_only_the_row_that_is_meant_is_reworded() -> None:
    corrections = Corrections()
    corrections.add({"school_code": "36", "year": 2023}, {"planned": 4})
    assert [row.cells["planned"] for row in corrections(said())] == [10, 4, 10]


def test_a_row_may_be_known_by_other_cells_as_well() -> None:
    corrections = Corrections()
    corrections.add({"school_code": "36", "year": 2023}, {"planned": 4})
    corrections.add({"school_code": "36"}, {"category": "中职"})
    rows = list(corrections(said()))
    assert [row.cells.get("category") for row in rows] == ["中职", "中职", None]
    assert rows[1].cells["planned"] == 4


def test_a_row_can_be_left_out() -> None:
    corrections = Corrections()
    corrections.add({"school_code": "37"}, None)
    assert [row.cells["school_code"] for row in corrections(said())] == ["36", "36"]
