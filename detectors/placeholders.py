"""The `$named` parameters of a query: found and replaced, never inside texts and comments."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(
    r"""
    (?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*")
    |(?P<comment>--[^\n]*|/\*.*?\*/)
    |\$(?P<name>[a-z_][a-z0-9_]*)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    """,
    re.VERBOSE | re.DOTALL,
)


def names(query: str) -> frozenset[str]:
    """List the parameters that a query uses."""
    return frozenset(token["name"] for token in _TOKEN.finditer(query) if token["name"])


def words(query: str) -> frozenset[str]:
    """List the bare words of a query: keywords and identifiers, no parameters or texts."""
    return frozenset(token["word"] for token in _TOKEN.finditer(query) if token["word"])


def tables_named(query: str) -> frozenset[str]:
    """List the schema-qualified names in a query, such as core.enrolment."""
    bare = _TOKEN.sub(lambda token: token["word"] or " ", query)
    return frozenset(re.findall(r"\b(?:core|feature|main)\.[a-z_][a-z0-9_]*", bare))


def replaced(query: str, by: Mapping[str, str]) -> str:
    """Put `by[name]` in the place of every `$name`; KeyError where one has no replacement."""
    return _TOKEN.sub(lambda token: by[token["name"]] if token["name"] else token[0], query)
