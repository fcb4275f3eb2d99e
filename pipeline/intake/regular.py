"""Read a text delivery whose quotation marks pair up: the usual records at once, the others set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from pipeline.intake.astray import LINES_A_RECORD, Parsed, parse_record, swallows_records
from pipeline.intake.records import Offsets, Records
from pipeline.intake.sheet import Block
from pipeline.intake.tidying import tidy_column
from pipeline.intake.widths import Gauge

_BLOCK_ROWS = 65_536

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Regular:
    """The records below a heading: most in blocks, and those that want a closer look."""

    blocks: Sequence[Block]
    others: Sequence[Parsed]


def read_regular(records: Records, gauge: Gauge, delimiter: str) -> Regular | None:
    """Read all records of the usual width at once; None where it is in doubt what the records are."""
    utf8 = gauge.decoded.utf8
    below = (records.lines > gauge.heading.row) & (records.ends > records.starts)
    if _hides_records(utf8, records, below, delimiter):
        return None
    width = _usual_width(records.fields[below], gauge)
    usual = below & (records.fields == width) & ~_broken(records, gauge)
    table = _read(_only(utf8, records, usual), width, delimiter)
    if table is None or len(table) != usual.sum():
        return None
    overfull = _overfull(table, len(gauge.heading.cells))
    others = below & ~usual
    others[np.flatnonzero(usual)[overfull]] = True
    table = table.append_column("row", pa.array(records.lines[usual])).filter(~overfull)
    return Regular(
        [_block(batch) for batch in table.to_batches(_BLOCK_ROWS)],
        [_parsed(utf8, records, at, delimiter) for at in np.flatnonzero(others).tolist()],
    )


def _hides_records(utf8: bytes, records: Records, below: Mask, delimiter: str) -> bool:
    """Whether two stray quotation marks made a pair and hold other records between them."""
    spanning = np.flatnonzero(below & (records.last_lines > records.lines))
    return any(
        parsed.cells is None
        or parsed.last_line - parsed.first_line >= LINES_A_RECORD
        or swallows_records(parsed.cells, delimiter)
        for parsed in (_parsed(utf8, records, at, delimiter) for at in spanning.tolist())
    )


def _usual_width(fields: Offsets, gauge: Gauge) -> int:
    """Give the width that most records have; some programs end every row with a separator."""
    if not len(fields):
        return len(gauge.heading.cells)
    most = int(np.bincount(fields).argmax())
    return most if most >= gauge.labelled else len(gauge.heading.cells)


def _broken(records: Records, gauge: Gauge) -> Mask:
    lines = np.array(sorted(gauge.decoded.broken_lines), np.int64) + 1
    before = np.searchsorted(lines, records.lines)
    within = np.searchsorted(lines, records.last_lines, "right")
    return np.asarray(within > before)


def _only(utf8: bytes, records: Records, wanted: Mask) -> pa.Buffer:
    """Give the text of the wanted records; runs of them are taken in one piece."""
    edges = np.flatnonzero(np.diff(wanted.astype(np.int8), prepend=0, append=0))
    text = memoryview(utf8)
    pieces = [
        text[records.starts[first] : records.ends[after - 1] + 1]
        for first, after in edges.reshape(-1, 2)
    ]
    return pa.py_buffer(pieces[0] if len(pieces) == 1 else b"".join(pieces))


def _read(text: pa.Buffer, width: int, delimiter: str) -> pa.Table | None:
    names = [f"c{place}" for place in range(width)]
    schema = pa.schema([(name, pa.string()) for name in names])
    if not text.size:
        return schema.empty_table()
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(text),
            read_options=pyarrow.csv.ReadOptions(column_names=names),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=schema, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _overfull(table: pa.Table, width: int) -> Mask:
    """Find the rows with something in a cell beyond the heading."""
    found = np.zeros(len(table), np.bool_)
    for column in table.columns[width:]:
        found |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy()
    return found


def _block(batch: pa.RecordBatch) -> Block:
    *columns, rows = batch.columns
    return Block(rows, tuple(tidy_column(column) for column in columns))


def _parsed(utf8: bytes, records: Records, at: int, delimiter: str) -> Parsed:
    text = utf8[records.starts[at] : records.ends[at]].decode()
    cells = parse_record(text, delimiter)
    return Parsed(int(records.lines[at]), int(records.last_lines[at]), cells)
