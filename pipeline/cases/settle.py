"""Settle the night's cases: which are new, still open, back, gone or decided, and what each is worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from detectors.contract import Detector
from detectors.identity import decisions
from detectors.registry import detectors
from detectors.run import DetectorRun
from pipeline.cases import findings, sentences
from pipeline.cases.rules import CaseRules
from pipeline.cases.statements import run
from pipeline.store.database import transaction
from schemas.catalog import read_table
from schemas.ddl import create_table
from schemas.model import Table

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class CaseCounts:
    """Cases by status, and what has to be put right about reviews."""

    new: int
    open: int
    reopened: int
    gone: int
    decided: int
    review_issues: int

    def __str__(self) -> str:
        """Tell the counts in one sentence."""
        told = f"{self.new} new, {self.open} open, {self.reopened} reopened, {self.decided} decided, {self.gone} gone"
        return f"{told}; {self.review_issues} problems with reviews" if self.review_issues else told


def settle(
    con: duckdb.DuckDBPyConnection,
    runs: Iterable[DetectorRun],
    *,
    as_of: date,
    rules: CaseRules | None = None,
    known: Mapping[str, Detector] | None = None,
) -> CaseCounts:
    """Turn tonight's findings and all reviews into main.cases and main.case_records.

    A second run about the same day gives the same tables: what that day and later ones left behind is replaced.
    """
    rules = rules or CaseRules()
    of_tonight = list(runs)
    with transaction(con):
        prepare(con)
        run(con, "forget", as_of=as_of)
        chosen = detectors() if known is None else known
        findings.gather(con, of_tonight, chosen, as_of)
        sentences.write(con, chosen, rules.language)
        run(con, "remember_content", as_of=as_of)
        if decisions.is_prepared(con):
            run(con, "remember_pairs", as_of=as_of)
        _apply_decisions(con, as_of, rules)
        _write_ledger(con, as_of, rules)
    return CaseCounts(*(_as_int(value) for value in run(con, "counts")[0]))


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of case work that are not there yet, history included."""
    run(con, "history")
    for name in ("reviews", "review_issues"):
        create_table(con, case_table(name))


def case_table(name: str) -> Table:
    """Give the contract of one of the tables of case work."""
    return read_table(_TABLES / f"{name}.yml")


def _apply_decisions(con: duckdb.DuckDBPyConnection, as_of: date, rules: CaseRules) -> None:
    run(con, "agreed", as_of=as_of)
    run(
        con,
        "decisions",
        as_of=as_of,
        decision_days=rules.decision_days,
        closing_days=rules.closing_days,
    )
    run(con, "lifecycle", as_of=as_of)
    run(con, "decision_issues", as_of=as_of)
    run(con, "priority", money_floor=rules.money_floor, money_ceiling=rules.money_ceiling)


def _write_ledger(con: duckdb.DuckDBPyConnection, as_of: date, rules: CaseRules) -> None:
    for name in ("cases", "case_records"):
        con.execute(f"drop table if exists main.{name}").fetchall()
        create_table(con, case_table(name))
    run(
        con,
        "cases",
        as_of=as_of,
        closing_days=rules.closing_days,
        days_a=rules.deadlines.a,
        days_b=rules.deadlines.b,
        days_c=rules.deadlines.c,
        days_d=rules.deadlines.d,
    )


def _as_int(value: object) -> int:
    assert isinstance(value, int)
    return value
