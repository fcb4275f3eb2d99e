"""Publish a night: the masked database, the case files and the report, swapped in whole or not at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from pipeline.errors import PublicationError
from pipeline.store.generations import begin, swap_in
from pipeline.store.registry import build_registry


def publish(
    con: duckdb.DuckDBPyConnection,
    published: Path,
    *,
    as_of: date,
    write_reports: Callable[[Path], None],
) -> None:
    """Build everything that is published beside what is there, then swap it in by one rename.

    `write_reports` gets the new folder and fills `cases/<as-of>/` and `report/<as-of>/` in it. Raises
    PublicationError where the disk refuses; whatever happens, the last published files stay whole.
    """
    try:
        building = begin(published, as_of)
        build_registry(con, building / "registry.duckdb")
        write_reports(building)
        swap_in(published, building)
    except (OSError, duckdb.IOException) as error:
        # The message of an operating system names paths, never values.
        raise PublicationError(
            f"{published}: could not be renewed ({error}); the last published files stay as they were. "
            "Free some room or put the permissions right, then run again"
        ) from error
