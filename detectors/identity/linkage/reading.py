"""Input tables in stretches of rows: Parquet and CSV files, of which only the columns of the model are read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from detectors.contract import DetectorError
from detectors.identity.linkage import kinds
from detectors.identity.linkage.characters import as_text
from detectors.identity.linkage.model import Model

ID_COLUMN = "record_id"
OPTIONAL = "?"
"""A column named with this at its end may be missing in a file."""

_CSV_BLOCK = 1 << 25
_LARGE_GROUP = 4 * kinds.STRETCH


@dataclass(frozen=True)
class Input:
    """One input table: its name in messages, its columns, and its rows in stretches."""

    name: str
    columns: frozenset[str]
    stretches: Iterable[pa.Table]


def opened(model: Model, path: Path) -> Input:
    """Open a file by its ending, and refuse what cannot be read or lacks a column."""
    readers = {".parquet": _parquet, ".csv": _csv}
    if path.suffix.lower() not in readers:
        raise DetectorError(f"{path.name}: neither .parquet nor .csv; save it as one of them")
    with _named(path):
        one = _complete(model, readers[path.suffix.lower()](model, path))
    return replace(one, stretches=_guarded(path, one.stretches))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeError) as wrong:
        raise DetectorError(
            f"{path.name}: cannot be read as {path.suffix}; check that it is whole and, if it is text, UTF-8"
        ) from wrong


def _guarded(path: Path, stretches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    with _named(path):
        yield from stretches


def cut(model: Model, table: pa.Table, name: str) -> Input:
    """Take an Arrow table in stretches, and refuse it if it lacks a column."""
    starts = range(0, max(len(table), 1), kinds.STRETCH)
    stretches = (table.slice(start, kinds.STRETCH) for start in starts)
    return _complete(model, Input(name, frozenset(table.column_names), stretches))


def read_columns(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Give columns of a file, all if none are named, as the texts they are written as."""
    try:
        if path.suffix.lower() == ".parquet":
            table = pq.read_table(path, columns=columns)
        else:
            table = arrow_csv.read_csv(path, convert_options=_as_texts(columns or _header(path)))
    except (pa.ArrowException, OSError, KeyError, UnicodeError) as wrong:
        raise DetectorError(
            f"{path.name}: {', '.join(columns or ['the file'])} cannot be read; check the names of its columns"
        ) from wrong
    return pa.table({name: as_text(table[name]) for name in table.column_names})


def _complete(model: Model, one: Input) -> Input:
    for field in model.fields:
        for name in (name for names in field.columns.values() for name in names):
            if not name.endswith(OPTIONAL) and name not in one.columns:
                raise DetectorError(
                    f"{one.name}: column {name} is missing, which model {model.name} reads as {field.name}; "
                    f"add it, name the file's own column in the model, or write {name}{OPTIONAL} there"
                )
    return one


def _read(model: Model) -> set[str]:
    names = {
        name.removesuffix(OPTIONAL)
        for field in model.fields
        for several in field.columns.values()
        for name in several
    }
    return names | {ID_COLUMN}


def _parquet(model: Model, path: Path) -> Input:
    schema = pq.read_schema(path)
    columns = [name for name in schema.names if name in _read(model)]
    distinct = {
        name.removesuffix(OPTIONAL)
        for field in model.fields
        if kinds.takes_dictionaries(field.kind)
        for several in field.columns.values()
        for name in several
    }
    texts = [name for name in columns if name in distinct and _is_text(schema.field(name).type)]
    return Input(path.name, frozenset(schema.names), _row_groups(path, columns, texts))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _row_groups(path: Path, columns: list[str], texts: list[str]) -> Iterator[pa.Table]:
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        rows = [file.metadata.row_group(place).num_rows for place in range(file.num_row_groups)]
        if max(rows, default=0) > _LARGE_GROUP:
            for batch in file.iter_batches(batch_size=kinds.STRETCH, columns=columns):
                yield pa.Table.from_batches([batch])
            return
        # several small groups at once: every core decodes a column
        stretch = np.cumsum(rows) // kinds.STRETCH
        for number in np.unique(stretch):
            groups = np.flatnonzero(stretch == number).tolist()
            yield file.read_row_groups(groups, columns=columns)


def _csv(model: Model, path: Path) -> Input:
    header = _header(path)
    columns = [name for name in header if name in _read(model)]
    return Input(path.name, frozenset(header), _blocks(path, columns))


def _blocks(path: Path, columns: list[str]) -> Iterator[pa.Table]:
    read = arrow_csv.ReadOptions(block_size=_CSV_BLOCK)
    reader = arrow_csv.open_csv(path, read_options=read, convert_options=_as_texts(columns))
    for batch in reader:
        yield pa.Table.from_batches([batch])


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig") as file:
        return next(csv.reader(file), [])


def _as_texts(columns: Sequence[str]) -> arrow_csv.ConvertOptions:
    return arrow_csv.ConvertOptions(
        include_columns=list(columns),
        column_types=dict.fromkeys(columns, pa.string()),
        strings_can_be_null=False,
    )
