import numpy as np

from detectors.identity.linkage.evaluate import (
    Right,
    Truth,
    by_level,
    by_sources,
    of_labels,
    of_persons,
)
from detectors.identity.linkage.judged import Judged
from detectors.identity.linkage.model import LinkType


def truth(person: list[int], sources: list[int], link_type: LinkType = LinkType.LINK_ONLY) -> Truth:
    return Truth(np.array(person, np.int64), np.array(sources, np.uint8), link_type)


def test_persons_are_compared_pair_by_pair() -> None:
    found = of_persons(np.array([0, 0, 0, 3]), truth([1, 1, 2, 2], [0] * 4, LinkType.DEDUPE_ONLY))
    assert found == Right(joined=3, true=2, right=1)
    assert (found.precision, found.recall, found.f1) == (1 / 3, 1 / 2, 2 / 5)


def test_pairs_within_an_input_do_not_count_when_inputs_are_linked() -> None:
    found = of_persons(np.array([0, 0, 0]), truth([1, 1, 1], [0, 0, 1]))
    assert found == Right(joined=2, true=2, right=2)


def test_rows_without_a_label_do_not_count() -> None:
    found = of_persons(np.array([0, 0, 0]), truth([1, -1, 1], [0, 1, 1]))
    assert found == Right(joined=1, true=1, right=1)


def test_every_pair_of_inputs_has_its_own_figures() -> None:
    told = by_sources(np.array([0, 0, 2]), truth([1, 1, 1], [0, 1, 2]))
    assert told[0, 1] == Right(1, 1, 1)
    assert told[0, 2] == Right(0, 1, 0)
    assert sum(one.true for one in told.values()) == 3


def test_a_level_with_neither_links_nor_true_pairs_is_left_out() -> None:
    level = np.array([1, 1, 2, 3], np.uint8)
    joined = np.array([True, False, True, False])
    true = np.array([True, True, False, False])
    assert by_level(level, joined, true) == {1: Right(1, 2, 1), 2: Right(1, 0, 0)}


def test_nothing_joined_is_precise_and_finds_nothing() -> None:
    none = of_labels(np.array([False, False]), np.array([True, False]))
    assert (none.precision, none.recall, none.f1) == (1.0, 0.0, 0.0)


def test_judged_pairs_are_told_right_or_wrong_where_both_rows_are_labelled() -> None:
    rows = [np.array(rows, np.int32) for rows in ([0, 0, 1], [1, 2, 2])]
    pairs = Judged(*rows, np.array([0.9, 0.8, 0.7]), np.zeros(3, np.bool_))
    kept, true = truth([5, 5, -1], [0, 1, 1]).of(pairs)
    assert (len(kept), true.tolist()) == (1, [True])
