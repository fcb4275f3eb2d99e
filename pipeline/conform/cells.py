"""The cells of delivered rows, typed: each distinct text of a column is read once, then put wherever it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.conform.asking import Question, ask
from pipeline.conform.readers import ARROW_TYPES, Reader, reader_of
from schemas.model import Column, Source


@dataclass(frozen=True)
class Cells:
    """A typed column. Null is a cell that is empty, says nothing, or could not be read.

    `is_unreadable` is true where it could not be read, null elsewhere, None where all could.
    """

    values: pa.ChunkedArray
    is_unreadable: pa.ChunkedArray | None = None


@dataclass(frozen=True)
class _Unread:
    """A column before it is read: its distinct texts, and the number of the text in each row.

    Where cells are copied, only those that cannot be are numbered; `hard` are their rows.
    """

    reader: Reader
    type: pa.DataType
    written: pa.ChunkedArray
    numbered: pa.ChunkedArray
    hard: pa.Array | None = None

    @property
    def texts(self) -> pa.Array:
        return self.numbered.chunk(0).dictionary

    def spread(self, told: pa.Array, elsewhere: pa.ChunkedArray) -> pa.ChunkedArray:
        """Put what is told of each text wherever it stands."""
        chunks = [told.take(chunk.indices) for chunk in self.numbered.chunks]
        if self.hard is None:
            return pa.chunked_array(chunks, told.type)
        return pc.replace_with_mask(elsewhere, self.hard, pa.concat_arrays(chunks))

    def marked(self, told: pa.Array | None) -> pa.ChunkedArray | None:
        """Spread what is true of few texts; None where of none."""
        if told is None or not pc.any(told).as_py():
            return None
        return self.spread(told, pa.chunked_array([pa.nulls(len(self.written), told.type)]))


def typed_cells(con: duckdb.DuckDBPyConnection, source: Source, rows: pa.Table) -> dict[str, Cells]:
    """Give the columns of a contract with values of their types.

    `rows` has them as text: tidied, null where empty. Needs the macros that `readers` names.
    """
    columns = {column.name: _unread(column, rows[column.name]) for column in source.columns}
    unread = {name: column for name, column in columns.items() if isinstance(column, _Unread)}
    values = _values(con, unread)
    unreadable = _unreadable(con, unread, values)
    return {
        name: Cells(
            column.spread(values[name], column.written),
            column.marked(unreadable.get(name)),
        )
        if isinstance(column, _Unread)
        else Cells(column)
        for name, column in columns.items()
    }


def _unread(column: Column, written: pa.ChunkedArray) -> _Unread | pa.ChunkedArray:
    """Number the texts of a column that must be read, or give the column as it is to be loaded."""
    type_ = ARROW_TYPES[column.sql_type]
    if written.null_count == len(written):
        return pa.chunked_array([pa.nulls(len(written), type_)])
    reader = reader_of(column)
    if reader.cast:
        return _Unread(reader, type_, written, pc.dictionary_encode(written))
    hard = pc.invert(pc.fill_null(reader.is_plain(written), fill_value=True))
    if not pc.any(hard).as_py():
        return written
    hard = pa.concat_arrays(hard.chunks)
    return _Unread(reader, type_, written, pc.dictionary_encode(written.filter(hard)), hard)


def _values(con: duckdb.DuckDBPyConnection, unread: Mapping[str, _Unread]) -> dict[str, pa.Array]:
    """Read the distinct texts of each column: plain ones by a cast, the others by the reader's macro."""
    hard = {
        name: pc.invert(column.reader.is_plain(column.texts)) for name, column in unread.items()
    }
    told = ask(
        con,
        {
            name: Question(
                column.reader.macro, column.texts.filter(hard[name]), column.reader.argument
            )
            for name, column in unread.items()
        },
    )
    return {name: _merged(column, hard[name], told.get(name)) for name, column in unread.items()}


def _merged(column: _Unread, hard: pa.Array, told: pa.Array | None) -> pa.Array:
    values = pa.nulls(len(hard), column.type)
    if column.reader.cast:
        plain = pc.invert(hard)
        values = pc.replace_with_mask(values, plain, column.reader.cast(column.texts.filter(plain)))
    return values if told is None else pc.replace_with_mask(values, hard, told.cast(column.type))


def _unreadable(
    con: duckdb.DuckDBPyConnection, unread: Mapping[str, _Unread], values: Mapping[str, pa.Array]
) -> dict[str, pa.Array]:
    """Find the texts of each column that say something and have no value: true, and null for the others."""
    missing = {name: told.is_null() for name, told in values.items() if told.null_count}
    silent = ask(
        con,
        {
            name: Question(unread[name].reader.silent, unread[name].texts.filter(mask))
            for name, mask in missing.items()
        },
    )
    return {
        name: pc.replace_with_mask(
            pa.nulls(len(mask), pa.bool_()),
            mask,
            pc.if_else(silent[name], pa.scalar(None, pa.bool_()), pa.scalar(value=True)),
        )
        for name, mask in missing.items()
    }
