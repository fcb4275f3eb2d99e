"""What forms print between heading and first row: column numbers, field codes, how to fill in, an example."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from pipeline.intake.units import is_unit


class Guidance(StrEnum):
    """What a row below a heading is, if it is no data."""

    HEADING = "heading"
    EXAMPLE = "example"


_COLUMN_NUMBER = re.compile(r"^\(?(\d{1,3}|[a-z])\)?(?:=[\d+\-*/×()]+)?$", re.IGNORECASE)
_BESIDE_NUMBERS = frozenset({"栏次", "列次", "序号", "甲", "乙", "丙", "丁", "列号", "项次"})
_FIELD_CODE = re.compile(r"^[A-Za-z][A-Za-z_]*\d{0,2}[A-Za-z_]*$")
_HOW_TO_FILL = re.compile(
    r"^[(\[【]?(?:(?:必|选|可|非必|自动)(?:填|录|选|须).*|可(?:为)?空.*|不填.*|不(?:可|能|得).+|自动(?:生成|计算).*"
    r"|(?:文本|字符|数字|数值|整数|日期|下拉|单选|代码)(?:型|格式|选择|选项|列表|框)?[)\]】]?"
    r"|请.{2,}|(?:例如?|如|格式|参照|参考|填写?|按照?)[:：]?.+|见.{2,}|须.{2,}|\d{1,3}(?:位|个?字).*"
    r"|(?:c|n|char|varchar|number|date)\(?\d+(?:,\d+)?\)?|y{4}.*|与(?:身份证|户口).*)$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"^[(\[【]?(?:(?:填写|填表|填报)?(?:示例|样例|范例|例子?|举例|样本)\d?[)\]】]?(?:行|[:：].*)?|如[:：].+)$"
)
_MARKED_AS_EXAMPLE = re.compile(r"[(\[【](?:填写)?(?:示例|样例|范例|例)[)\]】]$")
_SOMEBODY = re.compile(r"\d{14}[\dXx]")
_A_DAY_OR_CODE = re.compile(r"^[\d./-]{4,}$")


def guidance(cells: Sequence[str]) -> Guidance | None:
    """Say what a row right below a heading is if it only explains the columns; None if it may be data."""
    filled = [_plain(cell) for cell in cells if cell]
    if any(map(_EXAMPLE.match, filled[:2])) or any(map(_MARKED_AS_EXAMPLE.search, filled[:3])):
        return Guidance.EXAMPLE
    if any(_SOMEBODY.search(cell) or _A_DAY_OR_CODE.match(cell) for cell in filled):
        return None
    if filled and (all(map(is_unit, filled)) or _explains(filled)):
        return Guidance.HEADING
    return None


def _explains(filled: Sequence[str]) -> bool:
    if len(filled) < 2:
        return False
    if _counts_columns([cell for cell in filled if cell not in _BESIDE_NUMBERS]):
        return True
    if all(map(_FIELD_CODE.match, filled)):
        return True
    return 2 * sum(bool(_HOW_TO_FILL.match(cell)) for cell in filled) > len(filled)


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether cells count on by one from the first: 1 2 3 or A B C."""
    found = [match[1].casefold() for cell in cells if (match := _COLUMN_NUMBER.match(cell))]
    if len(found) < 2 or len(found) < len(cells):
        return False
    counted = [int(one) if one.isdecimal() else ord(one) for one in found]
    return counted[0] in (0, 1, 2, ord("a")) and all(b - a == 1 for a, b in pairwise(counted))


def _plain(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())
