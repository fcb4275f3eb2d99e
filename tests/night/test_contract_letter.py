"""What others rely on, word by word: the tables, columns, values and case files that the output contract names."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from sample_nights import registry

from pipeline.cases.columns import case_columns
from pipeline.workspace import Workspace
from schemas.catalog import sources

PLACE = "source source_file sheet source_row"
PROMISED = {
    "cases": "case_id detector_id family severity certainty verdict status subject_kind subject_id person_id "
    "school_code school_name region_code other_registry other_school_code overlap_from overlap_to overlap_days "
    "match_probability amount_paid amount_estimated priority title explanation policy exceptions_tested "
    "missing_inputs first_seen_on last_seen_on due_on decision decided_on",
    "case_records": f"case_id role {PLACE}",
    "person_records": f"person_id {PLACE} match_probability match_reason",
    "persons": "person_id records registries birth_year sex",
    "enrolments": f"person_id registry school_code student_no started_on ended_on status study_form {PLACE}",
    "rejected_rows": f"{PLACE} column_name reason",
    "deliveries": "source source_file sheet sha256 rows_read rows_loaded rows_rejected status message first_loaded_at",
    "detector_runs": "run_id detector_id status reason findings seconds",
    "school_profiles": "school_code school_year measure value peers_value z",
    "data_quality": "school_code metric value numerator denominator low high rank",
    "runs": "run_id as_of started_at finished_at rows cases new_cases gone_cases seconds",
}
VALUES = {
    "severity": {"A", "B", "C", "D"},
    "certainty": {"certain", "probable", "unusual"},
    "verdict": {"suspected", "needs_evidence"},
    "status": {"new", "open", "reopened", "gone", "decided"},
    "subject_kind": {"person", "school", "class", "account", "region", "other"},
}
CASE_FILE = (
    "线索编号, 批次日期, 状态, 问题类型, 检测规则, 风险等级, 确定性, 优先级, "
    "县(市、区), 学校标识码, 学校名称, 对象类型, 姓名, 身份证件号, 学籍号, 年级, "
    "专业, 学籍状态, 对方系统, 对方学校, 对方学籍号, 对方状态, 重叠起, 重叠止, "
    "重叠天数, 比对依据, 匹配度, 涉及资助项目, 已发放金额, 测算金额, 已排除的合法情形, "
    "说明, 政策依据, 建议核查, 首次发现, 最近发现, 来源记录, 反馈时限, 核查情况, "
    "核查结论, 原因类别, 佐证材料, 整改措施, 应退金额, 已退金额, 核查人, 复核人, "
    "反馈日期, 是否销号, 备注"
)


@pytest.fixture(scope="module")
def published(second_night: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with registry(second_night) as con:
        yield con


@pytest.mark.parametrize("table", PROMISED)
def test_a_promised_table_has_its_columns(published: duckdb.DuckDBPyConnection, table: str) -> None:
    there = {name for (name, *_) in published.execute(f"describe {table}").fetchall()}
    assert set(PROMISED[table].split()) - there == set()


def test_every_source_is_published_with_its_columns(published: duckdb.DuckDBPyConnection) -> None:
    for name, source in sources().items():
        there = {column for (column, *_) in published.execute(f"describe {name}").fetchall()}
        wanted = {column.name for column in source.columns}
        assert wanted | {"source_file", "sheet", "source_row"} <= there, name


@pytest.mark.parametrize("column", VALUES)
def test_a_case_says_only_what_the_contract_lists(
    published: duckdb.DuckDBPyConnection, column: str
) -> None:
    said = {value for (value,) in published.execute(f"select {column} from cases").fetchall()}
    assert said <= VALUES[column]


def test_detectors_ran_or_were_skipped_or_failed(published: duckdb.DuckDBPyConnection) -> None:
    said = published.execute("select distinct status from detector_runs").fetchall()
    assert {status for (status,) in said} <= {"ran", "skipped", "failed"}


def test_the_case_files_have_the_columns_of_the_contract(second_night: Workspace) -> None:
    promised = [name.strip() for name in CASE_FILE.split(", ")]
    assert [column.zh for column in case_columns()] == promised
    newest = second_night.published / "cases" / "latest"
    files = [newest / "cases.csv", *newest.glob("by_*/*.csv")]
    assert len(files) > 10
    for path in files:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.reader(stream)) == promised, path


def test_a_ledger_opens_with_frozen_header_filters_and_drop_downs(second_night: Workspace) -> None:
    book = openpyxl.load_workbook(second_night.published / "cases" / "latest" / "ledger.xlsx")
    sheet = book["核查台账"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None
    lists = {str(one.sqref)[:2] for one in sheet.data_validations.dataValidation}
    headers = {cell.value: cell.column_letter for cell in sheet[1]}
    assert lists == {headers[name] for name in ("核查结论", "原因类别", "是否销号")}


def test_evidence_is_found_in_the_row_that_a_person_sees(second_night: Workspace) -> None:
    """Follow every cited enrolment to its file, as an inspector does: the same 学籍号 stands in that row."""
    warehouse = duckdb.connect(str(second_night.warehouse), read_only=True)
    cited = warehouse.execute(
        """
        select distinct source_file, sheet, source_row, student_no
        from main.case_records inner join core.enrolment using (source_file, sheet, source_row)
        """
    ).fetchall()
    warehouse.close()
    kinds = {Path(file).suffix for file, *_ in cited}
    assert kinds >= {".csv", ".xlsx", ".parquet"}
    rows = {
        (file, sheet): _rows(second_night.exports / file, sheet)
        for file, sheet in {(file, sheet) for file, sheet, *_ in cited}
    }
    astray = [
        (file, row)
        for file, sheet, row, student_no in cited
        if student_no not in "|".join(rows[file, sheet][row - 1]).replace(" ", "").upper()
    ]
    assert astray == []


def _rows(path: Path, sheet: str) -> list[list[str]]:
    """Give the rows of a delivery, the first line being number one."""
    if path.suffix == ".xlsx":
        cells = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
        return [[str(cell) for cell in row] for row in cells]
    if path.suffix == ".parquet":
        table = pq.read_table(path).to_pydict()
        return [
            list(table),
            *([str(cell) for cell in row] for row in zip(*table.values(), strict=True)),
        ]
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return [[line] for line in text.splitlines()]
