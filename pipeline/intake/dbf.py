"""A .dbf table of dBase or FoxPro: fields of fixed width, cut out of the records a block at a time.

The header is read by dbfread; its records one by one would take minutes where columns take seconds.
"""

import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import dbfread  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.dbf_fields import (
    MEMOS,
    Field,
    FieldText,
    cell_bytes,
    field_text,
    name_text,
)
from pipeline.intake.encodings import GB18030, UTF8, chinese_codec, reads
from pipeline.intake.headings import known_headings
from pipeline.intake.plausible import likelihood
from pipeline.intake.sheet import Block, Line, Reject

_BLOCK_BYTES = 8 << 20
_SAMPLED_RECORDS = 64
_THREADS = 2
_DELETED = ord("*")
_FLAGS = np.frombuffer(b" *", np.uint8)
# An end mark and what fills the last block of a disk.
_FILLING = b"\x1a\0 \r\n"
_SYSTEM = "0"
_SAVE_ANEW = "open it in FoxPro, Excel or WPS and save it as .xlsx"

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class DbfTable:
    """All of a .dbf table; its field names are row 1, record n is row n + 1, deleted ones counted."""

    path: Path
    fields: tuple[Field, ...]
    first_byte: int
    record_bytes: int
    records: int
    codec: str = GB18030
    deleted: int = 0
    name: str = ""

    @property
    def remark(self) -> str:
        """How many records are marked as deleted, and which fields hold nothing but a reference."""
        memos = ", ".join(
            name_text(field, self.codec) for field in self.fields if field.kind in MEMOS
        )
        told = (
            f"{self.deleted} deleted records left out" if self.deleted else "",
            f"memo fields left empty: {memos}" if memos else "",
        )
        return "; ".join(filter(None, told))

    @property
    def top(self) -> tuple[Line, ...]:
        """The field names, as if they stood in row 1."""
        return (Line(1, tuple(name_text(field, self.codec) for field in self.fields)),)

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the records that are not deleted in blocks; reject those with bytes that are no text."""
        row = heading.row + 1
        for records in self.blocks():
            kept = records[:, 0] != _DELETED
            numbers = np.flatnonzero(kept) + row
            row += len(records)
            texts = _texts_of(records if kept.all() else records[kept], self)
            broken = np.logical_or.reduce([text.broken for text in texts])
            rejects += [Reject(number, _broken(self.codec)) for number in numbers[broken].tolist()]
            columns = tuple(text.texts for text in texts)
            if broken.any():
                columns = tuple(column.filter(pa.array(~broken)) for column in columns)
            yield Block(pa.array(numbers[~broken]), columns, self._cut(texts))

    def _cut(self, texts: Sequence[FieldText]) -> str:
        cut = [
            name_text(field, self.codec)
            for field, text in zip(self.fields, texts, strict=True)
            if text.is_cut
        ]
        return (
            f"cells cut off within a character, their fields being too narrow: {', '.join(cut)}"
            if cut
            else ""
        )

    def blocks(self) -> Iterator[Bytes]:
        """Give the records as they are stored, one a row of bytes."""
        at_once = max(1, _BLOCK_BYTES // self.record_bytes)
        with self.path.open("rb") as stream:
            stream.seek(self.first_byte)
            for first in range(0, self.records, at_once):
                count = min(at_once, self.records - first)
                content = stream.read(count * self.record_bytes)
                yield np.frombuffer(content, np.uint8).reshape(count, self.record_bytes)


def read_dbf(path: Path) -> DbfTable:
    """Open a .dbf table; raise DeliveryError if it is none, is cut short, or has fields that are not text."""
    table = _opened(path)
    _assert_whole(table)
    deleted, sample = 0, [b",".join(field.name for field in table.fields)]
    for records in table.blocks():
        flags = records[:, 0]
        if not np.isin(flags, _FLAGS).all():
            raise DeliveryError(f"has records that are not where its header says; {_SAVE_ANEW}")
        deleted += int(np.count_nonzero(flags == _DELETED))
        step = max(1, len(records) // _SAMPLED_RECORDS)
        sample += _texts(records[::step], table.fields)
    return DbfTable(
        path,
        table.fields,
        table.first_byte,
        table.record_bytes,
        table.records,
        _codec(sample),
        deleted,
    )


def _opened(path: Path) -> DbfTable:
    try:
        content = dbfread.DBF(
            str(path), encoding="latin-1", ignorecase=False, ignore_missing_memofile=True, raw=True
        )
    except (ValueError, IndexError, TypeError, struct.error, OSError) as error:
        raise DeliveryError(f"is a damaged or unusual .dbf table; {_SAVE_ANEW}") from error
    header = content.header
    fields, start = [], 1
    for each in content.fields:
        fields.append(Field(each.name.encode("latin-1"), each.type, start, each.length))
        start += each.length
    if start != header.recordlen or not all(field.length for field in fields) or start == 1:
        raise DeliveryError(f"is a .dbf table whose header contradicts itself; {_SAVE_ANEW}")
    named = tuple(field for field in fields if field.kind != _SYSTEM)
    for field in named:
        field.assert_readable(is_foxpro=header.dbversion in range(0x30, 0x33))
    return DbfTable(path, named, header.headerlen, header.recordlen, header.numrecords)


def _assert_whole(table: DbfTable) -> None:
    held, over = divmod(table.path.stat().st_size - table.first_byte, table.record_bytes)
    if held < table.records:
        raise DeliveryError(
            f"holds {max(held, 0)} of the {table.records} records that its header names; copy it again"
        )
    if held == table.records:
        return
    with table.path.open("rb") as stream:
        stream.seek(table.first_byte + table.records * table.record_bytes)
        beyond = stream.read(table.record_bytes + over)
    if beyond.strip(_FILLING) and not beyond.startswith(b"\x1a"):
        raise DeliveryError(
            f"holds {held} records where its header names {table.records}, so it was not closed properly; "
            f"{_SAVE_ANEW}"
        )


def _texts_of(records: Bytes, table: DbfTable) -> list[FieldText]:
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(
            threads.map(lambda field: field_text(records, field, table.codec), table.fields)
        )


def _texts(records: Bytes, fields: tuple[Field, ...]) -> list[bytes]:
    cells = [cell for field in fields if field.kind == "C" for cell in cell_bytes(records, field)]
    return [cell for cell in cells if not cell.isascii()]


def _codec(sample: list[bytes]) -> str:
    """Decide between UTF-8, GB18030 and Big5 by the field names and cells all over the table."""
    votes = {codec: sum(reads(cell, codec) for cell in sample) for codec in (UTF8, GB18030)}
    together = b"\n".join(sample)
    likely = (
        likelihood(together.decode(UTF8, "replace")),
        likelihood(together.decode(GB18030, "replace")),
    )
    is_utf8 = votes[UTF8] > votes[GB18030] or (
        votes[UTF8] == votes[GB18030] and likely[0] > likely[1]
    )
    return UTF8 if is_utf8 else chinese_codec(together, known_headings)


def _broken(codec: str) -> str:
    return f"holds bytes that are not {codec.upper()}; correct the record in the exporting system"
