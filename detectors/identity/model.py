"""The matcher's weights: a reviewed file, never changed by a night."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from importlib.resources import files
from math import log2
from pathlib import Path
from typing import Any

from detectors.contract import DetectorError
from detectors.identity.pattern import FIELDS, LEVEL_WORDS, MISSING, Pattern

_SETTINGS = (
    "prior_bits",
    "link_probability",
    "ambiguity_bits",
    "block_profiles",
    "family_names",
    "common_share",
    "foreign_birth_days",
)


@dataclass(frozen=True)
class Shares:
    """How often a level is seen among rows of one person (m) and of two (u); Fellegi & Sunter 1969."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """The evidence in bits: above nought for one person, below for two."""
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Model:
    """Weights and limits of the matcher, as read from `model.json`."""

    name: str
    comment: str
    shares: dict[tuple[str, str], Shares]
    prior_bits: float
    link_probability: float
    ambiguity_bits: float
    block_profiles: int
    family_names: int
    common_share: float
    foreign_birth_days: int

    def weight(self, field: str, level: str) -> float:
        """Weigh one field's level in bits; what is missing weighs nothing."""
        return 0.0 if level == MISSING else self.shares[field, level].weight

    def total(self, pattern: Pattern) -> float:
        """Weigh a whole pattern in bits, the prior included."""
        return self.prior_bits + sum(self.weight(*level) for level in pattern.levels())

    @property
    def limits(self) -> dict[str, float]:
        """The limits that the queries name as parameters."""
        return {
            "block_profiles": self.block_profiles,
            "family_names": self.family_names,
            "common_share": self.common_share,
            "foreign_birth_days": self.foreign_birth_days,
        }

    def with_shares(self, shares: dict[tuple[str, str], Shares], comment: str) -> Model:
        """Give the same model other shares."""
        return replace(self, shares=shares, comment=comment)

    def save(self, path: Path) -> None:
        """Write the model for review, in the shape in which it is read."""
        fields = {
            field: {
                level: {"m": float(f"{one.m:.4g}"), "u": float(f"{one.u:.4g}")}
                for (owner, level), one in self.shares.items()
                if owner == field
            }
            for field in FIELDS
        }
        settings = {setting: getattr(self, setting) for setting in _SETTINGS}
        told = {"name": self.name, "comment": self.comment, **settings, "fields": fields}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def probability(weight: float) -> float:
    """Turn bits of evidence into the probability of one person."""
    return float(1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, weight))))


def load(path: Path | None = None) -> Model:
    """Read a model file; the reviewed one of this package if none is named."""
    source = path or files(__package__) / "model.json"
    told = json.loads(source.read_text(encoding="utf-8"))
    try:
        return _model(told)
    except (KeyError, TypeError) as wrong:
        raise DetectorError(
            f"{source}: no matcher model ({wrong} is missing or misplaced); "
            "start from detectors/identity/model.json or `qingji identity train`"
        ) from wrong


def _model(told: dict[str, Any]) -> Model:
    shares = {
        (field, level): Shares(float(one["m"]), float(one["u"]))
        for field in FIELDS
        for level, one in told["fields"][field].items()
    }
    unknown = set(LEVEL_WORDS) - set(shares)
    if unknown:
        field, level = min(unknown)
        raise KeyError(f"fields.{field}.{level}")
    settings = {setting: told[setting] for setting in _SETTINGS}
    return Model(name=told["name"], comment=told["comment"], shares=shares, **settings)
