"""Rows below a heading as the warehouse keeps them: named columns, what is over as JSON, no furniture."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.furniture import is_closing
from pipeline.intake.headings import Fit
from pipeline.intake.sheet import Block
from schemas.catalog import sources

Mask = npt.NDArray[np.bool_]

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"))


def named_rows(fit: Fit, block: Block) -> pa.Table:
    """Give the data rows of a block: the columns of the contract, `extra` and `source_row`, all text.

    Blank rows, totals and signatures, and headings repeated at a page break are no data.
    """
    blocked = {column: _at(block, place) for column, place in fit.places.items()}
    nothing = pa.nulls(len(block.rows), pa.string())
    columns = {
        column.name: blocked.get(column.name, nothing) for column in sources()[fit.source].columns
    }
    extra = {name: _at(block, place) for name, place in _extra(fit, block)}
    columns["extra"] = _as_json(extra) if extra else nothing
    table = pa.table(columns | {"source_row": block.rows})
    furniture = _is_blank(block.columns) | _is_heading(fit, block) | _is_closing(fit, block)
    return table.filter(pa.array(~furniture)) if furniture.any() else table


def _at(block: Block, place: int) -> pa.StringArray:
    """Give a column; the rows of a text file may end before headings that name nothing."""
    if place < len(block.columns):
        return block.columns[place]
    return pa.nulls(len(block.rows), pa.string())


def _extra(fit: Fit, block: Block) -> list[tuple[str, int]]:
    named = fit.extra
    beyond = range(len(fit.heading.cells), len(block.columns))
    return [*named.items(), *((f"第{place + 1}列", place) for place in beyond)]


def _as_json(columns: dict[str, pa.StringArray]) -> pa.StringArray:
    """Give the filled cells of each row as one JSON object, null where there are none."""
    members = [
        pc.binary_join_element_wise(f', "{_escaped(name)}": "', _escaped_column(cells), '"', "")
        for name, cells in columns.items()
    ]
    # Arrow's own way to skip nulls in a join loses rows that hold nothing else.
    joined = pc.binary_join_element_wise(*(pc.fill_null(member, "") for member in members), "")
    objects = pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(joined, len(", ")), "}", "")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), objects)


def _escaped(text: str) -> str:
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


def _escaped_column(cells: pa.StringArray) -> pa.StringArray:
    for character, escape in _ESCAPES:
        if pc.any(pc.match_substring(cells, character)).as_py():
            cells = pc.replace_substring(cells, character, escape)
    return cells


def _is_blank(columns: Sequence[pa.StringArray]) -> Mask:
    blank = np.ones(len(columns[0]), np.bool_)
    for column in columns:
        blank &= column.is_null().to_numpy(zero_copy_only=False)
    return blank


def _is_heading(fit: Fit, block: Block) -> Mask:
    """Find rows that repeat the heading: the cells of at least half its columns, and no other text."""
    matches = np.zeros(len(block.rows), np.int64)
    for place in fit.places.values():
        equal = pc.equal(_at(block, place), fit.heading.cells[place])
        matches += pc.fill_null(equal, fill_value=False).to_numpy(zero_copy_only=False)
    return np.asarray(2 * matches > len(fit.places))


def _is_closing(fit: Fit, block: Block) -> Mask:
    """Find totals and signatures: they open like one and leave a required column empty."""
    incomplete = np.zeros(len(block.rows), np.bool_)
    for column in sources()[fit.source].required:
        incomplete |= _at(block, fit.places[column.name]).is_null().to_numpy(zero_copy_only=False)
    places = np.flatnonzero(incomplete)
    if len(places):
        first = pc.coalesce(*block.columns).take(pa.array(places)).to_pylist()
        incomplete[places] = [cell is not None and is_closing((cell,)) for cell in first]
    return incomplete
