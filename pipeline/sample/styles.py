"""How a school writes its files: container, encoding, headings, dates; damage is school-wise, not row-wise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType

from pipeline.sample.exports.row import Cell
from schemas import catalog
from schemas.model import Column, Source


@dataclass(frozen=True, slots=True)
class Style:
    """One way of saving an export."""

    container: str  # csv, txt, xlsx, parquet
    encoding: str = "utf-8"
    dates: str = "%Y-%m-%d"
    months: str = "{year}{month:02d}"
    alias: int = 0  # 0: the heading as the contract has it
    is_titled: bool = False  # title row, headings with spaces and units, footer
    has_minutes: bool = True  # times to the minute, or dates alone
    rounds_numbers: bool = False  # saved once as numbers: the last three digits are zeros


PLAIN = Style("csv", "utf-8")
WORKBOOK = Style("xlsx", dates="%Y-%m-%d", is_titled=True)
_SCHOOL_STYLES = (
    Style("csv", "utf-8-sig"),
    Style("xlsx", months="{year}.{month}", is_titled=True),
    Style("csv", "gb18030", dates="%Y%m%d", alias=1),
    Style("xlsx", dates="%Y/%m/%d", alias=2, has_minutes=False),
    Style("txt", "gb18030", months="{year}-{month:02d}"),
    Style("csv", "utf-8", dates="%Y年%m月%d日", alias=1),
    Style("xlsx", dates="%Y.%m.%d", months="{year}年{month}月", is_titled=True),
    Style("csv", "gb18030", has_minutes=False),
)
_COUNTY_STYLES = (
    Style("csv", "utf-8"),
    Style("csv", "gb18030", dates="%Y/%m/%d"),
    Style("parquet"),
    Style("csv", "utf-8-sig", alias=1),
    Style("txt", "gb18030", dates="%Y%m%d"),
)
_ROUNDED = MappingProxyType({"vocational_students": 8, "technical_students": 5})
_BY_SCHOOL = tuple(_ROUNDED)
_BY_COUNTY = ("k12_students", "higher_students", "aid_payments", "status_changes")
_IN_PARQUET = ("term_registrations", "attendance")
_IN_WORKBOOKS = (
    "schools",
    "school_events",
    "school_qualifications",
    "monthly_reports",
    "complaints",
)


def style_of(source: str, stem: str) -> Style:
    """Tell how a file is written: the same school always writes the same way."""
    place = _digest(stem)
    if source in _BY_SCHOOL:
        style = _SCHOOL_STYLES[_running_number(stem) % len(_SCHOOL_STYLES)]
        is_rounded = _running_number(stem) % 17 == _ROUNDED[source]
        return Style("csv", "gb18030", rounds_numbers=True) if is_rounded else style
    if source in _BY_COUNTY:
        return _COUNTY_STYLES[place % len(_COUNTY_STYLES)]
    if source in _IN_PARQUET:
        return Style("parquet")
    return (
        WORKBOOK if source in _IN_WORKBOOKS else Style("csv", ("utf-8-sig", "gb18030")[place % 2])
    )


def _digest(text: str) -> int:
    return int(sha256(text.encode()).hexdigest()[:6], 16)


def _running_number(stem: str) -> int:
    digits = stem[-3:]
    return int(digits) if digits.isdigit() else _digest(stem)


def headings(source: Source, columns: list[Column], style: Style) -> list[str]:
    """Give the headings of a file in its style, no two alike."""
    own = {column.header for column in source.columns}
    used: set[str] = set()
    found = []
    for column in columns:
        heading = column.header
        if style.alias and column.aliases:
            alias = column.aliases[(style.alias - 1) % len(column.aliases)]
            heading = alias if alias not in used and alias not in own else heading
        used.add(heading)
        found.append(_decorated(heading, column) if style.is_titled else heading)
    return found


def _decorated(heading: str, column: Column) -> str:
    if column.type == "money":
        return f"{heading}(元)"
    if len(heading) == 2:
        return f"{heading[0]}  {heading[1]}"
    return f"{heading}\n(必填)" if column.required else heading


def formatter(column: Column, style: Style) -> Callable[[Cell], str]:
    """Give the function that writes a cell of that column as this school writes it."""
    if column.type == "code":
        codes = catalog.code_lists()[column.code_list or ""]
        labels = {code.value: code.label for code in codes.values}
        return lambda cell: labels.get(str(cell), str(cell)) if cell else ""
    if column.type == "id" and style.rounds_numbers:
        return lambda cell: rounded(str(cell)) if cell else ""
    writers: dict[str, Callable[[Cell], str]] = {
        "month": lambda cell: _month(cell, style),
        "date": lambda cell: _date(cell, style),
        "bool": lambda cell: "是" if cell else "否",
        "money": lambda cell: "" if cell is None else f"{cell}.00",
    }
    return writers.get(column.type, lambda cell: "" if cell is None else str(cell))


def _month(cell: Cell, style: Style) -> str:
    if not isinstance(cell, int):
        return ""
    return style.months.format(year=cell // 100, month=cell % 100)


def _date(cell: Cell, style: Style) -> str:
    if not isinstance(cell, date):
        return ""
    if isinstance(cell, datetime) and style.has_minutes:
        return cell.strftime(f"{style.dates} %H:%M")
    return cell.strftime(style.dates)


def rounded(number: str) -> str:
    """Write a number as Excel keeps it: 15 digits and zeros; one that ends in X is text and survives."""
    return f"{number[:15]}000" if len(number) == 18 and number.isdigit() else number
