"""Hold the records of a text delivery to the width of its heading: whole, mendable, or to be rejected.

A row may end before its last columns, and they are empty. One that misses a separator ends early as well, but what
follows it stands in columns where such things never stand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice

import pyarrow as pa

from pipeline.intake.astray import UNPAIRED, Parsed
from pipeline.intake.furniture import is_closing, is_title
from pipeline.intake.sheet import Block, Line, Reject
from pipeline.intake.tidying import tidy, tidy_column

_BLOCK_ROWS = 65_536
# Excel leaves out the separators of empty last cells, some rows at a time.
ENDS_EARLY = "some rows end before the last column, the rest read as empty; look whether a separator is missing in them"

_NUMBER = re.compile(r"^[\x20-\x7e]*\d{4}[\x20-\x7e]*$|^\d+$")
_WORDS = re.compile(r"^\D+$")


class Content(Enum):
    """What all cells of a column are, as far as they are filled."""

    NUMBERS = "numbers"
    WORDS = "words"
    EITHER = "either"


@dataclass(frozen=True)
class Gauge:
    """What a record must be like to be a row below this heading; `top` are the first rows of the file."""

    heading: Line
    delimiter: str
    encoding: str
    top: tuple[Line, ...] = ()

    @cached_property
    def labelled(self) -> int:
        """The number of cells up to the last one with a heading."""
        places = (place for place, cell in enumerate(self.heading.cells, 1) if cell)
        return max(places, default=1)

    def whole(self, records: Iterable[Parsed], rejects: list[Reject]) -> Iterator[Line]:
        """Give the records that are rows, all of the heading's width; add the rest to `rejects`."""
        width = len(self.heading.cells)
        for record in records:
            cells = tuple(map(tidy, record.cells or ()))
            reason = self._fault(record, cells)
            if reason is None or _is_furniture(record, cells):
                yield Line(record.first_line, (*cells, *[""] * (width - len(cells)))[:width])
            else:
                rejects.append(Reject(record.first_line, reason))

    def ends_early(self, records: Iterable[Parsed]) -> bool:
        """Whether one of the records is taken for a row that lacks its last cells."""
        short = (one for one in records if one.cells and len(one.cells) < self.labelled)
        return any(
            self._fault(one, cells) is None and not _is_furniture(one, cells)
            for one in short
            if (cells := tuple(map(tidy, one.cells or ())))
        )

    @cached_property
    def _contents(self) -> list[Content]:
        """What the columns hold, by the first whole rows."""
        below = (line.cells for line in self.top if line.row > self.heading.row)
        rows = [cells for cells in below if len(cells) >= self.labelled]
        return [_content(list(filter(None, column))) for column in zip(*rows, strict=False)]

    def _is_shifted(self, cells: Sequence[str]) -> bool:
        """Whether cells stand in columns of another content: words among numbers, or a number among words."""
        strange = {Content.NUMBERS: _WORDS, Content.WORDS: _NUMBER}
        return any(
            cell and content in strange and strange[content].match(cell)
            for cell, content in zip(cells, self._contents, strict=False)
        )

    def _fault(self, record: Parsed, cells: tuple[str, ...]) -> str | None:
        if record.is_broken:
            return (
                f"holds bytes that are not {self.encoding}; "
                "correct the row in the exporting system, or export the file again"
            )
        if record.cells is None:
            return UNPAIRED
        is_cut = len(cells) < self.labelled and (len(cells) == 1 or self._is_shifted(cells))
        if is_cut or any(cells[len(self.heading.cells) :]):
            return (
                f"has {len(cells)} cells where the heading has {self.labelled}; "
                "a separator is missing or stands unquoted inside a cell"
            )
        return None


def _content(cells: Sequence[str]) -> Content:
    if cells and all(map(_NUMBER.match, cells)):
        return Content.NUMBERS
    return Content.WORDS if cells and all(map(_WORDS.match, cells)) else Content.EITHER


def _is_furniture(record: Parsed, cells: Sequence[str]) -> bool:
    """Whether a record is blank, a title, a total or a signature: whoever leaves those out counts them.

    They are written without the separators of a row.
    """
    if record.is_broken or record.cells is None:
        return False
    return not any(cells) or is_closing(cells) or is_title(cells)


def blocks_of(lines: Iterable[Line], remark: str = "") -> Iterator[Block]:
    """Give lines of equal width as blocks, each with the remark."""
    remaining = iter(lines)
    while some := list(islice(remaining, _BLOCK_ROWS)):
        columns = zip(*(line.cells for line in some), strict=True)
        yield Block(
            pa.array([line.row for line in some], pa.int64()),
            tuple(tidy_column(pa.array(column, pa.string())) for column in columns),
            remark,
        )
