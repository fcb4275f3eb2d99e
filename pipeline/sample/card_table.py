"""The scorecard as a table for the terminal and for the repository."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.sample.scorecard import DetectorScore, Miss, Scorecard
from pipeline.sample.stopwatch import GroupTime
from pipeline.sample.targets import (
    PRECISION,
    RECALL,
    SECONDS,
    SECONDS_ARE_FOR,
    all_shortfalls,
    shortfalls,
)

_HEADER = (
    f"{'':6}{'planted':>8}{'found':>6}{'recall':>8}{'asked':>6} |{'A':>8}{'B':>9}{'C':>9}{'D':>9} |"
    f"{'needs ev.':>10} |{'look-alikes':>12}{'flagged':>8} |{'sums':>5}{'differ':>7} |{'s':>6}"
)
_LEGEND = f"""\
asked: planted wrongs of which only a case that needs evidence speaks; A to D: cases that hit a planted wrong / cases
that accuse (look-alikes and the background count against them); needs ev.: cases that need evidence; flagged:
look-alikes accused at A or B; sums: planted wrongs found whose truth states an amount; s: seconds in the night, others
running beside. Asked for: recall {RECALL:.2f}, A {PRECISION["A"]:.2f}, B {PRECISION["B"]:.2f}, C {PRECISION["C"]:.2f},
no sum that differs."""


def render(card: Scorecard, times: Sequence[GroupTime] = ()) -> str:
    """Write the scorecard as a table; what misses its target is named at the end of its line."""
    missed = all_shortfalls(card.detectors)
    lines = [
        f"persons     precision {card.persons.precision:.4f}  recall {card.persons.recall:.4f}"
        f"  ({card.persons.true} pairs of rows)",
        f"enrolments  precision {card.enrolments.precision:.4f}  recall {card.enrolments.recall:.4f}"
        f"  ({card.enrolments.true} pairs of rows)",
        "",
        _HEADER,
        *(_line(one) for one in card.detectors),
        "",
        _LEGEND,
        "",
        f"look-alikes suspected at A or B: {card.look_alikes_flagged_share:.2%}",
        f"short of their targets: {', '.join(missed) or 'none'}",
        *(_time_line(one) for one in times),
    ]
    return "\n".join(lines)


def _line(one: DetectorScore) -> str:
    cells = [_cell(one, severity) for severity in "ABCD"]
    recall = f"{one.recall:.3f}" if one.planted else "-"
    text = (
        f"{one.detector_id:6}{one.planted:8}{one.found:6}{recall:>8}{one.found_undecided:6} |"
        f"{cells[0]:>8}{cells[1]:>9}{cells[2]:>9}{cells[3]:>9} |{one.undecided:10} |"
        f"{one.look_alikes:12}{one.look_alikes_flagged:8} |{one.amounts:5}{one.amounts_wrong:7} |"
        f"{one.seconds:6.1f}"
    )
    missed = shortfalls(one)
    return f"{text}  <- {', '.join(missed)}" if missed else text


def _cell(one: DetectorScore, severity: str) -> str:
    count = one.by_severity.get(severity)
    return f"{count.right}/{count.cases}" if count else "-"


def _time_line(one: GroupTime) -> str:
    slowest = ", ".join(f"{name} {seconds:.1f}" for name, seconds in one.slowest)
    return (
        f"{one.letters}: {one.seconds:.1f} s with their features (for {SECONDS_ARE_FOR:,} students at most"
        f" {SECONDS:.0f}); longest {slowest}"
    )


def render_misses(found: Sequence[Miss]) -> str:
    """Write what keeps a detector from its targets, a line each."""
    lines = [f"{one.what:10} {one.id} {one.school_code} {one.people} {one.about}" for one in found]
    return "\n".join([*lines, f"({len(found)})"])
