"""Put deliveries that were read into the warehouse: typed rows, rejected rows, and the account of both.

A batch is one transaction: a killed night leaves every file either as it was or as it is.
"""

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from pipeline.conform.typing import SheetCount, type_arriving
from pipeline.intake.delivery import Loading
from pipeline.intake.ledger import as_of, entries, first_loaded, forget
from pipeline.intake.spool import together
from pipeline.store.database import transaction
from schemas.catalog import sources
from schemas.ddl import PROVENANCE, create_source, quoted


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
        files = [loading.reading.file for loading in batch]
        first = first_loaded(con, files)
        tonight = as_of(con)
        forget(con, files)
        counts: dict[tuple[str, str], SheetCount] = {}
        for name in sorted({file.source for file in files} & sources().keys()):
            counts |= _type(con, name, [one for one in batch if one.reading.file.source == name])
        _insert(con, "main.rejected_rows", [table for one in batch for table in one.rejects])
        accounts = [
            entries(
                loading.reading,
                loading.reports,
                first.get((loading.reading.file.source_file, loading.reading.digest), tonight),
                counts,
            )
            for loading in batch
        ]
        _insert(con, "main.deliveries", accounts)


def _type(
    con: duckdb.DuckDBPyConnection, name: str, batch: Iterable[Loading]
) -> dict[tuple[str, str], SheetCount]:
    """Type the rows of deliveries of one source; give what became of them by file and sheet."""
    spooled = [loading.rows for loading in batch if loading.rows]
    if not spooled:
        return {}
    counted = type_arriving(con, sources()[name], together(spooled))
    return {(count.source_file, count.sheet): count for count in counted}


def _insert(con: duckdb.DuckDBPyConnection, target: str, tables: Sequence[pa.Table]) -> None:
    if not tables:
        return
    together = pa.concat_tables(tables)
    names = ", ".join(quoted(name) for name in together.column_names)
    con.register("entering", together)
    con.execute(f"insert into {target} ({names}) select {names} from entering").fetchall()  # noqa: S608 - names from our own contracts
    con.unregister("entering")
