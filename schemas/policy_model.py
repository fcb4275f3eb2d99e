"""The shapes of a policy pack: documents, clauses, and the values that each clause sets.

In the YAML a value stands under the clause that demands it, so none can lack its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

Registry = Literal["vocational", "technical", "k12", "higher"]
Scalar = StrictBool | int | float | date | str
Kind = Literal["number", "text", "day"]

EVER = date(9999, 12, 31)
_KEY = r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"


class Basis(StrEnum):
    """How well we know what a clause says, the best first."""

    TEXT = "text"
    COPY = "copy"
    MEMORY = "memory"
    ESTIMATE = "estimate"

    @property
    def label(self) -> str:
        """Say it to a lawyer."""
        return _BASIS_LABELS[self]


_BASIS_LABELS = {
    Basis.TEXT: "原文",
    Basis.COPY: "转载或他处引述，引用前核对原件",
    Basis.MEMORY: "凭记忆，待核",
    Basis.ESTIMATE: "产品自定口径，不是法规",
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableRow(_Frozen):
    """A row of a table of values: `at` continues the parameter's key."""

    at: str = Field(pattern=_KEY)
    value: Scalar
    label: str


Value = Scalar | tuple[TableRow, ...] | tuple[Scalar, ...]


class Parameter(_Frozen):
    """A value that a clause sets, with whom it binds and when."""

    key: str = Field(pattern=_KEY)
    registry: Registry | None = None
    place: str = Field(pattern=r"^\d{0,6}$")
    value: Value
    unit: str | None = None
    valid_from: date
    valid_to: date | None = None
    clause: str
    basis: Basis
    note: str | None = None

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows of a table of values; none if the value is no table."""
        listed = self.value if isinstance(self.value, tuple) else ()
        return tuple(one for one in listed if isinstance(one, TableRow))

    def settings(self) -> Iterator[tuple[str, Scalar]]:
        """Give each key with its single value: tables row by row, lists joined by semicolons."""
        if self.rows:
            yield from ((f"{self.key}.{row.at}", row.value) for row in self.rows)
        elif isinstance(self.value, tuple):
            yield self.key, ";".join(str(one) for one in self.value)
        else:
            yield self.key, self.value

    def meets(self, other: Parameter) -> bool:
        """Tell whether two parameters claim the same key, registry and place on some day."""
        same_scope = (self.registry, self.place) == (other.registry, other.place)
        keys = {key for key, _ in self.settings()} & {key for key, _ in other.settings()}
        begins = max(self.valid_from, other.valid_from)
        return bool(keys) and same_scope and begins <= min(self.last_day, other.last_day)

    @property
    def last_day(self) -> date:
        """The last day it applies to; the end of time if it has none."""
        return self.valid_to or EVER

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.value == ():
            raise ValueError(f"{self.key}: a list needs a member")
        if self.last_day < self.valid_from:
            raise ValueError(f"{self.key}: valid_to lies before valid_from")
        if self.unit == "month_day" and not is_month_day(self.value):
            raise ValueError(f"{self.key}: a month_day is written MM-DD, not 29 February")
        if len({row.at for row in self.rows}) < len(self.rows):
            raise ValueError(f"{self.key}: two rows of the table are at the same place")
        return self


class Document(_Frozen):
    """A document that demands something; `remark` says what is known while its number is not."""

    title: str
    document_no: str | None
    remark: str | None = None
    issuer: str
    issued_on: date | None

    @property
    def cited_as(self) -> str:
        """Cite it in a case file: 《title》（number）; what is no document goes by its bare title."""
        known = "，".join(part for part in (self.document_no, self.remark) if part)
        return f"《{self.title}》（{known}）" if known else self.title


class Clause(_Frozen):
    """What a passage of a document demands, restated in a sentence of our own."""

    section: str
    says: str
    says_en: str
    rules: tuple[str, ...] = ()
    basis: Basis = Basis.TEXT
    note: str | None = None
    document: Document

    @model_validator(mode="after")
    def _rules_exist(self) -> Self:
        unknown = [rule for rule in self.rules if not re.fullmatch(r"R(0[1-9]|[1-6]\d)", rule)]
        if unknown:
            raise ValueError(f"rules: {', '.join(unknown)} is none of R01 to R69")
        return self


class Policy(Document):
    """A policy pack: one document (or, for the nation, a family of them) as data."""

    name: str
    title_en: str
    place: str
    note: str | None = None
    clauses: dict[str, Clause]
    parameters: tuple[Parameter, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        strangers = [one.key for one in self.parameters if not one.place.startswith(self.place)]
        if strangers:
            raise ValueError(f"{strangers[0]}: its place lies outside that of the pack")
        for index, one in enumerate(self.parameters):
            if any(one.meets(other) for other in self.parameters[:index]):
                raise ValueError(f"{one.key}: two values for the same registry, place and day")
        return self


class Citation(_Frozen):
    """A clause as a case file cites it."""

    pack: str
    clause: str
    document: str
    section: str
    says: str
    says_en: str
    basis: Basis


def is_month_day(value: object) -> bool:
    """Tell whether a value is a day of any year: MM-DD."""
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        return False
    try:
        date.fromisoformat(f"2001-{value}")
    except ValueError:
        return False
    return True


def kind_of(value: Scalar) -> Kind:
    """Tell in which column of core.policy_setting a value stands; flags are numbers."""
    if isinstance(value, date):
        return "day"
    return "text" if isinstance(value, str) else "number"
