"""Where the records of a passage begin and end: most are a line each, some span lines, some want a closer look.

The count of records is independent of the CSV reader: what is loaded plus what is rejected is held against it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.intake.astray import LINES_A_RECORD, Parsed, parse_record, record_at
from pipeline.intake.passages import Passage

_QUOTE, _EQUALS, _LF, _CR = b'"=\n\r'
# So many lines from the end, a place where no record is cut is looked for before the lines are walked through.
_TAIL_LINES = 200

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Records:
    """The records of a passage: which lines are a plain record each, and the others, read one by one."""

    plain: Mask
    others: list[Parsed]


def find_records(passage: Passage, delimiter: str, width: int) -> Records:
    """Sort the lines of a passage, blank ones left out; `width` cells make a whole record."""
    plain = passage.ends > passage.starts
    taken = [at for number in passage.broken if plain[at := number - passage.first_line]]
    others: list[Parsed] = []
    if b'"' in passage.utf8:
        odd, doubtful = _misquoted(passage, delimiter)
        taken += np.flatnonzero(doubtful).tolist()
        for first, after, cells in _spanning(passage, odd, delimiter, width):
            others.append(_parsed(passage, first, after, cells))
            plain[first:after] = False
    singles = sorted(at for at in set(taken) if plain[at])
    plain[singles] = False
    return Records(plain, others + list(parse_lines(passage, singles, delimiter)))


def parse_lines(passage: Passage, places: Iterable[int], delimiter: str) -> Iterator[Parsed]:
    """Read lines (0, 1, …) that are a record each."""
    for at in places:
        yield _parsed(passage, at, at + 1, parse_record(passage.line(at), delimiter))


def whole_records(passages: Iterable[Passage], delimiter: str, width: int) -> Iterator[Passage]:
    """Cut passages anew, so that no record is divided between two."""
    rest: Passage | None = None
    for passage in passages:
        if rest:
            joined = rest + passage
            lines = _settled_lines(joined, delimiter, width)
            if lines:
                yield joined.part(0, lines)
            rest = joined.part(lines, len(joined.feeds)) if lines < len(joined.feeds) else None
            continue
        lines = _settled_lines(passage, delimiter, width)
        if lines == len(passage.feeds):
            yield passage
            continue
        if lines:
            yield passage.part(0, lines)
        rest = passage.part(lines, len(passage.feeds))
    if rest:
        yield rest


def _settled_lines(passage: Passage, delimiter: str, width: int) -> int:
    """Give the number of lines whose records are sure to end among them, whatever follows."""
    count = len(passage.feeds)
    if b'"' not in passage.utf8:
        return count
    even = 0
    for at in reversed(range(max(0, count - _TAIL_LINES), count)):
        even = even + 1 if passage.line(at).count('"') % 2 == 0 else 0
        if even == LINES_A_RECORD:
            return at + even
    odd, _ = _misquoted(passage, delimiter)
    for first, after, cells in _spanning(passage, odd, delimiter, width):
        if cells is None and after == first + 1 and first + LINES_A_RECORD > count:
            return first
    return count


def _misquoted(passage: Passage, delimiter: str) -> tuple[Mask, Mask]:
    """Find the lines with an odd number of quotation marks, and others where one stands amid a cell."""
    text, feeds = passage.bytes, passage.feeds
    quotes = np.flatnonzero(text == _QUOTE)
    counts = np.diff(np.searchsorted(quotes, feeds), prepend=0)
    odd = counts % 2 == 1
    if odd.any():
        quotes = quotes[~np.repeat(odd, counts)]
    opening, closing = quotes[::2], quotes[1::2]
    mark = ord(delimiter)
    before, after = text[np.maximum(opening - 1, 0)], text[closing + 1]
    begins = (before == mark) | (before == _LF) | (opening == 0)
    ends = (after == mark) | (after == _LF) | (after == _CR)
    fine = (begins | (before == _QUOTE)) & (ends | (after == _QUOTE))
    if not fine.all():
        # ="…" keeps Excel from rounding numbers: an unquoted cell to every reader, so without a separator in it.
        earlier = text[np.maximum(opening - 2, 0)]
        guards = (earlier == mark) | (earlier == _LF) | (opening == 1)
        separators = np.flatnonzero(text == mark)
        is_one = np.searchsorted(separators, opening) == np.searchsorted(separators, closing)
        fine |= (before == _EQUALS) & guards & ends & is_one
    doubtful = np.zeros(len(feeds), np.bool_)
    doubtful[np.searchsorted(feeds, opening[~fine])] = True
    return odd, doubtful


def _spanning(
    passage: Passage, odd: Mask, delimiter: str, width: int
) -> Iterator[tuple[int, int, tuple[str, ...] | None]]:
    """Give the records that begin with a line of an odd number of marks: first line, line after, cells."""
    after = 0
    for first in np.flatnonzero(odd).tolist():
        if first < after:
            continue
        cells, taken = record_at(passage.lines(first), delimiter, width)
        after = first + taken
        yield first, after, cells


def _parsed(passage: Passage, first: int, after: int, cells: tuple[str, ...] | None) -> Parsed:
    numbers = range(passage.first_line + first, passage.first_line + after)
    is_broken = any(number in passage.broken for number in numbers)
    return Parsed(numbers.start, cells, is_broken)
