"""What a school is told of the columns that arrived damaged as a whole."""

import csv
from pathlib import Path

import duckdb

from pipeline.intake import create_ledger
from pipeline.report.quality import write_notices


def test_a_column_that_excel_rounded_is_told_to_each_school_of_the_sheet(tmp_path: Path) -> None:
    con = duckdb.connect()
    create_ledger(con)
    con.execute(
        """
        create table data_quality (
            school_code varchar, school_name varchar, metric varchar, value double, numerator bigint,
            denominator bigint, low double, high double, rank bigint
        );
        create temp table quality_row as
        select school, 'k12_students/a.xlsx' as source_file, '' as sheet, row as source_row,
            1 as filled, 1 as cells, true as is_valid, true as is_consistent, true as is_unique, true as is_verified
        from (values ('3199000001', 2), ('3199000001', 3), ('3199000002', 4)) as given(school, row);
        alter table quality_row rename column school to school_code;
        insert into column_issues values
            ('k12_students', 'k12_students/a.xlsx', '', 'id_number', 'rounded', 9, 10, '身份证件号：10 个号码中 9 个');
        """
    ).fetchall()
    write_notices(con, tmp_path, "zh")
    for school in ("3199000001", "3199000002"):
        with (tmp_path / "quality" / f"{school}.csv").open(encoding="utf-8-sig") as stream:
            _, told = csv.reader(stream)
        assert told == [
            "k12_students/a.xlsx",
            "",
            "",
            "身份证件号：10 个号码中 9 个",
            "将整列设为文本格式后从系统重新导出",
        ]
