"""Mask personal values by the marks that the schemas carry; nothing is chosen by hand."""

from collections.abc import Iterable
from importlib.resources import files
from types import MappingProxyType

import duckdb
import pyarrow as pa

from schemas.model import Column, Personal, Source, Table, TableColumn

MACROS = MappingProxyType(
    {
        "name": "mask_name",
        "id": "mask_id",
        "phone": "mask_phone",
        "account": "mask_account",
        "student_no": "mask_student_no",
        "address": "mask_address",
        "birth": "mask_birth",
        "secret": "mask_secret",
    }
)
"""The SQL macro for each mark."""


_NO_PROSE = ("_id", "_code", "_no", "_digest", "_ids", "source", "source_file", "sheet")
"""Endings of columns that identify something other than a person."""


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros mask_name, mask_id … and mask(mark, value), which follows a mark."""
    con.execute(files(__package__).joinpath("masking.sql").read_text("utf-8")).fetchall()


def masked(column: Column | TableColumn, expression: str) -> str:
    """Give the SQL expression that shows a column as far as its mark allows, in the column's own type."""
    sql_type = column.type if isinstance(column, TableColumn) else column.sql_type
    if column.personal is None:
        return f"scrub({expression})" if sql_type == "VARCHAR" and _is_prose(column) else expression
    if sql_type == "VARCHAR":
        return f"{MACROS[column.personal]}({expression})"
    if sql_type == "DATE" and column.personal == "birth":
        return f"mask_birth_date({expression})"
    # A flag or an amount cannot be shown in part.
    return f"cast(null as {sql_type})"


def _is_prose(column: Column | TableColumn) -> bool:
    """Whether people write into the column: a row that slipped by a cell puts a number or a phone there."""
    return not column.name.endswith(_NO_PROSE)


def personal_columns(delivered: Iterable[Source], clean: Iterable[Table]) -> pa.Table:
    """List every column name that a schema marks as personal, and its twin `other_…`: (name, personal).

    Evidence of a detector goes by the names of the columns it comes from. A name that two schemas mark
    differently takes the stricter mark.
    """
    marks: dict[str, Personal] = {}
    columns: list[Column | TableColumn] = [one for source in delivered for one in source.columns]
    columns += [one for table in clean for one in table.columns]
    for column in columns:
        if column.personal is not None:
            was = marks.get(column.name)
            marks[column.name] = column.personal if was in (None, column.personal) else "secret"
    names = sorted({*marks, *(f"other_{name}" for name in marks)})
    return pa.table(
        {
            "name": pa.array(names, pa.string()),
            "personal": pa.array(
                [marks[name.removeprefix("other_")] for name in names], pa.string()
            ),
        }
    )
