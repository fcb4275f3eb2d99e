"""Pairs found in ranges of rows are those of one run, whatever the ranges are."""

import numpy as np
import pytest
from changing_worlds import Nights, as_table, changing_model, nights
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity.linkage import crowds as linkage_crowds
from detectors.identity.linkage import spill
from detectors.identity.linkage.link import Reviews, link
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.partitions import link_in_parts

MODELS = [
    *(changing_model(link_type) for link_type in LinkType),
    changing_model(LinkType.LINK_ONLY, one_to_one=True),
]


@settings(max_examples=60, deadline=None)
@given(nights(), st.sampled_from(MODELS))
def test_a_run_in_parts_has_the_persons_of_a_run_in_one(told: Nights, model: Model) -> None:
    table = told.tables[0]
    whole = link(model, table)
    _, parts = link_in_parts(model, table)
    assert parts.state.of_row.tolist() == whole.clusters.of_row.tolist()
    assert parts.compared == len(whole.compared.candidates)
    # a pair of a one-to-one model is kept as it was before its rivals counted
    if not model.one_to_one:
        likely = whole.judged.only(whole.judged.probability >= 0.01)
        assert parts.state.pairs.packed().tolist() == likely.packed().tolist()


def test_the_result_does_not_depend_on_the_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = np.random.default_rng(3).integers(0, 5, (80, 9))
    rows = [(row // 40, row, *values[:8].tolist()) for row, values in enumerate(drawn)]
    table, model = as_table(rows), changing_model(LinkType.LINK_AND_DEDUPE)
    _, whole = link_in_parts(model, table)
    monkeypatch.setattr(spill, "_FOUND", 20)
    monkeypatch.setattr(linkage_crowds, "_BLOCKED", 10)
    _, parts = link_in_parts(model, table)
    assert parts.state.of_row.tolist() == whole.state.of_row.tolist()
    assert parts.state.pairs.packed().tolist() == whole.state.pairs.packed().tolist()
    assert parts.compared == whole.compared


def test_reviewed_pairs_are_one_person_or_two_as_reviewed() -> None:
    wang = (0, 1, 5, 5, 1, 1, 7, 11, 12, 2)
    table = as_table([wang, (1, 2, *wang[2:]), (1, 3, 9, 9, 3, 3, 1, 99, 0, 1)])
    model = changing_model(LinkType.LINK_AND_DEDUPE)
    reviews = Reviews(together=np.array([[0, 2]], np.int32), apart=np.array([[0, 1]], np.int32))
    _, night = link_in_parts(model, table, reviews)
    assert night.state.of_row.tolist() == [0, 1, 0]
