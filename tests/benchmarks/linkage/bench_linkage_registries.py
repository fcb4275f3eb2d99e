"""Two registries of a million students, ours beside Splink 5: accuracy, seconds, memory, ablation, keys.

Run with `pytest -s tests/benchmarks/linkage/bench_linkage_registries.py`; the figures are kept in the .md beside it.
`QINGJI_BENCHMARK_ROWS` sets another size than 1,000,000. Splink is only as good as the settings in splink_peer.py.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from engine import link_files
from measured import Measured, measured
from results import keep, lines_of
from scores import Run, Truth, among, best, by_damage, clustered, right_at, truth_of
from splink_peer import link_students
from worlds import lay

ROWS = int(os.environ.get("QINGJI_BENCHMARK_ROWS", "1000000"))
HEAD = (
    "tool", "pairs at 0.5: P / R / F1", "best threshold: F1", "one to one: P / R / F1",
    "seconds", "peak MB", "pairs scored", "stages",
)  # fmt: skip
# the least F1 asked of us, and the most of Splink's error
WORLDS = {
    "two_registries": (0.999, 0.2),
    "three_times_the_noise": (0.99, 0.5),
    "villages": (0.99, 0.5),
    "no_families": (0.999, 1.0),
}


@pytest.mark.parametrize("world", WORLDS)
def test_students_are_linked_better_than_by_the_best_tuned_peer(world: str) -> None:
    least, share = WORLDS[world]
    laid = lay(world, ROWS)
    truth = truth_of(laid.truths)
    ours = measured(link_files, "students", laid.registries)
    two = measured(link_files, "students", laid.registries, 2)
    peer = measured(link_students, laid.registries, "tuned")
    f1 = clustered(ours.result.clusters, truth, across=True).f1
    splinks = clustered(peer.result.clusters, truth, across=True).f1
    runs = {"ours": ours, "ours without the family class": two, "Splink 5, tuned": peer}
    keep(
        f"registries_{world}_{ROWS}",
        f"# Two registries of {ROWS:,} students: {world.replace('_', ' ')}",
        lines_of(HEAD, [[tool, *_told(run, truth)] for tool, run in runs.items()]),
        f"Error (1 - F1, one to one): ours {1 - f1:.5f}, Splink {1 - splinks:.5f}, "
        f"a share of {(1 - f1) / (1 - splinks):.3f}. "
        f"Matches by the engine's own estimate: {ours.result.estimated:,.0f}.",
        "## What the keys find, by what was done to either row",
        _completeness(ours.result, truth),
    )
    assert f1 >= least
    assert 1 - f1 <= share * (1 - splinks)


def _told(measurement: Measured, truth: Truth) -> list[str]:
    run: Run = measurement.result
    matches = len(truth.matches(across=True)[0])
    return [
        str(right_at(run.pairs, truth, matches, 0.5)),
        f"{best(run.pairs, truth, matches)[1].f1:.5f}",
        str(clustered(run.clusters, truth, across=True)),
        f"{measurement.seconds:.1f}",
        f"{measurement.peak_mb:,.0f}",
        f"{len(run.pairs.one):,}",
        ", ".join(f"{stage} {taken}" for stage, taken in run.seconds.items()),
    ]


def _completeness(run: Run, truth: Truth) -> str:
    one, other = truth.matches(across=True)
    asked = (one, other, len(truth))
    met = among((run.pairs.one, run.pairs.other), *asked)
    likely = run.pairs.probability >= 0.5
    linked = among((run.pairs.one[likely], run.pairs.other[likely]), *asked)
    lines = [
        [*line, recall[-1]]
        for line, recall in zip(
            by_damage(met, one, other, truth), by_damage(linked, one, other, truth), strict=True
        )
    ]
    return lines_of(("field", "damage", "true pairs", "found by keys", "linked at 0.5"), lines)
