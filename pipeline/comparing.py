"""`qingji identity explain`: two rows side by side, and why they are one person or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from detectors.identity.linkage.charts import page
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.compare import compare
from detectors.identity.linkage.explain import explain
from detectors.identity.linkage.link import Linked
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.terms import TermFrequencies
from detectors.identity.linkage.waterfall import as_drawing, as_text
from pipeline.errors import UsageError
from pipeline.linking import Asked, place_of, read_rows, trained_on_the_way


def explain_files(asked: Asked, pair: tuple[str, str], output: Path | None, *, values: bool) -> str:
    """Explain two rows field by field: why they are one person, or why not."""
    linked = asked.linked()
    table, model = linked.compared.table, linked.model
    one, other = sorted(place_of(table, record) for record in pair)
    if one == other:
        raise UsageError(f"{pair[0]}: names one row twice; name two rows")
    rows = np.array([one], np.int32), np.array([other], np.int32)
    levels = compare(table, model, *rows)
    terms = TermFrequencies(table, model)
    rarity = {
        field.name: float(terms.of_field(field, levels[at], *rows)[0])
        for at, field in enumerate(model.fields)
        if field.frequency
    }
    told = explain(table, model, (one, other), levels[:, 0], rarity)
    of_row = linked.clusters.of_row
    lines = [*trained_on_the_way(asked), as_text(told)]
    lines += [f"  {why}" for why in _unjoined(linked, one, other)]
    lines.append("tonight: " + ("one person" if of_row[one] == of_row[other] else "two persons"))
    if values:
        lines += ["", *_values(asked, table, (one, other), model)]
    if output:
        output.write_text(page("Why, or why not", as_drawing(told)), encoding="utf-8")
    return "\n".join(lines)


def _unjoined(linked: Linked, one: int, other: int) -> list[str]:
    told = linked.clusters.unjoined
    same = pc.and_(pc.equal(told["one"], one), pc.equal(told["other"], other))
    return [f"not joined: {why}" for why in told.filter(same)["reason"].to_pylist()]


def _values(asked: Asked, table: Table, rows: tuple[int, int], model: Model) -> list[str]:
    """Show the values of two rows side by side; they are personal."""
    sides = []
    for row in rows:
        source = int(table.sources[row])
        place = row - int(np.searchsorted(table.sources, source))
        sides.append(read_rows(asked.files[source]).slice(place, 1).to_pylist()[0])
    wanted = [
        name.removesuffix("?")
        for field in model.fields
        for several in field.columns.values()
        for name in several
    ]
    return [
        f"{name}: {sides[0].get(name)} | {sides[1].get(name)}" for name in dict.fromkeys(wanted)
    ]
