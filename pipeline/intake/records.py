"""Where the records of a text delivery begin and end, found at once for a file that keeps to the rules.

This count is independent of the CSV reader: what is loaded plus what is rejected is held against it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_QUOTE, _LINE_FEED = b'"\n'

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Records:
    """The records of a text: byte range, first and last physical line (from 1), number of fields."""

    starts: Offsets
    ends: Offsets
    lines: Offsets
    last_lines: Offsets
    fields: Offsets


def find_records(utf8: bytes, delimiter: str) -> Records | None:
    """Give the records of a text, or None where its quotation marks do not pair up."""
    text = np.frombuffer(utf8, np.uint8)
    feeds = text == _LINE_FEED
    separators = text == ord(delimiter)
    breaks = feeds
    if b'"' in utf8:
        outside = np.bitwise_xor.accumulate((text == _QUOTE).view(np.uint8)) == 0
        if not outside[-1]:
            return None
        breaks = feeds & outside
        separators &= outside
    starts, ends = _ranges(breaks, len(text))
    if not len(starts):
        return Records(starts, ends, starts, starts, starts)
    line_feeds = np.add.reduceat(feeds, starts, dtype=np.int64)
    lines = 1 + np.cumsum(line_feeds) - line_feeds
    last_lines = lines + line_feeds - 1
    last_lines[-1] += not breaks[-1]
    fields = 1 + np.add.reduceat(separators, starts, dtype=np.int64)
    return Records(starts, ends, lines, last_lines, fields)


def _ranges(breaks: npt.NDArray[np.bool_], length: int) -> tuple[Offsets, Offsets]:
    ends = np.flatnonzero(breaks)
    if length and (not len(ends) or ends[-1] != length - 1):
        ends = np.append(ends, length)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    return starts, ends
