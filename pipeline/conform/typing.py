"""Type delivered text: raw.<source> into main.<source>, the rest into rejected_rows and cell_issues.

The only rules are those of the contract (`schemas/sources`): a required cell that is empty or cannot be read
rejects its row with the reason; an optional one becomes null and is recorded. What was read equals what was
loaded plus what was rejected, for every file and sheet, or the night stops.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import duckdb
import pyarrow as pa

from pipeline.conform import typing_statements
from pipeline.errors import BrokenPromiseError
from pipeline.store.database import transaction
from schemas.catalog import code_lists, sources
from schemas.ddl import create_source
from schemas.model import Source


@dataclass(frozen=True)
class Typed:
    """What typing one source came to, in rows and cells."""

    source: str
    rows_loaded: int
    rows_rejected: int
    cell_issues: int


def install_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create the readers of delivered text, the account of unread cells, and the code variants."""
    for name in ("macros.sql", "cell_issues.sql"):
        con.execute(files(__package__).joinpath(name).read_text("utf-8")).fetchall()
    con.execute("create schema if not exists work").fetchall()
    con.register("listed_variants", _variants())
    con.execute("create or replace table work.code_variant as from listed_variants").fetchall()
    con.unregister("listed_variants")


def type_sources(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> list[Typed]:
    """Type the named sources anew, each in one transaction, and keep the account of every sheet."""
    install_macros(con)
    return [_type_source(con, sources()[name]) for name in sorted(names)]


def assert_nothing_lost(con: duckdb.DuckDBPyConnection) -> None:
    """Stop the night unless rows read = rows loaded + rows rejected for every file and sheet."""
    lost = con.execute(
        """
        select source_file, sheet, rows_read, rows_loaded, rows_rejected from deliveries
        where rows_read <> rows_loaded + rows_rejected order by source_file, sheet
        """
    ).fetchall()
    if lost:
        file, sheet, read, loaded, rejected = lost[0]
        raise BrokenPromiseError(
            f"{file} {sheet}: {read} rows read, but {loaded} loaded and {rejected} rejected "
            f"({len(lost)} sheets in all); nothing was published. Run with --full; if it stays, report it"
        )


def _type_source(con: duckdb.DuckDBPyConnection, source: Source) -> Typed:
    with transaction(con):
        create_source(con, source)
        for statement in typing_statements.read(source):
            con.execute(statement).fetchall()
        con.execute(f"delete from main.{source.name}").fetchall()  # noqa: S608 - our own contract's name
        con.execute(typing_statements.load(source)).fetchall()
        for statement in typing_statements.account(source):
            con.execute(statement, {"source": source.name}).fetchall()
        ((loaded, rejected, issues),) = con.execute(
            """
            select
                count(*) filter (where len(problems) = 0),
                count(*) filter (where len(problems) > 0),
                coalesce(sum(len(issues)) filter (where len(problems) = 0), 0)
            from typing_row
            """
        ).fetchall()
        con.execute("drop table typing_row").fetchall()
    return Typed(source.name, int(loaded), int(rejected), int(issues))


def _variants() -> pa.Table:
    """Give every accepted spelling of every code, folded as the macro read_variant folds a cell."""
    values: dict[tuple[str, str], str] = {}
    for code_list in code_lists().values():
        for value in code_list.values:
            for variant in (value.value, value.label, *value.variants):
                folded = "".join(unicodedata.normalize("NFKC", variant).upper().split())
                values.setdefault((code_list.name, folded), value.value)
    listed = sorted((name, variant, value) for (name, variant), value in values.items())
    columns = zip(*listed, strict=True)
    return pa.table(
        {
            name: pa.array(column, pa.string())
            for name, column in zip(("list", "variant", "value"), columns, strict=True)
        }
    )
