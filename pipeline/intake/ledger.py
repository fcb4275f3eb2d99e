"""The account of deliveries that the warehouse keeps: what was read, in what state, and with what result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.conform.typing import SheetCount
from pipeline.intake.entrusted import Reading, SheetReport
from pipeline.intake.export_day import day_named
from pipeline.intake.inbox import Found, Packed
from pipeline.intake.reading import Status
from schemas.catalog import sources
from schemas.ddl import quoted

_OF_ROWS = (
    "main.rejected_rows",
    "main.rejected_cells",
    "main.cell_issues",
    "main.identity_cells",
    "main.column_issues",
)
_PACKED = pa.struct(
    [("archive", pa.string()), ("bytes", pa.int64()), ("members", pa.list_(pa.int32()))]
)
_PLACE = pa.schema(
    [
        ("source_file", pa.string()),
        ("bytes", pa.int64()),
        ("modified_ns", pa.int64()),
        ("packed", _PACKED),
    ]
)
_ENTRY = pa.schema(
    [
        *((name, pa.string()) for name in ("source", "source_file", "sheet", "sha256")),
        *((name, pa.int64()) for name in ("rows_read", "rows_loaded", "rows_rejected")),
        *((name, pa.string()) for name in ("status", "message")),
        ("first_loaded_at", pa.date32()),
        *((name, pa.int64()) for name in ("bytes", "modified_ns")),
        *((name, pa.string()) for name in ("contract", "copy_of")),
        ("exported_on", pa.date32()),
        ("packed", _PACKED),
    ]
)


@dataclass(frozen=True)
class Known:
    """A file as the ledger has it; of a file that was not opened there is no digest, but the refusal."""

    source: str
    source_file: str
    digest: str | None
    size: int
    modified_ns: int
    contract: str
    copy_of: str | None
    packed: Packed | None
    refusal: str


@cache
def contract_digest() -> str:
    """Digest the contracts: where an alias was added, a file refused for want of it is read again."""
    told = "\n".join(source.model_dump_json() for source in sources().values())
    return sha256(told.encode()).hexdigest()[:16]


def create_ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of the account unless they are there; those of an older product get the new columns."""
    conform = "pipeline.conform"
    for package, name in (
        (__package__, "ledger.sql"),
        (conform, "cell_issues.sql"),
        (conform, "damage.sql"),
    ):
        con.execute(files(package).joinpath(name).read_text("utf-8")).fetchall()


def read_all_again(con: duckdb.DuckDBPyConnection) -> None:
    """Let the next collection read every file, keeping the account of when each first came."""
    create_ledger(con)
    con.execute("update main.deliveries set contract = ''").fetchall()


def known_files(con: duckdb.DuckDBPyConnection) -> dict[str, Known]:
    """Give every file of the account by its path below exports/."""
    rows = con.execute(
        """
        select
            source, source_file, any_value(sha256), any_value(bytes), any_value(modified_ns),
            any_value(contract), any_value(copy_of), any_value(packed),
            coalesce(any_value(message) filter (where sha256 is null), '')
        from main.deliveries
        group by source, source_file
        """
    ).fetchall()
    return {row[1]: _known(*row) for row in rows}


def _known(source: str, source_file: str, *told: Any) -> Known:
    digest, size, modified_ns, contract, copy_of, packed, refusal = told
    place = Packed(packed["archive"], packed["bytes"], tuple(packed["members"])) if packed else None
    return Known(source, source_file, digest, size, modified_ns, contract, copy_of, place, refusal)


def files_by_status(con: duckdb.DuckDBPyConnection) -> Mapping[Status, int]:
    """Count the files of the account that have a sheet of each status."""
    rows = con.execute(
        "select status, count(distinct source_file) from main.deliveries group by status"
    ).fetchall()
    return dict.fromkeys(Status, 0) | {Status(status): files for status, files in rows}


def touch(con: duckdb.DuckDBPyConnection, files: Sequence[Found]) -> None:
    """Note the new dates and places of files whose content is as before."""
    if not files:
        return
    con.register("touched", pa.Table.from_pylist([_place(file) for file in files], _PLACE))
    con.execute(
        """
        update main.deliveries
        set bytes = touched.bytes, modified_ns = touched.modified_ns, packed = touched.packed
        from touched
        where deliveries.source_file = touched.source_file
        """
    ).fetchall()
    con.unregister("touched")


def forget(con: duckdb.DuckDBPyConnection, files: Iterable[Found | Known]) -> None:
    """Take files out of the account, with their rows, their rejected rows and their unread cells."""
    by_source: dict[str, list[str]] = {}
    for file in files:
        by_source.setdefault(file.source, []).append(file.source_file)
    for source, paths in by_source.items():
        remove_rows(con, source, paths)
        for table in ("main.deliveries", "work.replaced_key"):
            _delete(con, table, paths)
        con.execute(
            "insert or ignore into work.unsettled values ($source)", {"source": source}
        ).fetchall()


def remove_rows(con: duckdb.DuckDBPyConnection, source: str, paths: Sequence[str]) -> None:
    """Take the rows of files of a source out of the warehouse, the rejected ones and unread cells as well."""
    own = [f"main.{quoted(source)}"] if source in sources() else []
    for table in (*_OF_ROWS, *own):
        _delete(con, table, paths)


def _delete(con: duckdb.DuckDBPyConnection, table: str, paths: Sequence[str]) -> None:
    con.execute(
        f"delete from {table} where source_file in (select unnest($paths))",  # noqa: S608 - our own tables
        {"paths": paths},
    ).fetchall()


def first_loaded(
    con: duckdb.DuckDBPyConnection, files: Iterable[Found]
) -> dict[tuple[str, str | None], date]:
    """Give, by path and digest, the day on which each content of the files in the account was first read."""
    rows = con.execute(
        """
        select source_file, sha256, min(first_loaded_at)
        from main.deliveries
        where source_file in (select unnest($paths))
        group by source_file, sha256
        """,
        {"paths": [file.source_file for file in files]},
    ).fetchall()
    return {(path, digest): day for path, digest, day in rows}


def as_of(con: duckdb.DuckDBPyConnection) -> date:
    """Give the day the night is about."""
    rows = con.execute("select as_of()").fetchall()
    day: date = rows[0][0]
    return day


def entries(
    reading: Reading,
    reports: Sequence[SheetReport],
    first: date,
    counts: Mapping[tuple[str, str], SheetCount],
) -> pa.Table:
    """Give the rows of main.deliveries for a file: what its reader counted beside what typing counted."""
    stated = [report.exported_on for report in reports if report.exported_on]
    # What its name says is decisive: there it can be put right.
    exported_on = day_named(reading.file.source_file) or max(stated, default=None)
    return pa.Table.from_pylist(
        [
            {
                **asdict(report),
                **_settled(report, counts.get((report.source_file, report.sheet))),
                **_place(reading.file),
                "sha256": reading.digest,
                "first_loaded_at": first,
                "contract": contract_digest(),
                "copy_of": reading.copy_of,
                "exported_on": exported_on,
            }
            for report in reports
        ],
        schema=_ENTRY,
    )


def _settled(report: SheetReport, count: SheetCount | None) -> dict[str, int]:
    return {
        "rows_loaded": count.loaded if count else 0,
        "rows_rejected": report.rows_rejected + (count.rejected if count else 0),
    }


def _place(file: Found) -> dict[str, object]:
    """Give what tells in the next night whether a file changed."""
    packed = file.packed and {
        "archive": file.packed.archive,
        "bytes": file.packed.size,
        "members": list(file.packed.members),
    }
    return {
        "source_file": file.source_file,
        "bytes": file.size,
        "modified_ns": file.modified_ns,
        "packed": packed,
    }
