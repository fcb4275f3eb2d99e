"""`qingji identity`: the matcher on its own, on files or on a workspace."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from detectors.identity.evaluate import BY_NUMBER, evaluate
from detectors.identity.linkage.charts import as_lines, as_page
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


def train_on(workspace: Path, output: Path, labelled: Path | None = None) -> str:
    """Estimate the weights anew from a workspace's records into a file for review.

    `labelled`: pairs that somebody has decided on (record_a, record_b, is_match), beside inspectors' decisions.
    """
    place = Workspace(workspace.resolve())
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        told = train(con, labelled=_labelled_pairs(con, labelled))
    told.model.save(output)
    lines = [
        f"{output}: weights learned from {told.compared:,} compared pairs, for review; "
        "put it in place of detectors/identity/model.json",
        *(f"look at this: {note}" for note in told.notes),
    ]
    return "\n".join(lines)


def _labelled_pairs(con: duckdb.DuckDBPyConnection, path: Path | None) -> pa.Table | None:
    if path is None:
        return None
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    pairs = con.read_csv(str(path), all_varchar=True)
    if missing := sorted({"record_a", "record_b", "is_match"} - set(pairs.columns)):
        raise UsageError(f"{path}: the column {missing[0]} is missing")
    return pairs.project("record_a, record_b, is_match::boolean as is_match").to_arrow_table()


def evaluate_on(workspace: Path, truth: Path, output: Path | None = None) -> str:
    """Measure a workspace's persons against labelled rows (source_file, sheet, source_row, true_person).

    `output`: a page with all figures and the threshold chart.
    """
    place = Workspace(workspace.resolve())
    if not truth.is_file():
        raise UsageError(f"{truth}: no such file")
    settings = load_settings(place.root)
    with held(place.root), open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        found = evaluate(con, _labelled(con, truth))
    headline = (
        f"{found.rows:,} labelled rows: {found.persons:,} persons, {found.true_persons:,} true ones, "
        f"{found.twins_merged} with twins merged\n"
        f"pairwise precision {found.precision:.5f}, recall {found.recall:.5f}, F1 {found.f1:.5f}"
    )
    if output is not None:
        output.write_text(as_page(found.measured, "Persons"), encoding="utf-8")
        return f"{headline}\n{output}: all figures"
    return "\n".join([headline, "", *as_lines(found.measured, BY_NUMBER)])


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
