"""What the last night worked out and left in the warehouse, and whether tonight may build on it."""

from __future__ import annotations

import unicodedata
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import duckdb

from detectors.identity.model import Model
from detectors.identity.statements import run

# What people decided and what persons were called lasts; everything else follows from the rows.
_LASTING = ("must_link", "must_not_link", "decided_row", "person_history", "person_change")
# Their answers are kept, so another release of them is another matcher.
_LIBRARIES = ("duckdb", "pypinyin", "rapidfuzz")


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create the kept tables that are not there yet, empty."""
    con.execute("create schema if not exists identity").fetchall()
    run(con, "kept")


def is_reusable(con: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Whether a night before this one, of the same matcher, came to its end and its persons are still there."""
    known = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'identity' and table_name = 'kept_night'"
    ).fetchall()
    if not known:
        return False
    left = con.execute(
        """
        select 1
        from identity.kept_night as kept
        where
            kept.digest = $digest
            and kept.as_of <= as_of()
            and kept.links = (select count(*) from core.person_link)
            and kept.persons = (select count(*) from core.person)
        """,
        {"digest": _digest(model)},
    ).fetchall()
    return bool(left)


def begin(con: duckdb.DuckDBPyConnection) -> None:
    """Say that a night is at work: what it leaves half done is nothing to build on."""
    prepare(con)
    con.execute("delete from identity.kept_night").fetchall()


def end(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Say that tonight is whole: the next night may build on it."""
    con.execute(
        """
        insert into identity.kept_night
        select $digest, as_of(), (select count(*) from core.person_link), (select count(*) from core.person)
        """,
        {"digest": _digest(model)},
    ).fetchall()


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Drop all that can be worked out again; decisions and the history of persons stay."""
    rows = con.execute(
        "select table_type, table_name from information_schema.tables where table_schema = 'identity'"
    ).fetchall()
    for kind, name in sorted(rows):
        if name not in _LASTING:
            word = "view" if kind == "VIEW" else "table"
            con.execute(f'drop {word} identity."{name}"').fetchall()  # names from the catalogue


def _digest(model: Model) -> str:
    return sha256(f"{_matcher()}|{model!r}".encode()).hexdigest()


@cache
def _matcher() -> str:
    """Digest the matcher's own files and the libraries whose answers are kept."""
    digest = sha256("|".join([unicodedata.unidata_version, *map(version, _LIBRARIES)]).encode())
    package = files(__package__)
    for file in sorted([*package.iterdir(), *(package / "data").iterdir()], key=_name):
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _name(file: Traversable) -> str:
    return file.name
