"""A web page with tables, which registries hand out under the name .xls.

Rows are numbered as their <tr> come in the page, which is how Excel shows a page of one table. Tables that only
arrange others on the page are no tables of data; a small table within a row of data is part of its cell.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import DeliveryError
from pipeline.intake.cells import number_text
from pipeline.intake.gathered import GatheredSheet, Gathering
from pipeline.intake.headings import known_headings
from pipeline.intake.markup import open_markup
from pipeline.intake.tidying import tidy

_HEADINGS_OF_A_TABLE = 2
_BLANKS = re.compile("[ \t\r\n\f]+")
# How a cell shows a number that is too long or too wide for it; `x:num` then holds what it is.
_NOT_SHOWN = re.compile(r"^\s*(?:[-+]?\d(?:\.\d+)?E\+?\d+|#+)\s*$", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "select"))
_LINES = frozenset(("p", "div", "li"))
_LOGIN = "is the log-in page of a web site, not the list; log in and export it again"
_NO_TABLE = (
    "is a web page without a table, perhaps the log-in page of the registry; export it again"
)
_FRAMES = "is a web page whose sheets are in a folder beside it; open it in Excel or WPS and save it as .xlsx"
_CUT_SHORT = "is an incomplete web page, it ends within a row; export or copy it again"
_TAIL_BYTES = 1 << 18
# Stands for the end of a line until the blanks of the page are taken together.
_BREAK = "\v"


@dataclass(slots=True)
class _Cell:
    """A cell of the page that is still open."""

    attributes: Mapping[str, str]
    texts: list[str] = field(default_factory=list)
    is_inner: bool = False

    def text(self) -> str:
        """Give what the cell shows, lines apart, or the number behind it where it cannot be shown."""
        joined = "".join(self.texts)
        if self.attributes and "x:num" in self.attributes and _NOT_SHOWN.match(joined):
            number = self.attributes["x:num"]
            return number if number.isdecimal() else number_text(_as_float(number))
        if joined.isalnum():
            return joined
        shown = _BLANKS.sub(" ", joined)
        if _BREAK not in shown:
            return shown.strip(" ")
        return "\n".join(line.strip(" ") for line in shown.split(_BREAK)).strip("\n")

    def span(self, name: str) -> int:
        """Give how many columns or rows the cell covers."""
        if name not in self.attributes:
            return 1
        told = self.attributes[name].strip()
        return max(int(told), 1) if told.isdecimal() and len(told) < 6 else 1


@dataclass
class _Table:
    """A table of the page, with what its open row holds so far."""

    gathering: Gathering = field(default_factory=Gathering)
    caption: str = ""
    cell: _Cell | None = None
    is_in_row: bool = False
    own_cells: int = 0
    inner_cells: int = 0
    inner: list["_Table"] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    shown: int = 0

    @property
    def is_of_data(self) -> bool:
        """Whether this is more than an arrangement: a list, or the heading of one."""
        is_list = self.gathering.rows > 1 and self.gathering.width > 1
        return is_list or known_headings(self.first) >= _HEADINGS_OF_A_TABLE


class _Page:
    """What the parser tells of a page, gathered into tables."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.is_login = self.has_frames = False
        self._open: list[_Table] = []
        self._caption: list[str] | None = None
        self._unseen = self._row = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        if tag in ("td", "th"):
            self._open_cell(attributes)
        elif tag == "tr":
            self._open_row()
        elif tag == "table":
            self._open.append(_Table())
        elif tag == "br" or tag in _LINES:
            self._break_line()
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "caption":
            self._caption = []
        elif tag == "input":
            self.is_login |= attributes.get("type", "").lower() == "password"
        elif tag == "frame":
            self.has_frames = True

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in ("td", "th"):
            self._close_cell()
        elif tag == "tr":
            self._close_row()
        elif tag == "table" and self._open:
            self._close_table()
        elif tag in _UNSEEN:
            self._unseen -= 1
        elif tag == "caption" and self._caption is not None and self._open:
            self._open[-1].caption = tidy("".join(self._caption))
            self._caption = None

    def data(self, text: str) -> None:
        """Take in text."""
        if self._unseen:
            return
        if self._caption is not None:
            self._caption.append(text)
        elif self._open and (cell := self._open[-1].cell):
            cell.texts.append(text)

    def close(self) -> None:
        """Keep the tables of data; without any, all there are."""
        while self._open:
            self._close_table()
        self.tables = [table for table in self.tables if table.is_of_data] or self.tables

    def _open_row(self) -> None:
        self._row += 1
        if self._open:
            self._close_row()
            table = self._open[-1]
            table.is_in_row, table.own_cells, table.inner_cells = True, 0, 0
            table.gathering.open_row(self._row)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            if not self._open[-1].is_in_row:
                self._open_row()
            self._close_cell()
            self._open[-1].cell = _Cell(attributes)

    def _break_line(self) -> None:
        if self._open and (cell := self._open[-1].cell):
            cell.texts.append(_BREAK)

    def _close_cell(self) -> None:
        if not self._open or not (cell := self._open[-1].cell):
            return
        table = self._open[-1]
        text = cell.text()
        table.gathering.put(text, cell.span("colspan"), cell.span("rowspan"))
        table.cell = None
        if text:
            table.own_cells += not cell.is_inner
            table.inner_cells += cell.is_inner
            if not table.gathering.rows:
                table.first.append(tidy(text))

    def _close_row(self) -> None:
        self._close_cell()
        if not self._open or not self._open[-1].is_in_row:
            return
        table = self._open[-1]
        table.is_in_row = False
        self.tables += table.inner
        # A row of nothing but tables arranges them, or is the row of page numbers below a list.
        if not table.inner and (table.own_cells or table.inner_cells > 1):
            table.gathering.close_row()
        table.inner = []

    def _close_table(self) -> None:
        self._close_row()
        table = self._open.pop()
        outer = self._open[-1] if self._open else None
        if outer is None or outer.cell is None:
            self.tables.append(table)
        elif table.is_of_data:
            outer.inner.append(table)
        else:
            outer.cell.is_inner = True
            outer.cell.texts += [
                " ",
                *(cell for line in table.gathering.top for cell in line.cells),
            ]


def read_page(path: Path) -> list[GatheredSheet]:
    """Give the tables of a web page; raise DeliveryError where it holds none or ends within a row."""
    markup = open_markup(path)
    page = _Page()
    target: Any = page
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    tail = b""
    for piece in markup.pieces():
        parser.feed(piece)
        tail = (tail + piece)[-_TAIL_BYTES:]
    parser.close()
    tables = page.tables
    if page.is_login:
        raise DeliveryError(_LOGIN)
    if not tables:
        raise DeliveryError(_FRAMES if page.has_frames else _NO_TABLE)
    if _ends_within_row(tail.lower()):
        raise DeliveryError(_CUT_SHORT)
    names = _names(tables)
    return [
        table.gathering.sheet(name, "", is_broken=markup.is_broken)
        for name, table in zip(names, tables, strict=True)
    ]


def _ends_within_row(tail: bytes) -> bool:
    """Whether rows of the page are closed, but the last one is not, and no table is after it."""
    row, end_of_row = tail.rfind(b"<tr"), tail.rfind(b"</tr")
    return 0 <= end_of_row < row and tail.find(b"</table", row) < 0


def _names(tables: list[_Table]) -> list[str]:
    """Name tables by their caption or their order; the only one of a page needs no name."""
    if len(tables) == 1:
        return [tables[0].caption]
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        name = table.caption or f"表{number}"
        names.append(f"{name} #{number}" if name in names else name)
    return names


def _as_float(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return float("nan")
