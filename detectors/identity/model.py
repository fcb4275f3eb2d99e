"""The matcher's weights: a reviewed file, never changed by a night."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from math import log2
from pathlib import Path
from typing import Any

import duckdb

from detectors.contract import DetectorError
from detectors.identity.pattern import FIELDS, LEVEL_WORDS, NO_NEWS, Pattern

_SETTINGS = (
    "link_probability",
    "ambiguity_bits",
    "block_profiles",
    "family_names",
    "common_share",
    "foreign_birth_days",
)


@dataclass(frozen=True)
class Shares:
    """How often a level is seen among rows of one person (m), of one household, of strangers (u).

    Fellegi & Sunter 1969. `near`: of each kind of strangers who have more in common than chance would give them.
    """

    m: float
    u: float
    family: float
    near: tuple[float, ...] = ()

    @property
    def weight(self) -> float:
        """The evidence against strangers in bits: above nought for one person, below for two."""
        return log2(self.m / self.u)

    def by_class(self, kinds: int) -> tuple[float, ...]:
        """Give the share in each class: one person, one household, each kind of near strangers, strangers."""
        return (self.m, self.family, *(self.near or (self.u,) * kinds), self.u)


@dataclass(frozen=True)
class Prior:
    """The share of all pairs of rows that are one person, one household, near strangers; among so many `rows`."""

    match: float
    family: float
    near: tuple[float, ...] = ()
    rows: int = 0

    def among(self, rows: int) -> Prior:
        """Give the prior of more rows: a row has as many others of its person, among more of other people.

        Fewer rows are a part of as many: what they are compared with is not rarer for being few.
        """
        part = min(1.0, self.rows / rows) if rows else 1.0
        return Prior(self.match * part, self.family * part, self.near, max(self.rows, rows))

    def by_class(self) -> tuple[float, ...]:
        """Give the share of each class, strangers last; they add up to one."""
        told = (self.match, self.family, *self.near)
        return (*told, 1.0 - sum(told))


@dataclass(frozen=True)
class Model:
    """Weights and limits of the matcher, as read from `model.json`."""

    name: str
    comment: str
    shares: dict[tuple[str, str], Shares]
    prior: Prior
    link_probability: float
    ambiguity_bits: float
    block_profiles: int
    family_names: int
    common_share: float
    foreign_birth_days: int

    @cached_property
    def _logs(self) -> dict[tuple[str, str], tuple[float, ...]]:
        """Take the logarithms once: a night weighs thousands of patterns."""
        kinds = len(self.prior.near)
        return {level: tuple(map(_log, one.by_class(kinds))) for level, one in self.shares.items()}

    @property
    def prior_bits(self) -> float:
        """The evidence against strangers before anything is compared."""
        match, *_, strangers = self.prior.by_class()
        return log2(match / strangers)

    def weight(self, field: str, level: str) -> float:
        """Weigh one field's level in bits against strangers; what is missing or implied weighs nothing."""
        return 0.0 if level in NO_NEWS else self.shares[field, level].weight

    def against_strangers(self, pattern: Pattern) -> float:
        """Weigh a whole pattern against strangers alone, the prior included."""
        return self.prior_bits + sum(self.weight(*level) for level in pattern.levels())

    def total(self, pattern: Pattern) -> float:
        """Weigh a whole pattern in bits: the odds of one person against household and strangers together."""
        match, *others = self._joint(pattern)
        most = max(others)
        return match - most - log2(sum(2.0 ** (one - most) for one in others))

    def _joint(self, pattern: Pattern) -> list[float]:
        """Give log2 of the share of all pairs that show the pattern, for each class."""
        told = list(map(_log, self.prior.by_class()))
        for level in pattern.levels():
            if level[1] not in NO_NEWS:
                told = [one + more for one, more in zip(told, self._logs[level], strict=True)]
        return told

    def among(self, rows: int) -> Model:
        """Give the same model for a night of so many different rows."""
        return replace(self, prior=self.prior.among(rows))

    @property
    def limits(self) -> dict[str, float]:
        """The limits that the queries name as parameters."""
        return {
            "block_profiles": self.block_profiles,
            "family_names": self.family_names,
            "common_share": self.common_share,
            "foreign_birth_days": self.foreign_birth_days,
        }

    def with_shares(
        self, shares: dict[tuple[str, str], Shares], prior: Prior, comment: str
    ) -> Model:
        """Give the same model other shares."""
        return replace(self, shares=shares, prior=prior, comment=comment)

    def save(self, path: Path) -> None:
        """Write the model for review, in the shape in which it is read."""
        fields = {
            field: {
                level: _rounded(one)
                for (owner, level), one in self.shares.items()
                if owner == field
            }
            for field in FIELDS
        }
        settings = {setting: getattr(self, setting) for setting in _SETTINGS}
        head = {"name": self.name, "comment": self.comment, "prior": _rounded(self.prior)}
        told = {**head, **settings, "fields": fields}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _log(share: float) -> float:
    """Give log2 of a share; an empty class is beyond all evidence."""
    return log2(max(share, 1e-300))


def _rounded(shares: Shares | Prior) -> dict[str, object]:
    """Write shares to four digits, which is more than is known of them."""
    return {
        name: value
        if isinstance(value, int)
        else [float(f"{one:.4g}") for one in value]
        if isinstance(value, tuple)
        else float(f"{value:.4g}")
        for name, value in vars(shares).items()
        if value != ()
    }


def probability(weight: float) -> float:
    """Turn bits of evidence into the probability of one person."""
    return float(1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, weight))))


def among_rows(con: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Give the model for as many different rows as the night has standardised."""
    return model.among(con.execute("select count(*) from identity.stated").fetchall()[0][0])


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
        (field, level): Shares(one["m"], one["u"], one["family"], tuple(one.get("near", ())))
        for field in FIELDS
        for level, one in told["fields"][field].items()
    }
    unknown = set(LEVEL_WORDS) - set(shares)
    if unknown:
        field, level = min(unknown)
        raise KeyError(f"fields.{field}.{level}")
    settings = {setting: told[setting] for setting in _SETTINGS}
    prior = told["prior"]
    return Model(
        name=told["name"],
        comment=told["comment"],
        shares=shares,
        prior=Prior(prior["match"], prior["family"], tuple(prior.get("near", ())), prior["rows"]),
        **settings,
    )
