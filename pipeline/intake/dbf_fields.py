"""The fields of a .dbf table, a column at a time: bytes of fixed width to text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import DeliveryError
from pipeline.intake.arrow_cells import arrow_text
from pipeline.intake.decode import MARK, decode_marked
from pipeline.intake.encodings import reads
from pipeline.intake.tidying import tidy_column

# What these hold lies in another file (.fpt, .dbt), which is not delivered.
MEMOS = "MGPW"
_WRITTEN = "CNFD"
_FOXPRO = "IBYT"
_BINARY_BYTES = {"I": 4, "B": 8, "Y": 8, "T": 8}
_LINE_FEED, _BLANK, _ASCII_END = 10, 32, 128
_PARTS_OF_A_CHARACTER = 3
_YES, _NO = b"TtYy", b"FfNn"
_MONEY_UNITS = 10_000
# The day of 1970-01-01, as FoxPro counts days, and the length of a day.
_EPOCH, _DAY = 2_440_588, 86_400_000

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Field:
    """A field: its name as stored, its type, where in the record it begins and how many bytes it takes."""

    name: bytes
    kind: str
    start: int
    length: int

    def assert_readable(self, *, is_foxpro: bool) -> None:
        """Raise DeliveryError for a type that is neither text, number, day, truth value nor memo."""
        if self.kind in (*_WRITTEN, *MEMOS, "L") or (self.kind == "B" and not is_foxpro):
            return
        if self.kind not in _FOXPRO or self.length != _BINARY_BYTES[self.kind]:
            raise DeliveryError(
                f"has a field of type {self.kind}, which is not read; "
                "open it in FoxPro, Excel or WPS and save it as .xlsx"
            )


def name_text(field: Field, codec: str) -> str:
    """Give the name of a field; half a character at its end is taken off."""
    return _cut_text(field.name, codec) or field.name.decode(codec, errors="replace")


def cell_bytes(records: Bytes, field: Field) -> list[bytes]:
    """Give the cells of a field as stored, the filling taken off."""
    cells = records[:, field.start : field.start + field.length]
    return [cell.tobytes().strip(b" \0") for cell in cells]


@dataclass(frozen=True)
class FieldText:
    """A field of some records: tidy text, which hold bytes that are no text, whether the width cut a character."""

    texts: pa.StringArray
    broken: Mask
    is_cut: bool = False


def field_text(records: Bytes, field: Field, codec: str) -> FieldText:
    """Read a field of some records; of a character that its width has cut in half, nothing is left."""
    cells = np.ascontiguousarray(records[:, field.start : field.start + field.length])
    intact = np.zeros(len(cells), np.bool_)
    if field.kind in _WRITTEN:
        return _written(cells, codec)
    if field.kind == "L":
        return FieldText(_truth(cells[:, 0]), intact)
    if field.kind in _FOXPRO and field.length == _BINARY_BYTES[field.kind]:
        return FieldText(arrow_text(_binary(cells, field.kind)), intact)
    return FieldText(pa.nulls(len(cells), pa.string()), intact)


def _truth(cells: Bytes) -> pa.StringArray:
    said = np.where(np.isin(cells, np.frombuffer(_YES, np.uint8)), "是", "否")
    known = np.isin(cells, np.frombuffer(_YES + _NO, np.uint8))
    return pa.array(said, pa.string(), mask=~known)


def _binary(cells: Bytes, kind: str) -> pa.Array:
    if kind == "I":
        return pa.array(cells.view("<i4")[:, 0])
    if kind == "B":
        return pa.array(cells.view("<f8")[:, 0])
    if kind == "Y":
        return pa.array(cells.view("<i8")[:, 0] / _MONEY_UNITS)
    day, milliseconds = cells.view("<i4").astype(np.int64).T
    instants = (day - _EPOCH) * _DAY + milliseconds
    return pa.array(instants, pa.timestamp("ms"), mask=day == 0)


def _written(cells: Bytes, codec: str) -> FieldText:
    count, length = cells.shape
    filled = cells != _BLANK
    if not cells.all():
        filled &= cells != 0
    is_filled = filled.any(axis=1)
    first = np.where(is_filled, filled.argmax(axis=1), 0)
    after = np.where(is_filled, length - filled[:, ::-1].argmax(axis=1), 0)
    # Each cell with a line feed behind it, so that it can be found again in the decoded text.
    framed = np.empty((count, length + 1), np.uint8)
    framed[:, :length] = cells
    if (cells == _LINE_FEED).any():
        framed[:, :length][cells == _LINE_FEED] = _BLANK
    framed[np.arange(count), after] = _LINE_FEED
    places = np.arange(length + 1, dtype=np.int32)
    is_kept = places <= after[:, None].astype(np.int32)
    if first.any():
        is_kept &= places >= first[:, None].astype(np.int32)
    kept = framed[is_kept]
    broken = np.zeros(count, np.bool_)
    if not len(kept) or kept.max() < _ASCII_END:
        return FieldText(tidy_column(_column(kept)), broken)
    utf8 = decode_marked(kept.tobytes(), codec)
    texts = _column(np.frombuffer(utf8, np.uint8))
    is_cut = False
    if MARK in utf8:
        marked = [at for at, text in enumerate(utf8.split(b"\n")) if MARK in text]
        mended = [
            _cut_text(cells[at, first[at] :].tobytes(), codec) if after[at] == length else None
            for at in marked
        ]
        broken[[at for at, text in zip(marked, mended, strict=True) if text is None]] = True
        is_cut = any(text is not None for text in mended)
        is_marked = np.zeros(count, np.bool_)
        is_marked[marked] = True
        texts = pc.replace_with_mask(texts, pa.array(is_marked), pa.array(mended, pa.string()))
    return FieldText(tidy_column(texts), broken, is_cut)


def _column(lines: Bytes) -> pa.StringArray:
    """Give lines, each with its line feed, as a column of text."""
    is_end = lines == _LINE_FEED
    ends = np.flatnonzero(is_end)
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    characters = pa.py_buffer(lines[~is_end])
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), characters)


def _cut_text(content: bytes, codec: str) -> str | None:
    """Read a text whose last character may be cut by the width of its field; None where more is amiss."""
    for cut in range(_PARTS_OF_A_CHARACTER + 1):
        whole = content[: len(content) - cut]
        if reads(whole, codec):
            return decode_marked(whole, codec).decode()
    return None
