"""A text delivery in passages of whole lines, as UTF-8, each line with the number an editor shows beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.intake.decode import MARK, SHOWN, utf8_blocks
from pipeline.intake.encodings import Encoding
from pipeline.intake.separators import Layout

_CR, _LF = b"\r\n"

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Passage:
    """Whole lines of a text, each with its line feed, and the numbers of those that hold bytes that are no text."""

    first_line: int
    utf8: bytes
    broken: frozenset[int] = frozenset()

    @cached_property
    def bytes(self) -> Bytes:
        """The text, byte by byte."""
        return np.frombuffer(self.utf8, np.uint8)

    @cached_property
    def feeds(self) -> Places:
        """Where the lines end."""
        return np.flatnonzero(self.bytes == _LF)

    @cached_property
    def starts(self) -> Places:
        """Where the lines begin."""
        return np.concatenate((np.zeros(1, np.int64), self.feeds[:-1] + 1))

    @cached_property
    def ends(self) -> Places:
        """Where the content of the lines ends, before LF or CR LF."""
        before = self.bytes[np.maximum(self.feeds - 1, 0)] == _CR
        return np.asarray(self.feeds - (before & (self.feeds > self.starts)))

    def line(self, at: int) -> str:
        """Give the text of the line `at` (0, 1, …)."""
        return self.utf8[self.starts[at] : self.ends[at]].decode()

    def lines(self, first: int = 0) -> Iterator[str]:
        """Give the text of the lines from `first` (0, 1, …) on."""
        return map(self.line, range(first, len(self.feeds)))

    def part(self, first: int, after: int) -> "Passage":
        """Give the lines from `first` (0, 1, …) on to before `after`."""
        start = int(self.starts[first]) if first < len(self.feeds) else len(self.utf8)
        end = int(self.starts[after]) if after < len(self.feeds) else len(self.utf8)
        numbers = range(self.first_line + first, self.first_line + after)
        broken = frozenset(number for number in self.broken if number in numbers)
        return Passage(self.first_line + first, self.utf8[start:end], broken)

    def __add__(self, other: "Passage") -> "Passage":
        """Join the passage that follows."""
        return replace(self, utf8=self.utf8 + other.utf8, broken=self.broken | other.broken)


def read_passages(path: Path, encoding: Encoding, layout: Layout, size: int) -> Iterator[Passage]:
    """Read a text in passages of about `size` bytes of the file; line 1 is its first."""
    first_line = 1
    for utf8, has_marks in utf8_blocks(path, encoding, size):
        plain = layout.plain(_plain_line_ends(utf8, layout))
        passage = Passage(first_line, plain if plain.endswith(b"\n") else plain + b"\n")
        first_line += len(passage.feeds)
        yield _without_marks(passage) if has_marks else passage


def _without_marks(passage: Passage) -> Passage:
    places = []
    place = passage.utf8.find(MARK)
    while place >= 0:
        places.append(place)
        place = passage.utf8.find(MARK, place + 1)
    lines = np.searchsorted(passage.feeds, places) + passage.first_line
    # As long as the mark, so that lines stay where they are.
    return Passage(passage.first_line, passage.utf8.replace(MARK, SHOWN), frozenset(lines.tolist()))


def _plain_line_ends(utf8: bytes, layout: Layout) -> bytes:
    """Take away zero bytes, and settle what a CR without LF is: a line end where whole rows stand around it."""
    if b"\0" in utf8:
        utf8 = utf8.replace(b"\0", b"")
    if b"\r" not in utf8:
        return utf8
    if b"\n" not in utf8:
        return utf8.replace(b"\r", b"\n")
    text = np.frombuffer(utf8, np.uint8)
    returns = np.count_nonzero(text == _CR)
    feeds = np.flatnonzero(text == _LF)
    if returns == np.count_nonzero(text[np.maximum(feeds - 1, 0)] == _CR):
        return utf8
    return b"\n".join(_divided(line, layout) for line in utf8.split(b"\n"))


def _divided(line: bytes, layout: Layout) -> bytes:
    end = b"\r" if line.endswith(b"\r") else b""
    content = line.removesuffix(b"\r")
    if b"\r" not in content:
        return line
    pieces = content.split(b"\r")
    separators = layout.cells - 1
    mark = layout.separator.encode()
    are_rows = all(piece.count(mark) >= separators for piece in pieces if piece.strip())
    return (b"\n" if are_rows and separators else b" ").join(pieces) + end
