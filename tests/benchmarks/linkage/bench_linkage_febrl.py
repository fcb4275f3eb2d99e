"""FEBRL 1 to 4 without labels: ours beside Splink 5 and recordlinkage.

Run with `pytest -s tests/benchmarks/linkage/bench_linkage_febrl.py`; the figures are kept in febrl.md beside it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import recordlinkage_peer
import splink_febrl
from engine import link_tables
from febrl import NUMBERS, febrl
from measured import measured
from results import keep, lines_of
from scores import Truth, best, right_at

HEAD = (
    "data",
    "tool",
    "at 0.5: P / R / F1",
    "best F1 (threshold)",
    "seconds",
    "peak MB",
    "pairs scored",
)
PEERS = {"Splink 5": splink_febrl.link_febrl, "recordlinkage ECM": recordlinkage_peer.link_febrl}


def test_febrl_is_linked_at_least_as_well_as_by_the_best_peer() -> None:
    lines, behind = [], []
    for number in NUMBERS:
        data = febrl(number)
        truth = Truth(data.person, data.source, {})
        ours = measured(link_tables, f"febrl{number}", data.tables)
        runs = {"ours": (ours, ours.result.pairs)}
        for name, peer in PEERS.items():
            run = measured(peer, data)
            runs[name] = (run, run.result[0])
        matches = len(truth.matches(across=len(data.tables) > 1)[0])
        f1 = {}
        for name, (run, pairs) in runs.items():
            right = right_at(pairs, truth, matches, 0.5)
            threshold, highest = best(pairs, truth, matches)
            f1[name] = (right.f1, highest.f1)
            told = [f"FEBRL {number}", name, str(right), f"{highest.f1:.5f} ({threshold:.3g})"]
            lines.append(
                [*told, f"{run.seconds:.1f}", f"{run.peak_mb:,.0f}", f"{len(pairs.one):,}"]
            )
        behind += [
            (number, peer, which)
            for peer in PEERS
            for which, mine, theirs in zip(("at 0.5", "best"), f1["ours"], f1[peer], strict=True)
            if mine < theirs
        ]
    keep("febrl", "# FEBRL 1 to 4, unsupervised", lines_of(HEAD, lines))
    assert not behind
