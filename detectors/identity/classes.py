"""The nightly fields as the learning engine sees them: which levels agree, and which of them a key is sure to find."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.model import Field, Level, LinkType
from detectors.identity.linkage.model import Model as LinkageModel
from detectors.identity.linkage.strangers import Strangers
from detectors.identity.linkage.truncation import Statedness
from detectors.identity.model import Model
from detectors.identity.pattern import FIELDS, IMPLIED, MISSING, Pattern

Counts = Mapping[Pattern, int]

# What a level says of the codes in the keys below. A level that is named nowhere agrees in part if it is in _PARTLY,
# else it does not agree.
_FOUND_BY = {
    "value": {
        ("number", "same_valid"),
        ("number", "borrowed"),
        ("number", "same_foreign"),
        ("number", "same_temporary"),
        ("number", "same_damaged"),
        ("number", "repaired"),
        ("number", "rounded"),
        ("number", "embedded"),
        ("student_no", "same"),
        ("student_no", "same_local"),
        ("exam_no", "same"),
        ("account", "same"),
        ("guardian", "same_number"),
        ("phone", "same"),
        ("phone", "family"),
        ("birth", "same"),
    },
    "ends": {("number", "masked")},
    "sound": {
        ("name", "same"),
        ("name", "same_common"),
        ("name", "variant"),
        ("name", "former"),
        ("name", "homophone"),
        ("name", "fuzzy_sound"),
    },
}
_PARTLY = {
    ("number", "ten_apart"),
    ("name", "shape"),
    ("name", "gap"),
    ("name", "part"),
    ("birth", "swapped"),
    ("birth", "near"),
    ("birth", "lunar"),
    ("sex", "same"),
    ("guardian", "same"),
    ("school", "same"),
    ("origin", "same"),
    ("address", "same"),
    ("address", "similar"),
}
# keys.sql, as functions of the levels
_KEYS = (
    ("number.value",),
    ("number.ends", "name.sound"),
    ("student_no.value",),
    ("exam_no.value",),
    ("name.sound", "birth.value"),
    ("name.sound", "phone.value"),
    ("phone.value", "birth.value"),
    ("guardian.value", "birth.value"),
    ("name.sound", "account.value"),
)
_KINDS = {"number": "identity_number"}
_PERSONAL = {"number", "student_no"}
# Where a field has one level only, not to show it is told as a level of its own.
_OTHER = "other"
# With one number for both, or one slip between them, the birth date is no news: the number, or its slip, says it.
_ALIKE_NUMBERS = {
    "same_valid",
    "borrowed",
    "same_foreign",
    "same_temporary",
    "same_damaged",
    "repaired",
    "rounded",
    "embedded",
}
CONFIRMED = ("birth", "confirmed")


def as_linkage(model: Model) -> LinkageModel:
    """Describe the nightly fields, levels and keys as a model of the learning engine, untrained."""
    return LinkageModel(
        name=model.name,
        comment=model.comment,
        link_type=LinkType.DEDUPE_ONLY,
        fields=tuple(
            Field(
                name=field,
                kind=_KINDS.get(field, "code"),
                columns={},
                base="value",
                levels=tuple(Level(level, (_test(field, level),)) for level in levels),
                personal=field in _PERSONAL,
            )
            for field, levels in _levels(model).items()
        ),
        keys=_KEYS,
    )


def _levels(model: Model) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, level in model.shares:
        if (field, level) != CONFIRMED:
            told[field].append(level)
    return {
        field: levels if len(levels) > 1 else [*levels, _OTHER] for field, levels in told.items()
    }


def _test(field: str, level: str) -> str:
    for code, levels in _FOUND_BY.items():
        if (field, level) in levels:
            return f"same {code}"
    return "edits value 2" if (field, level) in _PARTLY else "otherwise"


def as_patterns(counts: Counts, model: LinkageModel) -> Patterns:
    """Give counted patterns in the order of the mapping, level numbers as the engine numbers them."""
    places = {
        field.name: {level.name: at for at, level in enumerate(field.levels, start=1)}
        for field in model.fields
    }
    levels = np.array([_numbers(pattern, places) for pattern in counts], np.uint8)
    return Patterns(
        np.arange(len(counts)),
        np.fromiter(counts.values(), np.int64, len(counts)),
        levels.reshape(len(counts), len(FIELDS)),
    )


def _numbers(pattern: Pattern, places: Mapping[str, Mapping[str, int]]) -> list[int]:
    told = []
    for field, level in pattern.levels():
        is_no_news = field == "birth" and pattern.number in _ALIKE_NUMBERS
        if level == MISSING or is_no_news:
            told.append(places[field].get(_OTHER, 0))
        else:
            # learned with those that are news: else only what differs would be left where the numbers agree
            told.append(places[field].get("same" if level == IMPLIED else level, 0))
    return told


def as_strangers(apart: Counts, pairs: float, model: LinkageModel, often: int) -> Strangers:
    """Measure strangers by pairs drawn by lot: rates of levels seen at least so `often`, counts of the others."""
    patterns = as_patterns(apart, model)
    rates, seen = {}, {}
    for at, field in enumerate(model.fields):
        counts = np.bincount(
            patterns.levels[:, at], patterns.counts, minlength=len(field.levels) + 1
        )
        stated = float(counts[1:].sum())
        for level, count in zip(field.levels, counts[1:].tolist(), strict=True):
            if count >= often:
                rates[field.name, level.name] = count / stated
            else:
                seen[field.name, level.name] = int(count)
    masks = np.zeros(len(patterns), np.int64)
    for at in range(len(model.fields)):
        masks |= (patterns.levels[:, at] == 0).astype(np.int64) << at
    kinds, which = np.unique(masks, return_inverse=True)
    shares = np.bincount(which, patterns.counts)
    stated_together = Statedness(kinds, shares / shares.sum())
    drawn = int(patterns.counts.sum())
    return Strangers(pairs, stated_together, rates, seen, drawn)
