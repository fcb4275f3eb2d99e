"""Run a detector on its casebook: what must flag flags, and every exception is really consulted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from detectors import casebook_model, registry
from detectors.casebook_match import differs
from detectors.casebook_model import Casebook, Example, Expected, Given
from detectors.casebook_world import World
from detectors.contract import Detector, DetectorError, Value, Verdict
from detectors.findings import write
from detectors.message import render_message
from detectors.parameters import overridden, resolve


@dataclass(frozen=True)
class Outcome:
    """What came of an example; `problem` is '' where it came out as promised."""

    example: str
    problem: str
    rows: tuple[Mapping[str, object], ...]

    @property
    def passed(self) -> bool:
        """Tell whether the example came out as promised."""
        return not self.problem


def prove(detector: Detector) -> list[Outcome]:
    """Run every example of a detector; DetectorError where the casebook is missing or malformed."""
    casebook = casebook_model.read(detector.casebook_path)
    with World(detector) as world:
        return [run_example(world, casebook, example) for example in casebook.examples]


def run_example(world: World, casebook: Casebook, example: Example) -> Outcome:
    """Run one example as given and, if it shows an exception, once more without what excuses."""
    given = casebook.world(example)
    try:
        rows = _found(world, example, given, {})
        problem = differs(rows, example.flags, example.verdict)
        if example.known_miss:
            problem = "" if problem else "the known miss is found now: remove known_miss"
        if problem or example.without is None:
            return Outcome(example.name, problem, rows)
        left = casebook_model.taken_away(given, example.without)
        rows = _found(world, example, left, example.without.params)
        return Outcome(example.name, _never_consulted(rows, example.without_flags), rows)
    except (DetectorError, duckdb.Error) as error:
        return Outcome(example.name, str(error), ())


def _never_consulted(rows: Sequence[Mapping[str, object]], expected: Expected | None) -> str:
    if expected is not None:
        problem = differs(rows, expected, None)
        return f"without the excuse: {problem}" if problem else ""
    if any(row["verdict"] == Verdict.SUSPECTED for row in rows):
        return ""
    if rows:
        return "without the excuse no verdict is 'suspected'; if that is meant, state without_flags"
    return "the exception is never consulted: without the excuse nothing is flagged either"


def _found(
    world: World, example: Example, given: Given, params: Mapping[str, Value]
) -> tuple[Mapping[str, object], ...]:
    detector = world.detector
    with world.holding(given, example.as_of) as con:
        resolved = resolve(con, detector, example.place)
        write(con, detector, overridden(detector, resolved, {**example.params, **params}))
        cursor = con.execute(f"select * from {detector.finding_table}")  # noqa: S608 — name from our own header
        rows = tuple(dict(zip(detector.columns, row, strict=True)) for row in cursor.fetchall())
    for row in rows:
        render_message(detector.message, row)
        render_message(detector.message_zh, row)
    return rows


def main(ids: Sequence[str]) -> int:
    """Print how the casebooks named (all, if none is) came out; 1 if any example failed."""
    chosen = [registry.detector(id_) for id_ in ids] or list(registry.detectors().values())
    failed = sum(_told(detector) for detector in chosen)
    _say(f"{failed} failed" if failed else "all as promised")
    return 1 if failed else 0


def _told(detector: Detector) -> int:
    """Print how one casebook came out; count what failed."""
    try:
        gaps = casebook_model.gaps(detector, casebook_model.read(detector.casebook_path))
        outcomes = prove(detector)
    except DetectorError as error:
        _say(f"{detector.id}  ✗ {error}")
        return 1
    _say(*(f"{detector.id}  ✗ {gap}" for gap in gaps))
    for outcome in outcomes:
        _say(f"{detector.id}  {'✓' if outcome.passed else '✗'} {outcome.example}")
        if not outcome.passed:
            _say(f"       {outcome.problem}")
            _say(*(f"       returned {_brief(row)}" for row in outcome.rows))
    return len(gaps) + sum(not outcome.passed for outcome in outcomes)


def _brief(row: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if value is not None}


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DetectorError as error:
        sys.exit(str(error))
