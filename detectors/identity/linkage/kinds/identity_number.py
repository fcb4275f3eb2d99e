"""Identity numbers: whole, valid, in parts, temporary, rounded, masked, carried in a 学籍号, repaired.

Roles: `value`, the number's columns; `student_no`, columns whose 学籍号 may carry the number (code `embedded`).
Codes: `stated` (anything but a placeholder), `value` (without masked and scientific ones), `valid` (right check
digit, real date), `temporary`, `rounded` (the fifteen digits left; to be compared with `first15`), `masked` (the
ends that show; with `ends`), `first15`, `first14`, `last9`, `ends` (six and four), `birth`, `sequence`, `repaired`
(the valid numbers of this table that a wrong one is one slip away from).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import as_text, bits, of_width
from detectors.identity.linkage.coded import Codes
from detectors.identity.linkage.kinds import regular_number
from detectors.identity.linkage.kinds.macros import asked
from detectors.identity.linkage.kinds.piece import Columns, Piece, Wanted, beside
from detectors.identity.linkage.repairs import repaired
from detectors.identity.linkage.texts import DecodedTexts, distinct, hashed, texts_of

Integers = NDArray[np.int64]

PARTS = frozenset({"first15", "first14", "last9", "ends"})
IMPLIED = {
    "value": PARTS | {"stated"},
    "valid": PARTS | {"stated", "value", "birth", "sequence"},
    "temporary": PARTS | {"stated", "value"},
    "first15": frozenset({"first14"}),
    "rounded": frozenset({"stated"}),
    "masked": frozenset({"stated"}),
}
CODES = frozenset({*IMPLIED, *PARTS, "stated", "birth", "sequence", "embedded", "repaired"})

_READ = "id_normalise(written) as number, id_class(number) as number_class"
_WRONG_LENGTH = "^([0-9]{15,16}[0-9X]|[0-9]{18,19}[0-9X])$"
_NOBODYS = "^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|12345678901234567?)$"
_EMBEDDED = "^[GJL][0-9]{17}[0-9X]$"
_UNREADABLE = pa.array(["none", "placeholder"])
_PARTLY_READABLE = pa.array(["masked", "scientific"])


def read(columns: Columns, wanted: Wanted) -> Piece:
    """Code the numbers of a stretch of rows."""
    needed = wanted.codes | ({"value", "valid"} if "repaired" in wanted.codes else frozenset())
    pieces = [_numbers(as_text(column), needed) for column in columns["value"]]
    if "embedded" in wanted.codes:
        pieces.extend(_embedded(as_text(column)) for column in columns.get("student_no", ()))
    return beside(pieces)


def complete(piece: Piece, wanted: Wanted) -> Piece:
    """Add what only the whole table tells: the held numbers that a wrong one is one slip away from."""
    codes = dict(piece.codes)
    if "repaired" in wanted.codes:
        codes["repaired"] = _repairs(piece)
    if "embedded" in wanted.codes and "embedded" not in codes:
        codes["embedded"] = np.zeros_like(codes["value"][:1])
    return Piece({name: codes[name] for name in codes if name in wanted.codes}, piece.texts)


def _repairs(piece: Piece) -> Codes:
    value, valid = piece.codes["value"], piece.codes["valid"]
    held = [valid[valid > 0]]
    if "embedded" in piece.codes:
        carried = piece.codes["embedded"]
        held.append(carried[carried > 0])
    return repaired(value, valid, distinct(np.concatenate(held)), piece.texts["value"])


def _numbers(column: pa.Array, wanted: frozenset[str]) -> Piece:
    fitting, rows = of_width(column, 18)
    regular, numbers = regular_number.coded(rows)
    if not regular.all():
        fitting[fitting] = regular
    codes = {
        name: np.zeros((1, len(column)), np.int64)
        for name in wanted & CODES - {"repaired", "embedded"}
    }
    _put(codes, fitting, regular_number.classed(numbers, wanted))
    rest = bits(pc.is_valid(column)) & ~fitting
    kept: dict[str, tuple[Integers, pa.Array]] = {}
    if rest.any():
        irregular = column.filter(pa.array(rest)).dictionary_encode()
        places = irregular.indices.to_numpy()
        read, kept = _irregular(irregular.dictionary, wanted)
        _put(codes, rest, {name: known[places] for name, known in read.items()})
    texts = {}
    for name in ("value", "stated"):
        known, values = kept.get(name, (np.zeros(0, np.int64), pa.array([], pa.string())))
        few = texts_of(known, values)
        texts[name] = DecodedTexts(few.codes, few.values, regular_number.texts)
    return Piece(codes, texts)


def _put(codes: dict[str, Codes], rows: NDArray[np.bool_], parts: dict[str, Integers]) -> None:
    places = slice(None) if rows.all() else np.flatnonzero(rows)
    for name, part in parts.items():
        codes[name][0, places] = part


def _irregular(
    written: pa.Array, wanted: frozenset[str]
) -> tuple[dict[str, Integers], dict[str, tuple[Integers, pa.Array]]]:
    number, kind = _normalised(written)
    nothing = bits(pc.is_in(kind, _UNREADABLE))
    partly = bits(pc.is_in(kind, _PARTLY_READABLE))
    stated = np.where(nothing, 0, hashed(number))
    value = np.where(partly, 0, stated)
    made = dict.fromkeys(PARTS & wanted, value)
    made |= {"stated": stated, "value": value}
    digits = pc.match_substring_regex(number, "^[0-9]{15,19}[0-9X]?$")
    long = np.flatnonzero(bits(digits) & (value != 0))
    for name in PARTS & wanted:
        made[name] = value.copy()
        made[name][long] = _part(number.take(pa.array(long)), name)
    if "masked" in wanted:
        made["masked"] = _masked(number, kind)
    fitting, rows = of_width(number, 18)
    regular, numbers = regular_number.coded(rows)
    fitting[fitting] = regular
    for name, part in regular_number.classed(numbers, wanted).items():
        made.setdefault(name, np.zeros(len(written), np.int64))[fitting] = part
    texts = {name: (np.where(fitting, 0, made[name]), number) for name in ("value", "stated")}
    return {name: part for name, part in made.items() if name in wanted}, texts


def _normalised(written: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the numbers, empty for none, and their classes: plain digits too few or too many need no macro."""
    plain = pc.and_not(
        pc.match_substring_regex(written, _WRONG_LENGTH),
        pc.match_substring_regex(written, _NOBODYS),
    )
    kind = pa.repeat("short", len(written))
    others = pc.invert(plain)
    if not pc.any(others).as_py():
        return written, kind
    read = asked(written.filter(others), _READ)
    number = pc.fill_null(read["number"].combine_chunks(), "")
    known = read["number_class"].combine_chunks()
    return (
        pc.replace_with_mask(written, others, number),
        pc.replace_with_mask(kind, others, known),
    )


def _part(numbers: pa.Array, name: str) -> Integers:
    """Code a part of a number too short or too long as the same part of a regular one is coded."""
    if name in ("first15", "first14"):
        return _integers(pc.utf8_slice_codeunits(numbers, 0, int(name[5:])))
    first = pc.utf8_slice_codeunits(numbers, 0, 6)
    last = pc.utf8_slice_codeunits(numbers, -9 if name == "last9" else -4)
    check = pc.utf8_slice_codeunits(last, -1)
    check = _integers(pc.if_else(pc.equal(check, "X"), "10", check))
    coded = _integers(pc.utf8_slice_codeunits(last, 0, -1)) * 11 + check + 1
    return coded if name == "last9" else coded + _integers(first) * 11_000


def _integers(digits: pa.Array) -> Integers:
    read: Integers = pc.cast(digits, pa.int64()).to_numpy()
    return read


def _masked(number: pa.Array, kind: pa.Array) -> Integers:
    shown = bits(
        pc.and_(
            pc.equal(kind, "masked"), pc.match_substring_regex(number, "^[0-9]{6}.*[0-9]{3}[0-9X]$")
        )
    )
    made = np.zeros(len(number), np.int64)
    made[shown] = _part(number.filter(pa.array(shown)), "ends")
    return made


def _embedded(column: pa.Array) -> Piece:
    bare = pc.utf8_upper(pc.utf8_trim_whitespace(column))
    carries = pc.fill_null(pc.match_substring_regex(bare, _EMBEDDED), fill_value=False)
    chosen = bits(carries)
    numbers = _numbers(pc.utf8_slice_codeunits(bare.filter(carries), 1), frozenset({"valid"}))
    codes = np.zeros((1, len(column)), np.int64)
    codes[0, chosen] = numbers.codes["valid"][0]
    return Piece({"embedded": codes})
