"""Hold the records of a text delivery to the width of its heading: whole, mendable, or to be rejected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pyarrow as pa

from pipeline.intake.astray import UNPAIRED, Parsed
from pipeline.intake.furniture import is_closing, is_title
from pipeline.intake.sheet import Block, Line, Reject
from pipeline.intake.tidying import tidy, tidy_column

_BLOCK_ROWS = 65_536


@dataclass(frozen=True)
class Gauge:
    """What a record must be like to be a row below this heading."""

    heading: Line
    delimiter: str
    encoding: str

    @cached_property
    def labelled(self) -> int:
        """The number of cells up to the last one with a heading; fewer are too few."""
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

    def _fault(self, record: Parsed, cells: tuple[str, ...]) -> str | None:
        if record.is_broken:
            return (
                f"holds bytes that are not {self.encoding}; "
                "correct the row in the exporting system, or export the file again"
            )
        if record.cells is None:
            return UNPAIRED
        if len(cells) < self.labelled or any(cells[len(self.heading.cells) :]):
            return (
                f"has {len(cells)} cells where the heading has {self.labelled}; "
                "a separator is missing or stands unquoted inside a cell"
            )
        return None


def _is_furniture(record: Parsed, cells: Sequence[str]) -> bool:
    """Whether a record is blank, a title, a total or a signature: whoever leaves those out counts them.

    They are written without the separators of a row.
    """
    if record.is_broken or record.cells is None:
        return False
    return not any(cells) or is_closing(cells) or is_title(cells)


def blocks_of(lines: Iterable[Line]) -> Iterator[Block]:
    """Give lines of equal width as blocks."""
    remaining = iter(lines)
    while some := list(islice(remaining, _BLOCK_ROWS)):
        columns = zip(*(line.cells for line in some), strict=True)
        yield Block(
            pa.array([line.row for line in some], pa.int64()),
            tuple(tidy_column(pa.array(column, pa.string())) for column in columns),
        )
