"""Rows written as codes, and what a patient reader would make of them: the reference of the engine's tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA, JaroWinkler

from detectors.identity.linkage.coded import MISSING, Coded, Table, Texts
from detectors.identity.linkage.keys import model_keys
from detectors.identity.linkage.levels import Act, LevelTest, read_levels
from detectors.identity.linkage.model import Field, Level, LinkType, Model

Spelled = Mapping[str, Sequence[str]]


def a_table(
    codes: Mapping[str, Sequence[Sequence[int]]], sources: Sequence[int] | None = None
) -> Table:
    """Make a table of codes by `field.code`, each slot a list over the rows."""
    fields: dict[str, dict[str, np.ndarray]] = {}
    for path, slots in codes.items():
        field, code = path.split(".")
        fields.setdefault(field, {})[code] = np.array(slots, dtype=np.int64).reshape(len(slots), -1)
    rows = len(next(iter(codes.values()))[0])
    return Table(
        {name: Coded(name, of, {}) for name, of in fields.items()},
        np.array(sources or [0] * rows, dtype=np.uint8),
        pa.chunked_array([pa.array([str(row) for row in range(rows)])]),
    )


def with_texts(table: Table, path: str, texts: Mapping[int, str]) -> Table:
    """Say how the codes of `field.code` are spelled."""
    field, code = path.split(".")
    known = dict(sorted(texts.items()))
    spelled = Texts(
        np.array(list(known), dtype=np.int64), pa.array(list(known.values()), pa.string())
    )
    coded = table.fields[field]
    changed = Coded(field, coded.codes, {**coded.texts, code: spelled})
    return Table({**table.fields, field: changed}, table.sources, table.ids)


def a_model(
    keys: Sequence[Sequence[str]] = (),
    link_type: LinkType = LinkType.DEDUPE_ONLY,
    fields: Sequence[Field] = (),
    **more: object,
) -> Model:
    """Make a model of keys and fields."""
    return Model(
        "invented", "", link_type, tuple(fields), tuple(tuple(key) for key in keys), **more
    )  # type: ignore[arg-type]


def a_field(name: str, base: str, *tests: str | Sequence[str], kind: str = "code") -> Field:
    """Make a field whose levels are named after their tests."""
    told = [(test,) if isinstance(test, str) else tuple(test) for test in tests]
    levels = tuple(Level(" or ".join(test), test) for test in told)
    return Field(name, kind, {}, base, levels)


def allowed(table: Table, link_type: LinkType, one: int, other: int) -> bool:
    """Say whether the link type allows a pair."""
    return link_type is not LinkType.LINK_ONLY or table.sources[one] != table.sources[other]


def pairs_by_reading(table: Table, model: Model) -> dict[tuple[int, int], int]:
    """Read every pair of rows: the keys (as bits) that each pair shares; no blocks, no second chances."""
    found = {}
    for one, other in combinations(range(len(table)), 2):
        bits = sum(
            1 << number
            for number, key in enumerate(model_keys(model))
            if all(_shares(table, path, one, other) for path in key.codes)
        )
        if bits and allowed(table, model.link_type, one, other):
            found[one, other] = bits
    return found


def _shares(table: Table, path: str, one: int, other: int) -> bool:
    codes = table.code(path)
    return bool((set(codes[:, one].tolist()) & set(codes[:, other].tolist())) - {MISSING})


def level_by_reading(
    table: Table, field: Field, one: int, other: int, spelled: Mapping[int, str]
) -> int:
    """Read the level of one pair, test by test."""
    if not (_stated(table, field, field.base, one) and _stated(table, field, field.base, other)):
        return 0
    for number, tests in enumerate(read_levels(field), start=1):
        if any(_holds(table, field, test, (one, other), spelled) for test in tests):
            return number
    raise AssertionError("no level `otherwise`")


def _stated(table: Table, field: Field, code: str, row: int) -> list[int]:
    codes = table.fields[field.name].codes[code]
    return [code for code in codes[:, row].tolist() if code != MISSING]


def _holds(
    table: Table, field: Field, test: LevelTest, pair: tuple[int, int], spelled: Mapping[int, str]
) -> bool:
    if test.act is Act.OTHERWISE:
        return True
    left, right = (_stated(table, field, test.codes[0], row) for row in pair)
    if test.act is Act.SAME:
        return bool(set(left) & set(right))
    if test.act is Act.BOTH:
        return bool(left and right)
    if test.act is Act.CROSS:
        back, forth = (_stated(table, field, test.codes[1], row) for row in pair)
        return bool(set(left) & set(forth) or set(right) & set(back))
    words = [(spelled[one], spelled[other]) for one, other in product(left, right)]
    if test.act is Act.EDITS:
        return any(OSA.distance(*both) <= test.bound for both in words)
    return any(JaroWinkler.similarity(*both) >= test.bound for both in words)
