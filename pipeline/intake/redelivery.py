"""A corrected list replaces the one it corrects: same source, same schools, mostly the same rows, exported later.

Nothing is lost by a guess: without two days of export that tell which list is newer, both count, and the account says
what to do. Of replaced files the warehouse keeps digests of the rows, so that every night comes to the same result as
if all files had been delivered in it.
"""

import duckdb
import pyarrow as pa

from pipeline.conform.roll import note_lists
from pipeline.intake.export_day import list_name
from pipeline.intake.ledger import remove_rows
from pipeline.store.database import transaction
from pipeline.store.statements import run_file
from schemas.catalog import sources
from schemas.ddl import PROVENANCE, quoted
from schemas.model import Source

_STEPS = ("schools", "keys", "overlaps", "successors")


def settle_redeliveries(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Set aside what newer exports replace, in every source whose files changed since this was last done.

    Gives the replaced files that nothing replaces any more: they are to be read again, and this to be called again.
    """
    unsettled = con.execute("select source from work.unsettled order by source").fetchall()
    known = [source for (source,) in unsettled if source in sources()]
    return [path for source in known for path in _settle(con, source)]


def _settle(con: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    _compare(con, sources()[source])
    with transaction(con):
        _set_aside(con, source)
        again = _released(con)
        if not again:
            con.execute(
                "delete from work.unsettled where source = $source", {"source": source}
            ).fetchall()
    return again


def _compare(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Find out which files repeat which: tables `overlap` and `successor`."""
    _run(con, "files", source.name)
    con.execute(_listed_rows(source)).fetchall()
    paths = [path for (path,) in con.execute("select source_file from listed_file").fetchall()]
    # A registry is one list; of other sources there are many, and the name tells which is which.
    names = ["" if source.group == "registries" else list_name(path) for path in paths]
    con.register(
        "called",
        pa.table(
            {"source_file": pa.array(paths, pa.string()), "list_name": pa.array(names, pa.string())}
        ),
    )
    for step in _STEPS:
        _run(con, step, source.name)
    con.unregister("called")


def _listed_rows(source: Source) -> str:
    """Tell rows apart by what they say, those of a registry by whom they are about."""
    columns = {column.name for column in source.columns}
    school = "coalesce(school_code, '')" if "school_code" in columns else "''"
    others = ", ".join(("record_id", "extra", *PROVENANCE))
    told = (
        "row(student_no, school_code)"
        if source.group == "registries"
        else f"row(*columns(* exclude ({others})))"
    )
    return f"""
    create or replace temp view listed_row as
    select source_file, {school} as school_code, md5_number_lower({told}::varchar) as row_key
    from main.{quoted(source.name)}
    """  # noqa: S608 - names from our own contracts


def _set_aside(con: duckdb.DuckDBPyConnection, source: str) -> None:
    _run(con, "keep_keys", source)
    paths = con.execute("select source_file from successor where not is_known").fetchall()
    if paths:
        replaced = [path for (path,) in paths]
        # A list that is replaced was shown all the same.
        note_lists(con, replaced)
        remove_rows(con, source, replaced)
    for step in ("take_back_remarks", "replace", "remark"):
        _run(con, step, source)


def _released(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        """
        select source_file from listed_file
        where status = 'replaced' and source_file not in (select successor.source_file from successor)
        order by source_file
        """
    ).fetchall()
    return [path for (path,) in rows]


def _run(con: duckdb.DuckDBPyConnection, step: str, source: str) -> None:
    run_file(con, __package__, f"redelivery_sql/{step}.sql", {"source": source})
