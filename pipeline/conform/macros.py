"""The macros that read cells and numbers, and the spellings of code lists: installed before rows are typed."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from detectors.identity import written
from schemas.catalog import code_lists
from schemas.model import CodeValue

# A code as a cell joins it to its label: 01, A, JG.
_LONGEST_CODE = 3


def install_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create the readers of delivered text, the macros of identity numbers, and work.code_variant.

    work.code_variant has every spelling of every code (`variant`, folded), with its `list` and `value`.
    """
    # A macro that asks a table binds it when it is made.
    con.execute(
        """
        create schema if not exists work;
        create table if not exists work.code_variant (list varchar, variant varchar, value varchar)
        """
    ).fetchall()
    for statement in _readers():
        con.execute(statement).fetchall()
    written.install(con)
    con.register("listed_spellings", _spellings())
    con.execute(
        """
        create or replace table work.code_variant as
        select
            list,
            read_variant(spelling) as variant,
            min(value) as value
        from listed_spellings
        group by list, read_variant(spelling)
        -- a spelling that could be two codes is none
        having count(distinct value) = 1
        order by list, variant
        """
    ).fetchall()
    con.unregister("listed_spellings")


@cache
def _readers() -> tuple[str, ...]:
    folder = files(__package__).joinpath("reader_sql")
    return tuple(
        file.read_text("utf-8") for file in sorted(folder.iterdir(), key=lambda entry: entry.name)
    )


@cache
def _spellings() -> pa.Table:
    """Give every spelling as the lists have it: (list, spelling, value)."""
    listed = [
        (codes.name, spelling, code.value)
        for codes in code_lists().values()
        for code in codes.values
        for spelling in _of(code)
    ]
    names = ("list", "spelling", "value")
    return pa.table(
        {
            name: pa.array(column)
            for name, column in zip(names, zip(*listed, strict=True), strict=True)
        }
    )


def _of(code: CodeValue) -> Iterator[str]:
    """Give the spellings of a value, and each code joined to each label of the same value: 1-男, 男(1)."""
    plain = (code.value, code.label, *code.variants)
    yield from plain
    codes = [one for one in plain if one.isascii() and one.isalnum() and len(one) <= _LONGEST_CODE]
    labels = [one for one in plain if not one.isascii()]
    for short in codes:
        for label in labels:
            yield from (f"{short}{label}", f"{label}{short}")
