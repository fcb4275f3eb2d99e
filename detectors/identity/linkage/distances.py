"""How far apart two values are spelled: by arithmetic, then by characters side by side, then by RapidFuzz."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from detectors.identity.linkage.characters import points
from detectors.identity.linkage.coded import Texts
from detectors.identity.linkage.texts import TEXT_CODES

Codes1 = NDArray[np.int64]
Flags = NDArray[np.bool_]
Characters = NDArray[np.uint32]

# by kind, the codes that are digits of one length: two of them are compared by arithmetic
_CHECKS = 11
_SERIES = {"identity_number": (0, TEXT_CODES), "phone": (10**11, 2 * 10**11)}
_WIDEST = 32


@dataclass(frozen=True)
class Spelling:
    """How the codes of one field of a kind are spelled."""

    kind: str
    texts: Texts

    def are_series(self, codes: Codes1) -> Flags:
        """Tell the codes that are digits of the length usual for the kind."""
        low, high = _SERIES.get(self.kind, (0, 0))
        return (codes >= low) & (codes < high)


def within(one: Codes1, other: Codes1, spelled: Spelling, most: int) -> Flags:
    """Tell the pairs at most `most` edits apart (optimal string alignment: swapped neighbours are one edit)."""
    near = np.equal(one, other)
    if most < 1:
        return near
    if most > 1:
        undecided = np.flatnonzero(~near)
        near[undecided] = _within_many(one[undecided], other[undecided], spelled, most)
        return near
    series = spelled.are_series(one) & spelled.are_series(other)
    doubtful = np.flatnonzero(~near & ~series)
    if series.any():
        maybe = _digits_near if spelled.kind != "identity_number" else _numbers_near
        few = np.flatnonzero(series & ~near)
        doubtful = np.concatenate([doubtful, few[maybe(one[few], other[few])]])
    near[doubtful] = _one_edit(one[doubtful], other[doubtful], spelled)
    return near


def similar(one: Codes1, other: Codes1, spelled: Spelling, least: float) -> Flags:
    """Tell the pairs whose Jaro-Winkler similarity is at least `least`."""
    left, right, which = _distinct(one, other)
    words = [_words(spelled, codes) for codes in (left, right)]
    scores = cpdist(*words, scorer=JaroWinkler.similarity, dtype=np.float64, score_cutoff=least)
    return np.asarray((scores >= least)[which])


def _within_many(one: Codes1, other: Codes1, spelled: Spelling, most: int) -> Flags:
    left, right, which = _distinct(one, other)
    words = [_words(spelled, codes) for codes in (left, right)]
    edits = cpdist(*words, scorer=OSA.distance, dtype=np.int32, score_cutoff=most)
    return np.asarray((edits <= most)[which])


def _words(spelled: Spelling, codes: Codes1) -> NDArray[np.object_]:
    distinct, which = np.unique(codes, return_inverse=True)
    return np.array(spelled.texts.of(distinct).to_pylist(), dtype=object)[which]


def _distinct(one: Codes1, other: Codes1) -> tuple[Codes1, Codes1, NDArray[np.intp]]:
    """Give each pair of values once, whichever comes first, and which of them each pair is."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    opens = np.ones(len(low), dtype=np.bool_)
    opens[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    which = np.empty(len(order), dtype=np.intp)
    which[order] = np.cumsum(opens) - 1
    return low[opens], high[opens], which


# what one wrong digit, or two swapped neighbours, put between two numbers of up to 18 digits
_GAPS = np.unique(
    [
        times * 10**place
        for place in range(18)
        for times in {*range(1, 10), *range(9, 90, 9)}
        if times * 10**place < 10**18
    ]
)


def _digits_near(one: Codes1, other: Codes1) -> Flags:
    """Tell the numbers that may be one edit apart: none that is one edit apart is left out."""
    gap = np.abs(one - other)
    # nearly all gaps fall at the first hurdle
    near: Flags = (gap < 10_000) | (gap // 1000 * 1000 == gap)
    few = np.flatnonzero(near)
    places = np.minimum(np.searchsorted(_GAPS, gap[few]), len(_GAPS) - 1)
    near[few] = _GAPS[places] == gap[few]
    return near


def _numbers_near(one: Codes1, other: Codes1) -> Flags:
    """Tell the same of identity numbers: seventeen digits times eleven, and the check character."""
    digits, others = one // _CHECKS, other // _CHECKS
    # the last digit may be swapped with the check character; any other edit of the digits leaves that as it is
    near: Flags = np.abs(digits - others) < 10
    same_check = np.flatnonzero(~near & (one - other == (digits - others) * _CHECKS))
    near[same_check] = _digits_near(digits[same_check], others[same_check])
    return near


def _one_edit(one: Codes1, other: Codes1, spelled: Spelling) -> Flags:
    """Tell the pairs of different values that are one edit apart, all characters side by side."""
    if not len(one):
        return np.zeros(0, dtype=np.bool_)
    distinct, which = np.unique(np.concatenate([one, other]), return_inverse=True)
    read = points(spelled.texts.of(distinct))
    left, right = which[: len(one)], which[len(one) :]
    length, width = read.lengths.take(left), read.lengths.take(right)
    near: Flags = np.abs(length - width) <= 1
    slow = np.flatnonzero(near & (np.maximum(length, width) > _WIDEST))
    near[slow] = _within_many(one[slow], other[slow], spelled, 1)
    # one column more than the longest has: a text ends in a zero
    matrix = read.matrix(min(_WIDEST, int(read.lengths.max())) + 1)
    equal = near & (length == width) & (length <= _WIDEST)
    few = np.flatnonzero(equal)
    near[few] = _one_replaced(matrix.take(left[few], axis=0), matrix.take(right[few], axis=0))
    few = np.flatnonzero(near & (length != width) & (np.maximum(length, width) <= _WIDEST))
    longer = np.where(length > width, left, right)[few]
    shorter = np.where(length > width, right, left)[few]
    near[few] = _one_dropped(
        matrix.take(longer, axis=0), matrix.take(shorter, axis=0), read.lengths.take(shorter)
    )
    return near


def _one_replaced(one: Characters, other: Characters) -> Flags:
    """Tell the texts of one length that differ in one character, or in two swapped neighbours."""
    differs = one != other
    count = differs.sum(axis=1)
    swapped = (
        differs[:, :-1]
        & differs[:, 1:]
        & (one[:, :-1] == other[:, 1:])
        & (one[:, 1:] == other[:, :-1])
    )
    return np.asarray((count == 1) | ((count == 2) & swapped.any(axis=1)))


def _one_dropped(longer: Characters, shorter: Characters, length: NDArray[np.int64]) -> Flags:
    """Tell the texts that are equal once one character of the longer, of `length` + 1, is left out."""
    before = np.logical_and.accumulate(longer[:, :-1] == shorter[:, :-1], axis=1).sum(axis=1)
    beyond = np.arange(longer.shape[1] - 1) >= length[:, None]
    after = (longer[:, 1:] == shorter[:, :-1]) | beyond
    tail = np.logical_and.accumulate(after[:, ::-1], axis=1).sum(axis=1)
    return np.asarray(np.minimum(before, length) >= after.shape[1] - tail)
