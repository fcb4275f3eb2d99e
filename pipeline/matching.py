"""`qingji identity`: the matcher on its own, on files or on a workspace."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from detectors.identity.evaluate import BY_NUMBER, evaluate
from detectors.identity.linkage.charts import as_lines, as_page
from detectors.identity.score import score_files
from detectors.identity.train import train
from pipeline.errors import UsageError
from pipeline.linking import read_labels, read_rows
from pipeline.settings import load_settings
from pipeline.store.database import open_warehouse
from pipeline.store.lock import held
from pipeline.workspace import Workspace

_TRUTH = ("source_file", "sheet", "source_row", "true_person")


def score_two(file_a: Path, file_b: Path, output: Path | None) -> str:
    """Link two files; write the pairs, or give them as text."""
    for path in (file_a, file_b):
        if not path.is_file():
            raise UsageError(f"{path}: no such file")
    pairs = score_files(file_a, file_b)
    if output is None:
        lines = ["\t".join(pairs.column_names)]
        lines += ["\t".join(str(cell) for cell in row.values()) for row in pairs.to_pylist()]
        return "\n".join(lines)
    _write(pairs, output)
    return f"{output}: {pairs.num_rows} pairs"


def train_on(workspace: Path, output: Path, labelled: Path | None = None) -> str:
    """Estimate the weights anew from a workspace's records into a file for review.

    `labelled`: pairs that somebody has decided on (record_a, record_b, is_match), beside inspectors' decisions.
    """
    pairs = read_labels(labelled) if labelled else None
    place = Workspace(workspace.resolve())
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        told = train(con, labelled=pairs)
    told.model.save(output)
    lines = [
        f"{output}: weights learned from {told.compared:,} compared pairs, for review; "
        "put it in place of detectors/identity/model.json",
        *(f"look at this: {note}" for note in told.notes),
    ]
    return "\n".join(lines)


def evaluate_on(workspace: Path, truth: Path, output: Path | None = None) -> str:
    """Measure a workspace's persons against labelled rows (source_file, sheet, source_row, true_person).

    `output`: a page with all figures and the threshold chart.
    """
    labels = _read_truth(truth)
    place = Workspace(workspace.resolve())
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        found = evaluate(con, _placed(con, labels))
    headline = (
        f"{found.rows:,} labelled rows: {found.persons:,} persons, {found.true_persons:,} true ones, "
        f"{found.twins_merged} with twins merged\n"
        f"pairwise precision {found.precision:.5f}, recall {found.recall:.5f}, F1 {found.f1:.5f}"
    )
    if output is not None:
        output.write_text(as_page(found.measured, "Persons"), encoding="utf-8")
        return f"{headline}\n{output}: all figures"
    return "\n".join([headline, "", *as_lines(found.measured, BY_NUMBER)])


def _read_truth(file: Path) -> pa.Table:
    labels = read_rows(file)
    if missing := sorted({*_TRUTH} - set(labels.column_names)):
        raise UsageError(f"{file}: the column {missing[0]} is missing")
    uncounted = pc.invert(pc.match_substring_regex(labels["source_row"], r"^\d{1,9}$"))
    if pc.any(uncounted).as_py():
        row = pc.index(uncounted, pa.scalar(value=True)).as_py() + 2
        raise UsageError(f"{file} row {row}, source_row: no row number; correct it")
    return labels


def _placed(con: duckdb.DuckDBPyConnection, labels: pa.Table) -> pa.Table:
    """Tell which record each labelled row is; what lies at no place of the warehouse is left out."""
    con.register("labels", labels)
    try:
        return con.sql(
            """
            select record.record_id, labels.true_person
            from labels
            inner join core.person_record as record
                on labels.source_file = record.source_file
                and coalesce(labels.sheet, '') = record.sheet
                and labels.source_row::bigint = record.source_row
            """
        ).to_arrow_table()
    finally:
        con.unregister("labels")


def _write(pairs: pa.Table, output: Path) -> None:
    if output.suffix == ".parquet":
        pa_parquet.write_table(pairs, output)
    elif output.suffix == ".csv":
        pa_csv.write_csv(pairs, output)
    else:
        raise UsageError(f"{output}: name it .csv or .parquet")
