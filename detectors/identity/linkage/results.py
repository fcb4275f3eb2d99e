"""What a run hands over: a table of pairs, a table of persons, and its figures in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.judged import Judged, Numbers, evidence
from detectors.identity.linkage.link import Linked
from detectors.identity.linkage.model import MISSING_LEVEL

# A pair below this is neither linked nor worth a look.
_WORTH_A_LOOK = 0.01


def pairs_table(linked: Linked, inputs: Sequence[str]) -> pa.Table:
    """List the pairs that are linked or might be: one row each, in the order of the rows.

    Columns: record_a, record_b, is_linked, weight (bits for one person), probability, reason (the levels in
    words), not_joined (why, though alike), input_a, input_b, and level_<field> for each field.
    """
    shown = np.flatnonzero(linked.is_linked | (linked.judged.probability >= _WORTH_A_LOOK))
    judged = linked.judged.only(shown)
    ids, sources = linked.compared.table.ids, linked.compared.table.sources
    pattern = _patterns(linked, shown)
    columns = {
        "record_a": ids.take(pa.array(judged.one)),
        "record_b": ids.take(pa.array(judged.other)),
        "is_linked": pa.array(linked.is_linked[shown]),
        "weight": pa.array(np.round(evidence(judged.probability), 3)),
        "probability": pa.array(judged.probability),
        "reason": pa.DictionaryArray.from_arrays(pattern, _reasons(linked)),
        "not_joined": _why_not(linked, judged),
        "input_a": _named(sources[judged.one], inputs),
        "input_b": _named(sources[judged.other], inputs),
    }
    for at, field in enumerate(linked.model.fields):
        names = pa.array([MISSING_LEVEL, *(level.name for level in field.levels)])
        level = linked.compared.patterns.levels[:, at].astype(np.int32)
        columns[f"level_{field.name}"] = pa.DictionaryArray.from_arrays(
            pc.take(pa.array(level), pattern), names
        )
    return pa.table(columns)


def persons_table(
    table: Table, of_row: Numbers, inputs: Sequence[str], ids: pa.Array | None = None
) -> pa.Table:
    """List every row with its person: input, record_id, person_id (given, else the number of its first row)."""
    return pa.table(
        {
            "input": _named(table.sources, inputs),
            "record_id": table.ids,
            "person_id": pa.array(of_row) if ids is None else ids,
        }
    )


def summary(linked: Linked) -> list[str]:
    """Say in a few lines what a run came to: rows, pairs, persons, and what was left out and why."""
    table, found = linked.compared.table, linked.compared.candidates
    told = [
        f"{len(table):,} rows, {len(found):,} pairs compared in {len(linked.compared.patterns):,} patterns",
        f"{linked.clusters.persons:,} persons, {int(linked.is_linked.sum()):,} compared pairs linked",
    ]
    counted = linked.clusters.unjoined["reason"].value_counts().to_pylist()
    told += [f"{one['counts']:,} pairs not joined: {one['values']}" for one in counted]
    told += [
        f"key {block.key}: {block.blocks:,} blocks of {block.rows:,} rows were too large, "
        f"{block.pairs_not_compared:,} pairs not compared"
        for block in found.report
    ]
    return told + list(linked.notes)


def _patterns(linked: Linked, shown: Numbers) -> pa.Array:
    """Tell where the pattern of each shown pair stands; a reviewed pair that no key found has none."""
    places = linked.compared.pattern
    compared = shown < len(places)
    at = np.zeros(len(shown), dtype=np.int32)
    at[compared] = places[shown[compared]]
    return pa.array(at, mask=~compared)


def _why_not(linked: Linked, judged: Judged) -> pa.Array:
    """Give each pair's reason for not being joined, if it has one."""
    told = linked.clusters.unjoined
    one, other = (told[side].to_numpy().astype(np.int32) for side in ("one", "other"))
    left = Judged(
        one, other, told["probability"].to_numpy(), np.zeros(len(told), np.bool_)
    ).packed()
    place = pc.index_in(pa.array(judged.packed()), pa.array(left))
    return told["reason"].combine_chunks().take(place).dictionary_encode()


def _reasons(linked: Linked) -> pa.Array:
    """Put each pattern in words: `number same valid, name homophone`."""
    model = linked.model
    names = [
        [None, *(level.name.replace("_", " ") for level in field.levels)] for field in model.fields
    ]
    return pa.array(
        [
            ", ".join(
                f"{field.name} {names[at][level]}"
                for at, (field, level) in enumerate(zip(model.fields, levels, strict=True))
                if level
            )
            for levels in linked.compared.patterns.levels.tolist()
        ],
        pa.string(),
    )


def _named(sources: NDArray[np.uint8], inputs: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(sources.astype(np.int8)), pa.array(inputs))
