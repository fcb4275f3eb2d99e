import numpy as np
import pyarrow as pa

from detectors.identity.linkage.history import Named, name_persons


def night(of_row: list[int], before: Named | None = None, skip: int = 0) -> Named:
    records = pa.array([f"a.csv:{row}" for row in range(skip, skip + len(of_row))])
    persons = before.persons if before else None
    return name_persons(records, np.array(of_row, np.int64), persons)


def ids(named: Named) -> list[str]:
    return named.persons["person_id"].to_pylist()


def events(named: Named) -> list[tuple[str, str, str | None, int | None]]:
    return [tuple(row.values()) for row in named.changes.to_pylist()]


def test_an_unchanged_night_keeps_every_id_and_tells_no_change() -> None:
    first = night([0, 0, 2])
    second = night([0, 0, 2], first)
    assert ids(second) == ids(first)
    assert events(second) == []


def test_ids_of_new_persons_are_told_and_do_not_depend_on_the_order_of_clusters() -> None:
    first = night([0, 0, 2])
    assert ids(first)[0] == ids(first)[1] != ids(first)[2]
    assert {event for event, *_ in events(first)} == {"new"}
    assert ids(night([7, 7, 3])) == ids(first)


def test_a_merged_person_keeps_the_id_of_most_of_its_records() -> None:
    first = night([0, 1, 1])
    small, large, _ = ids(first)
    merged = night([0, 0, 0], first)
    assert ids(merged) == [large] * 3
    assert events(merged) == [("merged", large, small, 1)]


def test_a_split_person_leaves_its_id_with_most_of_its_records() -> None:
    first = night([0, 0, 0])
    split = night([0, 0, 2], first)
    assert ids(split)[:2] == ids(first)[:2]
    assert events(split) == [("split", ids(split)[2], ids(first)[0], 1)]
    assert ids(split)[2] not in ids(first)


def test_a_person_whose_first_choice_is_taken_keeps_its_second() -> None:
    first = night([0, 0, 0, 0, 0, 5])
    moved = night([0, 0, 0, 3, 3, 3], first)
    assert ids(moved) == [ids(first)[0]] * 3 + [ids(first)[5]] * 3
    assert events(moved) == [("split", ids(first)[5], ids(first)[0], 2)]


def test_a_person_without_records_is_gone_and_its_id_is_not_given_away() -> None:
    first = night([0, 1])
    second = night([0], first, skip=1)
    assert events(second) == [("gone", ids(first)[0], None, None)]
    assert ids(second) == [ids(first)[1]]


def test_two_records_with_one_digest_still_get_two_ids() -> None:
    both = name_persons(pa.array(["a", "a"]), np.array([0, 1]))
    assert len(set(ids(both))) == 2
