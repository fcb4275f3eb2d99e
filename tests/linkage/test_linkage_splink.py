"""Splink 5 as our witness: on its own ground our learning gives its numbers, and it reads what we export."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from detectors.identity.linkage.ascent import Rest
from detectors.identity.linkage.coded import Coded, Table
from detectors.identity.linkage.compare import compare, patterns
from detectors.identity.linkage.em import How, Learned, learn
from detectors.identity.linkage.model import Field, Level, LinkType, Model, Prior, Shares
from detectors.identity.linkage.splink_export import (
    scored_pairs,
    slots_of,
    splink_settings,
    standardised,
)
from detectors.identity.linkage.table import from_arrow
from detectors.identity.linkage.weights import weigh

FIELDS = ("given", "surname", "birth", "phone", "town")
VALUES = (30, 40, 300, 900, 12)


def a_field(name: str) -> Field:
    levels = (
        Level("same", (f"same {name}",), Shares(0.9, 0.1, 0.1)),
        Level("different", ("otherwise",), Shares(0.1, 0.9, 0.9)),
    )
    return Field(name, "code", {"value": (name,)}, name, levels)


def a_model() -> Model:
    return Model(
        "parity",
        "",
        LinkType.DEDUPE_ONLY,
        tuple(a_field(name) for name in FIELDS[:4]),
        (("town.town",),),
        classes=2,
        prior=Prior(0.01, 0.0),
    )


def rows_of(persons: int = 900, seed: int = 3) -> Table:
    """Persons, a third of them twice, one value in ten wrong and one in twenty missing."""
    random = np.random.default_rng(seed)
    people = np.vstack([1 + random.integers(0, values, persons) for values in VALUES])
    rows = np.hstack([people, people[:, : persons // 3]])
    for at, values in enumerate(VALUES[:4]):
        wrong = random.random(rows.shape[1]) < 0.1
        rows[at, wrong] = 1 + random.integers(0, values, int(wrong.sum()))
        rows[at, random.random(rows.shape[1]) < 0.05] = 0
    fields = {
        name: Coded(name, {name: rows[at][None].astype(np.int64)}, {})
        for at, name in enumerate(FIELDS)
    }
    ids = pa.chunked_array([pa.array([f"r{at:05}" for at in range(rows.shape[1])])])
    return Table(fields, np.zeros(rows.shape[1], np.uint8), ids)


def pairs_in_one_town(table: Table) -> tuple[np.ndarray, np.ndarray]:
    town = table.code("town.town")[0]
    one, other = np.triu_indices(len(table), 1)
    same = town[one] == town[other]
    return one[same].astype(np.int32), other[same].astype(np.int32)


def learned_here(table: Table) -> Learned:
    counted = patterns(compare(table, a_model(), *pairs_in_one_town(table)), a_model())[1]
    to_the_end = Rest(moved=1e-12, gained=-np.inf, steps=5_000)
    return learn(a_model(), counted, how=How(floor=0.0, rest=to_the_end, from_model=True))


def linker_of(settings: dict, rows: pa.Table):
    splink = pytest.importorskip("splink")
    return splink.Linker(splink.DuckDBAPI().register(rows), settings, log_level=logging.ERROR)


def test_without_families_and_with_one_key_we_learn_what_splink_learns() -> None:
    table = rows_of()
    settings = splink_settings(a_model()) | {"em_convergence": 1e-12, "max_iterations": 5_000}
    linker = linker_of(settings, standardised(table, a_model()))
    session = linker.training.estimate_parameters_using_expectation_maximisation(
        "l.town_town = r.town_town",
        estimate_without_term_frequencies=True,
        fix_u_probabilities=False,
    )
    theirs = {
        (one.output_column_name, level.label_for_charts): (level.m_probability, level.u_probability)
        for one in session.core_model_settings.comparisons
        for level in one.comparison_levels
        if not level.is_null_level
    }
    learned = learned_here(table)
    ours = {
        (field.name, level.name): (level.shares.m, level.shares.u)
        for field in learned.model.fields
        for level in field.levels
    }
    assert learned.converged
    assert ours.keys() == theirs.keys()
    for level, shares in ours.items():
        assert shares == pytest.approx(theirs[level], abs=1e-6), level
    prior = session.core_model_settings.probability_two_random_records_match
    assert learned.model.prior.match == pytest.approx(prior, abs=1e-6)


def test_splink_gives_our_pairs_our_weights() -> None:
    table = rows_of(persons=200)
    model = replace(a_model(), prior=Prior(0.002, 0.0))
    pairs = pairs_in_one_town(table)
    levels = compare(table, model, *pairs)
    which, counted = patterns(levels, model)
    ours = scored_pairs(table, model, pairs, levels, weigh(model, counted).match[which])
    linker = linker_of(splink_settings(model, slots_of(table)), standardised(table, model))
    theirs = linker.inference.predict().as_pyarrow_table()
    columns = [
        "unique_id_l",
        "unique_id_r",
        "match_weight",
        "match_probability",
        "gamma_phone",
        "mw_phone",
    ]
    in_order = [("unique_id_l", "ascending"), ("unique_id_r", "ascending")]
    left, right = (one.select(columns).sort_by(in_order) for one in (ours, theirs))
    assert left.num_rows == right.num_rows > 100
    for name in columns:
        if name.startswith("unique_id"):
            assert left[name].to_pylist() == right[name].to_pylist()
        else:
            assert np.allclose(left[name].to_numpy(), right[name].to_numpy(), atol=1e-6)


def test_rows_are_handed_over_as_texts_and_lists() -> None:
    """Splink measures texts; two phones of a row are a list, and a row without any has none."""
    levels = (Level("same", ("same value",)), Level("near", ("edits value 1",)))
    columns = {"value": ("phone", "guardian_phone")}
    phone = Field("phone", "phone", columns, "value", (*levels, Level("different", ("otherwise",))))
    model = replace(a_model(), fields=(phone,), keys=(("phone.value",),))
    rows = pa.table(
        {
            "record_id": ["a", "b", "c"],
            "phone": ["19900001111", None, None],
            "guardian_phone": ["19900002222", "19900003333", None],
        }
    )
    told = standardised(from_arrow(model, [rows]), model)
    assert told["phone_value"].to_pylist() == [
        ["19900001111", "19900002222"],
        ["19900003333"],
        None,
    ]


def test_what_splink_is_told_names_levels_keys_and_several_values() -> None:
    number = Field(
        "phone",
        "phone",
        {"value": ("phone", "guardian_phone")},
        "value",
        (
            Level("same", ("same value",), Shares(0.8, 0.5, 1e-6)),
            Level("one_edit", ("edits value 1",), Shares(0.05, 0.05, 1e-5)),
            Level("different", ("otherwise",), Shares(0.15, 0.45, 0.99)),
        ),
    )
    model = replace(a_model(), fields=(number,), keys=(("phone.value",), ("?phone.value",)))
    told = splink_settings(model, {"phone.value": 2})
    levels = told["comparisons"][0]["comparison_levels"]
    assert [level["sql_condition"] for level in levels] == [
        "phone_value_l is null or phone_value_r is null",
        "list_has_any(phone_value_l, phone_value_r)",
        "damerau_levenshtein(phone_value_l[1], phone_value_r[1]) <= 1",
        "ELSE",
    ]
    assert told["blocking_rules_to_generate_predictions"][0]["blocking_rule"] == (
        "list_has_any(l.phone_value, r.phone_value)"
    )
