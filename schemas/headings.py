"""Headings as written in the wild, folded so that two spellings of one heading are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from schemas.model import Source

# Marks of a required column, trailing colons, and whatever prints nothing (spaces, line breaks,
# zero-width characters, the byte order mark).
_NOISE = re.compile(r"[\s*★☆※:\u200b-\u200f\u2060\ufeff]+")

# Bracketed remarks that leave the meaning of a column alone. 万元 is no such remark: read as yuan,
# a column of 万元 would be wrong by four digits, so a heading with it stays unknown.
_REMARK = re.compile(
    r"[(\[【<](?:必填项?|选填项?|可不填|文本(?:格式|型)?|单位元|元|年|月|天|日|人|节|课时|学时|分"
    r"|yyyy[-/.]?mm(?:[-/.]?dd)?)[)\]】>]"
)


def fold_heading(text: str) -> str:
    """Fold a heading for comparison: width, case, spaces, marks, units, 号码 for 号."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _REMARK.sub("", folded).replace("号码", "号")


@cache
def columns_by_heading(source: Source) -> Mapping[str, str]:
    """Give the column of every folded heading that a source answers to, the preferred ones first.

    A column answers to its header, its aliases and its own name. Where a file has two headings of
    one column (考生号 and 准考证号), the earlier one in this mapping is the better one.
    """
    return MappingProxyType(
        {
            fold_heading(heading): column.name
            for column in source.columns
            for heading in (column.header, *column.aliases, column.name)
        }
    )
