"""The warehouse: opened within its limits, written to in whole steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import PipelineError, WorkspaceBusyError
from pipeline.settings import Settings


@contextmanager
def open_warehouse(
    path: Path, settings: Settings, *, temp: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for a night: private, bounded in memory and threads, no extension, no network."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temp.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        con = duckdb.connect(
            str(path),
            config={
                "threads": str(settings.run.threads),
                "memory_limit": settings.run.memory_limit,
                "temp_directory": str(temp),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "true",
            },
        )
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise WorkspaceBusyError(
                f"{path.name} is in use by another program (a night, or an open query); "
                "close it and run again"
            ) from error
        raise _unusable(path) from None
    except duckdb.Error:
        raise _unusable(path) from None
    path.chmod(0o600)
    try:
        con.execute("set timezone = 'Asia/Shanghai'").fetchall()
        yield con
    finally:
        con.close()


def _unusable(path: Path) -> PipelineError:
    return PipelineError(
        f"{path}: cannot be opened as a database, or its disk is full; put a backup in its place, or move it "
        "away: the next night reads everything anew, but case numbers' history and states start afresh"
    )


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or roll all of it back."""
    con.execute("begin").fetchall()
    try:
        yield
    except BaseException:
        con.execute("rollback").fetchall()
        raise
    con.execute("commit").fetchall()


def set_as_of(con: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Fix the day the night is about; the only clock that queries know.

    The day is an ISO date that was parsed before; macros take no parameters, so it is written out.
    """
    con.execute(f"create or replace macro as_of() as date '{as_of}'").fetchall()
