"""Texts read by the macros of macros.sql: all of a slice in one query, each macro bound once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.conform import typing_statements


@dataclass(frozen=True)
class Question:
    """Texts to put to a macro: SQL in which {} stands for a text, and a second {} for the argument."""

    macro: str
    texts: pa.Array
    argument: str = ""


def ask(con: duckdb.DuckDBPyConnection, questions: Mapping[str, Question]) -> dict[str, pa.Array]:
    """Give the answer to each question: what its macro makes of the texts, in their order; none to one without."""
    asked = {name: question for name, question in questions.items() if len(question.texts)}
    if not asked:
        return {}
    by_macro: dict[str, list[Question]] = {}
    for question in asked.values():
        by_macro.setdefault(question.macro, []).append(question)
    con.register("cells", _side_by_side(by_macro.values()))
    try:
        read = con.sql(typing_statements.read(tuple(by_macro))).to_arrow_table()
    finally:
        con.unregister("cells")
    rest = {macro: _joined(read.column(place)) for place, macro in enumerate(by_macro)}
    answers = {}
    for name, question in asked.items():
        told, texts = rest[question.macro], len(question.texts)
        answers[name], rest[question.macro] = told[:texts], told[texts:]
    return answers


def _side_by_side(by_macro: Iterable[Sequence[Question]]) -> pa.Table:
    """Make columns of one length: cells_0 and arguments_0 for the first macro and so on, and the place of each row."""
    columns = {}
    for number, questions in enumerate(by_macro):
        columns[f"cells_{number}"] = [one.texts for one in questions]
        columns[f"arguments_{number}"] = [
            pa.repeat(one.argument, len(one.texts)) for one in questions
        ]
    rows = max(sum(map(len, parts)) for parts in columns.values())
    padded = {
        name: pa.concat_arrays([*parts, pa.nulls(rows - sum(map(len, parts)), pa.string())])
        for name, parts in columns.items()
    }
    return pa.table(padded | {"place": pa.array(np.arange(rows))})


def _joined(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks)
