"""A throw-away account: the intake and the typing of a night, for some files and for the moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.intake import Readers
from pipeline.intake.collection import collect_files
from pipeline.intake.inbox import Found
from pipeline.settings import Settings
from pipeline.store.database import open_warehouse, set_as_of
from pipeline.workspace import Workspace

# The day matters only for the column first_loaded_at, which nobody sees here.
_ANY_DAY = "2000-01-01"


@contextmanager
def account_of(
    workspace: Workspace, settings: Settings, found: Sequence[Found]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database with deliveries, typed rows, rejected rows and issues of the files; it vanishes afterwards."""
    # It holds full values: beside the warehouse, if there is such a place, and nobody else's in any case.
    beside = workspace.private if workspace.private.is_dir() else None
    with (
        TemporaryDirectory(prefix="check-", dir=beside) as folder,
        open_warehouse(Path(folder) / "check.duckdb", settings, temp=Path(folder) / "temp") as con,
    ):
        set_as_of(con, _ANY_DAY)
        collect_files(con, found, Readers(Path(folder), processes=cpu_count() or 1))
        yield con
