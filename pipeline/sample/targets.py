"""What the scorecard must show, and which figures fall short of it."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from pipeline.sample.scorecard import DetectorScore
from pipeline.sample.stopwatch import GroupTime

RECALL = 0.95
PRECISION = MappingProxyType({"A": 0.95, "B": 0.90, "C": 0.70})  # D accuses nobody
SECONDS, SECONDS_ARE_FOR = 30.0, 300_000  # of a group's detectors and features, on 2 cores


def shortfalls(score: DetectorScore) -> tuple[str, ...]:
    """Name the figures of a detector that miss their target: recall, A, B, C, amounts, its status."""
    missed = ["recall"] if score.recall < RECALL else []
    for severity, count in sorted(score.by_severity.items()):
        if count.precision < PRECISION.get(severity, 0.0):
            missed.append(severity)
    if score.amounts_wrong:
        missed.append("amounts")
    if score.status != "ran":
        missed.append(score.status)
    return tuple(missed)


def all_shortfalls(scores: Iterable[DetectorScore]) -> list[str]:
    """Name every figure that misses its target, as 'FR301 recall'."""
    return [f"{score.detector_id} {missed}" for score in scores for missed in shortfalls(score)]


def slow(times: Iterable[GroupTime]) -> list[str]:
    """Name the groups of families that took longer than they may for 300,000 students."""
    return [one.letters for one in times if one.seconds > SECONDS]
