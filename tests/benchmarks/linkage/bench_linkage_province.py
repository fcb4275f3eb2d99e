"""All registries of a province: 10,000,000 rows over five sources, and 40,000,000 if asked for.

Run with `pytest -s tests/benchmarks/linkage/bench_linkage_province.py`; `QINGJI_BENCHMARK_MILLIONS=40` sets the size.
Splink is not run: its tuned rules need more memory than the target of 8 GB at this size.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from engine import link_province
from measured import measured
from results import keep, lines_of
from scores import clustered, truth_of
from worlds import lay

MILLIONS = int(os.environ.get("QINGJI_BENCHMARK_MILLIONS", "10"))
HEAD = ("persons: P / R / F1", "seconds", "peak MB", "pairs scored", "stages")
# the most seconds and gigabytes by size; at 40 million only the memory is promised
LIMITS = {10: (90.0, 8.0), 40: (float("inf"), 20.0)}


def test_rows_of_a_province() -> None:
    laid = lay("province", MILLIONS * 1_000_000)
    run = measured(link_province, "province", laid.registries)
    truth = truth_of(laid.truths)
    right = clustered(run.result.clusters, truth, across=False)
    told = (
        str(right),
        f"{run.seconds:.1f}",
        f"{run.peak_mb:,.0f}",
        f"{len(run.result.pairs.one):,}",
    )
    keep(
        f"province_{MILLIONS}m",
        f"# {len(truth):,} rows of five registries",
        lines_of(HEAD, [[*told, str(run.result.seconds)]]),
    )
    seconds, gigabytes = LIMITS.get(MILLIONS, (float("inf"), 20.0))
    assert run.seconds < seconds
    assert run.peak_mb < gigabytes * 1024
    assert right.f1 >= 0.99
