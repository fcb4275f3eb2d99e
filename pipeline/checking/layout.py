"""A delivery as its sender sees it: every sheet with all its lines where they stand, also those that are no data."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.headings import Fit, recognise
from pipeline.intake.open import Misnamed, open_delivery
from pipeline.intake.sheet import Block, Line, Reject, Sheet
from pipeline.intake.spool import SpoolWriter
from pipeline.intake.titles import lines_with_labels
from pipeline.intake.workbook import Worksheet

_LINES_AT_A_TIME = 4096
_SCHEMA = pa.schema([("row", pa.int64()), ("cells", pa.list_(pa.string()))])


@dataclass(frozen=True)
class LaidSheet:
    """A sheet in its layout: the heading as it was recognised, and the lines from the first to the last.

    A sheet without a heading that fits shows its first lines only. A line that could not be read has no cells.
    """

    name: str
    fit: Fit | None
    first_column: int
    lines: Iterator[Line]


def laid_out(path: Path, extension: str, source: str, spool: Path) -> Iterator[LaidSheet]:
    """Give the sheets of a delivery that was read before; lines are taken before the next sheet is asked for.

    `spool` is an empty folder for what does not fit into memory.
    """
    for number, sheet in enumerate(open_delivery(path, extension)):
        top = sheet.top
        try:
            fit = recognise(top, source, partial(_labelled, sheet))
        except DeliveryError:
            yield LaidSheet(sheet.name, None, _first_column(sheet), iter(top))
            continue
        lines = _lines(sheet, fit, spool / f"{number}.layout")
        yield LaidSheet(sheet.name, fit, _first_column(sheet), lines)


def _labelled(sheet: Sheet, heading: Line) -> Iterable[Line]:
    return lines_with_labels(sheet.below(heading, []))


def _first_column(sheet: Sheet) -> int:
    """Give how many empty columns stand before the first cell of a line; only worksheets leave them out."""
    inner = sheet.sheet if isinstance(sheet, Misnamed) else sheet
    start = inner.content.start if isinstance(inner, Worksheet) else None
    return int(start[1]) if start else 0


def _lines(sheet: Sheet, fit: Fit, place: Path) -> Iterator[Line]:
    """Give the lines in the order of their rows; those of a text may come later than they stand."""
    yield from (line for line in sheet.top if line.row <= fit.heading.row)
    rejects: list[Reject] = []
    writer = SpoolWriter(place)
    writer.write(_as_table(block) for block in sheet.below(fit.heading, rejects))
    writer.write([_unread(rejects)])
    with _kept(writer) as spooled:
        order = np.argsort(spooled["row"].to_numpy(), kind="stable")
        for start in range(0, len(order), _LINES_AT_A_TIME):
            some = spooled.take(pa.array(order[start : start + _LINES_AT_A_TIME]))
            for row, cells in zip(some["row"].to_pylist(), some["cells"].to_pylist(), strict=True):
                yield Line(row, tuple(cell or "" for cell in cells))


@contextmanager
def _kept(writer: SpoolWriter) -> Iterator[pa.Table]:
    spooled = writer.close()
    if spooled is None:
        yield _SCHEMA.empty_table()
        return
    yield spooled.open()
    spooled.remove()


def _as_table(block: Block) -> pa.Table:
    """Give lines of any width the same shape, so that they can stand in one file."""
    cells = list(zip(*(column.to_pylist() for column in block.columns), strict=True))
    return pa.Table.from_arrays(
        [block.rows, pa.array(cells, _SCHEMA.field("cells").type)], schema=_SCHEMA
    )


def _unread(rejects: Sequence[Reject]) -> pa.Table:
    return pa.Table.from_arrays(
        [
            pa.array([reject.row for reject in rejects], pa.int64()),
            pa.array([[] for _ in rejects], _SCHEMA.field("cells").type),
        ],
        schema=_SCHEMA,
    )
