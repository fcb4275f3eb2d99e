"""Kinds of fields, one module each: what is derived from a written value, and which code implies which.

A kind is a module with CODES, IMPLIED (what equal codes make equal as well) and `of_distinct(written, wanted)`, which
codes distinct texts of its role `value`; or, if it has other roles or does without a dictionary, `read(columns,
wanted)` for a stretch of rows; and `complete(piece, wanted)` if the whole table tells more.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache, partial
from types import ModuleType

import numpy as np
import pyarrow as pa

from detectors.contract import DetectorError
from detectors.identity.linkage.coded import Coded, Codes
from detectors.identity.linkage.kinds.piece import (
    Piece,
    Wanted,
    beside,
    by_distinct,
    gathered_texts,
)

STRETCH = 1 << 20
"""How many rows are standardised at once."""


@cache
def kind_named(kind: str) -> ModuleType:
    """Give the module of a kind; an unknown one is refused with those there are."""
    known = sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if hasattr(importlib.import_module(f"{__name__}.{module.name}"), "IMPLIED")
    )
    if kind not in known:
        raise DetectorError(f"kind {kind} of a field is unknown; take one of {', '.join(known)}")
    return importlib.import_module(f"{__name__}.{kind}")


def implied(kind: str) -> Mapping[str, frozenset[str]]:
    """Tell for each code which other codes are stated and equal wherever it is equal; a code without is left out."""
    told: Mapping[str, frozenset[str]] = kind_named(kind).IMPLIED
    return told


def takes_dictionaries(kind: str) -> bool:
    """Tell whether a kind works its values out once per distinct one."""
    module = kind_named(kind)
    return hasattr(module, "of_distinct") or hasattr(module, "TAKES_DICTIONARIES")


def everything(kind: str) -> Wanted:
    """Want all codes of a kind, and the texts of none."""
    return Wanted(kind_named(kind).CODES)


def standardise(
    kind: str,
    columns: Mapping[str, Sequence[pa.Array | pa.ChunkedArray]],
    wanted: Wanted | None = None,
) -> Coded:
    """Code one field of all rows; `columns` gives the columns of each role, all of one length."""
    wanted = wanted or everything(kind)
    named = {
        f"{role} {place}": column
        for role, several in columns.items()
        for place, column in enumerate(several)
    }
    pieces = []
    for batch in pa.table(named).to_batches(max_chunksize=STRETCH):
        parts = {
            role: [batch.column(f"{role} {place}") for place in range(len(several))]
            for role, several in columns.items()
        }
        pieces.append(read(kind, parts, wanted))
    return complete(kind, kind, pieces, wanted)


def read(kind: str, columns: Mapping[str, Sequence[pa.Array]], wanted: Wanted) -> Piece:
    """Code one field of a stretch of rows."""
    module = kind_named(kind)
    if hasattr(module, "read"):
        piece: Piece = module.read(columns, wanted)
        return piece
    return beside(
        [
            by_distinct(column, partial(module.of_distinct, wanted=wanted))
            for column in columns["value"]
        ]
    )


def complete(name: str, kind: str, pieces: list[Piece], wanted: Wanted) -> Coded:
    """Put the stretches of a field one after the other and add what only all of them tell; `pieces` is emptied."""
    texts = gathered_texts(pieces)
    counts = [next(iter(piece.codes.values())).shape[1] for piece in pieces]
    parts = [dict(piece.codes) for piece in pieces]
    # so that no code of forty million rows is held twice
    pieces.clear()
    names = list({code: None for part in parts for code in part})
    whole = Piece({code: _after_another(code, parts, counts) for code in names}, texts)
    module = kind_named(kind)
    if hasattr(module, "complete"):
        whole = module.complete(whole, wanted)
    return Coded(name, whole.codes, whole.texts)


def _after_another(code: str, parts: Sequence[dict[str, Codes]], counts: Sequence[int]) -> Codes:
    taken = [
        part.pop(code, np.zeros((0, count), np.int64))
        for part, count in zip(parts, counts, strict=True)
    ]
    slots = max(map(len, taken))
    whole = np.zeros((slots, sum(counts)), np.int64) if len(taken) > 1 else taken[0]
    start = 0
    for part, count in zip(taken, counts, strict=True):
        whole[: len(part), start : start + count] = part
        start += count
    return whole
