"""What a detector is: its header, and what its findings may look like. Read this first."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from detectors.families import FAMILIES, Family

Value = float | int | str | date
"""What a parameter of a detector may be."""


class DetectorError(Exception):
    """A detector, its header or its casebook breaks the contract; names file, key and remedy."""


class Severity(StrEnum):
    """The legal class of a suspicion, A the gravest."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Certainty(StrEnum):
    """How a suspicion is known: proven by documents, by likelihood, or merely unlike the others."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    UNUSUAL = "unusual"


class Verdict(StrEnum):
    """Whether every lawful explanation could be tested."""

    SUSPECTED = "suspected"
    NEEDS_EVIDENCE = "needs_evidence"


class SubjectKind(StrEnum):
    """What a case is about."""

    PERSON = "person"
    SCHOOL = "school"
    CLASS = "class"
    ACCOUNT = "account"
    REGION = "region"
    OTHER = "other"


VERDICT_COLUMNS = ("verdict", "missing_inputs")
"""Returned by every detector after its evidence."""


def _as_list(value: object) -> object:
    return [] if value is None else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Sentence = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A piece of YAML of which every key is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(Strict):
    """A threshold; `policy:KEY` takes it from the law of the place and the day."""

    default: Value
    unit: str = ""
    comment: Sentence
    registry: str | None = None

    @property
    def policy_key(self) -> str | None:
        """Name the policy parameter that decides, or None where the number stands here."""
        if isinstance(self.default, str) and self.default.startswith("policy:"):
            return self.default.removeprefix("policy:")
        return None


class LawfulException(Strict):
    """A lawful look-alike: what it is, and the table that proves it."""

    name: Annotated[str, Field(pattern=r"^X\d{2}[a-z]?_[a-z0-9_]+$")]
    says: Sentence
    says_zh: Sentence
    proof: Sentence


class Reads(Strict):
    """Tables that a detector reads; the optional ones serve exceptions only."""

    required: Names = ()
    optional: Names = ()
    needs_sources: Names = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """List every table that the query may name."""
        return self.required + self.optional

    @property
    def required_sources(self) -> tuple[str, ...]:
        """List the delivered lists without which nothing can be said."""
        return tuple(table for table in self.required if "." not in table)


class InForce(Strict):
    """First and last day on which the wrong is a wrong; open-ended where None."""

    from_day: date | None = Field(default=None, alias="from")
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the rule binds on that day."""
        return (self.from_day or date.min) <= day <= (self.until or date.max)


class Note(Strict):
    """A dated change of meaning."""

    on: date
    note: Sentence


class Header(Strict):
    """Everything that a detector says about itself."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}\d{3}$")]
    title: Sentence
    title_zh: Sentence
    severity: Severity
    certainty: Certainty
    subject: SubjectKind
    policy: Names
    in_force: InForce = InForce()
    reads: Reads
    evidence: Annotated[Names, Field(min_length=1)]
    key: Annotated[Names, Field(min_length=1)]
    route: Sentence
    message: Sentence
    message_zh: Sentence
    next: Sentence
    next_zh: Sentence
    params: dict[str, Parameter] = {}
    exceptions: tuple[LawfulException, ...] = ()
    history: Annotated[tuple[Note, ...], Field(min_length=1)]


class Detector(Header):
    """A header with its file, its explanation and its body (a query, or Python source)."""

    path: Path
    explanation: str
    body: str

    @property
    def family(self) -> Family:
        """Name the family that the code's letters stand for."""
        return FAMILIES[self.id[:2]]

    @property
    def is_sql(self) -> bool:
        """Tell a query from a fitted model."""
        return self.path.suffix == ".sql"

    @property
    def columns(self) -> tuple[str, ...]:
        """List the columns of a finding, in order."""
        return self.evidence + VERDICT_COLUMNS

    @property
    def finding_table(self) -> str:
        """Name the table that holds tonight's findings."""
        return f"work.finding_{self.id.lower()}"

    @property
    def casebook_path(self) -> Path:
        """Name the file that proves the detector."""
        return self.path.with_suffix(".cases.yml")
