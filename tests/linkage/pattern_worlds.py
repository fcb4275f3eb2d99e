"""Worlds of pairs whose shares are known: every pattern counted, and only what the keys find handed over."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detectors.identity.linkage.cells import Layout
from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.model import Field, Level, LinkType, Model, Prior, Shares
from detectors.identity.linkage.strangers import Strangers, evenly_stated
from detectors.identity.linkage.truncation import Truncation

# field: kind, then for each level its test, and how often one person, one household, two strangers show it
STUDENTS = {
    "number": (
        "identity_number",
        0.08,
        [
            ("same", "same value", 0.93, 1e-6, 2e-11),
            ("one_edit", "edits value 1", 0.05, 0.004, 1e-7),
            ("different", "otherwise", 0.02, None, None),
        ],
    ),
    "name": (
        "chinese_name",
        0.0,
        [
            ("same", "same full", 0.94, 0.002, 2e-5),
            ("homophone", "same sound", 0.03, 0.003, 6e-5),
            ("same_surname", "same surname", 0.02, 0.9, 0.03),
            ("different", "otherwise", 0.01, None, None),
        ],
    ),
    "birth": (
        "date",
        0.02,
        [
            ("same", "same day", 0.97, 0.22, 4e-4),
            ("two_of_three", "same year_month", 0.02, 0.02, 6e-3),
            ("different", "otherwise", 0.01, None, None),
        ],
    ),
    "phone": (
        "phone",
        0.1,
        [
            ("same", "same value", 0.78, 0.7, 1e-8),
            ("different", "otherwise", 0.22, None, None),
        ],
    ),
    "city": (
        "code",
        0.0,
        [
            ("same", "same value", 0.93, 0.9, 0.05),
            ("different", "otherwise", 0.07, None, None),
        ],
    ),
}
# strangers of one village: they share its surname and the place, and little else
VILLAGE = {
    "number": (1e-9, 1e-7, 1.0),
    "name": (1e-4, 3e-4, 0.9, 0.0996),
    "birth": (0.004, 0.006, 0.99),
    "phone": (1e-6, 1.0),
    "city": (0.95, 0.05),
}
# strangers named in the fashion of one year
NAMESAKES = {
    "number": (1e-9, 1e-7, 1.0),
    "name": (0.6, 0.4, 0.0, 0.0),
    "birth": (0.01, 0.02, 0.97),
    "phone": (1e-6, 1.0),
    "city": (0.05, 0.95),
}
KEYS = (
    ("number.value",),
    ("phone.value", "birth.day"),
    ("phone.value", "name.surname"),
    ("birth.day", "name.sound"),
    ("birth.day", "name.surname", "city.value"),
)
IMPLIED = {
    "name": {"full": frozenset({"sound", "surname"}), "sound": frozenset()},
    "birth": {"day": frozenset({"year_month"})},
}


def model_of(fields: dict = STUDENTS, keys: tuple = KEYS, classes: int = 3) -> Model:
    """Write down the true model of a world."""
    told = []
    for name, (kind, _, levels) in fields.items():
        shares = np.array(
            [[0.0 if share is None else share for share in one[2:]] for one in levels]
        )
        shares[-1] += 1.0 - shares.sum(axis=0)
        told.append(
            Field(
                name,
                kind,
                {"value": (name,)},
                levels[0][1].split()[1],
                tuple(
                    Level(one[0], (one[1],), Shares(*share))
                    for one, share in zip(levels, shares.tolist(), strict=True)
                ),
            )
        )
    return Model("world", "", LinkType.LINK_ONLY, tuple(told), keys, classes=classes)


@dataclass(frozen=True)
class World:
    """The true model, what is known of strangers, and the counted patterns that the keys found."""

    truth: Model
    strangers: Strangers
    truncation: Truncation
    patterns: Patterns
    pairs: tuple[float, float, float]

    @property
    def untrained(self) -> Model:
        """The model before it has seen anything."""
        fields = tuple(
            replace(field, levels=tuple(replace(level, shares=None) for level in field.levels))
            for field in self.truth.fields
        )
        return replace(self.truth, fields=fields, prior=None)


def row_of(model: Model, name: str) -> np.ndarray:
    """Lay out the shares of one class."""
    layout = Layout.of(model)
    row = np.ones(layout.width)
    for at, field in enumerate(model.fields):
        row[layout.places(at)] = [getattr(level.shares, name) for level in field.levels]
    return row


def all_levels(layout: Layout) -> np.ndarray:
    """List every pattern there can be, (patterns, fields)."""
    return np.array(list(np.ndindex(*layout.sizes)), dtype=np.uint8)


def a_world(
    matches: float = 300_000,
    families: float = 60_000,
    strangers: float = 1e12,
    *,
    fields: dict = STUDENTS,
    keys: tuple = KEYS,
    known: tuple[str, ...] = ("name", "birth", "phone", "city"),
    near: float = 0.0,
    seed: int = 1,
) -> World:
    """Draw the counts of a world; random shares of the fields in `known` are known but for fuzzy levels."""
    truth = model_of(fields, keys)
    layout = Layout.of(truth)
    levels = all_levels(layout)
    missing = {name: told[1] for name, told in fields.items()}
    stated = evenly_stated(missing, truth)
    masks = sum((levels[:, at] == 0).astype(np.int64) << at for at in range(levels.shape[1]))
    at = levels + layout.starts
    pairs = (matches, families, strangers)
    rows = [row_of(truth, name) for name in ("m", "family", "u")]
    every = [*zip(pairs, rows, strict=True)]
    for kind in (VILLAGE, NAMESAKES) if near else ():
        every.append((near, np.concatenate([[1.0, *kind[name]] for name in fields])))
    mean = sum(total * row[at].prod(axis=1) for total, row in every)
    mean = mean * stated.of(masks, tuple(range(levels.shape[1])))
    truncation = Truncation(truth, IMPLIED, stated)
    drawn = np.random.default_rng(seed).poisson(np.where(truncation.holds(levels), mean, 0.0))
    seen = np.flatnonzero(drawn)
    # a known rate is that of all pairs, one person's included
    everything = sum(pairs) + 2 * near
    mixed = sum(total * row for total, row in every) / everything
    rates = {
        (field.name, level.name): float(mixed[layout.places(at)][place])
        for at, field in enumerate(truth.fields)
        if field.name in known
        for place, level in enumerate(field.levels)
    }
    rates[("number", "different")] = 1.0
    patterns = Patterns(seen.astype(np.int64), drawn[seen].astype(np.int64), levels[seen])
    prior = Prior(matches / everything, families / everything)
    return World(
        replace(truth, prior=prior),
        Strangers(everything, stated, rates, drawn=150_000),
        truncation,
        patterns,
        pairs,
    )
