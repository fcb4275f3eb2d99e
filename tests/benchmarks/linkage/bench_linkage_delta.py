"""A night with 1 % changed rows on the 10,000,000 of a province: seconds, and the same persons as in full.

Run with `pytest -s tests/benchmarks/linkage/bench_linkage_delta.py`; `QINGJI_BENCHMARK_MILLIONS` sets another size.
"""

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from engine import link_two_nights
from measured import measured
from next_night import lay_next_night
from results import keep, lines_of
from worlds import lay

MILLIONS = int(os.environ.get("QINGJI_BENCHMARK_MILLIONS", "10"))
HEAD = (
    "rows tonight", "read, seconds", "link changes", "link in full", "rows of other persons",
    "of other persons if term frequencies are counted anew",
)  # fmt: skip


def test_changes_alone_give_the_persons_of_a_full_run() -> None:
    first = lay("province", MILLIONS * 1_000_000)
    second = lay_next_night(first)
    run = measured(link_two_nights, "province", first.registries, second.registries)
    two = run.result
    others = _differing(two.by_changes, two.in_full)
    anew = _differing(two.by_changes, two.anew)
    seconds = two.seconds
    told = (
        f"{len(two.in_full):,}",
        *(f"{taken:.1f}" for taken in seconds.values()),
        f"{others:,}",
        f"{anew:,}",
    )
    keep(
        f"delta_{MILLIONS}m",
        "# A night on which 1 % of the rows changed",
        lines_of(HEAD, [told]),
        f"Peak of the four runs in one process: {run.peak_mb:,.0f} MB.",
    )
    assert others == 0
    assert seconds["read"] + seconds["changes"] < 15


def _differing(one: np.ndarray, other: np.ndarray) -> int:
    return int((_first_rows(one) != _first_rows(other)).sum())


def _first_rows(of_row: np.ndarray) -> np.ndarray:
    """Name every row's person by its first row, so that two ways of numbering persons compare."""
    _, first, persons = np.unique(of_row, return_index=True, return_inverse=True)
    return first[persons]
