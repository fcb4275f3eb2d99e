"""Measure a finished night against the truth: persons, detectors, look-alikes, money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detectors.registry import detectors
from schemas import catalog

_REGISTRIES = ("vocational_students", "technical_students", "k12_students", "higher_students")
_SQL = Path(__file__).parent / "sql"


class TruthError(ValueError):
    """There is no truth to measure against, no finished night, or no such detector."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """How well rows were joined to persons, counted in pairs of rows."""

    agreed: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        """The share of the pairs joined that truly are one person."""
        return share(self.agreed, self.said)

    @property
    def recall(self) -> float:
        """The share of the pairs of one person that were joined."""
        return share(self.agreed, self.true)


@dataclass(frozen=True, slots=True)
class CaseCount:
    """Cases with verdict suspected, and those of them that hit a planted wrong."""

    cases: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the cases that hit a planted wrong; look-alikes and background count against it."""
        return share(self.right, self.cases)


@dataclass(frozen=True, slots=True)
class DetectorScore:
    """How one detector did on planted wrongs, look-alikes, the background, and money."""

    detector_id: str
    by_severity: Mapping[str, CaseCount]  # of the severities that its cases have
    planted: int
    found: int  # by a case with verdict suspected
    found_undecided: int  # only by a case that needs evidence
    undecided: int  # cases that need evidence
    look_alikes: int
    look_alikes_flagged: int  # at A or B, suspected
    amounts: int  # planted wrongs found whose truth states an amount
    amounts_wrong: int  # those whose cases say another one
    seconds: float  # in the last night that worked anything out; other detectors ran beside it
    status: str  # ran, skipped, failed; absent where that night did not know the detector

    @property
    def suspected(self) -> int:
        """Count the cases that accuse."""
        return sum(count.cases for count in self.by_severity.values())

    @property
    def precision(self) -> float:
        """The share of suspected cases of all severities that hit a planted wrong."""
        return share(sum(count.right for count in self.by_severity.values()), self.suspected)

    @property
    def recall(self) -> float:
        """The share of planted wrongs that a suspected case hits."""
        return share(self.found, self.planted)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A night against the truth."""

    persons: PairScore
    enrolments: PairScore  # the same, rows of the four registries alone
    detectors: tuple[DetectorScore, ...]  # every registered one, planted for or not

    @property
    def lookalikes_flagged(self) -> int:
        """Count the look-alikes suspected at A or B, over all detectors."""
        return sum(score.look_alikes_flagged for score in self.detectors)

    @property
    def look_alikes_flagged_share(self) -> float:
        """The share of look-alikes, over all detectors, suspected at A or B."""
        return self.lookalikes_flagged / max(1, sum(score.look_alikes for score in self.detectors))


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that keeps a detector from its targets."""

    detector_id: str
    what: str  # overlooked, undecided, 'B wrongly' (severity of the case), amount
    id: str  # of the planted wrong or of the case
    school_code: str
    people: str  # keys in truth/, joined by ;
    about: str


def score(workspace: Path) -> Scorecard:
    """Measure the last night of a workspace that has a truth/ folder."""
    with beside_truth(workspace) as con:
        return read_scores(con)


def misses(workspace: Path, detector_id: str) -> list[Miss]:
    """List what a detector overlooked, whom it accused wrongly and which amounts differ."""
    if detector_id not in detectors():
        raise TruthError(f"{detector_id}: no such detector; `qingji detectors list` names them")
    query = (_SQL / "misses.sql").read_text(encoding="utf-8")
    with beside_truth(workspace) as con:
        return [Miss(*row) for row in con.execute(query, {"detector_id": detector_id}).fetchall()]


@contextmanager
def beside_truth(workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the last night of a workspace with its truth laid beside it; TruthError where either is missing."""
    warehouse, truth = workspace / "private" / "warehouse.duckdb", workspace / "truth"
    if not truth.is_dir():
        raise TruthError(
            f"{workspace}: no truth/ beside the deliveries; write one with `qingji sample`"
        )
    if not warehouse.is_file():
        raise TruthError(f"{workspace}: no finished night; run `qingji run {workspace}` first")
    try:
        con = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.IOException:
        raise TruthError(f"{workspace}: a night is still running there") from None
    with con:
        lay_truth(con, truth)
        yield con


def lay_truth(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    """Lay the truth files beside the night's tables, and match cases with planted wrongs."""
    files = {
        "persons": str(truth / "persons.csv"),
        "wrongs": str(truth / "wrongs.csv"),
        "look_alikes": str(truth / "lookalikes.csv"),
    }
    for statement in duckdb.extract_statements((_SQL / "truth.sql").read_text(encoding="utf-8")):
        wanted = {name: files[name] for name in statement.named_parameters}
        con.execute(statement, wanted).fetchall()


def read_scores(con: duckdb.DuckDBPyConnection) -> Scorecard:
    """Count, once the truth is laid."""
    pairs = (_SQL / "person_pairs.sql").read_text(encoding="utf-8")
    return Scorecard(
        persons=_pair_score(con, pairs, list(catalog.sources())),
        enrolments=_pair_score(con, pairs, list(_REGISTRIES)),
        detectors=_detector_scores(con),
    )


def _pair_score(con: duckdb.DuckDBPyConnection, query: str, sources: list[str]) -> PairScore:
    [(agreed, said, true)] = con.execute(query, {"sources": sources}).fetchall()
    return PairScore(agreed or 0, said or 0, true or 0)


def _detector_scores(con: duckdb.DuckDBPyConnection) -> tuple[DetectorScore, ...]:
    counts: dict[str, dict[str, CaseCount]] = defaultdict(dict)
    for detector_id, severity, cases, right in con.execute(
        (_SQL / "severities.sql").read_text(encoding="utf-8")
    ).fetchall():
        counts[detector_id][severity] = CaseCount(cases, right)
    rows = con.execute(
        (_SQL / "detectors.sql").read_text(encoding="utf-8"), {"detectors": list(detectors())}
    ).fetchall()
    return tuple(DetectorScore(row[0], counts[row[0]], *row[1:]) for row in rows)


def share(part: int, whole: int) -> float:
    """Divide; of nothing, all is right."""
    return part / whole if whole else 1.0
