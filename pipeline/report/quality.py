"""The data-quality notice: measures a school, and the rows behind each number so that it can be put right."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb

from detectors import feature_tables
from detectors.identity import written
from pipeline.cases.columns import label
from pipeline.cases.rules import Language
from pipeline.report.office_names import file_name
from pipeline.report.spreadsheet import as_inert
from pipeline.store.database import transaction
from schemas.catalog import read_table
from schemas.ddl import create_table

RANKED_FROM = 30
"""Registrations from which a school is ranked: below, chance decides the place."""

_TABLES = Path(__file__).parent / "tables"
_HEADERS = {
    "zh": ("学校标识码", "学校名称", "指标", "数值", "分子", "分母", "下限", "上限", "名次"),
    "en": (
        "School code",
        "School",
        "Metric",
        "Value",
        "Numerator",
        "Denominator",
        "Low",
        "High",
        "Rank",
    ),
}
_FAULT_HEADERS = {
    "zh": ("来源文件", "工作表", "行号", "问题", "处理"),
    "en": ("File", "Sheet", "Row", "Fault", "Remedy"),
}


def measure(con: duckdb.DuckDBPyConnection, *, timeliness_known: bool) -> int:
    """Fill main.data_quality and main.school_profiles; give the number of schools.

    Promptness is only told where RQ601 ran.
    """
    written.install(con)
    with transaction(con):
        con.execute(f"create or replace temp table quality_row as {_rows_behind()}").fetchall()
        for name in ("data_quality", "school_profiles"):
            con.execute(f"drop table if exists main.{name}").fetchall()
            create_table(con, read_table(_TABLES / f"{name}.yml"))
        if _was_fitted(con):
            con.execute(_sql("school_profiles")).fetchall()
        con.execute(
            _sql("data_quality"),
            {"timeliness_known": timeliness_known, "ranked_from": RANKED_FROM},
        ).fetchall()
    counted = con.execute("select count(distinct school_code) from main.data_quality").fetchall()
    return int(counted[0][0])


def _was_fitted(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'feature' and table_name = 'school_profile_z'"
    ).fetchall()
    return bool(found)


def write_notices(con: duckdb.DuckDBPyConnection, folder: Path, language: Language) -> None:
    """Write quality.csv (all schools) and quality/<school>.csv (the rows to put right). `measure` came before."""
    measured = con.execute(
        """
        select school_code, school_name, metric, value, numerator, denominator, low, high, rank
        from main.data_quality
        order by school_code, metric
        """
    ).fetchall()
    worded = [
        (code, name, label("metric", metric, language), *rest)
        for code, name, metric, *rest in measured
    ]
    _write(folder / "quality.csv", _HEADERS[language], worded)
    faults: dict[str, list[Sequence[object]]] = defaultdict(list)
    for school, file, sheet, kind, _, issue in con.execute(_sql("quality_columns")).fetchall():
        faults[file_name(school)].append((file, sheet, "", issue, label("remedy", kind, language)))
    for school, file, sheet, row, kind in con.execute(_sql("quality_faults")).fetchall():
        told = (label("fault", kind, language), label("remedy", kind, language))
        faults[file_name(school)].append((file, sheet, row, *told))
    for name, rows in sorted(faults.items()):
        _write(folder / "quality" / f"{name}.csv", _FAULT_HEADERS[language], rows)


def _write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows([_inert(cell) for cell in row] for row in rows)


def _inert(cell: object) -> str:
    return "" if cell is None else as_inert(cell) if isinstance(cell, str) else str(cell)


def _rows_behind() -> str:
    """Give the query of the registrations with their faults; RQ602 rests on the same rows."""
    return feature_tables.features()["feature.quality_row"].query


def _sql(name: str) -> str:
    return files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")
