"""The matcher against an invented city whose truth is known; figures below the promise fail."""

import duckdb
import pyarrow as pa
import pytest
from student_world import World, a_world, lay

from detectors.identity.evaluate import BY_NUMBER, Evaluation, evaluate
from detectors.identity.resolution import resolve
from detectors.identity.train import train


def truth_of(world: World) -> pa.Table:
    return pa.table(
        {
            "record_id": list(world.truth),
            "true_person": [str(person) for person in world.truth.values()],
        }
    )


def measured(con: duckdb.DuckDBPyConnection, seed: int, damage_share: float = 0.06) -> Evaluation:
    world = a_world(1500, seed, damage_share)
    lay(con, world)
    resolve(con, threads=2)
    return evaluate(con, truth_of(world))


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    yield con
    con.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_persons_are_found_in_a_city(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    found = measured(con, seed)
    assert found.precision >= 0.999
    assert found.recall >= 0.98


def test_three_times_the_errors_cost_recall_before_precision(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = measured(con, 3, damage_share=0.18)
    assert found.precision >= 0.999
    assert found.recall >= 0.95


def test_persons_are_measured_by_the_state_of_their_numbers(con: duckdb.DuckDBPyConnection) -> None:
    found = measured(con, 6)
    by_number = found.measured.by_level[BY_NUMBER]
    assert found.twins_merged == 0
    assert found.of_wrong_numbers.recall >= 0.95
    assert by_number["own"].true > by_number["bad_check"].true > 0
    assert "k12 – vocational" in found.measured.by_inputs
    assert found.measured.brier < 0.02


def test_training_proposes_a_model_that_still_knows_the_persons(
    con: duckdb.DuckDBPyConnection,
) -> None:
    world = a_world(1500, 4)
    lay(con, world)
    learned = train(con)
    assert learned.converged
    proposed = learned.model
    resolve(con, threads=2, model=proposed)
    found = evaluate(con, truth_of(world))
    assert found.precision >= 0.998
    assert found.recall >= 0.97
    assert proposed.weight("phone", "same") > 0 > proposed.weight("phone", "different")
