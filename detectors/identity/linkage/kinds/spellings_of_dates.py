"""Dates as people and programs write them, one at a time: for distinct irregular values only."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_YEAR_FIRST = re.compile(r"(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2})(?:\D.*)?|\D*)$")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|[T .].*)?$")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?:\D.*)?$")
_YEAR_SHORT = re.compile(r"(\d{2})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$")
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\.0)?$")
_YEAR_ALONE = re.compile(r"((?:19|20)\d{2})(?:年|\.0)?$")
# days since 1899-12-30, as spreadsheets count them: 1927 to 2036
_SERIAL = re.compile(r"([1-4]\d{4})(?:\.\d*)?$")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TEN = re.compile(r"([1-9]?)十([1-9]?)")


def day_of(text: str) -> int:
    """Read yyyymmdd, with 00 for a day or month not stated; 0 if it is no date."""
    plain = unicodedata.normalize("NFKC", text).strip(" '\"\t\u200b").translate(_DIGITS)
    plain = _TEN.sub(lambda ten: f"{ten[1] or 1}{ten[2] or 0}", plain)
    if found := _TOGETHER.match(plain) or _YEAR_FIRST.match(plain) or _YEAR_AND_MONTH.match(plain):
        return int("".join(f"{int(part or 0):02}" for part in (*found.groups(), "0")[:3]))
    if found := _YEAR_LAST.match(plain):
        return _year_last(int(found[1]), int(found[3]), int(found[4]), found[2])
    if found := _YEAR_SHORT.match(plain):
        year = int(found[1])
        return (
            (year + (2000 if year <= 30 else 1900)) * 10_000 + int(found[2]) * 100 + int(found[3])
        )
    if found := _YEAR_ALONE.match(plain):
        return int(found[1]) * 10_000
    if found := _SERIAL.match(plain):
        day = date(1899, 12, 30) + timedelta(days=int(found[1]))
        return day.year * 10_000 + day.month * 100 + day.day
    return 0


def _year_last(one: int, other: int, year: int, sign: str) -> int:
    """Take what cannot be a month for the day; in doubt 5/1/2007 is in May, 5.1.2007 in January."""
    is_month_first = other > 12 or (one <= 12 and sign == "/")
    month, day = (one, other) if is_month_first else (other, one)
    return year * 10_000 + month * 100 + day
