"""`qingji identity evaluate --model FILE`: a run held against true persons or labelled pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.identity.linkage.charts import as_lines, as_page
from detectors.identity.linkage.evaluate import UNKNOWN, Truth
from detectors.identity.linkage.link import Linked
from detectors.identity.linkage.measure import against_labels, against_persons
from pipeline.errors import UsageError
from pipeline.linking import Asked, labelled_pairs, read_rows, trained_on_the_way

TRUE_PERSON = ("true_person", "person")


@dataclass(frozen=True)
class Judges:
    """What a run is measured against: files of true persons or labelled pairs; and the field to tell by."""

    files: tuple[Path, ...] = ()
    by: str | None = None


def evaluate_files(asked: Asked, judges: Judges, output: Path | None) -> str:
    """Measure a run against true persons (a file an input: record_id and the column) or labelled pairs."""
    linked = asked.linked()
    by = judges.by
    if by and by not in linked.compared.table.fields:
        raise UsageError(f"--by {by}: no such field in {asked.model.name}")
    files = judges.files or asked.files
    tables = [read_rows(path) for path in files]
    if "is_match" in tables[0].column_names:
        labels = labelled_pairs(files[0], linked.compared.table)
        measured = against_labels(linked, *labels)
    else:
        measured = against_persons(linked, _truth(tables, linked), asked.inputs)
    if output:
        output.write_text(as_page(measured, f"{linked.model.name}: how right"), encoding="utf-8")
    return "\n".join([*trained_on_the_way(asked), *as_lines(measured, by)])


def _truth(tables: Sequence[pa.Table], linked: Linked) -> Truth:
    """Put the true persons beside the rows, by record_id within each input."""
    rows = linked.compared.table
    if len(tables) != int(rows.sources.max(initial=0)) + 1:
        raise UsageError("--truth: name one file for each file of rows, in the same order")
    stated = []
    for number, table in enumerate(tables):
        column = next((name for name in TRUE_PERSON if name in table.column_names), None)
        if column is None:
            raise UsageError(f"--truth: a column {' or '.join(TRUE_PERSON)} is missing; add it")
        ids = rows.ids.filter(pa.array(rows.sources == number)).cast(pa.string())
        persons = table[column].cast(pa.string())
        if "record_id" in table.column_names:
            known = table["record_id"].cast(pa.string()).combine_chunks()
            stated.append(persons.take(pc.index_in(ids, known)))
        else:
            stated.append(persons)
    whole = pa.chunked_array([chunk for part in stated for chunk in part.chunks], pa.string())
    codes = whole.combine_chunks().dictionary_encode().indices
    person = pc.fill_null(codes, UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int64)
    return Truth(person, rows.sources, linked.model.link_type)
