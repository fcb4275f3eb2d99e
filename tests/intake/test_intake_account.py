"""What was read is what was loaded and what was rejected, wherever a row was rejected."""

from __future__ import annotations

from pathlib import Path

import duckdb
from delivered_files import HEADINGS, SOURCE, VETERAN, a_warehouse, put, table

from pipeline.conform.typing import assert_nothing_lost
from pipeline.intake import collect

NAMELESS = ("残疾人", "", "99010219900202002X", "2021-02-28", "残联")
UNDATED = ("残疾人", "李二构", "99010219900202002X", "改日", "残联")
TOO_LONG = (*VETERAN, "甲", "乙", "丙")
TABLES = (SOURCE, "rejected_rows", "rejected_cells", "cell_issues", "deliveries")


def a_delivery(exports: Path) -> None:
    rows = table(HEADINGS, VETERAN, NAMELESS, TOO_LONG, UNDATED)
    put(
        exports,
        {
            f"{SOURCE}/a.csv": rows.encode(),
            f"{SOURCE}/b.csv": table(HEADINGS, VETERAN, VETERAN).encode(),
        },
    )


def everything(con: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [con.execute(f"from {name} order by all").fetchall() for name in TABLES]


def test_rows_read_are_rows_loaded_and_rejected_also_where_reading_rejected_some(
    tmp_path: Path,
) -> None:
    a_delivery(tmp_path)
    con = a_warehouse()
    collect(con, tmp_path)
    assert con.execute(
        "select source_file, rows_read, rows_loaded, rows_rejected from deliveries order by 1"
    ).fetchall() == [(f"{SOURCE}/a.csv", 4, 2, 2), (f"{SOURCE}/b.csv", 2, 2, 0)]
    assert con.execute("select stage, source_row from rejected_rows order by 1").fetchall() == [
        ("read", 4),
        ("type", 3),
    ]
    assert con.execute("select column_name, source_row from cell_issues").fetchall()[0][1] == 5
    assert_nothing_lost(con)


def test_reading_everything_again_changes_nothing(tmp_path: Path) -> None:
    a_delivery(tmp_path)
    con = a_warehouse()
    collect(con, tmp_path)
    before = everything(con)
    collect(con, tmp_path, full=True)
    assert everything(con) == before


def test_a_heading_without_rows_loads_nothing_and_loses_nothing(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a.csv": table(HEADINGS).encode()})
    con = a_warehouse()
    collect(con, tmp_path)
    assert con.execute("select rows_read, rows_loaded from deliveries").fetchall() == [(0, 0)]
    assert_nothing_lost(con)
