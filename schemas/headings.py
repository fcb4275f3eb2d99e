"""Headings as written in the wild, folded so that two spellings of one heading are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from schemas.model import Source
from schemas.reading import read_mapping

# 1. 姓名, (2) 姓名, ① 姓名, 一、姓名. The width of characters is folded after this: ① would become a mere 1.
_NUMBERING = re.compile(
    r"^[\s*★☆※]*(?:[①-⓿❶-➓㈠-㈩㊀-㊉⒈-⒛⑴-⒇]|[(（][\d０-９一二三四五六七八九十]{1,3}[)）]"
    r"|[\d０-９]{1,3}(?:[.．、。)）:：_-]|\s)|[一二三四五六七八九十]{1,3}[、.．])(?=\s*\S)"
)

# Marks of a required column, quotation marks, trailing colons, and whatever prints nothing (spaces, line
# breaks, zero-width characters, the byte order mark). id_number and ID Number are one.
_NOISE = re.compile(
    r"[\s*★☆※▲△●◆■▪•√:_\"'`“”‘’「」『』\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+"
)
_BRACKETS = str.maketrans("[【〔〖{<《〈]】〕〗}>》〉", "(" * 8 + ")" * 8)

# Bracketed remarks that leave the meaning of a column alone: whether it must be filled, how, in which unit.
# 万元 and 分 are no such remarks: read as yuan, the column would be wrong by four digits or two, so a heading
# with them stays unknown.
_UNIT = (
    r"(?:单位|计量单位|金额单位)?(?:人民币)?元(?:人民币)?|元/(?:生|人|生[·.]?年|人[·.]?年)"
    r"|年|月|天|日|人|节|课时|学时|岁"
)
_DUTY = r"(?:必|选|可)(?:填|录|选|须填写?)(?:项|写)?|非必填项?|可不填|可(?:为)?空|不(?:能|可|得)为?空|必须填写?"
_FORM = (
    r"文本(?:格式|型)?|字符(?:型|串)?|数字(?:格式|型)?|日期(?:格式|型)|下拉(?:选择?|选项|框)?|请?选择|汉字|小写"
    r"|半角|\d{1,2}位(?:数字|数)?|1[0589]|年/?月/?日|年/?月|男/?女|春/?秋|是/?否|y/n|1/0|有/?无"
    r"|(?:须|应|需)?(?:与|同)(?:居民)?(?:身份证|户口[本簿]|证)件?(?:上?姓名)?(?:相|保持)?一?致?"
    r"|y{2,4}[-/.年]?mm?(?:[-/.月]?dd?日?)?(?:hh?mm(?:ss)?)?"
    r"|(?:如|例如?|示例|格式|必须|务必|须|请|应|不得|不要|仅限?|按)(?![^()]*[万亿千百角分])[^()]{0,30}"
)
_REMARK = re.compile(rf"\((?:(?:{_UNIT}|{_DUTY}|{_FORM})[,;、/+]?)+\)")
_TRAILING = re.compile(r"(?:[.。、,;]|/元)+$")
_ALL_IN_BRACKETS = re.compile(r"^\(([^()]+)\)$")


def fold_heading(text: str) -> str:
    """Fold a heading for comparison: width, case, spaces, marks, numbering, units, 号码 for 号, 學 for 学."""
    shown = _NUMBERING.sub("", text, count=1)
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", shown)).casefold()
    plain = simplified(folded).translate(_BRACKETS)
    bare = _TRAILING.sub("", _REMARK.sub("", plain))
    return _ALL_IN_BRACKETS.sub(r"\1", bare).replace("号码", "号")


def simplified(text: str) -> str:
    """Give traditional characters that headings use as their simplified ones; others stay."""
    return text if text.isascii() else text.translate(_simplified())


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


@cache
def _simplified() -> Mapping[int, str]:
    written = read_mapping(Path(__file__).parent / "traditional.yml")
    return MappingProxyType(
        {ord(variant): plain for plain, variants in written.items() for variant in variants}
    )
