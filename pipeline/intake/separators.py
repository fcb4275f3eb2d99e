"""What separates the cells of a text delivery: the mark by which most headings of the contracts come to light."""

import csv
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from pipeline.intake.sheet import TOP_ROWS

_USUAL = (",", "\t", ";", "|")
# Of these only where the usual ones show no heading: bank returns, Hive, a comma of the Chinese keyboard.
_RARE = ("||", "，", "^", "\x01", " ")
_HEADINGS_ENOUGH = 3
_HEADINGS_AT_LEAST = 2
# Enough for a heading below titles, even where its cells hold line breaks.
TOP_LINES = 200
# What Excel writes into the first line to say how to read the others.
_STATED = re.compile(r'^\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)
# Stands in the place of separators of several bytes; no text holds it, or `tidy` would take it away.
_STAND_IN = "\x1f"
_BLANKS = re.compile("[ \t\u3000]+")
_OUTER_BLANKS = re.compile("^[ \t\u3000]+|[ \t\u3000]+(?=\r?$)", re.MULTILINE)


@dataclass(frozen=True)
class Layout:
    """How the lines of a text are cells: by which mark, and how many the fullest heading row has."""

    separator: str
    cells: int = 1

    @property
    def delimiter(self) -> str:
        """The one ASCII character that separates cells once the text is plain."""
        return self.separator if self.separator in _USUAL or self.separator == "^" else _STAND_IN

    def plain(self, utf8: bytes) -> bytes:
        """Give lines with the delimiter for whatever separates their cells."""
        if self.separator == self.delimiter:
            return utf8
        if self.separator == " ":
            text = _OUTER_BLANKS.sub("", utf8.decode())
            return _BLANKS.sub(_STAND_IN, text).encode()
        return utf8.replace(self.separator.encode(), _STAND_IN.encode())


def find_layout(lines: Sequence[str], known: Callable[[list[str]], int]) -> Layout:
    """Give the layout of a text by its first lines; `known` counts the headings in a row of cells."""
    stated = _STATED.match(lines[0]) if lines else None
    if stated:
        return _shown(lines, stated[1], known)[1]
    best, layout = max((_shown(lines, mark, known) for mark in _USUAL), key=lambda shown: shown[0])
    if best[0] >= _HEADINGS_AT_LEAST and layout.separator != "|":
        return layout
    rare = [_shown(lines, mark, known) for mark in _RARE]
    better, other = max(rare, key=lambda shown: shown[0])
    return other if better[0] >= _HEADINGS_AT_LEAST and better > best else layout


def most_headings(text: str, known: Callable[[list[str]], int]) -> int:
    """Count the headings in the row of a text that shows most."""
    lines = re.split(r"\r\n|\n|\r", text, maxsplit=TOP_LINES)[:TOP_LINES]
    return max(_shown(lines, mark, known)[0][0] for mark in _USUAL)


def _shown(
    lines: Sequence[str], mark: str, known: Callable[[list[str]], int]
) -> tuple[tuple[int, int, int], Layout]:
    """Say how well a separator does: headings in the best row, its filled cells, and how few empty ones."""
    best, cells = (0, 0, 0), 1
    layout = Layout(mark)
    plain = layout.plain("\n".join(lines).encode()).decode().split("\n")
    # A stray quotation mark may make one cell of all these lines; the rows before it vote all the same.
    with suppress(csv.Error):
        for row in islice(csv.reader(plain, delimiter=layout.delimiter), TOP_ROWS):
            filled = sum(map(bool, row))
            shown = (known(row), filled, filled - len(row))
            best, cells = max((best, cells), (shown, len(row)))
            if best[0] >= _HEADINGS_ENOUGH:
                break
    return best, Layout(mark, cells)
