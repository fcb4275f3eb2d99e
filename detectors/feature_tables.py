"""Tables worked out once a night and read by several detectors: detectors/features/<name>.sql."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from duckdb import DuckDBPyConnection
from pydantic import ValidationError

from detectors.contract import DetectorError, Names, Sentence, Strict
from detectors.header import in_words, mapping, split

HERE = Path(__file__).parent / "features"


class _Header(Strict):
    reads: Names
    comment: Sentence


@dataclass(frozen=True)
class Feature:
    """A query whose result is kept as feature.<name>."""

    name: str
    reads: tuple[str, ...]
    comment: str
    query: str

    @property
    def table(self) -> str:
        """Name the table as detectors write it."""
        return f"feature.{self.name}"


@lru_cache
def features(root: Path = HERE) -> dict[str, Feature]:
    """Get every feature by its table, each after those that it reads; no circles."""
    found = {feature.table: feature for feature in map(_read, sorted(root.glob("*.sql")))}
    for feature in found.values():
        for table in feature.reads:
            if table.startswith("feature.") and table not in found:
                raise DetectorError(
                    f"{feature.name}.sql: reads {table}, which no file in features/ makes"
                )
    edges = {table: {read for read in found[table].reads if read in found} for table in found}
    try:
        order = list(TopologicalSorter(edges).static_order())
    except CycleError as circle:
        raise DetectorError(
            f"features read each other in a circle: {' -> '.join(circle.args[1])}"
        ) from None
    return {table: found[table] for table in order}


def needed(tables: Sequence[str], root: Path = HERE) -> tuple[Feature, ...]:
    """List the features among the tables and those they are made of, in the order to build."""
    made = features(root)
    wanted: set[str] = set()
    for table in reversed(made):
        if table in tables or table in wanted:
            wanted |= {table, *(read for read in made[table].reads if read in made)}
    return tuple(made[table] for table in made if table in wanted)


def build(con: DuckDBPyConnection, feature: Feature) -> None:
    """Work out one feature anew from what the database holds now."""
    con.execute("create schema if not exists feature")
    query = f"create or replace table {feature.table} as {feature.query}"
    con.execute(query).fetchall()


def _read(path: Path) -> Feature:
    comment, query = split(path)
    try:
        header = _Header.model_validate(mapping(comment, path))
    except ValidationError as wrong:
        raise DetectorError(in_words(path, wrong)) from None
    return Feature(path.stem, header.reads, header.comment, query)
