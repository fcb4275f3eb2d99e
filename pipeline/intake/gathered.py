"""A table gathered cell by cell from a page or an XML file, and kept as blocks of text columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import DeliveryError
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject
from pipeline.intake.tidying import tidy, tidy_column

# As wide as a worksheet can be.
COLUMNS = 16_384
_BLOCK_ROWS, _BLOCK_CELLS = 16_384, 1 << 20
# So many cells may be told in few words (merged, or passed over); no true table tells more.
_TOLD_CELLS = 20_000_000
_BROKEN = "holds bytes that are no text; correct the row in the exporting system"


@dataclass(frozen=True)
class GatheredSheet:
    """A table that has been read whole; `broken` are the rows in which bytes were no text."""

    name: str
    remark: str
    top: tuple[Line, ...]
    blocks: tuple[Block, ...]
    broken: tuple[int, ...] = ()

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; reject those with bytes that are no text."""
        rejects += [Reject(row, _BROKEN) for row in self.broken if row > heading.row]
        broken = pa.array(self.broken, pa.int64())
        for block in self.blocks:
            wanted = pc.greater(block.rows, heading.row)
            if len(broken):
                wanted = pc.and_not(wanted, pc.is_in(block.rows, value_set=broken))
            columns = tuple(column.filter(wanted) for column in block.columns)
            rows = block.rows.filter(wanted)
            missing = len(heading.cells) - len(columns)
            yield Block(rows, (*columns, *(pa.nulls(len(rows), pa.string()),) * missing))


class Gathering:
    """A table in the making: rows are opened, filled and closed one after the other."""

    def __init__(self) -> None:
        """Begin with no row."""
        self.rows = self.width = 0
        self._row = self._told = 0
        self._cells: list[str] = []
        # By column, what a cell merged downwards says, and the last row that it covers.
        self._covers: dict[int, tuple[int, str]] = {}
        self._numbers: list[int] = []
        self._kept: list[Sequence[str]] = []
        self._kept_width = 0
        self._top: list[Line] = []
        self._blocks: list[Block] = []

    @property
    def top(self) -> Sequence[Line]:
        """The first rows that say anything."""
        return self._top

    def open_row(self, row: int) -> None:
        """Begin the row of this number."""
        self._row, self._cells = row, []

    def put(self, text: str, across: int = 1, down: int = 1, at: int | None = None) -> None:
        """Put a cell next to the last one, or at a column (the first is 0); it may cover more columns and rows."""
        cells, covers = self._cells, self._covers
        if across == down == 1 and at is None and not covers:
            cells.append(text)
            return
        if at is not None:
            self._spread(at - len(cells))
        while covers and covers.get(len(cells), (0, ""))[0] >= self._row:
            self._spread(1)
        if down > 1:
            for column in range(len(cells), len(cells) + self._told_at_most(across)):
                said = text if column == len(cells) else ""
                covers[column] = (self._row + down - 1, said)
        cells.append(text)
        self._spread(across - 1)

    def close_row(self) -> None:
        """End the row; what cells above say for it is repeated in it, if it says anything itself."""
        cells = self._cells
        if not any(cells):
            return
        for column, (last, text) in list(self._covers.items()):
            if last < self._row:
                del self._covers[column]
            elif text and not (column < len(cells) and cells[column]):
                self._spread(column + 1 - len(cells))
                self._told += 1
                cells[column] = text
        self._keep(self._row, cells)

    def sheet(self, name: str, remark: str, *, is_broken: bool) -> GatheredSheet:
        """Give the table; `is_broken` where the text it came from held bytes that are none."""
        self._flush()
        blocks = tuple(self._blocks)
        broken = tuple(row for block in blocks for row in _broken(block)) if is_broken else ()
        return GatheredSheet(name, remark, tuple(self._top), blocks, broken)

    def _keep(self, row: int, cells: Sequence[str]) -> None:
        if len(self._top) < TOP_ROWS:
            self._top.append(Line(row, tuple(map(tidy, cells))))
        self._numbers.append(row)
        self._kept.append(cells)
        self.rows += 1
        self._kept_width = max(self._kept_width, len(cells))
        self.width = max(self.width, self._kept_width)
        rows = len(self._kept)
        if rows >= _BLOCK_ROWS or rows * self._kept_width > _BLOCK_CELLS:
            self._flush()

    def _flush(self) -> None:
        if self._kept:
            nothing = pa.nulls(len(self._kept), pa.string())
            columns = tuple(
                tidy_column(pa.array(column, pa.string())) if any(column) else nothing
                for column in zip_longest(*self._kept)
            )
            self._blocks.append(Block(pa.array(self._numbers, pa.int64()), columns))
        self._numbers, self._kept, self._kept_width = [], [], 0

    def _spread(self, cells: int) -> None:
        """Add cells that say nothing."""
        if cells > 0:
            self._cells += [""] * self._told_at_most(cells)

    def _told_at_most(self, cells: int) -> int:
        self._told += cells
        if self._told > _TOLD_CELLS or len(self._cells) + cells > COLUMNS:
            raise DeliveryError(
                "repeats cells beyond measure; open it in Excel or WPS and save it as .xlsx"
            )
        return cells


def _broken(block: Block) -> list[int]:
    found = pa.nulls(len(block.rows), pa.bool_()).fill_null(fill_value=False)
    for column in block.columns:
        found = pc.or_(found, pc.fill_null(pc.match_substring(column, "\ufffd"), fill_value=False))
    rows: list[int] = block.rows.filter(found).to_pylist()
    return rows
