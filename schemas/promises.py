"""A table's promises as queries: keys name one row, filled columns are filled, and what the YAML adds.

One of the few modules that assemble SQL: identifiers and conditions come from our own YAML.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from schemas.ddl import quoted
from schemas.model import Promise, Table


@dataclass(frozen=True)
class BrokenPromise:
    """A promise that a table does not keep, and how many rows break it."""

    table: str
    promise: str
    rows: int

    def __str__(self) -> str:
        """Word it for an operator, without any value."""
        return f"{self.table}: {self.promise}: rows that break it: {self.rows}"


def broken_promises(con: duckdb.DuckDBPyConnection, table: Table) -> list[BrokenPromise]:
    """Give the promises that the rows of a table break, in the order of its contract."""
    conditions = {
        f"{column.name} is always filled": f"{quoted(column.name)} is null"
        for column in table.columns
        if not column.nullable
    }
    conditions |= {_worded(promise): promise.broken_where for promise in table.promises}
    broken = _rows_where(con, table, conditions)
    if table.key:
        broken = {_key_promise(table): _rows_sharing_a_key(con, table), **broken}
    return [BrokenPromise(table.full_name, said, rows) for said, rows in broken.items() if rows]


def _worded(promise: Promise) -> str:
    return f"{promise.name} ({promise.says})"


def _key_promise(table: Table) -> str:
    return f"{', '.join(column.name for column in table.key)} names one row"


def _rows_where(
    con: duckdb.DuckDBPyConnection, table: Table, conditions: dict[str, str]
) -> dict[str, int]:
    """Count the rows of each condition in one pass over the table."""
    if not conditions:
        return {}
    counts = ",\n    ".join(
        f"count(*) filter (where {condition})" for condition in conditions.values()
    )
    query = f"select\n    {counts}\nfrom {quoted(table.full_name)}"
    (row,) = con.execute(query).fetchall()
    return dict(zip(conditions, row, strict=True))


def _rows_sharing_a_key(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    key = ", ".join(quoted(column.name) for column in table.key)
    query = f"""
        select coalesce(sum(shared.copies), 0)::bigint
        from (
            select count(*) as copies
            from {quoted(table.full_name)}
            group by {key}
            having count(*) > 1
        ) as shared
    """  # noqa: S608 - from our own YAML
    ((rows,),) = con.execute(query).fetchall()
    return int(rows)
