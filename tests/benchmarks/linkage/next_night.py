"""The same registries a night later: one row in a hundred corrected, struck out or new."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from worlds import Laid

CORRECTED, STRUCK_OUT, ADDED = 0.006, 0.002, 0.002


def lay_next_night(laid: Laid) -> Laid:
    """Write the next night's registries and truths into a folder beside the first ones, unless they are there."""
    folder = laid.registries[0].parent / "next_night"
    later = Laid(
        tuple(folder / path.name for path in laid.registries),
        tuple(folder / path.name for path in laid.truths),
    )
    if not (folder / "complete").exists():
        folder.mkdir(exist_ok=True)
        for number, (rows, truth) in enumerate(zip(laid.registries, laid.truths, strict=True)):
            rng = np.random.default_rng([99, number])
            changed, known = _changed(pq.read_table(rows), pq.read_table(truth), rng)
            pq.write_table(changed, later.registries[number], row_group_size=250_000)
            pq.write_table(known, later.truths[number])
        (folder / "complete").touch()
    return later


def _changed(
    rows: pa.Table, truth: pa.Table, rng: np.random.Generator
) -> tuple[pa.Table, pa.Table]:
    drawn = rng.random(len(rows))
    stays = drawn >= STRUCK_OUT
    corrected = stays & (drawn < STRUCK_OUT + CORRECTED)
    rows = _corrected(rows, corrected, rng)
    again = np.flatnonzero(rng.random(len(rows)) < ADDED)
    # new rows are of persons who are there already: a second enrolment
    added = rows.take(again)
    ids = [f"{name}n" for name in added["record_id"].to_pylist()]
    added = added.set_column(0, "record_id", pa.array(ids))
    names = truth.take(again).set_column(0, "record_id", pa.array(ids))
    kept = pa.array(stays)
    return (
        pa.concat_tables([rows.filter(kept), added]).combine_chunks(),
        pa.concat_tables([truth.filter(kept), names], promote_options="permissive"),
    )


def _corrected(rows: pa.Table, which: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Give half of the corrected rows another phone, a quarter no number, a quarter another guardian."""
    part = rng.integers(0, 4, len(rows))
    phones = pc.cast(pa.array(rng.integers(19_950_000_000, 20_000_000_000, len(rows))), pa.string())
    guardians = rows["guardian_name"].take(pa.array(rng.permutation(len(rows))))
    for name, parts, values in (
        ("phone", (0, 1), phones),
        ("id_number", (2,), pa.scalar(None, pa.string())),
        ("guardian_name", (3,), guardians),
    ):
        mask = pa.array(which & np.isin(part, parts))
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, pc.if_else(mask, values, rows[name]))
    return rows
