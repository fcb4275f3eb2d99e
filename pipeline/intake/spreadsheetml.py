"""An Excel 2003 XML spreadsheet (SpreadsheetML), which many web systems hand out under the name .xls."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from pipeline.errors import DeliveryError
from pipeline.intake.cells import date_text, number_text, yes_no
from pipeline.intake.gathered import COLUMNS, GatheredSheet, Gathering
from pipeline.intake.markup import open_markup

_HIDDEN = "hidden sheet, read all the same"
_DEFINITIONS = (
    "is an XML file with definitions of its own; open it in Excel or WPS and save it as .xlsx"
)
_ROWS = 1 << 31
_DAMAGED = (
    "is a damaged XML spreadsheet; open it in Excel or WPS and save it as .xlsx, or export it again"
)


class _Workbook:
    """What the parser tells of a workbook, gathered into worksheets; names are taken without their namespaces."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Gathering]] = []
        self.hidden: set[str] = set()
        self.has_definitions = False
        self._row = self._column = 0
        self._attributes: Mapping[str, str] = {}
        self._kind = ""
        self._texts: list[str] = []
        self._is_in_data = self._is_visible_told = False

    def doctype(self, *_: str) -> None:
        """Note a document type: Excel writes none, and one can blow a file up or draw others in."""
        self.has_definitions = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        name = _local(tag)
        if name == "Cell":
            self._attributes, self._kind, self._texts = attributes, "", []
        elif name == "Data":
            self._kind, self._is_in_data = _told(attributes, "Type") or "String", True
        elif name == "Row":
            index = _number(attributes, "Index")
            self._row = index if index > self._row else self._row + 1
            self._last().open_row(self._row)
        elif name == "Worksheet":
            self.sheets.append((_told(attributes, "Name"), Gathering()))
            self._row = 0
        elif name == "Visible":
            self._is_visible_told, self._texts = True, []

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        name = _local(tag)
        if name == "Cell":
            self._put()
        elif name == "Data":
            self._is_in_data = False
        elif name == "Row":
            self._last().close_row()
        elif name == "Visible":
            self._is_visible_told = False
            if "".join(self._texts).strip() in ("SheetHidden", "SheetVeryHidden") and self.sheets:
                self.hidden.add(self.sheets[-1][0])

    def data(self, text: str) -> None:
        """Take in text."""
        if self._is_in_data or self._is_visible_told:
            self._texts.append(text)

    def close(self) -> None:
        """Take in the end; nothing is left to do."""

    def _last(self) -> Gathering:
        if not self.sheets:
            raise DeliveryError(_DAMAGED)
        return self.sheets[-1][1]

    def _put(self) -> None:
        text = _text(self._kind, "".join(self._texts))
        if not self._attributes:
            self._last().put(text)
            return
        index = _number(self._attributes, "Index")
        across = _number(self._attributes, "MergeAcross") + 1
        down = _number(self._attributes, "MergeDown") + 1
        self._last().put(text, min(across, COLUMNS), down, index - 1 if index else None)


def read_spreadsheet(path: Path) -> list[GatheredSheet]:
    """Give the worksheets of an XML spreadsheet, hidden ones too; raise DeliveryError where it is damaged."""
    markup = open_markup(path)
    workbook = _Workbook()
    target: Any = workbook
    parser = etree.XMLParser(
        target=target, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for piece in markup.pieces():
            parser.feed(piece)
            if workbook.has_definitions:
                raise DeliveryError(_DEFINITIONS)
        parser.close()
    except etree.XMLSyntaxError as error:
        told = _DEFINITIONS if workbook.has_definitions else _DAMAGED
        raise DeliveryError(told) from error
    return [
        gathering.sheet(
            name, _HIDDEN if name in workbook.hidden else "", is_broken=markup.is_broken
        )
        for name, gathering in workbook.sheets
    ]


@lru_cache(maxsize=1 << 10)
def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _told(attributes: Mapping[str, str], name: str) -> str:
    """Give an attribute, in whatever namespace; empty where there is none."""
    return next((value for key, value in attributes.items() if _local(key) == name), "")


def _number(attributes: Mapping[str, str], name: str) -> int:
    told = _told(attributes, name) if attributes else ""
    if not told:
        return 0
    if not told.isdecimal() or len(told) > 10 or int(told) >= _ROWS:
        raise DeliveryError(_DAMAGED)
    return int(told)


def _number_said(text: str) -> str:
    """Give a number as text; one written out in full is left as it is, Excel alone would round it."""
    return text.strip() if text.strip().isdecimal() else number_text(float(text))


# How the text of a cell is told by its type; what does not read as its type says is text.
_WRITERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "Number": _number_said,
        "DateTime": lambda text: date_text(datetime.fromisoformat(text.strip())),
        "Boolean": lambda text: yes_no(text.strip() not in ("0", "")),
        "Error": lambda _: "",
    }
)


def _text(kind: str, text: str) -> str:
    try:
        return _WRITERS[kind](text) if kind in _WRITERS else text
    except ValueError:
        return text
