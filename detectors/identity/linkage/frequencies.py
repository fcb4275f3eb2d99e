"""How often strangers agree, from how often values are held: counted where rare, drawn by lot where common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.coded import MISSING, Coded, Rows, Table
from detectors.identity.linkage.compare import compare
from detectors.identity.linkage.keys import Key, key_codes
from detectors.identity.linkage.levels import Act, LevelTest, read_levels
from detectors.identity.linkage.model import Field, LinkType, Model
from detectors.identity.linkage.strangers import Strangers
from detectors.identity.linkage.truncation import Implied, Statedness

# Rows that are counted (of each source) and pairs that are drawn: enough for two digits of every rate that matters.
_COUNTED_ROWS = 80_000
_DRAWN_PAIRS = 150_000
# A level drawn so often needs no counting; a fuzzy one drawn less often is left to the learning.
_OFTEN, _SOMETIMES = 1_000, 100
_SEED = 20_250_901

Codes = frozenset[str]


def strangers(
    table: Table, model: Model, implied: Implied, *, drawn: int = _DRAWN_PAIRS
) -> Strangers:
    """Measure all comparable pairs of a table: how many, what they state, at what rate they show each level.

    Rates of levels that ask for equal codes are counted from the values (sum of n_a * n_b); those of common or fuzzy
    levels are drawn by lot, with a fixed seed. DetectorError if no two rows are comparable.
    """
    total = comparable_pairs(table.sources, model.link_type)
    if total == 0:
        raise DetectorError(
            f"{model.name}: has no two rows to compare; give it two inputs or more rows"
        )
    one, other = _pairs_by_lot(table, model.link_type, drawn)
    levels = compare(table, model, one, other)
    counts = [
        np.bincount(levels[at], minlength=len(field.levels) + 1)[1:]
        for at, field in enumerate(model.fields)
    ]
    counted = _some_rows(table, model)
    with ThreadPoolExecutor(2) as pool:
        tallies = [
            _Tally(counted, model.link_type, field, implied.get(field.name, {}), one_count)
            for field, one_count in zip(model.fields, counts, strict=True)
        ]
        rates = dict(
            rate for told in pool.map(lambda tally: tally.rates(), tallies) for rate in told
        )
    seen = {
        (field.name, level.name): int(count)
        for field, one_count in zip(model.fields, counts, strict=True)
        for level, count in zip(field.levels, one_count.tolist(), strict=True)
        if (field.name, level.name) not in rates
    }
    share = comparable_pairs(counted.sources, model.link_type) / total
    return Strangers(total, statedness(table, model), rates, seen, len(one), share)


def comparable_pairs(sources: NDArray[np.uint8], link_type: LinkType) -> float:
    """Count the pairs of rows that a link type allows."""
    by_source = np.bincount(sources).astype(np.float64)
    rows = by_source.sum()
    everything = rows * (rows - 1) / 2
    if link_type is LinkType.LINK_ONLY:
        return float(everything - np.sum(by_source * (by_source - 1) / 2))
    return float(everything)


def agreeing_pairs(table: Table, codes: tuple[str, ...], link_type: LinkType) -> float:
    """Count the comparable pairs that share these codes (`field.code`), by how often each value is held."""
    hashes, rows = key_codes(table, Key(codes))
    if any(len(table.code(path)) > 1 for path in codes):
        # a value that a row states twice is held once; rows of one value lie together
        order = np.argsort(hashes, kind="stable")
        hashes, rows = hashes[order], rows[order]
        first = np.ones(len(rows), np.bool_)
        first[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
        hashes, rows = hashes[first], rows[first]
    told = _pairs_of_runs(hashes)
    if link_type is LinkType.LINK_ONLY:
        sources = table.sources[rows]
        told -= sum(_pairs_of_runs(hashes[sources == source]) for source in _numbers_of(table))
    return told


def _pairs_of_runs(hashes: NDArray[np.uint64]) -> float:
    ordered = np.sort(hashes)
    ends = np.flatnonzero(np.concatenate([ordered[1:] != ordered[:-1], [True]]))
    held = np.diff(np.concatenate([[-1], ends])).astype(np.float64)
    return float(np.sum(held * (held - 1) / 2))


def statedness(table: Table, model: Model) -> Statedness:
    """Measure which fields comparable pairs miss together: a pair misses what either row misses."""
    kinds, rows = _masks_of_rows(table, model)
    ordered = rows.sum(axis=1)[:, None] * rows.sum(axis=1)[None, :]
    if model.link_type is LinkType.LINK_ONLY:
        ordered -= rows @ rows.T
    together = kinds[:, None] | kinds[None, :]
    masks, which = np.unique(together.ravel(), return_inverse=True)
    shares = np.bincount(which, ordered.ravel())
    return Statedness(masks, shares / shares.sum())


def _masks_of_rows(table: Table, model: Model) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Count the rows, (masks, sources), by which fields they miss."""
    masks = np.zeros(len(table), np.int32)
    for at, field in enumerate(model.fields):
        base = table.fields[field.name].codes[field.base]
        masks |= (base == MISSING).all(axis=0).astype(np.int32) << at
    possible = np.int64(1) << len(model.fields)
    by_source = [
        np.bincount(masks[table.sources == source], minlength=possible)
        for source in _numbers_of(table)
    ]
    seen = np.flatnonzero(np.sum(by_source, axis=0))
    return seen, np.stack(by_source, axis=1)[seen].astype(np.float64)


def _pairs_by_lot(table: Table, link_type: LinkType, pairs: int) -> tuple[Rows, Rows]:
    random = np.random.default_rng(_SEED)
    rows = random.integers(0, len(table), (2, 3 * pairs), dtype=np.int32)
    one, other = rows.min(axis=0), rows.max(axis=0)
    good = one < other
    if link_type is LinkType.LINK_ONLY:
        good &= table.sources[one] != table.sources[other]
    chosen = np.flatnonzero(good)[:pairs]
    return one[chosen], other[chosen]


def _some_rows(table: Table, model: Model) -> Table:
    """Draw rows of each source by the same share, so that a pair is drawn whatever sources it is of."""
    largest = int(np.bincount(table.sources).max())
    if largest <= _COUNTED_ROWS:
        return table
    random = np.random.default_rng(_SEED)
    chosen = np.flatnonzero(random.random(len(table), np.float32) < _COUNTED_ROWS / largest)
    fields = {
        field.name: Coded(
            field.name,
            {name: codes[:, chosen] for name, codes in table.fields[field.name].codes.items()},
            table.fields[field.name].texts,
        )
        for field in model.fields
    }
    return replace(table, fields=fields, sources=table.sources[chosen])


class _Tally:
    """The rates of one field's levels among the counted rows."""

    def __init__(
        self,
        table: Table,
        link_type: LinkType,
        field: Field,
        implied: Mapping[str, Codes],
        drawn: NDArray[np.int64],
    ) -> None:
        self._table, self._link_type, self._field = table, link_type, field
        self._implied, self._drawn = implied, drawn
        self._known: dict[Codes, float] = {}

    def rates(self) -> list[tuple[tuple[str, str], float]]:
        """Give the rate of each level that can be told, among the pairs that state the field."""
        stated = _stated_pairs(self._table, self._field, self._link_type)
        drawn = float(self._drawn.sum())
        told = []
        before: list[Codes] = []
        for level, tests, seen in zip(
            self._field.levels, read_levels(self._field), self._drawn.tolist(), strict=True
        ):
            after = [*before, *(frozenset(test.codes) for test in tests if test.act is Act.SAME)]
            rate = self._rate(tests, (before, after), (seen, drawn), stated)
            if rate is not None:
                told.append(((self._field.name, level.name), rate))
            before = after
        return told

    def _rate(
        self,
        tests: tuple[LevelTest, ...],
        events: tuple[list[Codes], list[Codes]],
        draw: tuple[int, float],
        stated: float,
    ) -> float | None:
        seen, drawn = draw
        is_exact = all(test.act in (Act.SAME, Act.CROSS) for test in tests)
        if seen >= _OFTEN or (not is_exact and seen >= _SOMETIMES):
            return seen / drawn
        if not is_exact or stated == 0:
            return None
        before, after = events
        counted = self._union(after) - self._union(before) if len(after) > len(before) else 0.0
        counted += sum(self._crossing(test.codes) for test in tests if test.act is Act.CROSS)
        # half a pair: what is never counted is rare, not impossible
        return max(counted, 0.5) / stated

    def _union(self, events: list[Codes]) -> float:
        """Count the pairs that share any of several codes, by inclusion and exclusion."""
        wide = [event for event in events if not self._is_within_another(event, events)]
        told = 0.0
        for several in _subsets(sorted(set(wide), key=sorted)):
            sign = 1 if len(several) % 2 else -1
            told += sign * self._sharing(frozenset().union(*several))
        return told

    def _is_within_another(self, event: Codes, events: list[Codes]) -> bool:
        """Whether sharing this code means sharing another of the events' codes, which then counts it."""
        return any(
            other != event
            and all(other <= event | self._implied.get(code, frozenset()) for code in event)
            for other in events
        )

    def _sharing(self, codes: Codes) -> float:
        if codes not in self._known:
            paths = tuple(f"{self._field.name}.{code}" for code in sorted(codes))
            self._known[codes] = agreeing_pairs(self._table, paths, self._link_type)
        return self._known[codes]

    def _crossing(self, codes: tuple[str, ...]) -> float:
        """Count the pairs one of which states as one code what the other states as another, either way or both."""
        one, other = (f"{self._field.name}.{code}" for code in codes)
        return self._met((one,), (other,)) - self._met((one, other), (other, one)) / 2

    def _met(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """Count pairs, in either order, whose first row states as `one` what the second states as `other`."""
        left, left_rows = key_codes(self._table, Key(one))
        right, right_rows = key_codes(self._table, Key(other))
        told = _meetings(left, right)
        if self._link_type is LinkType.LINK_ONLY:
            of_left, of_right = self._table.sources[left_rows], self._table.sources[right_rows]
            told -= sum(
                _meetings(left[of_left == source], right[of_right == source])
                for source in _numbers_of(self._table)
            )
        return told


def _numbers_of(table: Table) -> range:
    """Number the sources, those without a row among them."""
    return range(int(table.sources.max()) + 1)


def _meetings(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> float:
    """Count the pairs of equal numbers, one of each side."""
    one, other = np.sort(left), np.sort(right)
    found = np.searchsorted(one, other, "right") - np.searchsorted(one, other, "left")
    return float(found.sum())


def _subsets(events: list[Codes]) -> Iterator[tuple[Codes, ...]]:
    for size in range(1, len(events) + 1):
        yield from combinations(events, size)


def _stated_pairs(table: Table, field: Field, link_type: LinkType) -> float:
    base = table.fields[field.name].codes[field.base]
    return comparable_pairs(table.sources[(base != MISSING).any(axis=0)], link_type)
