"""Every bad delivery of the corpus gets the account that a careful clerk would give of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from bad_delivery import PERSONAL, SOURCE, Account, BadDelivery, Files
from corpus import CORPUS
from write_table import TABLE, table

from pipeline.conform.typing import assert_nothing_lost
from pipeline.intake import collect
from pipeline.store.database import set_as_of


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    yield con
    con.close()


@pytest.fixture
def con(warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A warehouse into which nothing was delivered: to empty one takes less than to set one up."""
    tables = warehouse.execute(
        "select table_name from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    for (name,) in tables:
        warehouse.execute(f"delete from main.{name}").fetchall()
    return warehouse


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
def test_a_bad_delivery_is_accounted_for(
    entry: BadDelivery, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _collect(con, entry, tmp_path / "workspace" / "exports")
    assert _account(con) == list(entry.expect)
    told = _told(con)
    for word in entry.told:
        assert re.search(word, told), f"nothing tells of {word}: {told}"
    assert {place: _cell(con, entry.source, *place) for place in entry.cells} == entry.cells
    assert not [value for value in PERSONAL if value in told]
    assert_nothing_lost(con)


def test_the_rows_of_the_account_are_in_the_tables_and_nowhere_twice(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    entry = next(entry for entry in CORPUS if entry.name == "rows rejected for three reasons")
    _collect(con, entry, tmp_path / "exports")
    rows = con.execute(
        f"select source_row from {SOURCE} union all select source_row from rejected_rows order by 1"
    ).fetchall()
    assert rows == [(row,) for row in range(2, 7)]


def test_the_names_of_the_corpus_are_sentences_of_their_own() -> None:
    names = [entry.name for entry in CORPUS]
    assert len(set(names)) == len(names) >= 140


def test_the_table_of_the_corpus_is_current() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run python tests/corpus/write_table.py"


def _collect(con: duckdb.DuckDBPyConnection, entry: BadDelivery, exports: Path) -> None:
    """Bring the warehouse through as many nights as the delivery takes."""
    for files in (entry.files, *entry.later):
        _put(exports, entry.source, files)
        if entry.prepare and files is entry.files:
            entry.prepare(exports)
        collect(con, exports)


def _put(exports: Path, source: str, files: Files) -> None:
    for name, content in files.items():
        path = exports / name.removeprefix("/") if name.startswith("/") else exports / source / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content())


def _account(con: duckdb.DuckDBPyConnection) -> list[Account]:
    lines = con.execute(
        "select status, rows_read, rows_loaded, rows_rejected from deliveries"
        " order by source_file, sheet"
    ).fetchall()
    return [Account(*line) for line in lines]


def _told(con: duckdb.DuckDBPyConnection) -> str:
    lines = con.execute(
        """
        select concat_ws(' | ', source_file, sheet, message) from deliveries
        union all select reason from rejected_rows
        union all select issue from cell_issues
        union all select issue from column_issues
        """
    ).fetchall()
    return "\n".join(line for (line,) in lines)


def _cell(con: duckdb.DuckDBPyConnection, source: str, row: int, column: str) -> object:
    """Give a typed cell by the row's number, whatever file it came in; or what the matcher is told of its number."""
    if column in {"number", "damage"}:
        return _told_of_number(con, source, row)[column == "damage"]
    found = con.execute(
        f"select {column} from {source} where source_row = $row order by source_file, sheet",
        {"row": row},
    ).fetchall()
    return found[0][0] if found else f"no row {row}"


def _told_of_number(con: duckdb.DuckDBPyConnection, source: str, row: int) -> tuple[object, ...]:
    """Give a number of identity as it is understood, and its damage; the source's table has it as delivered."""
    (told,) = con.execute(
        f"""
        select coalesce(damaged.number, upper(delivered.id_number)), damaged.damage
        from {source} as delivered
        left join identity_cells as damaged
            on damaged.source_row = delivered.source_row and damaged.column_name = 'id_number'
        where delivered.source_row = $row
        """,
        {"row": row},
    ).fetchall()
    return tuple(told)
