"""The matcher on its own: two tables in, the pairs that are one person out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from detectors.contract import DetectorError
from detectors.identity.alone import world_of
from detectors.identity.model import Model
from detectors.identity.resolution import resolve
from detectors.identity.statements import text
from schemas.catalog import tables

_READERS = {".csv": "read_csv", ".parquet": "read_parquet"}


def score_files(file_a: Path, file_b: Path, model: Model | None = None) -> pa.Table:
    """Link two .csv or .parquet files whose columns are named as in core.person_record.

    Gives a row a pair: record_a, record_b (the files' own record_id, else the row number), is_linked, weight,
    probability, reason. Pairs that were refused are in it too, with is_linked false.
    """
    records = pa.concat_tables([_records(file_a, "a"), _records(file_b, "b")])
    with world_of(records) as con:
        con.execute("create macro as_of() as date '2000-01-01'").fetchall()  # no history to keep
        resolve(con, threads=1, model=model)
        return con.sql(text("scored")).to_arrow_table()


def _records(file: Path, side: str) -> pa.Table:
    if file.suffix not in _READERS:
        raise DetectorError(f"{file.name}: neither .csv nor .parquet; convert it first")
    with duckdb.connect() as con:
        if file.suffix == ".csv":
            read = con.read_csv(str(file), all_varchar=True).to_arrow_table()
        else:
            read = con.read_parquet(str(file)).to_arrow_table()
        wanted = [column.name for column in tables()["core.person_record"].columns]
        if not {"name", "id_number"} & set(read.column_names):
            raise DetectorError(
                f"{file.name}: no column `name` or `id_number`; name the columns as in core.person_record"
            )
        con.register(
            "read_rows",
            pa.table(
                {
                    name: read[name].cast(pa.string())
                    if name in read.column_names
                    else pa.nulls(len(read), pa.string())
                    for name in wanted
                }
            ),
        )
        query, told = text("score_records"), {"side": side, "file": file.name}
        return con.sql(query, params=told).to_arrow_table()
