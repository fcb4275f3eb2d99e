"""Pairs compared field by field: the level of each, and how often each pattern of levels is seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import MISSING, Coded, Codes, Rows, Table
from detectors.identity.linkage.distances import Spelling, similar, within
from detectors.identity.linkage.keys import Flags
from detectors.identity.linkage.levels import Act, LevelTest, read_levels
from detectors.identity.linkage.model import Field, Model

Levels = NDArray[np.uint8]

THREADS = 2
# pairs compared at a time: they bound the memory, not the result
_AT_ONCE = 1 << 19
# patterns that a table of all possible ones may have
_TABLED = 1 << 22


@dataclass(frozen=True)
class Patterns:
    """The patterns that were seen, ascending: `levels` is (patterns, fields), `counts` the pairs of each."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]
    levels: Levels

    def __len__(self) -> int:
        """Count the patterns."""
        return len(self.numbers)


def compare(table: Table, model: Model, one: Rows, other: Rows) -> Levels:
    """Give the level of each field for each pair of rows, (fields, pairs): 0 missing, then as in the model."""
    levels = np.zeros((len(model.fields), len(one)), dtype=np.uint8)
    comparers = [_Comparer(table.fields[field.name], field) for field in model.fields]
    tasks = [
        (at, slice(begin, begin + _AT_ONCE))
        for begin in range(0, len(one), _AT_ONCE)
        for at in range(len(comparers))
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(
            lambda task: comparers[task[0]].into(levels[task], one[task[1]], other[task[1]]), tasks
        ):
            pass
    return levels


@dataclass
class _Undecided:
    """The pairs of a chunk whose level is not known yet, and the codes gathered for them."""

    places: NDArray[np.intp]
    one: Rows
    other: Rows
    gathered: dict[str, tuple[Codes, Codes]] = field(default_factory=dict)

    def keep(self, chosen: Flags, needed: frozenset[str]) -> None:
        """Go on with the chosen pairs, and with the codes that are still needed."""
        if chosen.all():
            return
        # taking by number is several times faster than choosing by flag
        kept = np.flatnonzero(chosen)
        self.places = self.places.take(kept)
        self.one, self.other = self.one.take(kept), self.other.take(kept)
        self.gathered = {
            name: (one.take(kept, axis=1), other.take(kept, axis=1))
            for name, (one, other) in self.gathered.items()
            if name in needed
        }


@dataclass(frozen=True)
class _Comparer:
    """One field of the model over the rows."""

    coded: Coded
    field: Field

    def into(self, levels: Levels, one: Rows, other: Rows) -> None:
        """Fill in the level of each pair."""
        pairs = _Undecided(np.arange(len(one)), one, other)
        tests = read_levels(self.field)
        codes = [frozenset(code for test in level for code in test.codes) for level in tests]
        needed = [frozenset[str]().union(*codes[at:]) for at in range(len(tests) + 1)]
        stated = [(codes != MISSING).any(axis=0) for codes in self._both(pairs, self.field.base)]
        pairs.keep(stated[0] & stated[1], needed[0])
        for number, level in enumerate(tests, start=1):
            if level[0].act is Act.OTHERWISE:
                levels[pairs.places] = number
                return
            holds = self._holds(pairs, level[0])
            for test in level[1:]:
                holds |= self._holds(pairs, test)
            levels[pairs.places[holds]] = number
            pairs.keep(~holds, needed[number])

    def _both(self, pairs: _Undecided, name: str) -> tuple[Codes, Codes]:
        if name not in pairs.gathered:
            codes = self.coded.codes[name]
            pairs.gathered[name] = (
                np.take(codes, pairs.one, axis=1),
                np.take(codes, pairs.other, axis=1),
            )
        return pairs.gathered[name]

    def _holds(self, pairs: _Undecided, test: LevelTest) -> Flags:
        one, other = self._both(pairs, test.codes[0])
        match test.act:
            case Act.SAME:
                return _any_equal(one, other)
            case Act.CROSS:
                crossed, back = self._both(pairs, test.codes[1])
                return _any_equal(one, back) | _any_equal(crossed, other)
            case Act.BOTH:
                return np.asarray((one != MISSING).any(axis=0) & (other != MISSING).any(axis=0))
            case _:
                return self._any_near(one, other, test)

    def _any_near(self, one: Codes, other: Codes, test: LevelTest) -> Flags:
        near = np.zeros(one.shape[1], dtype=np.bool_)
        spelled = Spelling(self.field.kind, self.coded.texts[test.codes[0]])
        for left, right in product(one, other):
            asked = np.flatnonzero(~near & (left != MISSING) & (right != MISSING))
            if test.act is Act.EDITS:
                near[asked] = within(left[asked], right[asked], spelled, int(test.bound))
            else:
                near[asked] = similar(left[asked], right[asked], spelled, test.bound)
        return near


def _any_equal(one: Codes, other: Codes) -> Flags:
    equal = np.zeros(one.shape[1], dtype=np.bool_)
    for left, right in product(one, other):
        equal |= (left == right) & (left != MISSING)
    return equal


def strides(model: Model) -> NDArray[np.int64]:
    """Give what a level of each field adds to the number of a pattern; the first field counts most."""
    sizes = [len(field.levels) + 1 for field in model.fields]
    return np.array([int(np.prod(sizes[at + 1 :], dtype=np.int64)) for at in range(len(sizes))])


def patterns(levels: Levels, model: Model) -> tuple[NDArray[np.int32], Patterns]:
    """Count the patterns of levels (fields, pairs); give for each pair where its pattern stands, and the patterns."""
    steps = strides(model)
    possible = int(steps[0]) * (len(model.fields[0].levels) + 1)
    numbers = np.zeros(levels.shape[1], dtype=np.int32 if possible <= _TABLED else np.int64)
    for at, step in enumerate(steps.tolist()):
        np.add(numbers, levels[at] * numbers.dtype.type(step), out=numbers)
    if possible <= _TABLED:
        all_counts = np.bincount(numbers, minlength=possible)
        seen = np.flatnonzero(all_counts)
        place = np.zeros(possible, dtype=np.int32)
        place[seen] = np.arange(len(seen))
        index, counts = place[numbers], all_counts[seen]
    else:
        seen, which, counts = np.unique(numbers, return_inverse=True, return_counts=True)
        index = which.astype(np.int32)
    sizes = np.array([len(field.levels) + 1 for field in model.fields])
    cells = (seen[:, None] // steps % sizes).astype(np.uint8)
    return index, Patterns(seen.astype(np.int64), counts.astype(np.int64), cells)
