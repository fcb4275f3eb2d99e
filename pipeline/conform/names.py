"""What stands behind a name or is lost in it: former names go to their column, other marks to `extra`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.ddl import PROVENANCE
from schemas.model import Column, Source

Columns = dict[str, pa.ChunkedArray]

_BRACKET = r"[(（\[［【〔]"
_MARK = r"[)）A-Da-d1-9Ａ-Ｄａ-ｄ１-９]$"
_DOUBTFUL = r"[?？□〓�*＊○\x{E000}-\x{F8FF}]"


@dataclass(frozen=True)
class _Marked:
    """A name with something behind it: its row, what was written, its parts, and the name as it was read."""

    row: int
    written: str
    former: str | None
    present: str
    read: str | None


def settle_names(
    con: duckdb.DuckDBPyConnection, source: Source, rows: pa.Table, typed: Columns
) -> None:
    """Move former names out of brackets, and keep in `extra` what reading took off a name.

    `rows` are cells as text, `typed` as they are to be loaded, with `extra`; it is changed. A former name is moved
    only where its column is empty or says the same: without such a column it stays in the name, where the matcher
    finds it.
    """
    for column in _named(source):
        marked = _marked(con, rows[column.name], typed[column.name])
        shortened = {
            one.row: one.written
            for one in marked
            if one.read and not one.former and one.read != one.present
        }
        typed["extra"] = _with_written(typed["extra"], column.header, shortened)
        if column.name == "name" and "former_name" in typed:
            known = typed["former_name"]
            moved = [
                one for one in marked if one.former and known[one.row].as_py() in (None, one.former)
            ]
            typed["name"] = _replaced(typed["name"], {one.row: one.present for one in moved})
            typed["former_name"] = _replaced(
                typed["former_name"], {one.row: one.former for one in moved if one.former}
            )


def remark_names(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    rows: pa.Table,
    is_rejected: npt.NDArray[np.bool_],
) -> None:
    """Enter into main.cell_issues the names of loaded rows that hold a lost, private or masking sign."""
    for column in _named(source):
        found = _rows_like(rows[column.name], _DOUBTFUL)
        found = found[~is_rejected[found]]
        if not len(found):
            continue
        doubtful = rows.select([column.name, *PROVENANCE]).take(pa.array(found))
        con.register("doubtful_name", doubtful.rename_columns(["written", *PROVENANCE]))
        try:
            con.execute(
                """
                insert into main.cell_issues (source, source_file, sheet, source_row, column_name, issue)
                select
                    $source,
                    source_file,
                    sheet,
                    source_row,
                    $column,
                    $header || ': ' || name_remark(written)
                from doubtful_name
                where name_remark(written) is not null
                order by source_file, sheet, source_row
                """,
                {"source": source.name, "column": column.name, "header": column.header},
            ).fetchall()
        finally:
            con.unregister("doubtful_name")


def _named(source: Source) -> Iterator[Column]:
    return (column for column in source.columns if column.personal == "name")


def _rows_like(written: pa.ChunkedArray, pattern: str) -> npt.NDArray[np.int64]:
    if written.null_count == len(written):
        return np.empty(0, np.int64)
    found = pc.match_substring_regex(written, pattern).fill_null(pa.scalar(value=False))
    return np.flatnonzero(found.to_numpy())


def _marked(
    con: duckdb.DuckDBPyConnection, written: pa.ChunkedArray, read: pa.ChunkedArray
) -> list[_Marked]:
    found = pa.array(_rows_like(written, f"{_BRACKET}|{_MARK}"))
    if not len(found):
        return []
    columns = {"row": found, "written": written.take(found), "read": read.take(found)}
    con.register("marked_name", pa.table(columns))
    try:
        rows = con.execute(
            """
            with folded as (
                select
                    *,
                    name_folded(written) as name
                from marked_name
            ),

            parted as (
                select
                    *,
                    former_name_in(name) as former
                from folded
            )

            select
                row,
                written,
                former,
                case when former is null then name else name_before_brackets(name) end,
                read
            from parted
            order by row
            """
        ).fetchall()
    finally:
        con.unregister("marked_name")
    return [_Marked(*row) for row in rows]


def _with_written(
    extra: pa.ChunkedArray, heading: str, written: Mapping[int, str]
) -> pa.ChunkedArray:
    """Put texts as they were written into the JSON of their rows."""
    before = extra.take(pa.array(written.keys(), pa.int64())).to_pylist()
    after = [
        json.dumps({heading: text} | (json.loads(one) if one else {}), ensure_ascii=False)
        for one, text in zip(before, written.values(), strict=True)
    ]
    return _replaced(extra, dict(zip(written, after, strict=True)))


def _replaced(column: pa.ChunkedArray, values: Mapping[int, str]) -> pa.ChunkedArray:
    """Put values, in the order of their rows, into a column."""
    if not values:
        return column
    mask = np.zeros(len(column), np.bool_)
    mask[list(values)] = True
    whole = pa.concat_arrays(column.chunks)
    new = pa.array(values.values(), column.type)
    return pa.chunked_array([pc.replace_with_mask(whole, pa.array(mask), new)])
