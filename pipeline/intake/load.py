"""Put deliveries that were read into the warehouse: typed rows, rejected rows, and the account of both.

A batch is one transaction: a killed night leaves every file either as it was or as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import duckdb
import pyarrow as pa

from pipeline.conform.typing import SheetCount, type_arriving
from pipeline.intake.delivery import Loading
from pipeline.intake.entrusted import Reading
from pipeline.intake.ledger import as_of, entries, first_loaded, forget
from pipeline.intake.pool import Growing
from pipeline.intake.spool import together
from pipeline.store.database import transaction
from schemas.catalog import sources
from schemas.ddl import PROVENANCE, create_source, quoted

Counts = dict[tuple[str, str], SheetCount]
FirstDays = Mapping[Reading, date]


def prepare_source(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make main.<source> as the contract has it; one of an older contract goes, its files are read again."""
    source = sources()[name]
    columns = ["record_id", *(column.name for column in source.columns), "extra", *PROVENANCE]
    rows = con.execute(
        """
        select column_name from duckdb_columns()
        where database_name = current_database() and schema_name = 'main' and table_name = $name
        order by column_index
        """,
        {"name": name},
    ).fetchall()
    if rows and [column for (column,) in rows] != columns:
        con.execute(f"drop table main.{quoted(name)}").fetchall()
    create_source(con, source)


def write(con: duckdb.DuckDBPyConnection, batch: Sequence[Loading]) -> None:
    """Replace what the warehouse holds of some files by what was read, all of it or nothing."""
    with transaction(con):
        first = _made_room(con, [loading.reading for loading in batch])
        counts: Counts = {}
        for name in sorted({loading.reading.file.source for loading in batch} & sources().keys()):
            spooled = [one.rows for one in batch if one.rows and one.reading.file.source == name]
            if spooled:
                counts |= _typed(con, name, [together(spooled)])
        _account(con, batch, first, counts)


def write_growing(con: duckdb.DuckDBPyConnection, growing: Growing) -> Loading:
    """Write a file as `write` does, its first rows while the last are being read; give what was read."""
    try:
        with transaction(con):
            first = _made_room(con, [growing.reading])
            counts = _typed(con, growing.reading.file.source, growing.parts)
            loading = growing.outcome()
            _assert_not_refused(loading)
            _account(con, [loading], first, counts)
    except _RefusedAtItsEndError:
        write(con, [loading])
    return loading


class _RefusedAtItsEndError(Exception):
    """Rows of a file were written that is refused as a whole."""


def _assert_not_refused(loading: Loading) -> None:
    if not loading.rows:
        raise _RefusedAtItsEndError


def _made_room(con: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> FirstDays:
    """Forget what the warehouse holds of files; give the day on which each content was first read."""
    files = [reading.file for reading in readings]
    known = first_loaded(con, files)
    tonight = as_of(con)
    forget(con, files)
    return {
        reading: known.get((reading.file.source_file, reading.digest), tonight)
        for reading in readings
    }


def _typed(con: duckdb.DuckDBPyConnection, name: str, parts: Iterable[pa.Table]) -> Counts:
    """Type rows of a source; give what became of them by file and sheet."""
    counted = type_arriving(con, sources()[name], parts)
    return {(count.source_file, count.sheet): count for count in counted}


def _account(
    con: duckdb.DuckDBPyConnection, batch: Sequence[Loading], first: FirstDays, counts: Counts
) -> None:
    _insert(con, "main.rejected_rows", [table for one in batch for table in one.rejects])
    accounts = [entries(one.reading, one.reports, first[one.reading], counts) for one in batch]
    _insert(con, "main.deliveries", accounts)


def _insert(con: duckdb.DuckDBPyConnection, target: str, tables: Sequence[pa.Table]) -> None:
    if not tables:
        return
    together = pa.concat_tables(tables)
    names = ", ".join(quoted(name) for name in together.column_names)
    con.register("entering", together)
    con.execute(f"insert into {target} ({names}) select {names} from entering").fetchall()  # noqa: S608 - names from our own contracts
    con.unregister("entering")
