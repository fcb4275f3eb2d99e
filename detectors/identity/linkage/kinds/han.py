"""Names of two to four common characters (U+4E00 to U+9FFF), spelt and cut over whole columns of characters.

A code of such a text is the text itself, fifteen bits a character; only sounds are hashed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity import names
from detectors.identity.linkage.characters import Bits, Bytes
from detectors.identity.linkage.texts import finished, mixed, powers

Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
# one array of characters for each place, counted from U+4E00
Places = list[NDArray[np.int32]]

HEARD = frozenset({"sound", "pinyin"})

_FIRST, _COUNT = 0x4E00, 0xA000 - 0x4E00
_WIDTH = 15
_BLOCK = 1 << 15
_BLANKS = ("未知", "不详", "没有", "暂无", "未填", "待补", "不明", "无名", "未取名")


def coded(rows: Bytes, wanted: frozenset[str]) -> tuple[Bits, dict[str, Integers]]:
    """Tell which rows of UTF-8 are names spelt character by character, and give the wanted codes of those."""
    are = np.zeros(len(rows), np.bool_)
    made: dict[str, list[Integers]] = {name: [] for name in wanted}
    # in stretches that stay in the processor's cache
    for start in range(0, len(rows), _BLOCK):
        are[start : start + _BLOCK], places = _regular(rows[start : start + _BLOCK])
        for name, part in _coded(places, wanted).items():
            made[name].append(part)
    return are, {name: np.concatenate(parts) for name, parts in made.items() if parts}


def packed_bytes(rows: Bytes) -> tuple[Bits, Integers]:
    """Tell which rows of UTF-8 are common characters only, and code them all as texts."""
    are, places = _places(rows)
    return are, _packed(places)


def texts(codes: Integers) -> pa.Array:
    """Write out the texts behind codes."""
    lengths = sum(((codes >> _WIDTH * place) > 0).astype(np.int64) for place in range(4))
    points = (codes[:, None] >> _WIDTH * np.arange(4)) & 0x7FFF
    flat = (points[points > 0] - 1 + _FIRST).astype("<u4").tobytes().decode("utf-32-le").encode()
    offsets = np.zeros(len(codes) + 1, np.int32)
    np.cumsum(np.asarray(lengths) * 3, out=offsets[1:])
    return pa.StringArray.from_buffers(len(codes), pa.py_buffer(offsets), pa.py_buffer(flat))


def _places(rows: Bytes) -> tuple[Bits, Places]:
    are = np.ones(len(rows), np.bool_)
    places: Places = []
    for start in range(0, rows.shape[1], 3):
        lead, middle, last = (rows[:, start + byte].astype(np.int32) for byte in range(3))
        point = ((lead & 15) << 12 | (middle & 63) << 6 | (last & 63)) - _FIRST
        are &= (lead >= 0xE4) & (lead <= 0xE9) & (point >= 0)
        places.append(point)
    return are, places


def _regular(rows: Bytes) -> tuple[Bits, Places]:
    """Leave out what is a blank, folds to a rare character or begins with a surname of two that sounds its own way."""
    are, places = _places(rows)
    if not are.all():
        places = [np.where(are, place, 0) for place in places]
    for place in places:
        are &= _folding()[place] >= 0
    doubtful = np.flatnonzero(_openings()[places[0]])
    if len(doubtful):
        whole = _packed([place[doubtful] for place in places])
        start = whole & (1 << 2 * _WIDTH) - 1
        are[doubtful] &= ~(np.isin(whole, _blanks()) | np.isin(start, _own_sounds()))
    return are, places if are.all() else [place[are] for place in places]


def _packed(places: Places) -> Integers:
    code = np.zeros(len(places[0]), np.int64)
    for shift, place in enumerate(places):
        code |= (place.astype(np.int64) + 1) << _WIDTH * shift
    return code


def _pack(text: str) -> int:
    return sum(ord(one) - _FIRST + 1 << _WIDTH * place for place, one in enumerate(text))


@cache
def _blanks() -> Integers:
    return np.array([_pack(text) for text in _BLANKS])


@cache
def _own_sounds() -> Integers:
    surnames = names.surnames()
    return np.array([_pack(surname) for surname in surnames if len(surname) == 2])


@cache
def compound_surnames() -> frozenset[str]:
    """List the surnames of two characters."""
    path = files("detectors.identity.linkage") / "data" / "compound_surnames.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


@cache
def _openings() -> Bits:
    table = np.zeros(_COUNT, np.bool_)
    doubtful = {*_BLANKS, *(one for one in names.surnames() if len(one) == 2)}
    table[[ord(text[0]) - _FIRST for text in doubtful]] = True
    return table


@cache
def _folding() -> NDArray[np.int32]:
    """Give the character that each folds to, -1 if that is a rare one."""
    table = np.arange(_COUNT, dtype=np.int32)
    for character, stands_for in names.variants().items():
        if 0 <= character - _FIRST < _COUNT:
            point = ord(stands_for) - _FIRST
            table[character - _FIRST] = point if 0 <= point < _COUNT else -1
    return table


def _coded(places: Places, wanted: frozenset[str]) -> dict[str, Integers]:
    folded = [_folding()[place] for place in places]
    makers: dict[str, Callable[[], Integers]] = {
        "full": lambda: _packed(places),
        "class": lambda: _packed(folded),
        "surname": lambda: _cut(folded)[0],
        "given": lambda: _cut(folded)[1],
        "first": lambda: _cut(folded)[1] & (1 << _WIDTH) - 1,
        "sound": lambda: _spelt(folded, _ear()),
        "pinyin": lambda: _spelt(folded, _letters()),
        "sorted": lambda: _packed(_in_order(folded)),
    }
    return {name: make() for name, make in makers.items() if name in wanted}


@cache
def _compounds() -> tuple[Bits, Integers]:
    table = np.zeros(_COUNT, np.bool_)
    table[[ord(surname[0]) - _FIRST for surname in compound_surnames()]] = True
    return table, np.array([_pack(surname) for surname in compound_surnames()])


def _cut(folded: Places) -> tuple[Integers, Integers]:
    """Give surnames and given names; of two characters the first is the surname."""
    whole = _packed(folded)
    length = np.full(len(whole), _WIDTH)
    opens, compounds = _compounds()
    maybe = np.flatnonzero(opens[folded[0]])
    if len(folded) > 2 and len(maybe):
        start = whole[maybe] & (1 << 2 * _WIDTH) - 1
        length[maybe[np.isin(start, compounds)]] = 2 * _WIDTH
    return whole & (np.left_shift(1, length) - 1), whole >> length


def _in_order(folded: Places) -> Places:
    """Sort the characters of each name by exchanging neighbours."""
    ordered = list(folded)
    for end in range(len(ordered) - 1, 0, -1):
        for place in range(end):
            one, other = ordered[place], ordered[place + 1]
            ordered[place], ordered[place + 1] = np.minimum(one, other), np.maximum(one, other)
    return ordered


class _Readings:
    """How characters are read, as a surname and within a name: sums and lengths of the letters, learnt as met."""

    def __init__(self, heard: Callable[[str], str]) -> None:
        self._heard = heard
        self._is_known = np.zeros(_COUNT, np.bool_)
        self.surname, self.inner = np.zeros(_COUNT, np.uint64), np.zeros(_COUNT, np.uint64)
        self.surname_length, self.length = np.zeros(_COUNT, np.uint8), np.zeros(_COUNT, np.uint8)

    def learn(self, places: Places) -> None:
        """Spell the characters not met before."""
        seen = np.zeros(_COUNT, np.bool_)
        for place in places:
            seen[place] = True
        for point in np.flatnonzero(seen & ~self._is_known):
            character = chr(point + _FIRST)
            inner = names.syllable(character)
            surname = names.surnames().get(character, inner)
            self.inner[point], self.length[point] = _sum(self._heard(inner))
            self.surname[point], self.surname_length[point] = _sum(self._heard(surname))
            self._is_known[point] = True


@cache
def _ear() -> _Readings:
    return _Readings(names.heard)


@cache
def _letters() -> _Readings:
    return _Readings(str)


@cache
def _sum(letters: str) -> tuple[int, int]:
    points = np.array([ord(letter) for letter in letters], np.uint64)
    weighed = mixed(points) * powers(len(letters))[:-1]
    return int(weighed.sum(dtype=np.uint64)), len(letters)


_PLACES = powers(64)


def _spelt(folded: Places, readings: _Readings) -> Integers:
    """Hash the letters of names, as `names.sound` or `names.pinyin` writes them."""
    readings.learn(folded)
    total = readings.surname[folded[0]]
    length = readings.surname_length[folded[0]]
    for place in folded[1:]:
        total += readings.inner[place] * _PLACES[length]
        length += readings.length[place]
    return finished(total)
