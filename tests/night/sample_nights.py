"""Running nights of the invented city and looking at what they published."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from pipeline.night import run_plain
from pipeline.progress import LineReporter
from pipeline.settings import load_settings
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
FIRST, SECOND = date(2024, 4, 15), date(2024, 4, 16)


def run_night(workspace: Workspace, as_of: date) -> None:
    run_plain(workspace, load_settings(workspace.root), as_of, LineReporter(), full=False)


@contextmanager
def registry(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(str(workspace.registry), read_only=True)
    try:
        yield con
    finally:
        con.close()


def case_files(workspace: Workspace, as_of: date) -> dict[str, str]:
    """Digest of every case file of a night, by its path."""
    folder = workspace.published / "cases" / as_of.isoformat()
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
