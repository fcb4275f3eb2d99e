"""Blocks: rows of equal hashes, and what is done when there are too many of them."""

import numpy as np
from coded_rows import a_table
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity.linkage.blocks import Blocks, blocked, comparable, partners, split
from detectors.identity.linkage.model import LinkType


def as_lists(blocks: Blocks) -> list[list[int]]:
    return sorted(part.tolist() for part in np.split(blocks.rows, blocks.starts[1:-1]) if len(part))


def of(hashes: list[int], rows: list[int] | None = None) -> Blocks:
    asked = range(len(hashes)) if rows is None else rows
    return blocked(np.array(hashes, dtype=np.uint64), np.array(asked, dtype=np.int32))


def test_rows_of_one_hash_are_a_block_and_a_row_alone_is_none() -> None:
    assert as_lists(of([70 << 50, 80 << 50, 70 << 50, 90 << 50])) == [[0, 2]]


def test_hashes_that_agree_in_the_upper_bits_alone_are_parted() -> None:
    top = 70 << 50
    assert as_lists(of([top + 1, top + 2, top + 1, top + 3, top + 2])) == [[0, 2], [1, 4]]


def test_a_row_that_states_one_value_twice_stands_in_its_block_once() -> None:
    assert as_lists(of([7 << 50, 7 << 50, 7 << 50], [4, 4, 9])) == [[4, 9]]
    assert as_lists(of([7 << 50, 7 << 50], [4, 4])) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=30), st.integers(0, 60))
def test_blocks_are_what_a_dictionary_would_give(values: list[int], shift: int) -> None:
    expected: dict[int, list[int]] = {}
    for row, value in enumerate(values):
        expected.setdefault(value, []).append(row)
    found = as_lists(of([(value << shift) % (1 << 64) for value in values]))
    if shift < 60:
        assert found == sorted(rows for rows in expected.values() if len(rows) > 1)


def test_rows_of_one_source_meet_only_rows_of_later_sources() -> None:
    blocks = of([7 << 50] * 5)
    sources = np.array([0, 0, 1, 2, 2], dtype=np.uint8)
    meets = partners(blocks, sources, LinkType.LINK_ONLY)
    assert meets.begins.tolist() == [2, 2, 3, 5, 5]
    assert meets.counts.tolist() == [3, 3, 2, 0, 0]
    assert meets.by_block(blocks).tolist() == [8]


def test_a_block_of_one_source_holds_no_pair_between_sources() -> None:
    blocks = of([7 << 50, 7 << 50, 9 << 50, 9 << 50])
    sources = np.array([0, 0, 0, 1], dtype=np.uint8)
    assert as_lists(comparable(blocks, sources, LinkType.LINK_ONLY)) == [[2, 3]]
    assert len(comparable(blocks, sources, LinkType.LINK_AND_DEDUPE)) == 2


def test_a_large_block_is_split_by_further_codes_until_its_parts_fit() -> None:
    table = a_table({"name.given": [[5, 5, 5, 6, 6, 0, 0]], "place.code": [[1, 1, 2, 1, 2, 1, 2]]})
    parts = split(of([7 << 50] * 7), table, ("name.given", "place.code"), (LinkType.DEDUPE_ONLY, 1))
    assert [as_lists(small) for small in parts.small] == [[[3, 4], [5, 6]], [[0, 1]]]
    assert len(parts.large) == 0
    assert sorted(parts.speakers.tolist()) == [0, 2, 3, 5]


def test_a_part_that_no_code_splits_is_left_as_too_large() -> None:
    table = a_table({"name.given": [[5, 5, 5, 6]]})
    parts = split(of([7 << 50] * 4), table, ("name.given",), (LinkType.DEDUPE_ONLY, 1))
    assert as_lists(parts.large) == [[0, 1, 2]]
    assert parts.blocks.tolist() == [0, 0]
