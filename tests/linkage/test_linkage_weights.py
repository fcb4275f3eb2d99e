from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pattern_worlds import a_world

from detectors.contract import DetectorError
from detectors.identity.linkage.coded import Coded, Table
from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.model import Field, Level, LinkType, Model, load_model
from detectors.identity.linkage.terms import TermFrequencies
from detectors.identity.linkage.weights import adjusted, weigh

MISSING, SAME, ONE_EDIT, DIFFERENT = 0, 1, 2, 3


def weighed_levels(*levels: list[int]):
    told = np.array(levels, np.uint8)
    patterns = Patterns(np.arange(len(told)), np.ones(len(told), np.int64), told)
    return weigh(a_world().truth, patterns)


def test_what_is_missing_weighs_nothing() -> None:
    weighed = weighed_levels([MISSING] * 5)
    assert weighed.bits[0] == pytest.approx(0.0)
    assert weighed.match[0] == pytest.approx(300_000 / 1e12, rel=1e-4)


def test_bits_add_up_over_fields() -> None:
    both, number, name = weighed_levels([1, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]).bits
    assert both == pytest.approx(number + name)
    assert name == pytest.approx(np.log2(0.94 / 2e-5))


def test_the_three_probabilities_add_up() -> None:
    weighed = weighed_levels([1, 1, 1, 1, 1], [3, 3, 1, 1, 1], [3, 4, 3, 2, 2])
    assert weighed.posterior.sum(axis=0) == pytest.approx(1.0)
    assert weighed.posterior.argmax(axis=0).tolist() == [0, 1, 2]


def test_a_sibling_is_no_match_however_much_the_household_shares() -> None:
    """Surname, birth date, phone and city: 36 bits against strangers, and still two people."""
    weighed = weighed_levels([DIFFERENT, 3, 1, 1, 1])
    assert weighed.bits[0] > 30
    assert weighed.match[0] < 0.02


def test_an_untrained_model_cannot_weigh() -> None:
    world = a_world()
    with pytest.raises(DetectorError, match="train it first"):
        weigh(world.untrained, world.patterns)


def test_a_rare_name_makes_strangers_less_likely_and_leaves_households_alone() -> None:
    weighed = weighed_levels([MISSING, 1, 1, 2, 2])
    usual, rare, common = adjusted(weighed, np.zeros(3, np.int32), np.array([0.0, 5.0, -5.0]))
    assert usual == pytest.approx(weighed.match[0])
    assert common < usual < rare
    match, family, random = weighed.posterior[:, 0]
    assert rare == pytest.approx(match / (match + family + random / 32))


def test_near_strangers_are_strangers() -> None:
    """What neighbours share speaks against a match, and is told with the strangers."""
    truth = a_world().truth
    near = [
        replace(
            field,
            levels=tuple(
                replace(level, shares=replace(level.shares, near=(max(level.shares.u, 0.5),)))
                for level in field.levels
            ),
        )
        for field in truth.fields
    ]
    model = replace(truth, fields=tuple(near), prior=replace(truth.prior, near=(1e-4,)))
    levels = np.array([[0, 1, 1, 0, 0]], np.uint8)
    patterns = Patterns(np.arange(1), np.ones(1, np.int64), levels)
    with_near, without = weigh(model, patterns), weigh(truth, patterns)
    assert with_near.posterior.shape == (3, 1)
    assert with_near.posterior.sum() == pytest.approx(1.0)
    assert with_near.posterior[2, 0] > without.posterior[2, 0]
    assert with_near.bits[0] == pytest.approx(without.bits[0])


def test_a_model_keeps_its_near_strangers_on_file(tmp_path: Path) -> None:
    truth = a_world().truth
    model = replace(truth, prior=replace(truth.prior, near=(1e-4, 2e-5)))
    model.save(tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model


def names_of(surnames: list[int], towns: list[int]) -> tuple[Table, Model]:
    levels = (Level("same_surname", ("same surname",)), Level("different", ("otherwise",)))
    name = Field("name", "chinese_name", {"value": ("name",)}, "surname", levels, "surname")
    model = Model("m", "", LinkType.DEDUPE_ONLY, (name,), (("name.surname",),))
    fields = {
        "name": Coded("name", {"surname": np.array([surnames], np.int64)}, {}),
        "town": Coded("town", {"value": np.array([towns], np.int64)}, {}),
    }
    ids = pa.chunked_array([pa.array([str(at) for at in range(len(surnames))])])
    return Table(fields, np.zeros(len(surnames), np.uint8), ids), model


def rarity_of_pair(table: Table, model: Model, one: int, other: int) -> float:
    levels = np.ones((1, 1), np.uint8)
    rows = (np.array([at], np.int32) for at in (one, other))
    return float(TermFrequencies(table, model).rarity(levels, *rows)[0])


def test_rarity_is_the_usual_share_of_an_agreement_over_its_own() -> None:
    """Three Wangs and one Ouyang: strangers agree in 10 of 16 draws, 9/16 + 1/16."""
    table, model = names_of([7, 7, 7, 9], [0] * 4)
    assert rarity_of_pair(table, model, 0, 1) == pytest.approx(
        np.log2((10 / 16) / (3 / 4)), abs=1e-6
    )
    assert rarity_of_pair(table, model, 3, 3) == pytest.approx(
        np.log2((10 / 16) / (1 / 4)), abs=1e-6
    )


def test_a_surname_that_fills_a_village_says_little_there() -> None:
    surnames = [7] * 300 + [8] * 20 + [9] * 2_000
    towns = [1] * 300 + [2] * 20 + [2] * 2_000
    table, model = names_of(surnames, towns)
    by_place = Model(
        "m",
        "",
        model.link_type,
        (Field(**{**vars(model.fields[0]), "frequency_within": "town.value"}),),
        model.keys,
    )
    assert rarity_of_pair(table, by_place, 0, 1) < rarity_of_pair(table, model, 0, 1) - 2
    # in the other town it is as rare as it is
    assert rarity_of_pair(table, by_place, 300, 301) > rarity_of_pair(table, by_place, 0, 1)


def test_pairs_that_differ_have_no_rarity() -> None:
    table, model = names_of([7, 9], [0, 0])
    levels = np.full((1, 1), 2, np.uint8)
    told = TermFrequencies(table, model).rarity(
        levels, np.array([0], np.int32), np.array([1], np.int32)
    )
    assert told.tolist() == [0.0]
