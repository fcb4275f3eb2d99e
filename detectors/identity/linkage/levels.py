"""The tests of levels, read from the words of the model file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detectors.contract import DetectorError
from detectors.identity.linkage.model import OTHERWISE, Field


class Act(StrEnum):
    """What a test asks of the codes of two rows."""

    SAME = "same"
    CROSS = "cross"
    EDITS = "edits"
    SIMILAR = "similar"
    BOTH = "both"
    OTHERWISE = OTHERWISE


# how many codes each act names, and whether a bound follows them
_SHAPES = {
    Act.SAME: (1, False),
    Act.CROSS: (2, False),
    Act.EDITS: (1, True),
    Act.SIMILAR: (1, True),
    Act.BOTH: (1, False),
    Act.OTHERWISE: (0, False),
}


@dataclass(frozen=True)
class LevelTest:
    """One test: `bound` is the most edits, or the least similarity."""

    act: Act
    codes: tuple[str, ...] = ()
    bound: float = 0.0


def read_test(told: str) -> LevelTest:
    """Read a test such as `same full`, `cross valid repaired`, `edits full 1` or `otherwise`."""
    act, *words = told.split()
    if act not in _SHAPES:
        raise DetectorError(f"no test of a level begins with {act}; write one of {', '.join(Act)}")
    codes, has_bound = _SHAPES[Act(act)]
    if len(words) != codes + has_bound:
        raise DetectorError(
            f"the test `{told}` names {codes} code(s), then its bound if it has one"
        )
    try:
        bound = float(words.pop()) if has_bound else 0.0
    except ValueError as wrong:
        raise DetectorError(
            f"the test `{told}` ends with a number, as in `edits full 1`"
        ) from wrong
    return LevelTest(Act(act), tuple(words), bound)


def read_levels(field: Field) -> tuple[tuple[LevelTest, ...], ...]:
    """Read the tests of a field's levels, in order; level i + 1 holds if any of the tests at i does."""
    return tuple(tuple(read_test(told) for told in level.tests) for level in field.levels)
