"""Tables from Parquet, CSV or Arrow, standardised stretch by stretch: only codes stay in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.contract import DetectorError
from detectors.identity.linkage import kinds
from detectors.identity.linkage.coded import Coded, Table
from detectors.identity.linkage.kinds.piece import Piece, Wanted
from detectors.identity.linkage.model import Field, Model
from detectors.identity.linkage.reading import ID_COLUMN, OPTIONAL, Input, cut, opened

_THREADS = 2
_STRETCHES_AHEAD = 2


def read_table(model: Model, paths: Sequence[Path]) -> Table:
    """Standardise files, .parquet or .csv, one input each; DetectorError for what is missing or unreadable."""
    return _standardised(model, [opened(model, path) for path in paths])


def from_arrow(model: Model, tables: Sequence[pa.Table]) -> Table:
    """Standardise Arrow tables, one input each; DetectorError names a missing column."""
    inputs = [cut(model, table, f"table {place}") for place, table in enumerate(tables, 1)]
    return _standardised(model, inputs)


def wanted_codes(model: Model) -> dict[str, Wanted]:
    """Tell for each field which codes the model reads, and of which it measures texts."""
    codes: dict[str, set[str]] = {field.name: {field.base} for field in model.fields}
    measured: dict[str, set[str]] = {field.name: set() for field in model.fields}
    for path in _paths(model):
        # a key marked with ? is no sure one
        name, code = path.strip("?").split(".")
        codes[name].add(code)
    for field in model.fields:
        for test in (test for level in field.levels for test in level.tests):
            word, *rest = test.split()
            read = rest if word == "cross" else rest[:1]
            codes[field.name].update(read)
            if word in ("edits", "similar"):
                measured[field.name].update(read)
    return {
        field.name: _checked(field, frozenset(codes[field.name]), frozenset(measured[field.name]))
        for field in model.fields
    }


def _paths(model: Model) -> Iterator[str]:
    yield from (path for key in model.keys for path in key)
    yield from model.split_by
    for field in model.fields:
        if field.frequency:
            yield f"{field.name}.{field.frequency}"
        if field.frequency_within:
            yield field.frequency_within


def _checked(field: Field, codes: frozenset[str], measured: frozenset[str]) -> Wanted:
    known: frozenset[str] = kinds.kind_named(field.kind).CODES
    if unknown := sorted(codes - known):
        raise DetectorError(
            f"field {field.name}: {field.kind} has no code {', '.join(unknown)}; "
            f"take one of {', '.join(sorted(known))}"
        )
    return Wanted(codes, measured)


def _standardised(model: Model, inputs: Sequence[Input]) -> Table:
    wanted = wanted_codes(model)
    pieces: dict[str, list[Future[Piece]]] = {field.name: [] for field in model.fields}
    ids: list[pa.Array] = []
    sources: list[tuple[int, int]] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        for number, one in enumerate(inputs):
            rows = 0
            for stretch in one.stretches:
                _wait(pieces)
                for field in model.fields:
                    columns = _columns(field, stretch, one.columns)
                    pieces[field.name].append(
                        pool.submit(kinds.read, field.kind, columns, wanted[field.name])
                    )
                ids.append(_ids(stretch, rows))
                rows += len(stretch)
            sources.append((number, rows))
        done = {
            field.name: pool.submit(_completed, field, pieces[field.name], wanted[field.name])
            for field in model.fields
        }
        fields = {name: future.result() for name, future in done.items()}
    return Table(fields, _sources(sources), _one_type(ids))


def _wait(pieces: dict[str, list[Future[Piece]]]) -> None:
    """Let the standardising catch up, so that few read stretches are in memory."""
    for futures in pieces.values():
        if len(futures) > _STRETCHES_AHEAD:
            futures[-_STRETCHES_AHEAD - 1].result()


def _completed(field: Field, futures: list[Future[Piece]], wanted: Wanted) -> Coded:
    pieces = [future.result() for future in futures]
    futures.clear()
    return kinds.complete(field.name, field.kind, pieces, wanted)


def _columns(field: Field, stretch: pa.Table, present: frozenset[str]) -> dict[str, list[pa.Array]]:
    return {
        role: [_column(stretch, name, present) for name in names]
        for role, names in field.columns.items()
    }


def _column(stretch: pa.Table, name: str, present: frozenset[str]) -> pa.Array:
    bare = name.removesuffix(OPTIONAL)
    if bare not in present:
        return pa.nulls(len(stretch), pa.string())
    column = stretch[bare]
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _ids(stretch: pa.Table, first: int) -> pa.Array:
    if ID_COLUMN in stretch.column_names:
        return stretch[ID_COLUMN].combine_chunks()
    return pa.array(np.arange(first, first + len(stretch)))


def _one_type(ids: Sequence[pa.Array]) -> pa.ChunkedArray:
    kinds_of_ids = {part.type for part in ids}
    if len(kinds_of_ids) > 1:
        return pa.chunked_array([pc.cast(part, pa.string()) for part in ids])
    return pa.chunked_array(ids) if ids else pa.chunked_array([], pa.string())


def _sources(counted: Sequence[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    numbers, rows = zip(*counted, strict=True)
    return np.repeat(np.array(numbers, np.uint8), rows)
