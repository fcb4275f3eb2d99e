"""Rows as the engine sees them: every field as numbers that are equal where the values are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

# Slots by rows. Equal codes mean equal values; MISSING means that the row does not state one.
Codes = NDArray[np.int64]
Rows = NDArray[np.int32]
MISSING = 0


@dataclass(frozen=True)
class Texts:
    """What stands behind codes, for measuring distances: `codes` sorted and distinct, `values` beside them."""

    codes: NDArray[np.int64]
    values: pa.Array

    def of(self, codes: NDArray[np.int64]) -> pa.Array:
        """Look up the texts of codes, each of which is in `codes`."""
        return self.values.take(pa.array(np.searchsorted(self.codes, codes)))


@dataclass(frozen=True)
class Coded:
    """One field of all rows: its codes by name, each of shape (slots, rows), and texts where they are measured."""

    name: str
    codes: Mapping[str, Codes]
    texts: Mapping[str, Texts]


@dataclass(frozen=True)
class Table:
    """All rows of all inputs, one input after the other; `sources` numbers the input, `ids` names the row."""

    fields: Mapping[str, Coded]
    sources: NDArray[np.uint8]
    ids: pa.ChunkedArray

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.sources)

    def code(self, path: str) -> Codes:
        """Give the codes named `field.code`."""
        field, code = path.split(".")
        return self.fields[field].codes[code]
