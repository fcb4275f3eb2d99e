"""The Chinese words of the templates, by kind of column."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from schemas.model import Column
from schemas.reading import build, read_mapping

_WORDS = Path(__file__).with_suffix(".yml")
# Text that identifies something: what Excel would round, or rob of its zeros.
_NUMBERED = frozenset(("phone", "account", "student_no"))
_NUMBER_ENDINGS = ("_code", "_no", "_id")


class KindWords(BaseModel):
    """What is said of one kind of column: its name, the note and the warning of a cell, the usual mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    hint: str = ""
    error: str = ""
    mistakes: str


class TemplateWords(BaseModel):
    """All words of a template."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    advice: tuple[str, ...]
    headings: tuple[str, ...]
    required: str
    optional: str
    kinds: Mapping[str, KindWords]


@cache
def template_words() -> TemplateWords:
    """Give the words, read once."""
    return build(TemplateWords, read_mapping(_WORDS), _WORDS.name)


def kind_of(column: Column) -> str:
    """Tell a column's kind: its type, or `number` for text that identifies something."""
    is_number = column.personal in _NUMBERED or column.name.endswith(_NUMBER_ENDINGS)
    return "number" if column.type == "text" and is_number else column.type
