"""Our model and scored pairs in the shape of Splink 5, so that its charts and readers work on them.

Splink knows two classes: what we know of households is left out of the settings, but not of the scored pairs.
On DuckDB it counts edits in bytes, so its own scores of Chinese names differ from ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Layout
from detectors.identity.linkage.coded import MISSING, Coded, Rows, Table
from detectors.identity.linkage.compare import Levels
from detectors.identity.linkage.keys import model_keys
from detectors.identity.linkage.levels import Act, LevelTest, read_levels
from detectors.identity.linkage.model import Field, LinkType, Model
from detectors.identity.linkage.starts import shares_of

Slots = Mapping[str, int]
"""By `field.code`, how many values a row may state; what is not named states one."""


def splink_settings(model: Model, slots: Slots | None = None) -> dict[str, Any]:
    """Give the settings dict of a trained model; its columns are those that `standardised` writes.

    DetectorError if the model is not trained.
    """
    if model.prior is None or not model.is_trained:
        raise DetectorError(f"{model.name}: has no shares yet; train it first")
    several = slots or {}
    return {
        "link_type": str(model.link_type),
        "unique_id_column_name": "unique_id",
        "source_dataset_column_name": "source_dataset",
        "probability_two_random_records_match": model.prior.match,
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "comparisons": [_comparison(field, several) for field in model.fields],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": _rule(key.codes, several), "sql_dialect": "duckdb"}
            for key in model_keys(model)
        ],
    }


def _comparison(field: Field, slots: Slots) -> dict[str, Any]:
    base = _column(f"{field.name}.{field.base}")
    missing = {
        "sql_condition": f"{base}_l is null or {base}_r is null",
        "label_for_charts": "missing",
        "is_null_level": True,
    }
    levels = [missing]
    for level, tests in zip(field.levels, read_levels(field), strict=True):
        told: dict[str, Any] = {
            "sql_condition": " or ".join(_condition(field.name, test, slots) for test in tests),
            "label_for_charts": level.name,
        }
        if level.shares:
            told |= {"m_probability": level.shares.m, "u_probability": level.shares.u}
        exact = [test.codes[0] for test in tests if test.act is Act.SAME]
        if field.frequency in exact and len(tests) == 1:
            told["tf_adjustment_column"] = _column(f"{field.name}.{field.frequency}")
        levels.append(told)
    return {"output_column_name": field.name, "comparison_levels": levels}


def _column(path: str) -> str:
    return path.replace(".", "_")


def _condition(field: str, test: LevelTest, slots: Slots) -> str:
    paths = [f"{field}.{code}" for code in test.codes]
    columns = [_column(path) for path in paths]
    match test.act:
        case Act.OTHERWISE:
            return "ELSE"
        case Act.BOTH:
            return f"({columns[0]}_l is not null and {columns[0]}_r is not null)"
        case Act.SAME:
            return _equal((paths[0], f"{columns[0]}_l"), (paths[0], f"{columns[0]}_r"), slots)
        case Act.CROSS:
            there = _equal((paths[0], f"{columns[0]}_l"), (paths[1], f"{columns[1]}_r"), slots)
            back = _equal((paths[1], f"{columns[1]}_l"), (paths[0], f"{columns[0]}_r"), slots)
            return f"({there} or {back})"
        case Act.EDITS:
            told = f"damerau_levenshtein({{}}, {{}}) <= {int(test.bound)}"
        case Act.SIMILAR:
            told = f"jaro_winkler_similarity({{}}, {{}}) >= {test.bound}"
    left, right = (_first(paths[0], f"{columns[0]}_{side}", slots) for side in "lr")
    return told.format(left, right)


def _first(path: str, column: str, slots: Slots) -> str:
    """Where a row may state several values, Splink is given the first to measure."""
    return f"{column}[1]" if slots.get(path, 1) > 1 else column


def _equal(one: tuple[str, str], other: tuple[str, str], slots: Slots) -> str:
    (path, left), (other_path, right) = one, other
    if slots.get(path, 1) == slots.get(other_path, 1) == 1:
        return f"{left} = {right}"
    lists = [
        name if slots.get(of, 1) > 1 else f"[{name}]"
        for of, name in ((path, left), (other_path, right))
    ]
    return f"list_has_any({lists[0]}, {lists[1]})"


def _rule(codes: Sequence[str], slots: Slots) -> str:
    return " and ".join(
        _equal((path, f"l.{_column(path)}"), (path, f"r.{_column(path)}"), slots) for path in codes
    )


def slots_of(table: Table) -> Slots:
    """Count how many values a row of the table may state of each code."""
    return {
        f"{name}.{code}": len(codes)
        for name, coded in table.fields.items()
        for code, codes in coded.codes.items()
    }


def standardised(table: Table, model: Model) -> pa.Table:
    """Give the rows as the settings name them: unique_id, source_dataset, and a column for each code they read.

    A code is its text where distances are measured, else its number; several values are a list. Personal data.
    """
    needed = {path for key in model_keys(model) for path in key.codes}
    for field in model.fields:
        needed.add(f"{field.name}.{field.base}")
        for tests in read_levels(field):
            needed |= {f"{field.name}.{code}" for test in tests for code in test.codes}
    columns: dict[str, Any] = {
        "unique_id": table.ids,
        "source_dataset": pa.array([f"source_{at}" for at in table.sources.tolist()]),
    }
    for path in sorted(needed):
        name, code = path.split(".")
        columns[_column(path)] = _values(table.fields[name], code)
    return pa.table(columns)


def _values(coded: Coded, code: str) -> pa.Array:
    slots = [_slot(coded, code, codes) for codes in coded.codes[code]]
    if len(slots) == 1:
        return slots[0]
    rows = len(slots[0])
    # slot by slot, then row by row; a row's list holds what it states
    order = np.arange(len(slots) * rows).reshape(len(slots), rows).T.ravel()
    values = pa.concat_arrays(slots).take(pa.array(order))
    stated = np.asarray(coded.codes[code] != MISSING)
    ends = np.concatenate([[0], np.cumsum(stated.sum(axis=0))]).astype(np.int32)
    kept = values.filter(pa.array(stated.T.ravel()))
    nothing = pa.array(np.append(~stated.any(axis=0), False))
    offsets = pa.array(ends, mask=nothing.to_numpy(zero_copy_only=False))
    return pa.ListArray.from_arrays(offsets, kept)


def _slot(coded: Coded, code: str, codes: NDArray[np.int64]) -> pa.Array:
    is_missing = codes == MISSING
    texts = coded.texts.get(code)
    if texts is None:
        return pa.array(codes, mask=is_missing)
    at = np.cumsum(~is_missing) - 1
    return texts.of(codes[~is_missing]).take(pa.array(at, mask=is_missing))


def scored_pairs(
    table: Table,
    model: Model,
    pairs: tuple[Rows, Rows],
    levels: Levels,
    probability: NDArray[np.float64],
) -> pa.Table:
    """Give pairs with Splink's columns: ids, match_weight, match_probability, gamma_ and mw_ of each field.

    `levels` is (fields, pairs). match_weight is log2 of the odds of one person against all else; what the weights of
    the fields (against strangers) leave of it is in mw_household: households and rare values.
    """
    one, other = pairs
    likely = np.clip(probability, 1e-15, 1 - 1e-15)
    weight = np.log2(likely) - np.log2(1 - likely)
    columns: dict[str, Any] = {"match_weight": weight, "match_probability": probability}
    for side, rows in (("l", one), ("r", other)):
        if model.link_type is not LinkType.DEDUPE_ONLY:
            sources = np.array([f"source_{at}" for at in range(256)])[table.sources[rows]]
            columns[f"source_dataset_{side}"] = pa.array(sources)
        columns[f"unique_id_{side}"] = table.ids.take(pa.array(rows))
    layout = Layout.of(model)
    shares = shares_of(model, layout)
    bits = np.log2(shares[0]) - np.log2(shares[-1])
    prior = model.prior.match if model.prior else 0.5
    rest = weight - (np.log2(prior) - np.log2(1 - prior))
    for at, field in enumerate(model.fields):
        # Splink counts levels down to 0 for "all other", -1 for a null
        gamma = np.where(levels[at] == 0, -1, len(field.levels) - levels[at].astype(np.int64))
        gained = bits[int(layout.starts[at]) + levels[at].astype(np.int64)]
        columns[f"gamma_{field.name}"] = gamma.astype(np.int32)
        columns[f"mw_{field.name}"] = gained
        rest = rest - gained
    columns["mw_household"] = rest
    return pa.table(columns)
