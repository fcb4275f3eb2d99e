"""What the bureau decides about case work: language, deadlines, how long a decision holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Marks:
    """What stands between items and clauses and at the end of a sentence."""

    item: str
    clause: str
    colon: str
    stop: str


MARKS: Mapping[Language, Marks] = MappingProxyType(
    {"zh": Marks("、", "；", "：", "。"), "en": Marks(", ", "; ", ": ", ".")}
)


@dataclass(frozen=True)
class Deadlines:
    """Days to report back on a case, by severity."""

    a: int = 10
    b: int = 15
    c: int = 30
    d: int = 60


@dataclass(frozen=True)
class CaseRules:
    """The settings that case work follows; the settings file may change each."""

    language: Language = "zh"
    deadlines: Deadlines = field(default_factory=Deadlines)
    decision_days: int = 365
    """A 不属实 without an end date of its own holds this long after 反馈日期."""
    closing_days: int = 30
    """A confirmed case that was closed (销号) must be out of the data within these days."""
    money_floor: int = 1000
    """Yuan that a case is taken to cost where no payment is known: a spell on the roll draws funds."""
    money_ceiling: int = 100_000
    """Expected yuan at risk that stand for priority 100."""
