"""`qingji identity`: the matcher on its own, on files or on a workspace."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from detectors.identity.evaluate import evaluate
from detectors.identity.score import score_files
from detectors.identity.train import train
from pipeline.errors import UsageError
from pipeline.settings import load_settings
from pipeline.store.database import open_warehouse
from pipeline.store.lock import held
from pipeline.workspace import Workspace


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


def train_on(workspace: Path, output: Path) -> str:
    """Estimate the weights anew from a workspace's records into a file for review."""
    place = Workspace(workspace.resolve())
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        train(con).save(output)
    return f"{output}: weights for review; put it in place of detectors/identity/model.json"


def evaluate_on(workspace: Path, truth: Path) -> str:
    """Measure a workspace's persons against labelled rows (source_file, sheet, source_row, true_person)."""
    place = Workspace(workspace.resolve())
    if not truth.is_file():
        raise UsageError(f"{truth}: no such file")
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        found = evaluate(con, _labelled(con, truth))
    return (
        f"{found.rows:,} labelled rows: {found.persons:,} persons, {found.true_persons:,} true ones\n"
        f"pairwise precision {found.precision:.5f}, recall {found.recall:.5f}, F1 {found.f1:.5f}"
    )


def _labelled(con: duckdb.DuckDBPyConnection, truth: Path) -> pa.Table:
    labels = con.read_csv(str(truth), all_varchar=True).to_arrow_table()
    wanted = {"source_file", "sheet", "source_row", "true_person"}
    if missing := sorted(wanted - set(labels.column_names)):
        raise UsageError(f"{truth}: the column {missing[0]} is missing")
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
