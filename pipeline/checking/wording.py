"""What is said of deliveries, in the language of those who read it: the reasons of intake and typing in Chinese."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.cases.rules import Language
from schemas.reading import build, read_mapping

_WORDING = Path(__file__).with_suffix(".yml")
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
# A value never reaches over to the next thing that is said.
_ANYTHING = r"(?P<\1>(?:(?!; ).)+?)"
_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff]) \(([^()\u4e00-\u9fff]*)\)")
_MORE_COLUMNS = re.compile(r" \(and (\d+) more columns\)$")


class Wording(BaseModel):
    """The words of the workbook in each language; the reasons, and phrases in their {placeholders}, in Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Mapping[str, Mapping[Language, str]]
    reasons: Mapping[str, str]
    phrases: Mapping[str, str]


@cache
def wording() -> Wording:
    """Give the wording as it stands beside this module, read once."""
    return build(Wording, read_mapping(_WORDING), _WORDING.name)


def word(name: str, language: Language) -> str:
    """Give a word or sentence of the workbook."""
    return wording().words[name][language]


def told(reason: str, language: Language) -> str:
    """Tell a reason in a language; what has no Chinese wording yet is told in English rather than not at all.

    What is said of whole columns comes in both languages, the English in brackets: it is parted.
    """
    english = _ENGLISH.findall(reason)
    if english:
        return _ENGLISH.sub("", reason) if language == "zh" else "; ".join(english)
    return _in_chinese(reason) if language == "zh" and reason else reason


def _in_chinese(reason: str) -> str:
    """Tell a reason in Chinese, or several that a message strings together, each in turn."""
    more = _MORE_COLUMNS.search(reason)
    if more:
        return f"{_in_chinese(reason[: more.start()])}（另有 {more[1]} 列）"
    parts = reason.split("; ")
    for taken in range(len(parts), 0, -1):
        said = _worded("; ".join(parts[:taken]))
        if said:
            break
    rest = "; ".join(parts[taken:])
    return "；".join(filter(None, (said or parts[0], rest and _in_chinese(rest))))


def _worded(reason: str) -> str:
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(reason)
        # `is {what}` fits much that has its own wording, or none yet.
        if match and match.groupdict().get("what", "") in ("", *wording().phrases):
            values = {name: _phrased(value) for name, value in match.groupdict().items()}
            return chinese.format_map(values)
    return ""


def _phrased(value: str) -> str:
    for phrase, chinese in wording().phrases.items():
        value = value.replace(phrase, chinese)
    return value


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the reasons as patterns, those that say most in words of their own first."""
    reasons = sorted(wording().reasons.items(), key=lambda one: -len(re.sub(r"{\w+}", "", one[0])))
    return tuple(
        (re.compile(_PLACEHOLDER.sub(_ANYTHING, re.escape(english)), re.DOTALL), chinese)
        for english, chinese in reasons
    )
