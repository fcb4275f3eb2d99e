"""A .csv, .tsv or .txt file as one table.

A file that keeps to the rules is cut into records by `records` and read by Arrow (`regular`); one that does
not is read line by line by `astray`. Either way every record is loaded or rejected with its row number.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from pipeline.intake.astray import walk_records
from pipeline.intake.decode import Decoded
from pipeline.intake.records import find_records
from pipeline.intake.regular import read_regular
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject
from pipeline.intake.tidying import tidy
from pipeline.intake.widths import Gauge, blocks_of

_DELIMITERS = (",", "\t", ";", "|")
# Enough for a heading below titles, even where its cells hold line breaks.
_TOP_LINES = 200
_HEADINGS_ENOUGH = 3


@dataclass(frozen=True)
class DelimitedText:
    """All of a text file."""

    decoded: Decoded
    delimiter: str
    name: str = ""
    remark: str = ""

    @property
    def top(self) -> tuple[Line, ...]:
        """The first records as text, those left out that cannot be read."""
        records = walk_records(_top_lines(self.decoded), 1, self.delimiter, 1)
        return tuple(
            Line(record.first_line, tuple(map(tidy, record.cells)))
            for record in islice(records, TOP_ROWS)
            if record.cells is not None
        )

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; reject broken bytes, stray quotes, wrong widths."""
        gauge = Gauge(heading, self.decoded)
        records = find_records(self.decoded.utf8, self.delimiter)
        regular = records and read_regular(records, gauge, self.delimiter)
        if regular:
            yield from regular.blocks
            yield from blocks_of(gauge.whole(regular.others, rejects))
            return
        lines = self.decoded.utf8.decode().split("\n")
        width = len(heading.cells)
        walked = walk_records(lines, heading.row, self.delimiter, width)
        yield from blocks_of(gauge.whole(islice(walked, 1, None), rejects))


def read_text(decoded: Decoded, known: Callable[[Sequence[str]], int]) -> DelimitedText:
    """Open a text as the table whose separator shows most headings; `known` counts them in a row."""
    lines = _top_lines(decoded)
    return DelimitedText(
        decoded,
        max(_DELIMITERS, key=lambda delimiter: _headings_shown(lines, delimiter, known)),
    )


def _headings_shown(
    lines: list[str], delimiter: str, known: Callable[[Sequence[str]], int]
) -> tuple[int, int]:
    most = widest = 0
    # A stray quotation mark may make one cell of all these lines; the rows before it vote all the same.
    with suppress(csv.Error):
        for row in islice(csv.reader(lines, delimiter=delimiter), TOP_ROWS):
            most, widest = max(most, known(row)), max(widest, len(row))
            if most >= _HEADINGS_ENOUGH:
                break
    return most, widest


def _top_lines(decoded: Decoded) -> list[str]:
    text = decoded.utf8.split(b"\n", _TOP_LINES)[:_TOP_LINES]
    return [line.decode() for line in text]
