"""Term frequencies: a rare name in common says more than a common one, rarest where it is rare at that place."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import MISSING, Codes, Rows, Table
from detectors.identity.linkage.compare import Levels
from detectors.identity.linkage.levels import Act, read_levels
from detectors.identity.linkage.model import Field, Model

Bits = NDArray[np.float32]
Numbers = NDArray[np.int64]

# A share within a place is drawn towards the share everywhere as if the place had so many rows more.
_SHRINKAGE = 50.0
# No value is so rare that it outweighs all else.
MOST_BITS = 12.0


@dataclass(frozen=True)
class Held:
    """How often each value of a code is held: values sorted, rows of each, rows in all."""

    values: Numbers
    rows: NDArray[np.float64]
    total: float

    def share(self, codes: Numbers) -> NDArray[np.float64]:
        """Give the share of rows that hold each code; one that nobody holds counts as held once."""
        # in order, for a search that jumps about waits for memory
        order = np.argsort(codes)
        asked = codes[order]
        at = np.minimum(np.searchsorted(self.values, asked), len(self.values) - 1)
        told = np.empty(len(codes))
        told[order] = np.where(self.values[at] == asked, self.rows[at], 1.0) / self.total
        return told

    @property
    def expected(self) -> float:
        """How often two rows drawn by lot hold the same value."""
        return float(np.sum(np.square(self.rows / self.total)))


def held(codes: Codes) -> Held:
    """Count the values of a code over all its slots; a code that nobody states has one value, nobody's."""
    stated = np.sort(codes[codes != MISSING], axis=None)
    if not len(stated):
        return Held(np.array([MISSING], np.int64), np.ones(1), 1.0)
    ends = np.flatnonzero(np.concatenate([stated[1:] != stated[:-1], [True]]))
    rows = np.diff(np.concatenate([[-1], ends])).astype(np.float64)
    return Held(stated[ends], rows, float(len(stated)))


class TermFrequencies:
    """The rarity of the values of every field that has `frequency`, counted once over a table.

    `held` takes up what was counted before, by field and code; the property of that name gives it back.
    """

    def __init__(
        self,
        table: Table,
        model: Model,
        held: Mapping[tuple[str, str], Held] | None = None,
    ) -> None:
        self._table = table
        self.fields = [
            (at, field) for at, field in enumerate(model.fields) if field.frequency is not None
        ]
        self._held = dict(held or {})

    @property
    def held(self) -> Mapping[tuple[str, str], Held]:
        """What was counted so far, by field and code."""
        return self._held

    def rarity(self, levels: Levels, one: Rows, other: Rows) -> Bits:
        """Give each pair's bits over all fields, (pairs,); `levels` is (fields, pairs), as `compare` gives it."""
        told = np.zeros(len(one), np.float32)
        with ThreadPoolExecutor(2) as pool:
            for bits in pool.map(
                lambda of: self.of_field(of[1], levels[of[0]], one, other), self.fields
            ):
                told += bits
        return told

    def of_field(self, field: Field, levels: NDArray[np.uint8], one: Rows, other: Rows) -> Bits:
        """Give each pair's bits for one field: log2 of the usual share of the agreeing value over its own share.

        Only levels that ask for one equal code have them, each by its own code: a surname by the surname.
        """
        told = np.zeros(len(one), np.float32)
        for number, code in self.weighing(field):
            chosen = np.flatnonzero(levels == number)
            if len(chosen):
                told[chosen] = self._bits(field, code, one[chosen], other[chosen])
        return told

    def weighing(self, field: Field) -> list[tuple[int, str]]:
        """List the levels of a field at which a value's rarity weighs, each with the code that is equal."""
        told = []
        for number, tests in enumerate(read_levels(field), start=1):
            codes = [test.codes[0] for test in tests if test.act is Act.SAME]
            is_plain = len(tests) == 1 and len(codes) == 1
            if is_plain and len(self._table.fields[field.name].codes[codes[0]]) == 1:
                told.append((number, codes[0]))
        return told

    def _bits(self, field: Field, code: str, one: Rows, other: Rows) -> NDArray[np.float64]:
        codes = self._table.fields[field.name].codes[code][0]
        values = np.take(codes, one)
        everywhere = self._known(field.name, code, codes)
        shares = everywhere.share(values)
        if field.frequency_within:
            shares = self._at_place(field, (code, values, shares), one, other)
        bits = np.log2(everywhere.expected / shares)
        told: NDArray[np.float64] = np.clip(bits, -MOST_BITS, MOST_BITS)
        return told

    def _known(self, name: str, code: str, codes: Numbers) -> Held:
        if (name, code) not in self._held:
            self._held[name, code] = held(codes[None])
        return self._held[name, code]

    def _at_place(
        self,
        field: Field,
        value: tuple[str, Numbers, NDArray[np.float64]],
        one: Rows,
        other: Rows,
    ) -> NDArray[np.float64]:
        """Where both rows are of one place, take the share there, drawn towards the share everywhere."""
        code, values, shares = value
        within = str(field.frequency_within)
        places = self._table.code(within)[0]
        codes = self._table.fields[field.name].codes[code][0]
        here = np.take(places, one)
        together = (here == np.take(places, other)) & (here != MISSING)
        rows_here = self._known(within, "", places)
        both = (codes != MISSING) & (places != MISSING)
        joint = self._known(
            field.name, f"{code} {within}", np.where(both, _joined(codes, places), 0)
        )
        in_place = rows_here.share(here) * rows_here.total
        of_value = joint.share(_joined(values, here)) * joint.total
        local = (of_value + _SHRINKAGE * shares) / (in_place + _SHRINKAGE)
        return np.where(together, local, shares)


def _joined(one: Numbers, other: Numbers) -> Numbers:
    """Number a pair of codes; two pairs share a number once in 2^63."""
    mixed = one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= (other.astype(np.uint64) + (mixed >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    told: Numbers = (mixed >> np.uint64(1)).astype(np.int64) | 1
    return told
