from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from student_lists import a_model, college_row, school_row

from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.compare import compare
from detectors.identity.linkage.explain import Explanation, explain
from detectors.identity.linkage.model import Model, Prior, Shares
from detectors.identity.linkage.table import from_arrow
from detectors.identity.linkage.waterfall import as_drawing, as_text
from detectors.identity.linkage.weights import weigh_levels

COLUMNS = ("record_id", "name", "id_number", "birth_date", "phone")


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """The README's model with shares of its own: the first levels tell most."""
    plain = a_model(tmp_path)
    shares = {}
    for field in plain.fields:
        for at, level in enumerate(field.levels):
            last = at == len(field.levels) - 1
            told = Shares(0.1, 0.5, 0.9) if last else Shares(0.8 / 2**at, 0.2, 0.001 * 4**at)
            shares[field.name, level.name] = told
    return plain.trained(shares, Prior(1e-4, 1e-4), "typed in by hand")


def rows(*schools: list[str], colleges: list[list[str]]) -> tuple[pa.Table, pa.Table]:
    sides = [
        dict(zip(COLUMNS, zip(*side, strict=True), strict=True)) for side in (schools, colleges)
    ]
    one, other = (pa.table({name: list(cells) for name, cells in side.items()}) for side in sides)
    return one, other


def explained(model: Model, table: Table, one: int, other: int) -> Explanation:
    levels = compare(table, model, np.array([one], np.int32), np.array([other], np.int32))
    return explain(table, model, (one, other), levels[:, 0])


def test_the_last_sum_is_what_the_pair_was_weighed_at(model: Model) -> None:
    table = from_arrow(model, rows(school_row(5), colleges=[college_row(5)]))
    told = explained(model, table, 0, 1)
    levels = compare(table, model, np.array([0], np.int32), np.array([1], np.int32))
    posterior = weigh_levels(model, levels.T.copy()).posterior[:, 0]
    assert np.allclose([told.end.match, told.end.family, told.end.random], posterior)
    assert [step.level for step in told.steps] == ["same_valid", "same", "same", "same"]
    assert told.is_link


def test_a_field_that_one_row_does_not_state_changes_nothing(model: Model) -> None:
    table = from_arrow(model, rows(school_row(6), colleges=[college_row(6)]))
    number = explained(model, table, 0, 1).steps[0]
    assert (number.level, number.against_strangers) == ("missing", 0.0)
    assert number.after.bits == pytest.approx(explained(model, table, 0, 1).start.bits)


def test_two_strangers_are_told_the_key_the_threshold_and_the_contradiction(model: Model) -> None:
    table = from_arrow(model, rows(school_row(8), colleges=[college_row(13)]))
    told = as_text(explained(model, table, 0, 1))
    assert "contradiction: two valid numbers and two names" in told
    assert "threshold: " in told
    assert "number.value: number.value differs" in told
    assert "not linked" in told


def test_a_key_that_a_row_does_not_state_is_told_as_such(model: Model) -> None:
    table = from_arrow(model, rows(school_row(6), colleges=[college_row(11)]))
    by_number = explained(model, table, 0, 1).keys[0]
    assert (by_number.lacking, by_number.differing) == (("number.value",), ())


def test_two_rows_of_one_input_are_not_linked_by_a_model_that_links_inputs(model: Model) -> None:
    both = school_row(5), school_row(5)
    told = explained(model, from_arrow(model, rows(*both, colleges=[college_row(9)])), 0, 1)
    assert not told.is_link
    assert "both rows are of one input" in as_text(told)


def test_a_common_value_takes_bits_from_its_field_alone(model: Model) -> None:
    table = from_arrow(model, rows(school_row(5), colleges=[college_row(5)]))
    levels = compare(table, model, np.array([0], np.int32), np.array([1], np.int32))[:, 0]
    plain = explain(table, model, (0, 1), levels)
    common = explain(table, model, (0, 1), levels, {"name": -3.0})
    lost = [
        before.against_strangers - after.against_strangers
        for before, after in zip(plain.steps, common.steps, strict=True)
    ]
    assert lost == pytest.approx([0.0, 3.0, 0.0, 0.0])


def test_neither_text_nor_drawing_shows_a_value(model: Model) -> None:
    table = from_arrow(model, rows(school_row(5), colleges=[college_row(5)]))
    told = explained(model, table, 0, 1)
    for shown in (as_text(told), str(as_drawing(told))):
        assert not any(value in shown for value in school_row(5)[1:])
    assert str(as_drawing(told)).count("<rect") == 5
