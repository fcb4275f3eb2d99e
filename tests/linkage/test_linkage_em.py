from dataclasses import replace

import numpy as np
import pytest
from pattern_worlds import STUDENTS, World, a_world, model_of, row_of

from detectors.contract import DetectorError
from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.em import How, Learned, learn
from detectors.identity.linkage.labels import Decided, decided
from detectors.identity.linkage.model import Model


def learned_from(world: World, model: Model | None = None) -> Learned:
    return learn(model or world.untrained, world.patterns, world.strangers, world.truncation)


def share(model: Model, field: str, level: str, name: str) -> float:
    found = {(one.name, two.name): two.shares for one in model.fields for two in one.levels}
    return getattr(found[field, level], name)


def test_the_shares_and_numbers_of_a_known_world_come_back() -> None:
    world = a_world(matches=300_000, families=60_000, strangers=1e12)
    learned = learned_from(world)
    assert learned.converged
    assert learned.notes == ()
    assert learned.pairs[0] == pytest.approx(300_000, rel=0.005)
    assert learned.pairs[1] == pytest.approx(60_000, rel=0.25)
    assert row_of(learned.model, "m") == pytest.approx(row_of(world.truth, "m"), abs=0.003)
    assert row_of(learned.model, "family") == pytest.approx(row_of(world.truth, "family"), abs=0.2)
    assert learned.model.prior.match == pytest.approx(3e-7, rel=0.005)


def test_what_the_keys_missed_is_counted_in() -> None:
    """A fifth of all numbers is missing, so matches are lost; their estimated number does not shrink."""
    fields = STUDENTS | {"number": ("identity_number", 0.4, STUDENTS["number"][2])}
    keys = (("number.value",), ("phone.value", "birth.day"))
    world = a_world(fields=fields, keys=keys)
    compared = int(world.patterns.counts.sum())
    learned = learned_from(world)
    assert compared < 290_000
    assert learned.found[0] == pytest.approx(0.87, abs=0.02)
    assert learned.pairs[0] == pytest.approx(300_000, rel=0.02)


def test_the_likelihood_never_falls() -> None:
    for seed in range(3):
        learned = learned_from(a_world(matches=3_000, families=500, strangers=1e8, seed=seed))
        for heights in learned.likelihoods:
            assert np.diff(heights).min(initial=0.0) >= -1e-6 * abs(heights[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_classes_keep_their_places_when_twins_outnumber_matches(seed: int) -> None:
    learned = learned_from(a_world(matches=2_000, families=20_000, strangers=1e9, seed=seed))
    assert learned.pairs[0] == pytest.approx(2_000, rel=0.1)
    assert learned.pairs[1] == pytest.approx(20_000, rel=0.15)
    assert share(learned.model, "number", "same", "m") > 0.9
    assert share(learned.model, "number", "same", "family") < 0.01


def test_a_world_without_households_is_told_and_learned_with_two_classes() -> None:
    world = a_world(families=0)
    learned = learned_from(world)
    assert "two classes were learned" in learned.notes[0]
    assert learned.model.prior.family == 0.0
    assert learned.pairs[0] == pytest.approx(300_000, rel=0.005)
    assert row_of(learned.model, "m") == pytest.approx(row_of(world.truth, "m"), abs=0.002)


def test_without_a_personal_field_no_household_is_imagined() -> None:
    fields = STUDENTS | {"number": ("code", *STUDENTS["number"][1:])}
    learned = learned_from(a_world(fields=fields, families=0))
    assert "no field is marked `personal`" in learned.notes[0]


def test_neighbours_who_share_a_surname_are_neither_matches_nor_one_household() -> None:
    """Villages of one surname: chance agrees in several fields at once, and no class of three explains it."""
    world = a_world(matches=30_000, families=6_000, strangers=1e10, near=2e7)
    learned = learned_from(world)
    assert learned.model.prior.near
    assert learned.pairs[0] == pytest.approx(30_000, rel=0.02)
    assert share(learned.model, "number", "different", "m") == pytest.approx(0.02, abs=0.01)
    assert share(learned.model, "phone", "same", "family") > 0.4
    for field in learned.model.fields:
        for level in field.levels:
            assert len(level.shares.near) == len(learned.model.prior.near)


def test_a_field_without_information_is_named() -> None:
    sex = (
        "code",
        0.0,
        [("same", "same value", 0.5, 0.5, 0.5), ("different", "otherwise", 0.5, None, None)],
    )
    known = ("name", "birth", "phone", "city", "sex")
    learned = learned_from(a_world(fields=STUDENTS | {"sex": sex}, known=known))
    assert [note for note in learned.notes if "sex carries no information" in note]


def test_a_field_that_nobody_states_is_named() -> None:
    world = a_world(matches=3_000, families=500, strangers=1e8)
    levels = world.patterns.levels.copy()
    levels[:, 4] = 0
    blank = replace(world, patterns=replace(world.patterns, levels=levels))
    assert "city is never stated on both sides" in learned_from(blank).notes


def test_no_level_is_left_untrained_or_impossible() -> None:
    learned = learned_from(a_world(matches=200, families=50, strangers=1e7))
    for field in learned.model.fields:
        for name in ("m", "family", "u"):
            shares = [getattr(level.shares, name) for level in field.levels]
            assert min(shares) > 0
            assert sum(shares) == pytest.approx(1.0)


def test_learning_from_no_pair_says_what_to_do() -> None:
    world = a_world()
    nothing = Patterns(
        *(
            part[:0]
            for part in (world.patterns.numbers, world.patterns.counts, world.patterns.levels)
        )
    )
    with pytest.raises(DetectorError, match="widen them"):
        learn(world.untrained, nothing, world.strangers, world.truncation)


def test_learning_twice_gives_the_same_model() -> None:
    world = a_world(matches=3_000, families=500, strangers=1e8)
    assert learned_from(world).model == learned_from(world).model


def test_retraining_starts_from_the_reviewed_shares() -> None:
    world = a_world()
    again = learn(
        world.truth, world.patterns, world.strangers, world.truncation, How(from_model=True)
    )
    assert again.steps < learned_from(world).steps
    assert row_of(again.model, "m") == pytest.approx(row_of(world.truth, "m"), abs=0.002)


def test_decisions_of_inspectors_move_the_shares_of_their_patterns() -> None:
    """Where reviewers found every doubtful twin to be two people, fewer matches are believed in."""
    world = a_world(matches=3_000, families=500, strangers=1e8)
    patterns = world.patterns
    doubtful = (patterns.levels[:, 0] == 0) & (patterns.levels[:, 1] == 3)
    others = np.where(doubtful, patterns.counts, 0).astype(np.float64)
    how = How(decided=Decided(np.zeros(len(patterns)), others))
    told = learn(world.untrained, patterns, world.strangers, world.truncation, how)
    assert share(told.model, "name", "same_surname", "m") < share(
        learned_from(world).model, "name", "same_surname", "m"
    )


def test_a_pair_decided_twice_is_refused() -> None:
    patterns = Patterns(np.array([1]), np.array([1]), np.array([[1]], np.uint8))
    with pytest.raises(DetectorError, match="last decision only"):
        decided(patterns, np.array([0, 0], np.int32), np.array([True, False]))


def test_the_true_model_is_not_improved_upon_by_much() -> None:
    """Weights learned without a label decide as the true shares would, pattern by pattern."""
    from detectors.identity.linkage.weights import weigh

    world = a_world()
    ours = weigh(learned_from(world).model, world.patterns).match > 0.5
    best = weigh(world.truth, world.patterns).match > 0.5
    assert world.patterns.counts[ours != best].sum() < 0.0005 * world.pairs[0]


def test_worlds_are_what_they_say() -> None:
    assert all(
        sum(level.shares.m for level in field.levels) == pytest.approx(1)
        for field in model_of().fields
    )
