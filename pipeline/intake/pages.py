"""The rows below a heading, page by page: which are data, which are furniture, which belong to another table.

What is left out is counted; whatever is neither data below a heading of the source nor recognised as
furniture is rejected with its reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import DeliveryError
from pipeline.intake.furniture import counts_people, is_closing, is_title, is_total
from pipeline.intake.guidance import Guidance, guidance
from pipeline.intake.heading_rows import folded, known
from pipeline.intake.headings import Fit, recognise_again
from pipeline.intake.rows import named_rows
from pipeline.intake.sheet import Block, Line, Reject
from pipeline.intake.suspects import (
    Places,
    Suspects,
    after,
    places_of_identity,
    places_of_numbers,
    places_of_totals,
    suspects,
    suspects_anywhere,
    take,
)
from pipeline.intake.titles import lines_at
from pipeline.intake.units import is_in_yuan, unit_said
from schemas.catalog import sources

# So many rows below a heading may number the columns, give their codes or units, explain or show them.
_ROWS_OF_GUIDANCE = 5
# A further heading may begin above the row by which it is noticed, and end below it.
_ROWS_AROUND = 2
_HEADINGS_AT_LEAST = 2

_HEADING = "repeated heading, title or guidance"
_EXAMPLE = "example"
_CLOSING = "total, signature or note"
_NUMBERED = "numbered but empty"
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十]+")


@dataclass(frozen=True)
class _Page:
    """Rows below one heading: up to where it holds, and which of them are no data."""

    end: int
    dropped: Sequence[int]

    @property
    def kept(self) -> Places:
        """The places of the rows that are data."""
        is_kept = np.ones(self.end, np.bool_)
        is_kept[list(self.dropped)] = False
        return np.flatnonzero(is_kept)


class Pages:
    """Goes through the blocks of a sheet in their order; `rejects` gets what stands below a foreign heading."""

    def __init__(self, fit: Fit, top: Sequence[Line], rejects: list[Reject]) -> None:
        """Begin below the heading of `fit`; what stands above it may come again on every page."""
        self._rejects = rejects
        self._refusal = ""
        self._turned_at = 0
        self._left_out: Counter[str] = Counter()
        self._titles = [line for line in top if line.row < fit.rows[0].row]
        self._repeated_titles = {_wording(line) for line in self._titles} - {()}
        self._turn_to(fit)
        self._reject_above()

    @property
    def remark(self) -> str:
        """Say how many rows were left out as no data, by kind; nothing if none were."""
        told = [f"{count} {kind}" for kind, count in self._left_out.items() if count]
        return f"rows left out: {', '.join(told)}" if told else ""

    def tables(self, blocks: Iterable[Block]) -> Iterator[pa.Table]:
        """Give the data rows; raise DeliveryError if a line below them says that money is not in yuan."""
        for block in blocks:
            rest = self._in_order(block)
            while len(rest.rows):
                fit, refusal = self._fit, self._refusal
                page = self._page(rest)
                rows = take(rest, page.kept)
                if refusal:
                    self._rejects += [Reject(row, refusal) for row in rows.rows.to_pylist()]
                elif len(rows.rows):
                    yield named_rows(fit, rows)
                rest = after(rest, page.end)

    def _in_order(self, block: Block) -> Block:
        """Reject rows that come late, after a heading below them: which heading is theirs is past finding out."""
        late = int(pc.sum(pc.less(block.rows, self._turned_at)).as_py() or 0)
        reason = "has another width than the rows around it, in a sheet of several tables; deliver them one by one"
        self._rejects += [Reject(row, reason) for row in block.rows[:late].to_pylist()]
        return after(block, late) if late else block

    def _page(self, block: Block) -> _Page:
        """Go up to the next heading that names the columns otherwise, which becomes the present one."""
        found = self._suspects(block)
        end, headings = len(block.rows), range(0)
        dropped: list[int] = []
        places = self._worth_a_look(block, found)
        incomplete = frozenset(found.incomplete.tolist())
        for place, line in zip(places, lines_at(block, places), strict=True):
            if self._is_heading(line) and (self._refusal or not self._is_repeated(line)):
                if headings := self._turn_at(block, place):
                    end = headings.stop
                    break
                kind = _HEADING
            else:
                kind = self._kind(line, is_whole=place not in incomplete)
            if kind:
                self._left_out[kind] += 1
                dropped.append(place)
        self._left_out[_NUMBERED] += int(np.count_nonzero(found.numbered < end))
        empty = [place for place in (*found.blank, *found.numbered) if place < end]
        return _Page(end, [*dropped, *empty, *headings])

    def _suspects(self, block: Block) -> Suspects:
        if self._refusal:
            return suspects_anywhere(block, self._heading_cells)
        return suspects(self._fit, block, self._heading_cells)

    def _worth_a_look(self, block: Block, found: Suspects) -> list[int]:
        """Give the places of rows to look at one by one: suspects, and the rows right below a heading."""
        guided = int(pc.sum(pc.less_equal(block.rows, self._guided_until)).as_py() or 0)
        below = [
            place + step for place in found.headings for step in range(1, _ROWS_OF_GUIDANCE + 1)
        ]
        places = {*range(guided), *below, *found.headings.tolist(), *found.others.tolist()}
        places -= {*found.blank.tolist(), *found.numbered.tolist()}
        return sorted(place for place in places if place < len(block.rows))

    def _kind(self, line: Line, *, is_whole: bool) -> str:
        """Say what furniture a row is; nothing if it is data or to be rejected as such."""
        if self._is_repeated(line):
            self._guided_until = line.row + _ROWS_OF_GUIDANCE
            return _HEADING
        if line.row <= self._guided_until and (said := guidance(line.cells)):
            return _EXAMPLE if said is Guidance.EXAMPLE else _HEADING
        if self._closes(line, is_whole=is_whole):
            self._assert_yuan(line)
            return _CLOSING
        if not is_whole and (_wording(line) in self._repeated_titles or is_title(line.cells)):
            self._assert_yuan(line)
            return _HEADING
        self._guided_until = 0 if is_whole else self._guided_until
        return ""

    def _closes(self, line: Line, *, is_whole: bool) -> bool:
        """Whether a row is a total or a signature; a whole one only with words or counts where a number belongs."""
        identities = (line.cells[place] for place in places_of_identity(self._fit))
        if counts_people(line.cells, list(filter(None, identities))):
            return True
        if not is_closing(line.cells):
            return False
        totals = (line.cells[place] for place in places_of_totals(self._fit))
        numbers = (line.cells[place] for place in places_of_numbers(self._fit))
        return (
            not is_whole
            or any(map(is_total, filter(None, totals)))
            or not all(map(_DIGIT.search, numbers))
        )

    def _is_heading(self, line: Line) -> bool:
        filled = [cell for cell in line.cells if cell]
        headings = sum(
            folded(one) in known() or folded(one) in self._heading_cells for one in filled
        )
        return headings >= _HEADINGS_AT_LEAST and 2 * headings > len(filled)

    def _is_repeated(self, line: Line) -> bool:
        """Whether all that a row says is said by a row of the heading, in the same places."""
        return any(
            all(
                not cell or folded(cell) == folded(said)
                for cell, said in zip_longest(line.cells, row, fillvalue="")
            )
            for row in self._heading_rows
        )

    def _turn_at(self, block: Block, place: int) -> range:
        """Turn to the heading at a place of a block, and give its places; none if it says nothing new."""
        line, *_ = lines_at(block, [place])
        if line.row <= self._guided_until and not self._holds_required(line):
            return range(0)
        try:
            fit = self._heading_at(block, place)
        except DeliveryError as error:
            self._refusal = f"stands below a further heading row, and that table {error}"
            self._turned_at = line.row
            return range(place, place + 1)
        if not self._refusal and (fit.places, fit.spares) == (self._fit.places, self._fit.spares):
            return range(0)
        self._refusal = ""
        self._turn_to(fit)
        self._turned_at = line.row
        first = place - (line.row - fit.rows[0].row)
        return range(first, first + len(fit.rows))

    def _heading_at(self, block: Block, place: int) -> Fit:
        """Recognise the heading of which a row is part; raise DeliveryError if it is no heading of ours."""
        first = max(0, place - _ROWS_AROUND)
        last = min(len(block.rows) - 1, place + _ROWS_AROUND)
        row = block.rows[place].as_py()
        lines = lines_at(block, range(first, last + 1))
        with suppress(DeliveryError):
            fit = recognise_again([*self._titles, *lines], self._fit)
            if any(line.row == row for line in fit.rows):
                return fit
        upto = [line for line in lines if line.row <= row]
        return recognise_again([*self._titles, *upto], self._fit)

    def _holds_required(self, line: Line) -> bool:
        required = (self._fit.places.get(column.name) for column in self._required)
        return any(line.cells[place] for place in required if place is not None)

    def _turn_to(self, fit: Fit) -> None:
        self._fit = fit
        self._required = sources()[fit.source].required
        self._guided_until = fit.heading.row + _ROWS_OF_GUIDANCE
        self._heading_rows = [fit.heading.cells, *(line.cells for line in fit.rows)]
        self._heading_cells = frozenset(
            folded(cell) for row in self._heading_rows for cell in row if folded(cell)
        )

    def _reject_above(self) -> None:
        """Reject what stands above the heading but below one that lacks required columns."""
        is_below_heading = False
        for line in self._titles:
            if self._is_heading(line):
                is_below_heading = True
            elif is_below_heading and any(line.cells) and not _is_furniture(line):
                reason = (
                    f"stands below a heading row that lacks required columns of {self._fit.source}"
                )
                self._rejects.append(Reject(line.row, reason))

    def _assert_yuan(self, line: Line) -> None:
        unit = unit_said(line.cells)
        contract = sources()[self._fit.source]
        money = [
            self._fit.heading.cells[place]
            for name, place in self._fit.places.items()
            if contract.column(name).type == "money"
        ]
        if unit and not all(map(is_in_yuan, money)):
            raise DeliveryError(f"says {unit} below the table; give its money in 元")


def _wording(line: Line) -> tuple[str, ...]:
    """Give what a title says, numbers left out: the page, the class and the day differ from page to page."""
    worded = (_NUMBERS.sub("", folded(cell)) for cell in line.cells)
    return tuple(filter(None, worded))


def _is_furniture(line: Line) -> bool:
    return is_title(line.cells) or is_closing(line.cells) or guidance(line.cells) is not None
