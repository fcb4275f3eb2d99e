"""The figures of the report for leaders, read from the ledger of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from math import sqrt

import duckdb

from detectors.run import DetectorRun
from pipeline.report.quality import RANKED_FROM

SEVERITIES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Totals:
    """The figures on top of the page."""

    live: int
    severity_a: int
    new: int
    reopened: int
    gone: int
    decided: int
    overdue: int
    paid: Decimal
    estimated: Decimal
    refund_due: Decimal
    refund_done: Decimal


@dataclass(frozen=True)
class RegionLine:
    """Live cases of a region."""

    region: str
    by_severity: tuple[int, int, int, int]
    new: int
    overdue: int

    @property
    def live(self) -> int:
        """All severities together."""
        return sum(self.by_severity)


@dataclass(frozen=True)
class DetectorLine:
    """Cases of a detector and what inspectors made of them."""

    detector_id: str
    title: str
    severity: str
    live: int
    needs_evidence: int
    new: int
    gone: int
    paid: Decimal
    confirmed: int
    decided: int

    @property
    def confirmed_between(self) -> tuple[float, float] | None:
        """The 95 % interval of the confirmed share (Wilson 1927), None while nothing is decided."""
        return wilson(self.confirmed, self.decided) if self.decided else None


@dataclass(frozen=True)
class SchoolLine:
    """A school's measures of data quality, shares of 1."""

    school: str
    registrations: int
    completeness: float | None
    validity: float | None
    consistency: float | None
    uniqueness: float | None
    timeliness: float | None
    unsuspected: float | None


@dataclass(frozen=True)
class Unchecked:
    """What could not be looked at, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Figures:
    """Everything that the report shows."""

    as_of: date
    totals: Totals
    regions: tuple[RegionLine, ...]
    detectors: tuple[DetectorLine, ...]
    trend: tuple[tuple[date, int], ...]
    schools: tuple[SchoolLine, ...]
    unchecked: tuple[Unchecked, ...]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of a share by Wilson's score; wide for few."""
    z = 1.96
    share = hits / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def read_figures(
    con: duckdb.DuckDBPyConnection, runs: Iterable[DetectorRun], as_of: date
) -> Figures:
    """Read the figures of the night that main.cases holds; main.data_quality was measured before."""
    regions = tuple(
        RegionLine(region, (a, b, c, d), new, overdue)
        for region, a, b, c, d, new, overdue in _rows(con, "by_region", as_of)
    )
    return Figures(
        as_of=as_of,
        totals=Totals(*_rows(con, "totals", as_of)[0]),
        regions=regions,
        detectors=tuple(DetectorLine(*row) for row in _rows(con, "by_detector", as_of)),
        trend=tuple((night, cases) for night, cases in _rows(con, "trend", as_of)),
        schools=tuple(SchoolLine(*row) for row in _rows(con, "quality_schools", as_of)),
        unchecked=(*_not_run(runs), *_refused(con)),
    )


def _not_run(runs: Iterable[DetectorRun]) -> list[Unchecked]:
    words = {"skipped": "未运行", "failed": "运行出错"}
    return [
        Unchecked(f"检测规则 {run.detector_id}", f"{words[run.status]}:{run.reason}")
        for run in sorted(runs, key=lambda run: run.detector_id)
        if run.status in words
    ]


def _refused(con: duckdb.DuckDBPyConnection) -> list[Unchecked]:
    there = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'deliveries'"
    ).fetchall()
    if not there:
        return []
    refused = con.execute(
        """
        select source_file, sheet, message
        from main.deliveries
        where status = 'refused'
        order by source_file, sheet
        """
    ).fetchall()
    return [
        Unchecked(f"文件 {file}{f' [{sheet}]' if sheet else ''}", f"未接收:{why}")
        for file, sheet, why in refused
    ]


def _rows(con: duckdb.DuckDBPyConnection, name: str, as_of: date) -> Sequence[tuple]:  # type: ignore[type-arg]  # each query has its own row
    query = files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")
    (statement,) = con.extract_statements(query)
    given = {"as_of": as_of, "ranked_from": RANKED_FROM}
    return con.execute(
        statement, {key: given[key] for key in statement.named_parameters}
    ).fetchall()
