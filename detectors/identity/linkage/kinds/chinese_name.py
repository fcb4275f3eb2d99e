"""Chinese names: whole, by variant class, in parts, by sound, as a bag of characters, and former names.

Roles: `value`; `former`, columns of former names (code `former`, as are names in brackets: 王芳(曾用名王小芳)).
Codes: `full`, `class` (variants folded), `surname` (欧阳 too), `given`, `first` (the first given character),
`sound` (no tones, n/l, zh/z, -ng/-n merged), `pinyin`, `sorted` (characters in any order), `former`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity import names
from detectors.identity.linkage.characters import Bits, as_text, bits, of_width
from detectors.identity.linkage.coded import Texts
from detectors.identity.linkage.kinds import han
from detectors.identity.linkage.kinds.blanks import says_something
from detectors.identity.linkage.kinds.macros import asked
from detectors.identity.linkage.kinds.piece import Columns, Piece, Wanted, beside
from detectors.identity.linkage.texts import TEXT_CODES, DecodedTexts, distinct, hashed, texts_of

Integers = NDArray[np.int64]

_OF_CLASS = frozenset({"surname", "given", "first", "sound", "pinyin", "sorted"})
IMPLIED = {
    "full": _OF_CLASS | {"class"},
    "class": _OF_CLASS,
    "given": frozenset({"first"}),
}
CODES = frozenset({*IMPLIED, *_OF_CLASS, "former"})


def read(columns: Columns, wanted: Wanted) -> Piece:
    """Code the names of a stretch of rows."""
    pieces = [_names(as_text(column), wanted) for column in columns["value"]]
    if "former" in wanted.codes:
        former = Wanted(frozenset({"full"}))
        read = [_names(as_text(column), former) for column in columns.get("former", ())]
        pieces.extend(Piece({"former": piece.codes["full"]}) for piece in read)
    return beside(pieces)


def complete(piece: Piece, wanted: Wanted) -> Piece:
    """Give a table without any former name the code all the same."""
    if "former" not in wanted.codes or "former" in piece.codes:
        return piece
    rows = next(iter(piece.codes.values())).shape[1] if piece.codes else 0
    return Piece({**piece.codes, "former": np.zeros((1, rows), np.int64)}, piece.texts)


def _names(column: pa.Array, wanted: Wanted) -> Piece:
    codes = {name: np.zeros(len(column), np.int64) for name in wanted.codes & CODES - {"former"}}
    rest = bits(pc.is_valid(column)) & ~_put_regular(column, codes)
    former, others = None, np.zeros(0, np.int64)
    kept: dict[str, tuple[Integers, pa.Array]] = {}
    if rest.any():
        others = np.flatnonzero(rest)
        irregular = column.filter(pa.array(rest)).dictionary_encode()
        places = irregular.indices.to_numpy()
        keys, former = _keys(irregular.dictionary)
        known = {name: np.zeros(len(keys), np.int64) for name in codes}
        kept = _put_others(keys, ~_put_regular(keys, known), known, wanted.measured)
        for name, part in known.items():
            codes[name][others] = part[places]
    made = {name: part[None] for name, part in codes.items()}
    if former is not None and "former" in wanted.codes:
        made["former"] = np.zeros((1, len(column)), np.int64)
        made["former"][0, others] = coded_as_full(former)[places]
    return Piece(made, {name: _texts(name, codes, kept.get(name)) for name in wanted.measured})


def _keys(written: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """Give names for equality, empty where there is none, and the names in brackets if there are any."""
    stated = says_something(written)
    keys = pc.if_else(pa.array(stated), written, "")
    others = stated & ~bits(pc.match_substring_regex(written, "^[一-龥]+$"))
    if not others.any():
        return keys, None
    read = asked(
        keys.filter(pa.array(others)),
        "coalesce(name_key(written), '') as name, coalesce(name_in_brackets(written), '') as former",
    )
    mask = pa.array(others)
    empty = pa.repeat("", len(keys))
    return (
        pc.replace_with_mask(keys, mask, read["name"].combine_chunks()),
        pc.replace_with_mask(empty, mask, read["former"].combine_chunks()),
    )


def _put_regular(names: pa.Array, codes: dict[str, Integers]) -> Bits:
    """Code the names of two to four common characters, and tell which those are."""
    done = np.zeros(len(names), np.bool_)
    for characters in (2, 3, 4):
        fitting, rows = of_width(names, 3 * characters)
        are, made = han.coded(rows, frozenset(codes))
        if not len(are):
            continue
        fitting[fitting] = are
        places = np.flatnonzero(fitting)
        for name, part in made.items():
            codes[name][places] = part
        done |= fitting
    return done


def _put_others(
    keys: pa.Array, which: Bits, codes: dict[str, Integers], measured: frozenset[str]
) -> dict[str, tuple[Integers, pa.Array]]:
    """Spell the names that are not regular one by one, and give the texts of the measured codes."""
    chosen = np.flatnonzero(which & bits(pc.not_equal(keys, "")))
    slow = keys.take(pa.array(chosen)).to_pylist()
    kept = {}
    for name, part in codes.items():
        texts = pa.array([_ONE_BY_ONE[name](key) for key in slow], pa.string())
        part[chosen] = hashed(texts) if name in han.HEARD else coded_as_full(texts)
        if name in measured:
            kept[name] = (part[chosen], texts)
    return kept


def coded_as_full(texts: pa.Array) -> Integers:
    """Code names, and parts of names, as `full` is coded; an empty one has none."""
    codes = hashed(texts)
    for characters in (1, 2, 3, 4):
        fitting, rows = of_width(texts, 3 * characters)
        are, packed = han.packed_bytes(rows)
        fitting[fitting] = are
        codes[fitting] = packed[are]
    return codes


def _texts(name: str, codes: dict[str, Integers], kept: tuple[Integers, pa.Array] | None) -> Texts:
    known, values = kept or (np.zeros(0, np.int64), pa.array([], pa.string()))
    if name in han.HEARD and "full" in codes:
        regular = (codes["full"] > 0) & (codes["full"] < TEXT_CODES)
        whole = distinct(codes["full"][regular])
        heard = pa.array(
            [_ONE_BY_ONE[name](key) for key in han.texts(whole).to_pylist()], pa.string()
        )
        known = np.concatenate([known, hashed(heard)])
        values = pa.concat_arrays([values, heard])
    few = texts_of(np.where(known < TEXT_CODES, 0, known), values)
    return DecodedTexts(few.codes, few.values, han.texts)


def _cut(key: str) -> tuple[str, str]:
    folded = names.name_class(key)
    if len(folded) > 2 and folded[:2] in han.compound_surnames():
        return folded[:2], folded[2:]
    if 1 < len(folded) < 5 and not folded[0].isascii():
        return folded[:1], folded[1:]
    return folded, folded


_ONE_BY_ONE: dict[str, Callable[[str], str]] = {
    "full": str,
    "class": names.name_class,
    "surname": lambda key: _cut(key)[0],
    "given": lambda key: _cut(key)[1],
    "first": lambda key: _cut(key)[1][:1],
    "sound": names.sound,
    "pinyin": names.pinyin,
    "sorted": lambda key: "".join(sorted(names.name_class(key))),
}
