"""What to compare and what it weighs: a reviewed JSON file, never changed by a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from math import log2
from pathlib import Path
from typing import Any

from detectors.contract import DetectorError

MISSING_LEVEL = "missing"
OTHERWISE = "otherwise"


class LinkType(StrEnum):
    """Which pairs may be one: of different inputs, of one input, or any."""

    LINK_ONLY = "link_only"
    DEDUPE_ONLY = "dedupe_only"
    LINK_AND_DEDUPE = "link_and_dedupe"


@dataclass(frozen=True)
class Shares:
    """How often a level is seen among pairs of one person, of one household, and of two strangers.

    `near`: among strangers of one place, age or name, whose agreements go together; a share for each such kind.
    """

    m: float
    family: float
    u: float
    near: tuple[float, ...] = ()

    @property
    def weight(self) -> float:
        """The evidence against strangers in bits: log2(m / u)."""
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Level:
    """One degree of agreement: it holds if any of its tests does, and no level before it."""

    name: str
    tests: tuple[str, ...]
    shares: Shares | None = None


@dataclass(frozen=True)
class Field:
    """One field: its kind, the columns that state it by role, its levels from the most to the least telling.

    A row whose code `base` is missing says nothing. Values of the code `frequency` weigh by how rare they are, among
    rows with the same `frequency_within` (field.code, as city.value) if that is given. `personal`: no two people
    share a true value; unless told, only identity numbers are.
    """

    name: str
    kind: str
    columns: Mapping[str, tuple[str, ...]]
    base: str
    levels: tuple[Level, ...]
    frequency: str | None = None
    frequency_within: str | None = None
    personal: bool | None = None


@dataclass(frozen=True)
class Contradiction:
    """A pattern that two rows of one person cannot show: these levels of all these fields, unless one excuses."""

    levels: Mapping[str, tuple[str, ...]]
    reason: str
    unless: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Prior:
    """The estimated share of all comparable pairs that are matches, of one household, and of near strangers."""

    match: float
    family: float
    near: tuple[float, ...] = ()


@dataclass(frozen=True)
class Model:
    """A model file. `classes` is 3, or 2 without the class of families; `prior` is None before training."""

    name: str
    comment: str
    link_type: LinkType
    fields: tuple[Field, ...]
    keys: tuple[tuple[str, ...], ...]
    split_by: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    block_rows: int = 60
    threshold: float = 0.5
    classes: int = 3
    one_to_one: bool = False
    prior: Prior | None = None

    @property
    def is_trained(self) -> bool:
        """Whether every level has its shares, and the classes their prior."""
        return self.prior is not None and all(
            level.shares for field in self.fields for level in field.levels
        )

    def trained(
        self, shares: Mapping[tuple[str, str], Shares], prior: Prior, comment: str
    ) -> Model:
        """Give the same model with the shares of each (field, level)."""
        fields = tuple(
            replace(
                field,
                levels=tuple(
                    replace(level, shares=shares[field.name, level.name]) for level in field.levels
                ),
            )
            for field in self.fields
        )
        return replace(self, fields=fields, prior=prior, comment=comment)

    def save(self, path: Path) -> None:
        """Write the model for review, as `load_model` reads it."""
        told = asdict(self)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def load_model(path: Path) -> Model:
    """Read a model file; what is missing or misplaced is named, with what to do."""
    try:
        return _model(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:
        raise DetectorError(
            f"{path.name}: no linkage model ({wrong} is missing or misplaced); "
            "start from detectors/identity/linkage/README.md"
        ) from wrong


def _model(told: Mapping[str, Any]) -> Model:
    given = dict(told)
    prior = given.pop("prior", None)
    return Model(
        link_type=LinkType(given.pop("link_type")),
        fields=tuple(_field(one) for one in given.pop("fields")),
        keys=tuple(tuple(key) for key in given.pop("keys")),
        split_by=tuple(given.pop("split_by", ())),
        contradictions=tuple(_contradiction(one) for one in given.pop("contradictions", ())),
        prior=Prior(**_with_near(prior)) if prior else None,
        **given,
    )


def _field(told: Mapping[str, Any]) -> Field:
    given = dict(told)
    columns = given.pop("columns")
    levels = tuple(_level(one) for one in given.pop("levels"))
    if levels[-1].tests != (OTHERWISE,):
        raise ValueError(f"the level `{OTHERWISE}` of field {given['name']}")
    stated = {role: _several(names) for role, names in columns.items()}
    return Field(columns=stated, levels=levels, **given)


def _several(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _level(told: Mapping[str, Any]) -> Level:
    shares = told.get("shares")
    return Level(
        told["name"], _several(told["tests"]), Shares(**_with_near(shares)) if shares else None
    )


def _with_near(told: Mapping[str, Any]) -> dict[str, Any]:
    return {**told, "near": tuple(told.get("near", ()))}


def _contradiction(told: Mapping[str, Any]) -> Contradiction:
    levels = {field: _several(names) for field, names in told["levels"].items()}
    unless = {field: _several(names) for field, names in told.get("unless", {}).items()}
    return Contradiction(levels, told["reason"], unless)
