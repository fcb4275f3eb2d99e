"""Read the records of a text where its quotation marks have gone astray or a cell holds line breaks, line by line.

An unclosed quotation mark would swallow the rest of the file. Here it costs its own line: the lines after it
are joined to it only if together they make a proper record.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

# A quoted cell may hold line breaks; a record over more lines than this is a quotation mark gone astray.
LINES_A_RECORD = 20
# Longer than any cell; the record is joined from LINES_A_RECORD lines at most, so nothing grows without end.
csv.field_size_limit(1 << 30)
UNPAIRED = "a quotation mark is not closed or stands inside a cell; correct the row in the exporting system"


@dataclass(frozen=True)
class Parsed:
    """A record with its first physical line; no cells where it could not be read, doubtful where bytes are broken."""

    first_line: int
    cells: tuple[str, ...] | None
    is_broken: bool = False


def parse_record(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Split one record into cells, or give None where its quotation marks do not pair up."""
    if '"' not in text:
        return tuple(text.split(delimiter))
    try:
        records = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(records[0]) if len(records) == 1 else None


def record_at(
    lines: Iterable[str], delimiter: str, width: int
) -> tuple[tuple[str, ...] | None, int]:
    """Give the record that begins with the first of some lines, and how many of them it takes.

    A record of several lines has `width` cells at least. None and 1 where the lines make no record.
    """
    joined = ""
    for taken, line in enumerate(islice(lines, LINES_A_RECORD), 1):
        joined = f"{joined}\n{line}" if taken > 1 else line
        if taken > 1 and '"' not in line:
            continue
        cells = parse_record(joined, delimiter)
        if cells is None:
            continue
        if taken == 1 or (len(cells) >= width and not _swallows_records(cells, delimiter)):
            return cells, taken
    return None, 1


def _swallows_records(cells: Sequence[str], delimiter: str) -> bool:
    """Whether a cell with line breaks holds what looks like another record: two stray marks made a pair."""
    return any("\n" in cell and cell.count(delimiter) >= len(cells) - 1 for cell in cells)
