"""What a school is told of the columns that arrived damaged as a whole."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.intake import create_ledger
from pipeline.report.quality import write_notices


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with rows of two schools, in no order; what is wrong with them is for the test to say."""
    with duckdb.connect() as con:
        create_ledger(con)
        con.execute(
            """
            create table data_quality (
                school_code varchar, school_name varchar, metric varchar, value double, numerator bigint,
                denominator bigint, low double, high double, rank bigint
            );
            create temp table quality_row as
            select school as school_code, 'k12_students/a.xlsx' as source_file, '' as sheet, row as source_row,
                1 as filled, 1 as cells, true as is_valid, true as is_consistent, true as is_unique, true as is_verified
            from (values ('3199000001', 3), ('3199000002', 4), ('3199000001', 2)) as given(school, row);
            """
        ).fetchall()
        yield con


def told(folder: Path, school: str) -> list[list[str]]:
    with (folder / "quality" / f"{school}.csv").open(encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))[1:]


def test_a_column_that_excel_rounded_is_told_to_each_school_of_the_sheet(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute(
        """
        insert into column_issues values
            ('k12_students', 'k12_students/a.xlsx', '', 'id_number', 'rounded', 9, 10, '身份证件号：10 个号码中 9 个')
        """
    ).fetchall()
    write_notices(con, tmp_path, "zh")
    for school in ("3199000001", "3199000002"):
        assert told(tmp_path, school) == [
            [
                "k12_students/a.xlsx",
                "",
                "",
                "身份证件号：10 个号码中 9 个",
                "将整列设为文本格式后从系统重新导出",
            ]
        ]


def test_faults_are_told_in_the_order_of_the_rows(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("update quality_row set is_valid = false, is_verified = false").fetchall()
    write_notices(con, tmp_path, "zh")
    faults = [(row, issue[:4]) for _, _, row, issue, _ in told(tmp_path, "3199000001")]
    assert faults == [("2", "身份证件"), ("2", "应届初中"), ("3", "身份证件"), ("3", "应届初中")]
