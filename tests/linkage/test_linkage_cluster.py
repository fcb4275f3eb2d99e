import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.identity.linkage.cluster import Clusters, clusters, components
from detectors.identity.linkage.judged import Judged, Refusal


def judged(*pairs: tuple[int, int, float] | tuple[int, int, float, bool]) -> Judged:
    """Pairs of rows with their probabilities; True behind one says that the two contradict each other."""
    whole = [(*pair, False)[:4] for pair in pairs]
    return Judged(
        np.array([pair[0] for pair in whole], np.int32),
        np.array([pair[1] for pair in whole], np.int32),
        np.array([pair[2] for pair in whole], np.float64),
        np.array([pair[3] for pair in whole], np.bool_),
    )


def joined(rows: int, pairs: Judged, numbers: dict[int, int] | None = None) -> Clusters:
    holders = np.zeros(rows, np.int64)
    for row, number in (numbers or {}).items():
        holders[row] = number
    return clusters(pairs, holders, 0.5)


def test_rows_linked_through_a_third_are_one_person_called_by_the_first_row() -> None:
    done = joined(5, judged((1, 3, 0.9), (3, 4, 0.6), (0, 2, 0.4)))
    assert done.of_row.tolist() == [0, 1, 2, 1, 1]
    assert done.persons == 3
    assert done.unjoined.num_rows == 0


def test_nothing_to_link_leaves_every_row_alone() -> None:
    assert joined(3, judged()).of_row.tolist() == [0, 1, 2]


def test_a_bad_row_does_not_chain_twins() -> None:
    done = joined(3, judged((0, 1, 0.9999), (1, 2, 0.6)), numbers={0: 11, 2: 12})
    assert done.of_row.tolist() == [0, 0, 2]
    assert done.unjoined.to_pylist() == [
        {"one": 1, "other": 2, "probability": 0.6, "reason": Refusal.TWO_NUMBERS}
    ]


def test_a_row_as_near_to_two_holders_joins_neither() -> None:
    done = joined(3, judged((0, 1, 0.9), (1, 2, 0.85)), numbers={0: 11, 2: 12})
    assert done.of_row.tolist() == [0, 1, 2]
    assert done.unjoined["reason"].to_pylist() == [Refusal.NEAR_TO_TWO] * 2


def test_a_changed_number_that_a_link_proves_does_not_part_a_person() -> None:
    done = joined(3, judged((0, 1, 0.99), (1, 2, 0.9)), numbers={0: 11, 1: 12, 2: 11})
    assert done.of_row.tolist() == [0, 0, 0]


def test_a_contradiction_parts_a_component_at_its_weaker_side() -> None:
    done = joined(3, judged((0, 1, 0.99), (1, 2, 0.9), (0, 2, 0.9, True)))
    assert done.of_row.tolist() == [0, 0, 2]
    told = done.unjoined.to_pylist()
    assert [(one["one"], one["other"]) for one in told] == [(0, 2), (1, 2)]
    assert {one["reason"] for one in told} == {Refusal.CONTRADICTED}


def test_all_evidence_between_two_groups_counts_not_the_best_link_alone() -> None:
    twins = judged((0, 1, 0.999), (2, 3, 0.999), (1, 2, 0.6), (0, 2, 0.01), (1, 3, 0.01))
    done = joined(4, twins)
    assert done.of_row.tolist() == [0, 0, 2, 2]
    assert done.unjoined["reason"].to_pylist() == [Refusal.OUTWEIGHED]


def test_a_weak_doubt_does_not_part_a_person_known_by_strong_links() -> None:
    changed_name = judged((0, 1, 0.9999), (1, 2, 0.9999), (0, 2, 0.02))
    assert joined(3, changed_name).of_row.tolist() == [0, 0, 0]


def test_reviewed_pairs_come_before_what_was_judged() -> None:
    together = np.array([[2, 0]], np.int32)
    apart = np.array([[0, 1]], np.int32)
    decided = judged((0, 1, 0.99), (0, 2, 0.1, True)).decided(together, apart)
    done = joined(3, decided)
    assert done.of_row.tolist() == [0, 1, 0]


def test_a_clean_component_beside_a_doubtful_one_keeps_its_links() -> None:
    pairs = judged((0, 5, 0.9), (1, 2, 0.99), (2, 3, 0.9), (1, 3, 0.9, True), (4, 5, 0.7))
    assert joined(6, pairs).of_row.tolist() == [0, 1, 1, 3, 0, 0]


@pytest.mark.parametrize("rows", [2, 7])
def test_an_order_of_pairs_changes_nobodys_person(rows: int) -> None:
    pairs = [(one, one + 1, 0.5 + one / 40) for one in range(rows - 1)]
    numbers = {0: 11, rows - 1: 12}
    forth = joined(rows, judged(*pairs), numbers).of_row.tolist()
    assert joined(rows, judged(*reversed(pairs)), numbers).of_row.tolist() == forth


@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 100), st.booleans()),
        max_size=14,
    ),
    st.dictionaries(st.integers(0, 7), st.integers(1, 3), max_size=4),
)
def test_no_person_holds_a_contradiction_or_two_numbers(
    drawn: list[tuple[int, int, int, bool]], numbers: dict[int, int]
) -> None:
    pairs = {(a, b): (a, b, p / 100, no) for a, b, p, no in drawn if a < b}
    found = joined(8, judged(*pairs.values()), numbers).of_row
    for one, other, _, is_contradicted in pairs.values():
        assert not is_contradicted or found[one] != found[other]
    links = [(a, b) for a, b, p, no in pairs.values() if p >= 0.5 and not no]
    within = np.array(links, np.int64).reshape(-1, 2)
    apart = components(within[:, 0], within[:, 1], 8)
    assert all(len(set(apart[found == person].tolist())) == 1 for person in set(found.tolist()))
    proven = {
        frozenset((numbers[a], numbers[b])) for a, b in links if a in numbers and b in numbers
    }
    for person in set(found.tolist()):
        held = {numbers[row] for row in np.flatnonzero(found == person).tolist() if row in numbers}
        assert len(held) < 2 or proven
