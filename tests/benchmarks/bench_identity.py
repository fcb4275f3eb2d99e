"""Persons in a city of 30,000: time, precision and recall, printed for the record.

Run with `pytest -s tests/benchmarks/bench_identity.py` or `make benchmark`.
"""

import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "identity"))

from student_world import a_world, lay

from detectors.identity.evaluate import evaluate
from detectors.identity.resolution import resolve


@pytest.mark.parametrize("damage_share", [0.06, 0.18])
def test_persons_of_a_city(damage_share: float) -> None:
    world = a_world(30_000, seed=9, damage_share=damage_share)
    con = duckdb.connect(config={"threads": 2})
    lay(con, world)
    started = time.perf_counter()
    found = resolve(con, threads=2)
    seconds = time.perf_counter() - started
    truth = pa.table(
        {"record_id": list(world.truth), "true_person": [str(one) for one in world.truth.values()]}
    )
    right = evaluate(con, truth)
    con.close()
    print(  # noqa: T201 - a benchmark's purpose
        f"\nidentity: {found.records} rows, {found.persons} persons (true {right.true_persons}), "
        f"damage {damage_share:.0%}: {seconds:.1f} s, pairwise precision {right.precision:.6f}, "
        f"recall {right.recall:.6f}, {found.pairs} pairs compared, {found.refused} refused"
    )
    assert right.precision >= 0.999
    assert right.recall >= 0.95
