"""What a step was last done on, so that a night does again only what its inputs have changed."""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

_PACKAGES = ("schemas", "detectors", "pipeline")


@cache
def code_digest() -> str:
    """Digest every rule, query and module: a changed product works everything out anew."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".sql", ".yml", ".json", ".tsv", ".html"}:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def inputs_digest(*parts: str) -> str:
    """Digest what a step depends on, the code included."""
    return hashlib.sha256("\n".join((code_digest(), *parts)).encode()).hexdigest()


def is_done(con: duckdb.DuckDBPyConnection, step: str, digest: str) -> bool:
    """Whether the step was last finished on exactly these inputs."""
    _prepare(con)
    return bool(
        con.execute(
            "select 1 from work.step_state where step = $step and digest = $digest",
            {"step": step, "digest": digest},
        ).fetchall()
    )


def mark_done(con: duckdb.DuckDBPyConnection, step: str, digest: str) -> None:
    """Remember that the step was finished on these inputs."""
    _prepare(con)
    con.execute(
        "insert or replace into work.step_state values ($step, $digest)",
        {"step": step, "digest": digest},
    ).fetchall()


def mark_undone(con: duckdb.DuckDBPyConnection, step: str) -> None:
    """Forget the step: what it is about to replace is no longer what it was."""
    _prepare(con)
    con.execute("delete from work.step_state where step = $step", {"step": step}).fetchall()


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema if not exists work").fetchall()
    con.execute(
        "create table if not exists work.step_state (step varchar primary key, digest varchar)"
    ).fetchall()
