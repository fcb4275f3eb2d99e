"""A night on which little changed has the persons of a full run."""

from dataclasses import replace

import numpy as np
import pytest
from changing_worlds import Nights, Row, as_table, changing_model, nights
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity.linkage import fingerprints
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.delta import Night, likely_from, link_changes
from detectors.identity.linkage.frozen import Frequencies, FrozenFrequencies, judge_pairs
from detectors.identity.linkage.judged import Judged
from detectors.identity.linkage.link import Reviews, joined
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.one_to_one import exclusive
from detectors.identity.linkage.pairs import candidates
from detectors.identity.linkage.partitions import link_in_parts
from detectors.identity.linkage.state import State

NO_REVIEWS = Reviews()


def in_full(
    model: Model, table: Table, known: Frequencies, reviews: Reviews = NO_REVIEWS
) -> tuple[list[int], Judged]:
    """Link all rows from scratch, with the term frequencies of the first night."""
    found = candidates(table, model)
    raw = judge_pairs(
        model, FrozenFrequencies(table, model, known), table, (found.one, found.other)
    )
    judged = raw
    if model.one_to_one:
        judged = replace(raw, probability=exclusive(raw, table.sources))
    clusters = joined(model, table, judged.decided(reviews.together, reviews.apart))
    return clusters.of_row.tolist(), raw.only(raw.probability >= likely_from(model))


def alike(state: State, full: tuple[list[int], Judged]) -> None:
    of_row, likely = full
    assert state.pairs.packed().tolist() == likely.packed().tolist()
    assert np.allclose(state.pairs.probability, likely.probability, rtol=1e-12, atol=0)
    assert state.pairs.contradicted.tolist() == likely.contradicted.tolist()
    assert state.of_row.tolist() == of_row


@settings(max_examples=60, deadline=None)
@given(nights(), st.sampled_from(LinkType))
def test_a_night_of_changes_has_the_persons_of_a_full_run(
    told: Nights, link_type: LinkType
) -> None:
    model = changing_model(link_type)
    _, night = link_in_parts(model, told.tables[0])
    known = night.state.frequencies
    alike(night.state, in_full(model, told.tables[0], known))
    for table in told.tables[1:]:
        night = link_changes(model, table, night.state)
        alike(night.state, in_full(model, table, known))


@settings(max_examples=40, deadline=None)
@given(nights())
def test_so_it_has_where_an_input_lists_a_person_once(told: Nights) -> None:
    model = changing_model(LinkType.LINK_ONLY, one_to_one=True)
    _, night = link_in_parts(model, told.tables[0])
    known = night.state.frequencies
    alike(night.state, in_full(model, told.tables[0], known))
    for table in told.tables[1:]:
        night = link_changes(model, table, night.state)
        alike(night.state, in_full(model, table, known))


WANG = (0, 1, 5, 5, 1, 1, 7, 11, 12, 2)
LI = (0, 2, 6, 6, 2, 2, 8, 21, 0, 2)


def two_nights(first: list[Row], second: list[Row]) -> Night:
    """Link two nights and check the second against a full run."""
    model = changing_model(LinkType.LINK_AND_DEDUPE)
    _, night = link_in_parts(model, as_table(first))
    known = night.state.frequencies
    night = link_changes(model, as_table(second), night.state)
    alike(night.state, in_full(model, as_table(second), known))
    return night


def test_nothing_is_compared_when_nothing_changed() -> None:
    night = two_nights([WANG, (1, 3, *WANG[2:]), LI], [WANG, (1, 3, *WANG[2:]), LI])
    assert (night.compared, len(night.renewed)) == (0, 0)


def test_only_the_persons_that_a_change_touches_are_joined_anew() -> None:
    night = two_nights([WANG, LI, (1, 3, *WANG[2:])], [WANG, LI, (1, 3, *WANG[2:6], 3, *WANG[7:])])
    assert night.renewed.tolist() == [0, 2]


def test_a_row_that_leaves_parts_those_it_held_together() -> None:
    middle = (1, 3, 5, 5, 1, 1, 8, 21, 12, 2)
    night = two_nights(
        [WANG, (0, 2, 0, 0, 1, 1, 8, 21, 0, 2), middle], [WANG, (0, 2, 0, 0, 1, 1, 8, 21, 0, 2)]
    )
    assert night.state.of_row.tolist() == [0, 1]


def test_rows_in_another_order_have_the_persons_of_a_full_run() -> None:
    drawn = np.random.default_rng(4).integers(0, 4, (30, 8)).tolist()
    rows = [(0, at, *values) for at, values in enumerate(drawn)]
    two_nights(rows, rows[::-1])
    two_nights(rows, [rows[-1], *rows[:-1]])
    two_nights(rows, rows[15:] + rows[:15])


def test_a_row_twice_in_a_delivery_is_two_rows() -> None:
    two_nights([WANG, LI], [WANG, WANG, LI])
    two_nights([WANG, WANG, LI], [WANG, LI])


def test_reviews_that_come_and_go_count() -> None:
    model = changing_model(LinkType.LINK_AND_DEDUPE)
    table = as_table([WANG, LI, (1, 3, *WANG[2:])])
    _, night = link_in_parts(model, table)
    assert night.state.of_row.tolist() == [0, 1, 0]
    apart = Reviews(apart=np.array([[0, 2]], np.int32))
    night = link_changes(model, table, night.state, apart)
    assert night.state.of_row.tolist() == [0, 1, 2]
    together = Reviews(together=np.array([[1, 2]], np.int32), apart=np.array([[0, 1]], np.int32))
    night = link_changes(model, table, night.state, together)
    assert (
        night.state.of_row.tolist() == in_full(model, table, night.state.frequencies, together)[0]
    )
    night = link_changes(model, table, night.state)
    assert night.state.of_row.tolist() == [0, 1, 0]


def test_rows_are_found_again_where_many_came_and_went_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fingerprints, "_ALIGNED", 8)
    monkeypatch.setattr(fingerprints, "_MARGIN", 4)
    before = np.arange(1, 400, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    now = np.concatenate([before[50:120], before[:3] + np.uint64(1), before[125:300], before[350:]])
    found = fingerprints.earlier_places(before, now)
    kept = found != fingerprints.GONE
    assert (before[found[kept]] == now[kept]).all()
    assert (np.diff(found[kept]) > 0).all()
    assert kept.sum() == len(now) - 3


def test_a_link_that_proves_two_numbers_one_counts_for_rows_far_from_it() -> None:
    # Wang's number changed from 5 to 9: rows 0 and 1 say so; rows 2 and 3 hold the two numbers elsewhere
    wang, changed = (0, 1, 5, 5, 1, 1, 7, 11, 12, 2), (0, 2, 9, 0, 1, 1, 7, 11, 12, 2)
    far = [(1, 3, 5, 5, 2, 2, 8, 31, 0, 3), (1, 4, 9, 9, 2, 2, 8, 31, 0, 3)]
    two_nights([wang, *far], [wang, changed, *far])
    two_nights([wang, changed, *far], [wang, *far])
    two_nights([wang, changed, *far], [wang, (0, 2, 9, 9, 1, 1, 7, 11, 12, 2), *far])
