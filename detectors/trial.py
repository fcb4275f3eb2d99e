"""Try a detector: on its casebook, or read-only on a database, without leaving a trace in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detectors import casebook, findings, registry
from detectors.contract import Detector, DetectorError, Value
from detectors.parameters import overridden, resolve
from detectors.run import in_safe_words

_NOTHING_TURNED: Mapping[str, Value] = {}


@dataclass(frozen=True)
class Trial:
    """What a detector returned: rows under columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def __str__(self) -> str:
        lines = [self.columns, *(tuple(map(_shown, row)) for row in self.rows)]
        return "\n".join(["\t".join(line) for line in lines] + [f"({len(self.rows)} rows)"])


def try_detector(
    id_: str,
    database: Path | None = None,
    *,
    place: str = "",
    turned: Mapping[str, Value] = _NOTHING_TURNED,
) -> Trial:
    """Run a detector on a database (rows: its findings) or on its casebook (rows: the examples).

    DetectorError where the database lacks a table that the detector reads.
    """
    detector = registry.detector(id_)
    if database is None:
        return _on_casebook(detector)
    if not database.is_file():
        raise DetectorError(f"{database}: there is no such database")
    return _on_database(detector, database, place, turned)


def _on_casebook(detector: Detector) -> Trial:
    outcomes = casebook.prove(detector)
    rows = tuple((one.example, "passed" if one.passed else one.problem) for one in outcomes)
    return Trial(("example", "outcome"), rows)


def _on_database(
    detector: Detector, database: Path, place: str, turned: Mapping[str, Value]
) -> Trial:
    with duckdb.connect(str(database), read_only=True) as con:
        try:
            params = overridden(detector, resolve(con, detector, place), turned)
            if detector.is_sql:
                rows = con.execute(detector.body, params).fetchall()
                columns = tuple(str(column[0]) for column in con.description or ())
            else:
                table = findings.load(detector)(con, params)
                rows = [tuple(row.values()) for row in table.to_pylist()]
                columns = tuple(table.column_names)
        except duckdb.CatalogException as error:
            raise DetectorError(
                f"{database.name}: {in_safe_words(error)}; clean tables are in private/warehouse.duckdb"
            ) from None
        except duckdb.Error as error:
            raise DetectorError(f"{detector.path.name}: {in_safe_words(error)}") from None
    return Trial(columns, tuple(rows))


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)
