"""A Parquet file as one table: its column names are the heading, in row 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import DeliveryError
from pipeline.intake.arrow_cells import arrow_text
from pipeline.intake.sheet import Block, Line, Reject

_BLOCK_ROWS = 65_536
_ENCRYPTED = b"PARE"


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
        """Give the rows in blocks, as text; raise DeliveryError for a column that is no text."""
        del rejects
        first = heading.row + 1
        for batch in self.content.iter_batches(_BLOCK_ROWS):
            rows = pa.array(np.arange(first, first + len(batch)))
            names = batch.schema.names
            yield Block(rows, tuple(map(_text, names, batch.columns)))
            first += len(batch)


def read_table(path: Path) -> ParquetTable:
    """Open a Parquet file; raise DeliveryError if it is none, is encrypted, or holds lists or structures."""
    with path.open("rb") as stream:
        if stream.read(len(_ENCRYPTED)) == _ENCRYPTED:
            raise DeliveryError("is an encrypted Parquet file; write it without encryption")
    try:
        content = pq.ParquetFile(path, page_checksum_verification=True)
        schema = content.schema_arrow
    except (pa.ArrowException, OSError) as error:
        raise DeliveryError(
            "is an incomplete or damaged Parquet file; write or copy it again"
        ) from error
    for field in schema:
        if pa.types.is_nested(field.type):
            raise _no_plain_text(field.name, field.type)
    return ParquetTable(content)


def _text(name: str, column: pa.Array) -> pa.StringArray:
    try:
        return arrow_text(column)
    except UnicodeDecodeError as error:
        raise DeliveryError(
            f"column {name} holds bytes that are not UTF-8; write the file again, as text in UTF-8"
        ) from error
    except pa.ArrowException as error:
        raise _no_plain_text(name, column.type) from error


def _no_plain_text(name: str, kind: pa.DataType) -> DeliveryError:
    # The fields of a nested type are named by who wrote the file, perhaps after people.
    told = "nested" if pa.types.is_nested(kind) else str(kind)
    return DeliveryError(
        f"column {name} is of type {told}, which has no plain text; write it as text"
    )
