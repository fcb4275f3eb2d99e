"""Small worlds that change overnight: few values, so that blocks overflow, numbers move and persons are torn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from coded_rows import a_field, a_model
from hypothesis import strategies as st

from detectors.identity.linkage.coded import Coded, Table
from detectors.identity.linkage.model import Contradiction, LinkType, Model, Prior, Shares

# a row: input, record, number, its valid part, name, given name, birthday, own and guardian's phone, city
Row = tuple[int, int, int, int, int, int, int, int, int, int]

_WEIGHTS = {
    "number": [(0.9, 0.01, 0.02), (0.06, 0.9, 0.8), (0.04, 0.09, 0.18)],
    "name": [(0.9, 0.1, 0.1), (0.06, 0.3, 0.1), (0.04, 0.6, 0.8)],
    "birth": [(0.9, 0.3, 0.1), (0.1, 0.7, 0.9)],
    "phone": [(0.8, 0.7, 0.1), (0.2, 0.3, 0.9)],
}


def changing_model(link_type: LinkType, *, one_to_one: bool = False) -> Model:
    """Make a trained model with several slots, second chances, crowds, rarity and a contradiction."""
    fields = [
        a_field("number", "value", "same value", "both valid", "otherwise"),
        replace(a_field("name", "full", "same full", "same given", "otherwise"), frequency="full"),
        a_field("birth", "day", "same day", "otherwise"),
        a_field("phone", "value", "same value", "otherwise"),
    ]
    keys = [
        ["number.value"],
        ["birth.day", "name.given"],
        ["phone.value", "birth.day"],
        ["phone.value", "name.full"],
        ["?number.part", "name.given"],
        ["?number.part", "birth.day"],
    ]
    model = a_model(
        keys,
        link_type,
        fields,
        block_rows=3,
        split_by=("city.value",),
        one_to_one=one_to_one,
        contradictions=(Contradiction({"number": ("both valid",)}, "two numbers", {}),),
    )
    shares = {
        (field.name, level.name): Shares(*_WEIGHTS[field.name][at])
        for field in fields
        for at, level in enumerate(field.levels)
    }
    return model.trained(shares, Prior(0.05, 0.05), "")


def as_table(rows: Sequence[Row]) -> Table:
    """Code rows, in the order of their inputs."""
    ordered = sorted(rows, key=lambda row: row[0])
    told = np.array(ordered, np.int64).reshape(len(ordered), 10).T
    number, valid = told[2], told[3]
    fields = {
        "number": {"value": number, "valid": number * (valid > 0), "part": (number + 1) // 2},
        "name": {"full": told[4], "given": told[5]},
        "birth": {"day": told[6]},
        "phone": {"value": told[7:9]},
        "city": {"value": told[9]},
    }
    coded = {
        name: Coded(
            name, {code: np.ascontiguousarray(np.atleast_2d(of)) for code, of in codes.items()}, {}
        )
        for name, codes in fields.items()
    }
    ids = pa.chunked_array([pa.array([f"r{row[1]}" for row in ordered], pa.string())])
    return Table(coded, told[0].astype(np.uint8), ids)


@dataclass(frozen=True)
class Nights:
    """The rows of some nights, one after the other."""

    tables: tuple[Table, ...]


@st.composite
def nights(draw: st.DrawFn) -> Nights:
    """Draw a world and what becomes of it: rows go, come, change, and now and then move."""
    few = st.integers(0, 3)
    values = st.tuples(few, few, few, few, few, few, few, few)

    def new(record: int) -> Row:
        return (draw(st.integers(0, 2)), record, *draw(values))

    rows = [new(record) for record in range(draw(st.integers(0, 25)))]
    tables = [as_table(rows)]
    for night in range(draw(st.integers(1, 3))):
        kept = [row for row in rows if draw(st.integers(0, 9)) > 0]
        rows = [(*row[:2], *draw(values)) if draw(st.integers(0, 7)) == 0 else row for row in kept]
        come = [new(100 * (night + 1) + at) for at in range(draw(st.integers(0, 4)))]
        place = draw(st.integers(0, len(rows)))
        rows = rows[:place] + come + rows[place:]
        tables.append(as_table(rows))
    return Nights(tuple(tables))
