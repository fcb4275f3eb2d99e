"""Splink 5 on FEBRL without labels: Jaro-Winkler and Damerau-Levenshtein levels, term frequencies.

Its rules cover every pair of fields: on so few rows none costs much.
"""

from __future__ import annotations

import time

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from febrl import Febrl
from scores import Pairs
from splink import DuckDBAPI, Linker, SettingsCreator, block_on, logging

RULES = [
    block_on("soc_sec_id"),
    block_on("date_of_birth"),
    block_on("given_name", "surname"),
    block_on("surname", "postcode"),
    block_on("given_name", "postcode"),
    block_on("surname", "suburb"),
    block_on("given_name", "suburb"),
    block_on("address_1"),
    block_on("street_number", "postcode"),
    block_on("street_number", "suburb"),
    block_on("surname", "street_number"),
    block_on("given_name", "street_number"),
    block_on("address_2"),
    block_on("suburb", "postcode"),
    block_on("surname", "substr(date_of_birth, 1, 6)"),
    block_on("given_name", "substr(date_of_birth, 1, 6)"),
    block_on("surname", "substr(date_of_birth, 5, 4)"),
    block_on("given_name", "substr(date_of_birth, 5, 4)"),
]


def settings(link_type: str) -> SettingsCreator:
    """Compare names and addresses by Jaro-Winkler, codes by edits; frequent values weigh less."""
    names = [
        comparisons.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        )
        for name in ("given_name", "surname", "address_1", "address_2", "suburb")
    ]
    codes = [
        comparisons.DamerauLevenshteinAtThresholds(name, edits).configure(
            term_frequency_adjustments=True
        )
        for name, edits in (("postcode", [1, 2]), ("date_of_birth", [1, 2]), ("state", [1]))
    ]
    social = comparisons.CustomComparison(
        output_column_name="soc_sec_id",
        comparison_levels=[
            levels.NullLevel("soc_sec_id"),
            levels.ExactMatchLevel("soc_sec_id"),
            levels.DamerauLevenshteinLevel("soc_sec_id", 1),
            levels.DamerauLevenshteinLevel("soc_sec_id", 2),
            levels.ElseLevel(),
        ],
    )
    street = comparisons.DamerauLevenshteinAtThresholds("street_number", [1])
    return SettingsCreator(
        link_type=link_type,  # type: ignore[arg-type]
        comparisons=[*names, *codes, social, street],
        blocking_rules_to_generate_predictions=RULES,
        retain_matching_columns=False,
    )


def link_febrl(data: Febrl) -> tuple[Pairs, dict[str, float]]:
    """Give candidate pairs with their probability, rows counted through both tables, and seconds."""
    started = time.perf_counter()
    con = duckdb.connect(config={"threads": 2})
    first = 0
    names = [f"table_{number}" for number in range(len(data.tables))]
    for name, table in zip(names, data.tables, strict=True):
        rows = pa.array(np.arange(first, first + len(table)))
        con.register("given_rows", table.append_column("unique_id", rows))
        con.execute(f"create table {name} as from given_rows")
        first += len(table)
    api = DuckDBAPI(connection=con)
    link_type = "dedupe_only" if len(names) == 1 else "link_only"
    registered = [api.register(name, dataset_display_name=name) for name in names]
    linker = Linker(registered, settings(link_type))
    logging.disable()
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (
        block_on("soc_sec_id"),
        block_on("date_of_birth"),
        block_on("given_name", "surname"),
    ):
        training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(threshold_match_probability=0.001)
    table = (
        scored.as_duckdbpyrelation()
        .select("unique_id_l, unique_id_r, match_probability")
        .to_arrow_table()
    )
    one, other = table["unique_id_l"].to_numpy(), table["unique_id_r"].to_numpy()
    seconds = {"all": round(time.perf_counter() - started, 2)}
    probability = table["match_probability"].to_numpy()
    return Pairs(np.minimum(one, other), np.maximum(one, other), probability), seconds
