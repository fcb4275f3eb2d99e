"""Put the rows of deliveries into raw.<source>, with the account of them.

Files are read one by one and written some at a time, each batch in one transaction: a killed night leaves
every file either as it was or as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake import inbox
from pipeline.intake.inbox import Found
from pipeline.intake.ledger import Reading, SheetReport, as_of, entries, first_loaded, forget
from pipeline.intake.reading import ReadSheet, Status, read_delivery
from pipeline.store.database import transaction
from schemas.catalog import sources
from schemas.ddl import PROVENANCE, create_raw, quoted

# What `qingji init` lays out to be filled in: as it is, it proves nothing about the source.
_TEMPLATE = ".template"


@dataclass(frozen=True)
class Loading:
    """A file read and not yet written: its account, its rows as the raw table has them, those unreadable."""

    reading: Reading
    reports: tuple[SheetReport, ...]
    rows: tuple[pa.Table, ...] = ()
    rejects: tuple[pa.Table, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows to write."""
        return sum(len(table) for table in (*self.rows, *self.rejects))


def read_file(reading: Reading) -> Loading:
    """Read a file whole; one that cannot be read, or must not be, comes out refused."""
    if reading.refusal:
        return _refused(reading, reading.refusal)
    file = reading.file
    reports, rows, rejects = [], [], []
    try:
        content = inbox.read_bytes(file)
        if inbox.fingerprint(content) != reading.digest:
            message = "is still being written; it is read in the next night"
            return _refused(replace(reading, digest=None), message)
        for sheet in read_delivery(content, file.path.suffix.lower(), file.source):
            taken = [_placed(table, file, sheet.name) for table in sheet.tables]
            rows += taken
            rejects += [_rejected(file, sheet)] if sheet.rejects else []
            reports.append(_report(file, sheet, sum(map(len, taken))))
    except DeliveryError as error:
        return _refused(reading, str(error))
    return Loading(reading, tuple(reports), tuple(rows), tuple(rejects))


def _report(file: Found, sheet: ReadSheet, loaded: int) -> SheetReport:
    """Account for a sheet whose rows have been taken."""
    is_blank = sheet.status == Status.LOADED and not loaded and not sheet.rejects
    if is_blank and file.path.stem.endswith(_TEMPLATE):
        sheet = replace(sheet, status=Status.EMPTY, message="the template, not filled in")
    return SheetReport(
        source=file.source,
        source_file=file.source_file,
        sheet=sheet.name,
        status=sheet.status,
        message=sheet.message,
        rows_read=loaded + len(sheet.rejects),
        rows_rejected=len(sheet.rejects),
    )


def prepare_raw(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Make raw.<source> as the contract has it; one of an older contract goes, its files are read again."""
    columns = [column.name for column in sources()[source].columns]
    rows = con.execute(
        """
        select column_name from duckdb_columns()
        where database_name = current_database() and schema_name = 'raw' and table_name = $source
        order by column_index
        """,
        {"source": source},
    ).fetchall()
    if rows and [name for (name,) in rows] != [*columns, "extra", *PROVENANCE]:
        con.execute(f"drop table raw.{quoted(source)}").fetchall()
    create_raw(con, sources()[source])


def write(con: duckdb.DuckDBPyConnection, batch: Sequence[Loading]) -> None:
    """Replace what the warehouse holds of some files by what was read, all of it or nothing."""
    with transaction(con):
        accounts = _accounts(con, batch)
        forget(con, [loading.reading.file for loading in batch])
        for source in sorted({loading.reading.file.source for loading in batch if loading.rows}):
            own = [loading for loading in batch if loading.reading.file.source == source]
            _insert(con, f"raw.{quoted(source)}", [table for one in own for table in one.rows])
        _insert(con, "main.rejected_rows", [table for one in batch for table in one.rejects])
        _insert(con, "main.deliveries", accounts)


def _accounts(con: duckdb.DuckDBPyConnection, batch: Sequence[Loading]) -> list[pa.Table]:
    """Give the rows of main.deliveries; content that was read before keeps the day of its first reading."""
    tonight = as_of(con)
    first = first_loaded(con, [loading.reading.file for loading in batch])
    return [
        entries(
            loading.reading,
            loading.reports,
            first.get((loading.reading.file.source_file, loading.reading.digest), tonight),
        )
        for loading in batch
    ]


def _refused(reading: Reading, message: str) -> Loading:
    file = reading.file
    report = SheetReport(file.source, file.source_file, "", Status.REFUSED, message)
    return Loading(reading, (report,))


def _placed(table: pa.Table, file: Found, sheet: str) -> pa.Table:
    """Add to rows where they came from."""
    return table.append_column(
        "source_file", pa.repeat(file.source_file, len(table))
    ).append_column("sheet", pa.repeat(sheet, len(table)))


def _rejected(file: Found, sheet: ReadSheet) -> pa.Table:
    count = len(sheet.rejects)
    return pa.table(
        {
            "source": pa.repeat(file.source, count),
            "source_file": pa.repeat(file.source_file, count),
            "sheet": pa.repeat(sheet.name, count),
            "source_row": pa.array([reject.row for reject in sheet.rejects], pa.int64()),
            "reason": pa.array([reject.reason for reject in sheet.rejects], pa.string()),
            "stage": pa.repeat("read", count),
        }
    )


def _insert(con: duckdb.DuckDBPyConnection, target: str, tables: Sequence[pa.Table]) -> None:
    if not tables:
        return
    together = pa.concat_tables(tables)
    names = ", ".join(quoted(name) for name in together.column_names)
    con.register("arriving", together)
    con.execute(f"insert into {target} ({names}) select {names} from arriving").fetchall()  # noqa: S608 - names from our own contracts
    con.unregister("arriving")
