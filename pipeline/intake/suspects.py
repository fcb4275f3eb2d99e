"""Which rows of a block look unlike data and are worth a look one by one; all others are data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.furniture import (
    is_closing,
    is_count_of_people,
    is_title,
    is_total,
    tells_total,
)
from pipeline.intake.heading_rows import folded, known
from pipeline.intake.headings import Fit
from pipeline.intake.rows import at
from pipeline.intake.sheet import Block
from schemas.catalog import sources

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_NUMBERED_BY = frozenset(
    ["序号", "序", "编号", "顺序号", "行号", "流水号", "项次", "序次", "no", "#"]
)
_BARE_NUMBER = r"^\(?[0-9]{1,6}\)?[.、]?$"
_NUMBER_TYPES = frozenset({"id", "date", "month", "int", "money"})
_NUMBER_NAMES = ("_code", "_no", "year")
# A row with so few cells is read whole; in a fuller one, its first cell or the word of a total gives it away.
_FEW = 2
_IN_TOTALS = ("计", "計")
# A number of people is not longer than this in bytes (9999人), and stands beside one of these.
_LONGEST_COUNT = 7
_IN_COUNTS = "[计計数數]"
_NUMBERS_OF_PEOPLE = frozenset({"id", "student_no"})
_ENDS_A_NUMBER = np.isin(np.arange(256), np.frombuffer(b"0123456789Xx", np.uint8))


@dataclass(frozen=True)
class Suspects:
    """Places in a block: rows without content, rows to look at, and which of all rows are incomplete."""

    blank: Places
    numbered: Places
    headings: Places
    others: Places
    incomplete: Places


def suspects(fit: Fit, block: Block, heading_cells: frozenset[str]) -> Suspects:
    """Sort out the rows that leave a required column empty or have words where a number belongs."""
    required = [column for column in sources()[fit.source].required if column.name in fit.places]
    words = [_words_in(at(block, place), heading_cells) for place in places_of_numbers(fit)]
    totals = [_totals_in(at(block, place)) for place in places_of_totals(fit)]
    incomplete = np.flatnonzero(
        _any(map(_nulls, (at(block, fit.places[c.name]) for c in required)), block)
    )
    some = take(block, incomplete)
    filled = _filled(some.columns, len(incomplete))
    numbered = _is_numbered(fit, some, filled)
    odd = (filled > 0) & ~numbered & (_is_odd(some, heading_cells) | (filled <= _FEW))
    return Suspects(
        blank=incomplete[filled == 0],
        numbered=incomplete[numbered],
        headings=np.flatnonzero(_any(words, block)),
        others=np.unique(
            np.concatenate(
                (incomplete[odd], np.flatnonzero(_any(totals, block)), _counted(fit, block))
            )
        ),
        incomplete=incomplete,
    )


def suspects_anywhere(block: Block, heading_cells: frozenset[str]) -> Suspects:
    """Sort out blank rows and whatever may be a heading, where no heading says which columns are required."""
    words = [_words_in(column, heading_cells) for column in block.columns]
    nothing = np.zeros(0, np.int64)
    blank = np.flatnonzero(_filled(block.columns, len(block.rows)) == 0)
    return Suspects(blank, nothing, np.flatnonzero(_any(words, block)), nothing, nothing)


def take(block: Block, places: Places) -> Block:
    """Give some rows of a block, or the block itself where it is all of them."""
    if len(places) == len(block.rows):
        return block
    wanted = pa.array(places)
    return Block(block.rows.take(wanted), tuple(column.take(wanted) for column in block.columns))


def after(block: Block, place: int) -> Block:
    """Give the rows of a block from a place on."""
    return Block(block.rows[place:], tuple(column[place:] for column in block.columns))


def places_of_numbers(fit: Fit) -> list[int]:
    """Give the required columns in which every cell has a digit, if it is no heading; all required, if none."""
    required = [one for one in sources()[fit.source].required if one.name in fit.places]
    numbers = [
        one for one in required if one.type in _NUMBER_TYPES or one.name.endswith(_NUMBER_NAMES)
    ]
    return [fit.places[one.name] for one in numbers or required]


def places_of_totals(fit: Fit) -> list[int]:
    """Give the columns in which a total may stand in a whole row: those of lists that name nobody."""
    contract = sources()[fit.source]
    if any(column.personal for column in contract.required):
        return []
    return [place for name, place in fit.places.items() if not contract.column(name).personal]


def places_of_identity(fit: Fit) -> list[int]:
    """Give the columns that hold numbers of people: of identity, or as students."""
    contract = sources()[fit.source]
    return [
        place
        for name, place in fit.places.items()
        if contract.column(name).personal in _NUMBERS_OF_PEOPLE
    ]


def _counted(fit: Fit, block: Block) -> Places:
    """Find rows with a count where somebody's number belongs, and a word that may say what is counted."""
    counts = (_counts_in(at(block, place)) for place in places_of_identity(fit))
    places = np.flatnonzero(_any(counts, block))
    if not len(places):
        return places
    some = take(block, places)
    words = (
        _mask(pc.fill_null(pc.match_substring_regex(one, _IN_COUNTS), fill_value=False))
        for one in some.columns
    )
    return places[_any(words, some)]


def _counts_in(column: pa.StringArray) -> Mask:
    lengths = pc.fill_null(pc.binary_length(column), 0).to_numpy(zero_copy_only=False)
    return _cells(column, (lengths > 0) & (lengths <= _LONGEST_COUNT), is_count_of_people)


def _words_in(column: pa.StringArray, heading_cells: frozenset[str]) -> Mask:
    """Find cells that hold a heading, a total or a signature: those that do not end as numbers do."""
    wordy = _ends_otherwise(column)
    return _cells(
        column,
        wordy,
        lambda cell: folded(cell) in known() or folded(cell) in heading_cells or is_closing([cell]),
    )


def _ends_otherwise(column: pa.StringArray) -> Mask:
    """Find the cells whose last byte is no digit and no X, without reading the cells."""
    _, offsets, content = column.buffers()
    if not content:
        return np.zeros(len(column), np.bool_)
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    last = np.frombuffer(content, np.uint8)[np.maximum(ends[1:], 1) - 1]
    return np.asarray((ends[1:] > ends[:-1]) & ~_ENDS_A_NUMBER[last])


def _totals_in(column: pa.StringArray) -> Mask:
    return _cells(column, _mask(column.is_valid()), is_total)


def _cells(column: pa.StringArray, among: Mask, wanted: Callable[[str], bool]) -> Mask:
    """Find the cells among some that are as wanted, asking once for each text."""
    if not among.any():
        return among
    texts = pc.unique(column.filter(pa.array(among))).to_pylist()
    found = pa.array([text for text in texts if text and wanted(text)], pa.string())
    return _mask(pc.is_in(column, found)) if len(found) else np.zeros(len(column), np.bool_)


def _is_numbered(fit: Fit, block: Block, filled: npt.NDArray[np.int16]) -> Mask:
    """Find rows in which nothing stands but the running number that a form has printed."""
    counted = np.zeros(len(block.rows), np.int16)
    for label, place in fit.extra.items():
        if folded(label.partition(" #")[0]) in _NUMBERED_BY:
            bare = pc.match_substring_regex(at(block, place), _BARE_NUMBER)
            counted += _mask(pc.fill_null(bare, fill_value=False))
    return np.asarray((filled > 0) & (counted == filled))


def _is_odd(block: Block, heading_cells: frozenset[str]) -> Mask:
    """Find rows that open like furniture or a heading, or hold the word of a total."""
    if not len(block.rows):
        return np.zeros(0, np.bool_)
    first = pc.coalesce(*block.columns)
    found = _cells(
        first,
        _mask(first.is_valid()),
        lambda cell: (
            folded(cell) in known()
            or folded(cell) in heading_cells
            or is_closing([cell])
            or is_title([cell])
        ),
    )
    for column in block.columns:
        for character in _IN_TOTALS:
            holds = pc.fill_null(pc.match_substring(column, character), fill_value=False)
            if holds.true_count:
                found |= _cells(column, _mask(holds), tells_total)
    return found


def _filled(columns: Iterable[pa.StringArray], rows: int) -> npt.NDArray[np.int16]:
    filled = np.zeros(rows, np.int16)
    for column in columns:
        filled += 1 if column.null_count == 0 else _mask(column.is_valid())
    return filled


def _nulls(column: pa.StringArray) -> Mask | None:
    return _mask(column.is_null()) if column.null_count else None


def _any(masks: Iterable[Mask | None], block: Block) -> Mask:
    found = np.zeros(len(block.rows), np.bool_)
    for mask in masks:
        if mask is not None:
            np.logical_or(found, mask, out=found)
    return found


def _mask(flags: pa.BooleanArray) -> Mask:
    return np.asarray(flags.to_numpy(zero_copy_only=False))
