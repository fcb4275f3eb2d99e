"""The columns of the case files and the words for their codes, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from pipeline.cases.rules import Language

Kind = Literal["text", "id", "number", "money", "day", "answer"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class CaseColumn:
    """A column of the case files."""

    name: str
    zh: str
    en: str
    kind: Kind
    width: int
    words: str | None = None
    choices: str | None = None

    def header(self, language: Language) -> str:
        """Give the heading in a language."""
        return self.zh if language == "zh" else self.en


@cache
def case_columns() -> tuple[CaseColumn, ...]:
    """Give the columns in the order of the output contract, the inspector's last."""
    read = _read("columns.yml")["columns"]
    return tuple(CaseColumn(name=name, **entry) for name, entry in read.items())


@cache
def wording() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Give list → code → language → label."""
    return {
        name: {str(code): dict(labels) for code, labels in codes.items()}
        for name, codes in _read("wording.yml").items()
    }


def label(list_name: str, code: str, language: Language) -> str:
    """Give the label of a code; a code that has none reads as itself."""
    return wording()[list_name].get(code, {}).get(language, code)


def choices(list_name: str, language: Language) -> tuple[str, ...]:
    """Give what a drop-down offers."""
    return tuple(labels[language] for labels in wording()[list_name].values())


def code_by_label(list_name: str) -> dict[str, str]:
    """Give the code of every label in either language, for reading answers back."""
    return {
        label_: code
        for code, labels in wording()[list_name].items()
        for label_ in (code, *labels.values())
    }


def _read(name: str) -> dict[str, Any]:
    content = yaml.safe_load((_HERE / name).read_text("utf-8"))
    assert isinstance(content, dict)
    return content
