"""A Parquet file as one table: its column names are the heading, in row 1."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import DeliveryError
from pipeline.intake.arrow_cells import arrow_text
from pipeline.intake.sheet import Block, Line, Reject

_BLOCK_ROWS = 65_536


@dataclass(frozen=True)
class ParquetTable:
    """All of a Parquet file."""

    content: pq.ParquetFile
    name: str = ""
    remark: str = ""

    @property
    def top(self) -> tuple[Line, ...]:
        """The column names, as if they stood in row 1."""
        return (Line(1, tuple(self.content.schema_arrow.names)),)

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows in blocks, as text; raise DeliveryError for a column that has none."""
        del rejects
        first = heading.row + 1
        for batch in self.content.iter_batches(_BLOCK_ROWS):
            rows = pa.array(range(first, first + len(batch)), pa.int64())
            names = batch.schema.names
            yield Block(rows, tuple(map(_text, names, batch.columns)))
            first += len(batch)


def read_table(content: bytes) -> ParquetTable:
    """Open a Parquet file; raise DeliveryError if it is none."""
    try:
        return ParquetTable(pq.ParquetFile(io.BytesIO(content)))
    except (pa.ArrowException, OSError) as error:
        raise DeliveryError(
            "is an incomplete or damaged Parquet file; write or copy it again"
        ) from error


def _text(name: str, column: pa.Array) -> pa.StringArray:
    try:
        return arrow_text(column)
    except pa.ArrowException as error:
        raise DeliveryError(
            f"column {name} is of type {column.type}, which has no plain text; write it as text"
        ) from error
