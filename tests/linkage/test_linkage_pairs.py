"""Candidates: every pair that shares a key, once."""

from coded_rows import a_field, a_model, a_table, allowed, pairs_by_reading
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity.linkage import pairs as linkage_pairs
from detectors.identity.linkage.model import LinkType
from detectors.identity.linkage.pairs import Candidates, SplitBlocks, candidates


def as_pairs(found: Candidates) -> dict[tuple[int, int], int]:
    told = zip(found.one.tolist(), found.other.tolist(), found.found_by.tolist(), strict=True)
    return {(one, other): keys for one, other, keys in told}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[list[int]]]:
    count = draw(st.integers(1, 25))
    column = st.lists(st.integers(0, 3), min_size=count, max_size=count)
    return {
        "sources": [sorted(draw(column))],
        "name.full": [draw(column)],
        "birth.day": [draw(column)],
        "phone.value": [draw(column), draw(column)],
    }


@settings(max_examples=200, deadline=None)
@given(rows(), st.sampled_from(LinkType))
def test_candidates_are_the_pairs_that_share_a_key(
    told: dict[str, list[list[int]]], link_type: LinkType
) -> None:
    [sources] = told.pop("sources")
    table = a_table(told, sources)
    keys = [["name.full", "birth.day"], ["phone.value"], ["birth.day", "phone.value"]]
    model = a_model(keys, link_type)
    found = candidates(table, model)
    assert as_pairs(found) == pairs_by_reading(table, model)
    assert (found.one < found.other).all()
    assert found.report == ()


def test_the_result_does_not_depend_on_how_much_is_done_at_a_time(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    values = [row * 7 % 11 + 1 for row in range(120)]
    table = a_table({"name.full": [values], "birth.day": [[row % 5 for row in range(120)]]})
    model = a_model([["name.full"], ["name.full", "birth.day"]])
    whole = candidates(table, model)
    monkeypatch.setattr(linkage_pairs, "_EXPANDED", 7)
    monkeypatch.setattr(linkage_pairs, "_SORTED", 50)
    parts = candidates(table, model)
    assert as_pairs(parts) == as_pairs(whole)
    assert parts.one.tolist() == whole.one.tolist()


def test_a_number_in_more_rows_than_a_block_may_have_loses_no_person_and_tells_what_it_left_out() -> (
    None
):
    table = a_table({"number.value": [[99] * 10], "name.full": [[1] * 7 + [2, 2, 3]]})
    model = a_model([["number.value"]], block_rows=3, split_by=("name.full",))
    found = as_pairs(candidates(table, model))
    # of the seven of one name each meets the first and the next
    assert {(0, other) for other in range(1, 7)} <= found.keys()
    assert {(row, row + 1) for row in range(6)} <= found.keys()
    # the two of another name meet, and each part meets the block's first row
    assert {(7, 8), (0, 7), (0, 9)} <= found.keys()
    assert len(found) == 6 + 5 + 1 + 2
    assert candidates(table, model).report == (SplitBlocks("number.value", 1, 10, 45 - 14),)


def test_one_row_here_and_many_there_are_no_burden() -> None:
    table = a_table({"number.value": [[99] * 4]}, [0, 1, 1, 1])
    found = candidates(table, a_model([["number.value"]], LinkType.LINK_ONLY, block_rows=3))
    assert list(as_pairs(found)) == [(0, 1), (0, 2), (0, 3)]
    assert found.report == ()


@settings(max_examples=200, deadline=None)
@given(rows(), st.sampled_from(LinkType), st.integers(1, 4))
def test_rows_of_a_large_block_stay_connected(
    told: dict[str, list[list[int]]], link_type: LinkType, limit: int
) -> None:
    [sources] = told.pop("sources")
    table = a_table(told, sources)
    model = a_model([["birth.day"]], link_type, block_rows=limit, split_by=("name.full",))
    found = candidates(table, model)
    every = pairs_by_reading(table, model)
    made = set(as_pairs(found))
    assert made <= every.keys()
    left_out = sum(told.pairs_not_compared for told in found.report)
    assert len(made) + left_out == len(every)
    assert components(made, len(table)) == components(set(every), len(table))


def components(pairs: set[tuple[int, int]], rows: int) -> list[int]:
    of = list(range(rows))
    for _ in range(rows):
        for one, other in pairs:
            of[one] = of[other] = min(of[one], of[other])
    return of


NUMBER = a_field("number", "value", "same value", "otherwise")


def second_chance(
    numbers: list[int], firsts: list[int], sources: list[int], **more: bool
) -> set[tuple[int, int]]:
    table = a_table({"number.value": [numbers], "number.first14": [firsts]}, sources)
    model = a_model([["?number.first14"]], LinkType.LINK_ONLY, [NUMBER], **more)
    return set(as_pairs(candidates(table, model)))


def test_a_number_without_an_equal_is_compared_by_its_segments() -> None:
    assert second_chance([11, 12], [1, 1], [0, 1]) == {(0, 1)}


def test_two_numbers_that_both_found_their_equals_have_no_second_chance() -> None:
    assert second_chance([11, 12, 11, 12], [1, 1, 1, 1], [0, 0, 1, 1]) == set()


def test_a_damaged_number_meets_one_of_those_that_found_each_other() -> None:
    assert second_chance([11, 19, 11, 11], [1, 1, 1, 1], [0, 0, 1, 1]) == {(1, 2)}
    # in a one-to-one link who is taken is taken
    assert second_chance([11, 19, 11, 11], [1, 1, 1, 1], [0, 0, 1, 1], one_to_one=True) == set()


def test_an_equal_in_the_same_source_is_no_partner() -> None:
    assert second_chance([11, 11, 12], [1, 1, 1], [0, 0, 1]) == {(0, 2), (1, 2)}


@settings(max_examples=100, deadline=None)
@given(rows(), st.sampled_from(LinkType))
def test_a_second_chance_connects_whom_the_plain_key_would(
    told: dict[str, list[list[int]]], link_type: LinkType
) -> None:
    [sources] = told.pop("sources")
    table = a_table(told, sources)
    name = a_field("name", "full", "same full", "otherwise")
    chance = a_model(
        [["name.full"], ["?name.full", "birth.day"], ["?birth.day"]],
        link_type,
        [name, a_field("birth", "day", "same day", "otherwise")],
    )
    plain = a_model([["name.full"], ["birth.day"]], link_type)
    some = set(as_pairs(candidates(table, chance)))
    assert all(allowed(table, link_type, *pair) for pair in some)
    assert some <= set(as_pairs(candidates(table, plain)))
