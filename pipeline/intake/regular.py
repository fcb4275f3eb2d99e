"""Read a passage of a text delivery: its plain records at once by Arrow, the others one by one."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from pipeline.intake.astray import Parsed
from pipeline.intake.passages import Passage, Places
from pipeline.intake.records import Mask, find_records, parse_lines
from pipeline.intake.sheet import Block
from pipeline.intake.tidying import tidy_column
from pipeline.intake.widths import Gauge

_SAMPLED_LINES = 100


@dataclass(frozen=True)
class Regular:
    """The records of a passage: most in a block, and those that want a closer look."""

    block: Block
    others: list[Parsed]


def read_passage(passage: Passage, gauge: Gauge) -> Regular:
    """Read all records of a passage that begins and ends with whole ones; blank lines are none."""
    delimiter = gauge.delimiter
    records = find_records(passage, delimiter, gauge.labelled)
    plain = np.flatnonzero(records.plain)
    width = _usual_width(passage, plain, gauge)
    table, skipped = _read(_only(passage, records.plain), width, delimiter)
    if len(table) + len(skipped) != len(plain):
        table, skipped = table.slice(0, 0), np.arange(len(plain))
    rest = np.zeros(len(plain), np.bool_)
    rest[skipped] = True
    overfull = _overfull(table, len(gauge.heading.cells))
    if overfull.any():
        table = table.filter(pa.array(~overfull))
        rest[np.flatnonzero(~rest)[overfull]] = True
    rows = pa.array(plain[~rest] + passage.first_line)
    columns = table.columns[: len(gauge.heading.cells)]
    block = Block(rows, tuple(tidy_column(column.combine_chunks()) for column in columns))
    singles = parse_lines(passage, plain[rest].tolist(), delimiter)
    return Regular(block, records.others + list(singles))


def _usual_width(passage: Passage, plain: Places, gauge: Gauge) -> int:
    """Give the width that most records have; some programs end every row with a separator."""
    step = max(1, len(plain) // _SAMPLED_LINES)
    sample = parse_lines(passage, plain[::step].tolist(), gauge.delimiter)
    widths = Counter(len(record.cells) for record in sample if record.cells is not None)
    most = max(widths, key=lambda width: (widths[width], width), default=0)
    return most if most >= gauge.labelled else len(gauge.heading.cells)


def _only(passage: Passage, wanted: Mask) -> pa.Buffer:
    """Give the text of the wanted lines; runs of them are taken in one piece."""
    if wanted.all():
        return pa.py_buffer(passage.utf8)
    edges = np.flatnonzero(np.diff(wanted.astype(np.int8), prepend=0, append=0))
    text = memoryview(passage.utf8)
    pieces = [
        text[passage.starts[first] : passage.feeds[after - 1] + 1]
        for first, after in edges.reshape(-1, 2)
    ]
    return pa.py_buffer(b"".join(pieces))


def _read(text: pa.Buffer, width: int, delimiter: str) -> tuple[pa.Table, Places]:
    """Give the records of `width` cells, and the places (0, 1, …) of those of another width."""
    schema = pa.schema([(f"c{place}", pa.string()) for place in range(width)])
    if not text.size:
        return schema.empty_table(), np.zeros(0, np.int64)
    skipped: list[int] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        skipped.append(row.number - 1)
        return "skip"

    table = pyarrow.csv.read_csv(
        pa.BufferReader(text),
        read_options=pyarrow.csv.ReadOptions(
            column_names=schema.names,
            block_size=text.size + 1,
            use_threads=False,  # so that rows have numbers
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=schema,
            strings_can_be_null=False,
            check_utf8=False,  # `decode` has
        ),
    )
    return table, np.array(skipped, np.int64)


def _overfull(table: pa.Table, width: int) -> Mask:
    """Find the rows with something in a cell beyond the heading."""
    found = np.zeros(len(table), np.bool_)
    for column in table.columns[width:]:
        found |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy()
    return found
