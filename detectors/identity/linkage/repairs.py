"""The held numbers one slip away from a number that cannot be right.

One digit wrong, two neighbours swapped, two digits ten places apart swapped (their weights are equal: the check
digit is blind to it), a digit lost, a digit too many. Only a number that passes its check digit is held, so a wrong
or lost digit can be solved for: 18 neighbours instead of 181.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import bits, of_width
from detectors.identity.linkage.coded import Codes, Texts
from detectors.identity.linkage.kinds import regular_number
from detectors.identity.linkage.texts import TEXT_CODES

Integers = NDArray[np.int64]
Digits = NDArray[np.int64]

# More held neighbours than this tell nobody apart.
SLOTS = 3

# GB 11643-1999: 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, and 1 for the check digit itself.
_WEIGHTS = np.array([pow(2, 17 - place, 11) for place in range(18)])
_INVERSE = np.array([pow(int(weight), -1, 11) for weight in _WEIGHTS])
_DECIMAL = np.array([10 ** (16 - place) for place in range(17)])


def repaired(value: Codes, valid: Codes, held: Integers, texts: Texts) -> Codes:
    """Give the held numbers one slip from each row's number: (slots, rows), at most SLOTS, the smallest first.

    `held` is sorted and distinct; `texts` knows the numbers too short or too long to be regular.
    """
    rows = np.nonzero((value != 0) & (valid == 0))
    wrong, places = np.unique(value[rows], return_inverse=True)
    origin, neighbour = neighbours(wrong, texts)
    known = _held_beside(len(wrong), origin, neighbour, held)
    (slots, count), height = value.shape, len(known)
    codes = np.zeros((slots * height, count), np.int64)
    for slot in range(height):
        codes[rows[0] * height + slot, rows[1]] = known[slot][places]
    return codes


def _held_beside(count: int, origin: Integers, neighbour: Integers, held: Integers) -> Codes:
    order = np.argsort(neighbour)
    origin, neighbour = origin[order], neighbour[order]
    at = np.minimum(np.searchsorted(held, neighbour), max(len(held) - 1, 0))
    found = np.flatnonzero(held[at] == neighbour) if len(held) else np.zeros(0, np.int64)
    # by number, then by neighbour; two slips can lead to the same one
    found = found[np.argsort(origin[found], kind="stable")]
    origin, neighbour = origin[found], neighbour[found]
    new = np.ones(len(found), np.bool_)
    new[1:] = (origin[1:] != origin[:-1]) | (neighbour[1:] != neighbour[:-1])
    origin, neighbour = origin[new], neighbour[new]
    rank = np.arange(len(origin)) - np.searchsorted(origin, origin)
    first = rank < SLOTS
    known = np.zeros((int(rank[first].max(initial=0)) + 1, count), np.int64)
    known[rank[first], origin[first]] = neighbour[first]
    return known


def neighbours(wrong: Integers, texts: Texts) -> tuple[Integers, Integers]:
    """Give every number with a right check digit one slip from wrong ones, as (index into `wrong`, code)."""
    regular = (wrong < TEXT_CODES) & ~regular_number.is_temporary(wrong)
    regular &= ~regular_number.is_rounded(wrong)
    origins, found = _of_regular(wrong[regular])
    parts = [(np.flatnonzero(regular)[origins], found)]
    irregular = np.flatnonzero(wrong >= TEXT_CODES)
    if len(irregular):
        written = texts.of(wrong[irregular])
        for width, slip in ((17, _lost), (19, _too_many)):
            digits = pc.match_substring_regex(written, f"^[0-9]{{{width - 1}}}[0-9X]$")
            numbers = written.filter(digits)
            origins, found = slip(_digits(of_width(numbers, width)[1]))
            chosen = irregular[bits(digits)]
            parts.append((chosen[origins], found))
    return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])


def _digits(rows: NDArray[np.uint8]) -> Digits:
    digits = rows.astype(np.int64) - 48
    digits[digits == 40] = 10
    return digits


def _of_regular(codes: Integers) -> tuple[Integers, Integers]:
    digits = np.empty((len(codes), 18), np.int64)
    digits[:, 17] = codes % 11
    digits[:, :17] = codes[:, None] // 11 // _DECIMAL % 10
    lacking = (1 - digits @ _WEIGHTS) % 11
    made = []
    for place in range(18):
        right = (digits[:, place] + lacking * _INVERSE[place]) % 11
        made.append(_replaced(digits, {place: right}, lacking != 0))
    for apart in (1, 10):
        for place in range(17 if apart == 1 else 7):
            one, other = digits[:, place], digits[:, place + apart]
            change = (_WEIGHTS[place] - _WEIGHTS[place + apart]) * (other - one)
            fits = (one != other) & ((change - lacking) % 11 == 0)
            made.append(_replaced(digits, {place: other, place + apart: one}, fits))
    return _together(made)


def _lost(digits: Digits) -> tuple[Integers, Integers]:
    made = []
    for place in range(18):
        longer = np.insert(digits, place, 0, axis=1)
        lacking = (1 - longer @ _WEIGHTS) % 11
        right = lacking * _INVERSE[place] % 11
        made.append(_replaced(longer, {place: right}, np.ones(len(longer), np.bool_)))
    return _together(made)


def _too_many(digits: Digits) -> tuple[Integers, Integers]:
    made = []
    for place in range(19):
        shorter = np.delete(digits, place, axis=1)
        made.append(_replaced(shorter, {}, shorter @ _WEIGHTS % 11 == 1))
    return _together(made)


def _replaced(
    digits: Digits, changes: dict[int, Integers], fits: NDArray[np.bool_]
) -> tuple[Integers, Integers]:
    """Give the index and the code of each number that fits and stays a number once digits are replaced."""
    for place, digit in changes.items():
        fits = fits & (digit < (11 if place == 17 else 10))
    rows = np.flatnonzero(fits)
    chosen = digits[rows]
    for place, digit in changes.items():
        chosen[:, place] = digit[rows]
    are_numbers = (chosen[:, :17] < 10).all(axis=1)
    return rows[are_numbers], (chosen[:, :17] @ _DECIMAL * 11 + chosen[:, 17])[are_numbers]


def _together(made: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    return np.concatenate([one for one, _ in made]), np.concatenate([one for _, one in made])
