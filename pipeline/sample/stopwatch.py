"""Take the time of the detectors, family by family, on a copy of a finished night's warehouse."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detectors import feature_tables
from detectors.registry import detectors
from detectors.run import run_all
from pipeline.settings import load_settings

GROUPS = (("DE", "RD", "FR"), ("SA", "SC", "RQ"), ("OM",))


@dataclass(frozen=True, slots=True)
class GroupTime:
    """What the detectors of some families took together, with the features that they read."""

    letters: str
    seconds: float  # by the wall, features included
    slowest: tuple[tuple[str, float], ...]  # detectors and features, seconds of each alone


def time_groups(workspace: Path, *, threads: int = 2) -> tuple[GroupTime, ...]:
    """Run the families' detectors anew, a group at a time, as the last night would have."""
    place = load_settings(workspace).policy.place
    with tempfile.TemporaryDirectory(dir=workspace) as folder:
        copy = Path(folder) / "warehouse.duckdb"
        shutil.copyfile(workspace / "private" / "warehouse.duckdb", copy)
        with duckdb.connect(str(copy), config={"threads": threads}) as con:
            return tuple(_time(con, letters, place, threads) for letters in GROUPS)


def _time(
    con: duckdb.DuckDBPyConnection, letters: tuple[str, ...], place: str, threads: int
) -> GroupTime:
    chosen = {id_: one for id_, one in detectors().items() if id_.startswith(letters)}
    started = time.perf_counter()
    runs = run_all(con, place=place, threads=threads, chosen=chosen)
    seconds = time.perf_counter() - started
    each = {run.detector_id: run.seconds for run in runs}
    tables = [table for detector in chosen.values() for table in detector.reads.tables]
    for feature in feature_tables.needed(tables):
        started = time.perf_counter()
        feature_tables.build(con, feature)
        each[feature.table] = time.perf_counter() - started
    slowest = sorted(each.items(), key=lambda item: (-item[1], item[0]))[:6]
    return GroupTime(", ".join(letters), seconds, tuple(slowest))
