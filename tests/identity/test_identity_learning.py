"""What learning tells apart without labels: one person, one household, strangers; and what labels add to it."""

import duckdb
import pyarrow as pa
import pytest
from persons import a_database, a_number
from student_world import a_world, lay

from detectors.contract import DetectorError
from detectors.identity.model import Prior, load
from detectors.identity.pattern import Pattern
from detectors.identity.train import Trained, learned, sample, train


@pytest.fixture(scope="module")
def taught() -> Trained:
    con = duckdb.connect()
    world = a_world(6000, 5)
    lay(con, world)
    told = train(con)
    con.close()
    return told


def test_learning_comes_to_rest_and_says_what_it_has_seldom_met(taught: Trained) -> None:
    assert taught.converged
    assert any(note.startswith("number masked was met less than") for note in taught.notes)


def test_the_number_of_a_household_differs_and_its_telephone_agrees(taught: Trained) -> None:
    shares = taught.model.shares
    number, phone = shares["number", "same_valid"], shares["phone", "family"]
    assert number.m > 5 * number.family
    assert phone.family > 100 * phone.u


def test_twins_weigh_less_than_one_person_however_much_they_share() -> None:
    twins = Pattern(
        number="near",
        name="one_character",
        birth="same",
        sex="same",
        phone="family",
        guardian="same",
        address="same",
    )
    assert load().against_strangers(twins) > 10
    assert load().total(twins) < -5


def test_a_prior_grows_stricter_with_the_rows_and_never_laxer() -> None:
    prior = Prior(1e-4, 1e-5, rows=10_000)
    assert prior.among(20_000).match == pytest.approx(5e-5)
    assert prior.among(5_000).match == prior.match


def test_labelled_pairs_move_what_is_learned() -> None:
    con = duckdb.connect()
    lay(con, a_world(1500, 4))
    model = load()
    seen = sample(con, model)
    doubtful = max(
        (
            pattern
            for pattern in seen.found
            if pattern.number == "doubtful" and pattern.name == "same"
        ),
        key=lambda pattern: seen.found[pattern],
    )
    pairs = seen.found[doubtful]
    said = learned(seen, model).model.total(doubtful)
    other = learned(
        type(seen)(seen.rows, seen.pairs, seen.found, seen.apart, {doubtful: (0, pairs)}), model
    )
    one = learned(
        type(seen)(seen.rows, seen.pairs, seen.found, seen.apart, {doubtful: (pairs, 0)}), model
    )
    assert other.model.total(doubtful) <= said <= one.model.total(doubtful)
    assert other.model.total(doubtful) < one.model.total(doubtful)


def test_labelled_pairs_without_a_verdict_are_refused() -> None:
    con = a_database({"name": "林浩然", "id_number": a_number(2)})
    with pytest.raises(DetectorError, match="is_match"):
        train(con, labelled=pa.table({"record_a": ["r1"], "record_b": ["r1"]}))
