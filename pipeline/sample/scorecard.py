"""Measure a finished night against the truth: persons, detectors, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas import catalog

_REGISTRIES = ("vocational_students", "technical_students", "k12_students", "higher_students")
_SQL = Path(__file__).parent / "sql"


class TruthError(ValueError):
    """There is no truth to measure against, or no finished night."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """How well rows were joined to persons, counted in pairs of rows."""

    agreed: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        """The share of the pairs joined that truly are one person."""
        return _share(self.agreed, self.said)

    @property
    def recall(self) -> float:
        """The share of the pairs of one person that were joined."""
        return _share(self.agreed, self.true)


@dataclass(frozen=True, slots=True)
class DetectorScore:
    """How one detector did on planted wrongs and on look-alikes."""

    detector_id: str
    planted: int
    found: int  # by a case with verdict suspected
    found_undecided: int  # only by a case that needs evidence
    suspected: int  # cases
    suspected_rightly: int  # cases that hit a planted wrong
    undecided: int  # cases that need evidence
    look_alikes: int
    look_alikes_flagged: int  # at A or B, suspected

    @property
    def precision(self) -> float:
        """The share of suspected cases that hit a planted wrong."""
        return _share(self.suspected_rightly, self.suspected)

    @property
    def recall(self) -> float:
        """The share of planted wrongs that a suspected case hits."""
        return _share(self.found, self.planted)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A night against the truth."""

    persons: PairScore
    enrolments: PairScore  # the same, rows of the four registries alone
    detectors: tuple[DetectorScore, ...]

    @property
    def lookalikes_flagged(self) -> int:
        """Count the look-alikes suspected at A or B, over all detectors."""
        return sum(score.look_alikes_flagged for score in self.detectors)

    @property
    def look_alikes_flagged_share(self) -> float:
        """The share of look-alikes, over all detectors, suspected at A or B."""
        return self.lookalikes_flagged / max(1, sum(score.look_alikes for score in self.detectors))


def score(workspace: Path) -> Scorecard:
    """Measure the last night of a workspace that has a truth/ folder."""
    warehouse, truth = workspace / "private" / "warehouse.duckdb", workspace / "truth"
    if not truth.is_dir():
        raise TruthError(
            f"{workspace}: no truth/ beside the deliveries; write one with `qingji sample`"
        )
    if not warehouse.is_file():
        raise TruthError(f"{workspace}: no finished night; run `qingji run {workspace}` first")
    con = duckdb.connect(str(warehouse), read_only=True)
    try:
        lay_truth(con, truth)
        return read_scores(con)
    finally:
        con.close()


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
    rows = con.execute((_SQL / "detectors.sql").read_text(encoding="utf-8")).fetchall()
    return Scorecard(
        persons=_pair_score(con, pairs, list(catalog.sources())),
        enrolments=_pair_score(con, pairs, list(_REGISTRIES)),
        detectors=tuple(DetectorScore(*row) for row in rows),
    )


def _pair_score(con: duckdb.DuckDBPyConnection, query: str, sources: list[str]) -> PairScore:
    [(agreed, said, true)] = con.execute(query, {"sources": sources}).fetchall()
    return PairScore(agreed or 0, said or 0, true or 0)


def render(card: Scorecard) -> str:
    """Write the scorecard as a table for the terminal."""
    lines = [
        f"persons     precision {card.persons.precision:.4f}  recall {card.persons.recall:.4f}"
        f"  ({card.persons.true} pairs of rows)",
        f"enrolments  precision {card.enrolments.precision:.4f}  recall {card.enrolments.recall:.4f}"
        f"  ({card.enrolments.true} pairs of rows)",
        "",
        f"{'':8}{'planted':>8}{'found':>7}{'recall':>8}{'cases':>7}{'precision':>11}"
        f"{'needs evidence':>16}{'look-alikes':>13}{'flagged':>9}",
    ]
    lines += [
        f"{one.detector_id:8}{one.planted:8}{one.found:7}{one.recall:8.3f}{one.suspected:7}"
        f"{one.precision:11.3f}{one.undecided:16}{one.look_alikes:13}{one.look_alikes_flagged:9}"
        for one in card.detectors
    ]
    lines += ["", f"look-alikes suspected at A or B: {card.look_alikes_flagged_share:.2%}"]
    return "\n".join(lines)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
