"""What a kind makes of a stretch of rows, and how values are worked out once per distinct one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import as_text
from detectors.identity.linkage.coded import Codes, Texts

Columns = Mapping[str, Sequence[pa.Array]]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Wanted:
    """The codes that a model reads, and those of them between whose texts it measures distances."""

    codes: frozenset[str]
    measured: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """The codes of a stretch of rows, each of shape (slots, rows), and the texts behind the measured ones."""

    codes: Mapping[str, Codes]
    texts: Mapping[str, Texts] = field(default_factory=dict)


def by_distinct(column: pa.Array, read: Callable[[pa.Array], Piece]) -> Piece:
    """Read every distinct text of a column once; `read` gets them without nulls, in any order."""
    if not pa.types.is_dictionary(column.type):
        column = as_text(column).dictionary_encode()
    known = read(as_text(column.dictionary))
    places = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
    # the last entry is what a null has
    codes = {
        name: np.take(np.pad(table, ((0, 0), (0, 1))), places, axis=1, mode="wrap")
        for name, table in known.codes.items()
    }
    return Piece(codes, known.texts)


def beside(pieces: Sequence[Piece]) -> Piece:
    """Put what several columns of the same rows state into slots beside each other."""
    if len(pieces) == 1:
        return pieces[0]
    names = {name: None for piece in pieces for name in piece.codes}
    codes = {
        name: np.concatenate([piece.codes[name] for piece in pieces if name in piece.codes])
        for name in names
    }
    return Piece(codes, gathered_texts(pieces))


def gathered_texts(pieces: Sequence[Piece]) -> dict[str, Texts]:
    """Join the texts that pieces keep under the same name."""
    from detectors.identity.linkage.texts import merged

    names = {name: None for piece in pieces for name in piece.texts}
    return {
        name: merged([piece.texts[name] for piece in pieces if name in piece.texts])
        for name in names
    }
