"""What the lines around a table say of all its rows: 学校标识码:3699000001 in a title, where no column says it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.heading_rows import folded, offers
from pipeline.intake.sheet import Block, Line

# 2024 年 11 月 15 日 is one value; other blanks end it.
_INSIDE_A_DAY = re.compile(r"(?<=[\d年月])\s+(?=[年月日])|(?<=[年月])\s+(?=\d)")
_PAIR = re.compile(
    r"([^\s:：,，;；、]{2,30})\s*[:：]\s*([^\s:：,，;；]+)(?!\s*[:：])(?=[\s,，;；]|$)"
)
_COLON = "[:：]"
_BLANK_TO_FILL = re.compile(r"^[_＿—\-/.…]+$")


def labelled(lines: Iterable[Line], source: str) -> Mapping[str, frozenset[str]]:
    """Give the values that lines name by a heading of the source, by column."""
    offered = offers(source)
    found: dict[str, set[str]] = {}
    for line in lines:
        for label, value in _pairs(line.cells):
            offer = offered.get(folded(label))
            if offer and not _BLANK_TO_FILL.match(value):
                found.setdefault(offer.column, set()).add(value)
    return {column: frozenset(values) for column, values in found.items()}


def lines_with_labels(blocks: Iterable[Block]) -> Iterator[Line]:
    """Give the rows of a table in which a cell may name a value: those with a colon."""
    for block in blocks:
        has_colon = np.zeros(len(block.rows), np.bool_)
        for column in block.columns:
            colons = pc.fill_null(pc.match_substring_regex(column, _COLON), fill_value=False)
            has_colon |= colons.to_numpy(zero_copy_only=False)
        yield from lines_at(block, np.flatnonzero(has_colon).tolist())


def lines_at(block: Block, places: Sequence[int]) -> list[Line]:
    """Give some rows of a block as lines, empty cells as empty text."""
    wanted = pa.array(places, pa.int64())
    columns = (column.take(wanted).fill_null("").to_pylist() for column in block.columns)
    rows = block.rows.take(wanted).to_pylist()
    return [Line(row, cells) for row, cells in zip(rows, zip(*columns, strict=True), strict=True)]


def _pairs(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give label and value, both in one cell or the value in the next filled one."""
    filled = [
        _INSIDE_A_DAY.sub("", unicodedata.normalize("NFKC", cell)).strip() for cell in cells if cell
    ]
    for cell in filled:
        yield from _PAIR.findall(cell)
    for label, value in pairwise(filled):
        if label.endswith((":", "：")) and not re.search(_COLON, value):
            yield label, value
