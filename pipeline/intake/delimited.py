"""A .csv, .tsv or .txt file as one table, read in passages, so that memory does not grow with the file.

Every record is loaded or rejected with its row number: the number of its first line, as an editor shows it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pipeline.intake.astray import LINES_A_RECORD, record_at
from pipeline.intake.encodings import Encoding, find_encoding
from pipeline.intake.headings import known_headings
from pipeline.intake.passages import Passage, read_passages
from pipeline.intake.records import whole_records
from pipeline.intake.regular import Regular, read_passage
from pipeline.intake.separators import TOP_LINES, Layout, find_layout
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject
from pipeline.intake.tidying import tidy
from pipeline.intake.widths import ENDS_EARLY, Gauge, blocks_of

PASSAGE_BYTES = 8 << 20
# Arrow and NumPy let other threads run; more of them wait for the disk and for each other.
_THREADS = 2
# Says nothing of where cells end, so that CR divides lines only where there is no other line end.
_UNKNOWN = Layout("\t")


@dataclass(frozen=True)
class DelimitedText:
    """All of a text file."""

    path: Path
    encoding: Encoding
    layout: Layout
    passage_bytes: int = PASSAGE_BYTES
    name: str = ""

    @property
    def remark(self) -> str:
        """What is unusual about its encoding."""
        return self.encoding.remark

    @property
    def top(self) -> tuple[Line, ...]:
        """The first records as text, those left out that cannot be read."""
        lines = list(islice(chain.from_iterable(map(Passage.lines, self._passages())), TOP_LINES))
        return tuple(islice(_records(lines, self.layout.delimiter), TOP_ROWS))

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; reject broken bytes, stray quotes, wrong widths."""
        delimiter = self.layout.delimiter
        gauge = Gauge(heading, delimiter, self.encoding.name, self.top)
        passages = _after(self._passages(), heading.row - 1)
        cut = whole_records(_without_first(passages, delimiter), delimiter, gauge.labelled)
        for regular in _read_ahead(cut, gauge):
            if len(regular.block.rows):
                yield regular.block
            remark = ENDS_EARLY if gauge.ends_early(regular.others) else ""
            yield from blocks_of(gauge.whole(regular.others, rejects), remark)

    def _passages(self) -> Iterator[Passage]:
        return read_passages(self.path, self.encoding, self.layout, self.passage_bytes)


def read_text(
    path: Path,
    known: Callable[[Sequence[str]], int] = known_headings,
    passage_bytes: int = PASSAGE_BYTES,
) -> DelimitedText:
    """Open a text as the table whose encoding and separator show most headings; `known` counts them in a row.

    Raises DeliveryError where the file is no text.
    """
    encoding = find_encoding(path, known)
    passages = read_passages(path, encoding, _UNKNOWN, passage_bytes)
    top = islice(chain.from_iterable(map(Passage.lines, passages)), TOP_LINES)
    lines = [piece for line in top for piece in line.split("\r")]
    return DelimitedText(path, encoding, find_layout(lines, known), passage_bytes)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Line]:
    at = 0
    while at < len(lines):
        cells, taken = record_at(lines[at:], delimiter, 1)
        if cells is not None:
            yield Line(at + 1, tuple(map(tidy, cells)))
        at += taken


def _after(passages: Iterable[Passage], line: int) -> Iterator[Passage]:
    """Give what follows the line of this number."""
    for passage in passages:
        lines = len(passage.feeds)
        above = min(max(line + 1 - passage.first_line, 0), lines)
        if above < lines:
            yield passage.part(above, lines) if above else passage


def _without_first(passages: Iterable[Passage], delimiter: str) -> Iterator[Passage]:
    """Give what follows the first record."""
    remaining = iter(passages)
    first = next(remaining, None)
    while first:
        cells, taken = record_at(first.lines(), delimiter, 1)
        is_short = cells is None and len(first.feeds) < LINES_A_RECORD
        more = next(remaining, None) if is_short else None
        if more is None:
            if taken < len(first.feeds):
                yield first.part(taken, len(first.feeds))
            break
        first += more
    yield from remaining


def _read_ahead(passages: Iterable[Passage], gauge: Gauge) -> Iterator[Regular]:
    """Read passages side by side, and give them in their order."""
    with ThreadPoolExecutor(_THREADS) as threads:
        begun: deque[Future[Regular]] = deque()
        for passage in passages:
            begun.append(threads.submit(read_passage, passage, gauge))
            if len(begun) > _THREADS:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
