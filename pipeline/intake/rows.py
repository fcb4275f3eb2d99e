"""Rows below a heading as the warehouse keeps them: named columns, what is over as one JSON object a row."""

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.headings import Fit
from pipeline.intake.sheet import Block
from schemas.catalog import sources

_NEEDS_ESCAPE = r'["\\\x00-\x1f]'


def named_rows(fit: Fit, block: Block) -> pa.Table:
    """Give the rows of a block: the columns of the contract, `extra` and `source_row`, all text."""
    nothing = pa.nulls(len(block.rows), pa.string())
    columns = {
        column.name: _column(fit, block, column.name, nothing)
        for column in sources()[fit.source].columns
    }
    columns["extra"] = _as_json(_extra(fit, block), nothing)
    return pa.table(columns | {"source_row": block.rows})


def at(block: Block, place: int) -> pa.StringArray:
    """Give a column of a block; the rows of a text file may end before headings that name nothing."""
    if place < len(block.columns):
        return block.columns[place]
    return pa.nulls(len(block.rows), pa.string())


def _column(fit: Fit, block: Block, name: str, nothing: pa.StringArray) -> pa.StringArray:
    """Give a column of the contract; where its best heading has an empty cell, the next one is asked."""
    if name in fit.constants:
        return pa.repeat(fit.constants[name], len(block.rows))
    if name not in fit.places:
        return nothing
    cells = at(block, fit.places[name])
    spares = fit.spares.get(name, ())
    if spares and cells.null_count:
        return pc.coalesce(cells, *(at(block, place) for place in spares))
    return cells


def _extra(fit: Fit, block: Block) -> Mapping[str, pa.StringArray]:
    """Give the columns outside the contract that hold anything, by heading."""
    beyond = range(len(fit.heading.cells), len(block.columns))
    places = {**fit.extra} | {f"第{place + 1}列": place for place in beyond}
    found = {name: at(block, place) for name, place in places.items()}
    return {name: cells for name, cells in found.items() if cells.null_count < len(cells)}


def _as_json(columns: Mapping[str, pa.StringArray], nothing: pa.StringArray) -> pa.StringArray:
    """Give the filled cells of each row as one JSON object, null where there are none."""
    members = []
    is_begun: pa.BooleanArray | None = None
    for name, cells in columns.items():
        key = f"{_escaped(name)}: "
        members.append(
            pc.binary_join_element_wise(_opening(key, is_begun), _escaped_column(cells), '"', "")
        )
        filled = cells.is_valid()
        is_begun = filled if is_begun is None else pc.or_(is_begun, filled)
    if is_begun is None:
        return nothing
    objects = pc.binary_join_element_wise(
        "{", *members, "}", "", null_handling="replace", null_replacement=""
    )
    return objects if is_begun.true_count == len(is_begun) else pc.if_else(is_begun, objects, None)


def _opening(key: str, is_begun: pa.BooleanArray | None) -> str | pa.StringArray:
    """Give what stands before a cell: its key, after a comma in the rows that have begun."""
    if is_begun is None:
        return f'{key}"'
    if is_begun.true_count == len(is_begun):
        return f', {key}"'
    return pc.if_else(is_begun, f', {key}"', f'{key}"')


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _escaped_column(cells: pa.StringArray) -> pa.StringArray:
    """Escape the few cells that JSON would not take as they are."""
    needy = pc.match_substring_regex(cells, _NEEDS_ESCAPE)
    if not pc.any(needy).as_py():
        return cells
    escaped = [_escaped(cell)[1:-1] for cell in cells.filter(needy).to_pylist()]
    return pc.replace_with_mask(cells, needy, pa.array(escaped, pa.string()))
