"""Written values as arrays of characters: fixed-width bytes, code points, digits read eight at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Bits = NDArray[np.bool_]


def as_text(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Give a column of any type as one array of strings; whole numbers lose a decimal point they never had."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        whole = pc.cast(pc.floor(column), pa.int64(), safe=False)
        is_whole = pc.all(pc.equal(pc.cast(whole, pa.float64()), column)).as_py()
        column = whole if is_whole else column
    if pa.types.is_string(column.type):
        return column
    return pc.cast(column, pa.string())


def bits(answers: pa.Array) -> Bits:
    """Give an array of true and false, null counting as false."""
    told: Bits = pc.fill_null(answers, fill_value=False).to_numpy(zero_copy_only=False)
    return told


@dataclass(frozen=True)
class Points:
    """Strings as code points, one after the other: string i is `flat[starts[i] : starts[i] + lengths[i]]`."""

    flat: NDArray[np.uint32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def matrix(self, width: int) -> NDArray[np.uint32]:
        """Give the first `width` characters of every string side by side, filled up with zeros."""
        columns = np.arange(width)
        inside = columns < self.lengths[:, None]
        if not len(self.flat):
            return np.zeros(inside.shape, dtype=np.uint32)
        places = np.minimum(self.starts[:, None] + columns, len(self.flat) - 1)
        return np.where(inside, self.flat[places], np.uint32(0))


def points(texts: pa.Array) -> Points:
    """Decode strings, none of them null, all at once."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    flat = np.frombuffer(_content(texts).tobytes().decode("utf-8").encode("utf-32-le"), "<u4")
    return Points(flat, np.cumsum(lengths) - lengths, lengths)


def of_width(texts: pa.Array, width: int) -> tuple[Bits, Bytes]:
    """Tell which strings are `width` bytes long, and give those as rows of bytes."""
    lengths = pc.fill_null(pc.binary_length(texts), -1).to_numpy(zero_copy_only=False)
    fitting = lengths == width
    chosen = texts if fitting.all() else texts.filter(pa.array(fitting))
    return fitting, _content(chosen).reshape(len(chosen), width)


def eight(rows: Bytes, place: int) -> Words:
    """Read eight bytes of every row, from `place` on, as one little-endian word."""
    height, width = rows.shape
    if not height:
        return np.zeros(0, np.uint64)
    return np.ndarray((height,), "<u8", rows, place, (width,)).astype(np.uint64)


def are_digits(words: Words) -> Bits:
    """Tell the words whose eight bytes are all digits."""
    high = np.uint64(0xF0F0F0F0F0F0F0F0)
    digits = np.uint64(0x3030303030303030)
    raised = words + np.uint64(0x0606060606060606)
    both: Bits = ((words & high) == digits) & ((raised & high) == digits)
    return both


def read(words: Words, base: int) -> NDArray[np.int64]:
    """Add up eight digits, the first the highest, as places of a number to the base given, 2 to 10."""
    pairs = words & np.uint64(0x0F0F0F0F0F0F0F0F)
    pairs = pairs * np.uint64(base) + (pairs >> np.uint64(8))
    pairs &= np.uint64(0x00FF00FF00FF00FF)
    fours = pairs * np.uint64(base**2) + (pairs >> np.uint64(16))
    fours &= np.uint64(0x0000FFFF0000FFFF)
    eights = fours * np.uint64(base**4) + (fours >> np.uint64(32))
    eights &= np.uint64(0xFFFFFFFF)
    return eights.view(np.int64)


def _content(texts: pa.Array) -> Bytes:
    _, ends, content = texts.buffers()
    if content is None or not len(texts):
        return np.zeros(0, dtype=np.uint8)
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    offsets = np.frombuffer(ends, width)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(content, np.uint8)[offsets[0] : offsets[-1]]
