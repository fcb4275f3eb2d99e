"""Type delivered text: arriving rows into main.<source>, the rest into rejected_rows and cell_issues.

The only rules are those of the contract (`schemas/sources`): a required cell that is empty or cannot be read
rejects its row with the reason; an optional one becomes null and is recorded. What was read equals what was
loaded plus what was rejected, for every file and sheet, or the night stops.
"""

import unicodedata
from dataclasses import dataclass
from importlib.resources import files

import duckdb
import pyarrow as pa

from pipeline.conform import typing_statements
from pipeline.errors import BrokenPromiseError
from schemas.catalog import code_lists
from schemas.model import Source


@dataclass(frozen=True)
class SheetCount:
    """What typing made of the rows of one sheet; `issues` are cells left empty in loaded rows."""

    source_file: str
    sheet: str
    loaded: int
    rejected: int
    issues: int


def install_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create the readers of delivered text, and the code variants."""
    con.execute(files(__package__).joinpath("macros.sql").read_text("utf-8")).fetchall()
    con.execute("create schema if not exists work").fetchall()
    con.register("listed_variants", _variants())
    con.execute("create or replace table work.code_variant as from listed_variants").fetchall()
    con.unregister("listed_variants")


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


def type_arriving(con: duckdb.DuckDBPyConnection, source: Source) -> list[SheetCount]:
    """Type the rows of the relation `arriving` into main.<source>, within the caller's transaction.

    `arriving` has the columns of the contract as text, `extra`, and where each row came from. Needs the macros of
    `install_macros` and the table. Rows that fail go to rejected_rows, cells left empty to cell_issues.
    """
    for statement in typing_statements.read(source):
        con.execute(statement).fetchall()
    con.execute(typing_statements.load(source)).fetchall()
    for statement in typing_statements.account(source):
        con.execute(statement, {"source": source.name}).fetchall()
    rows = con.execute(
        """
        select
            source_file,
            sheet,
            count(*) filter (where len(problems) = 0),
            count(*) filter (where len(problems) > 0),
            coalesce(sum(len(issues)) filter (where len(problems) = 0), 0)
        from typing_row
        group by source_file, sheet
        order by source_file, sheet
        """
    ).fetchall()
    con.execute("drop table typing_row").fetchall()
    return [SheetCount(*row) for row in rows]


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
