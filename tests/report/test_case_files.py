"""The case files: exactly the columns of the contract, safe to open, the same bytes every time."""

import csv
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_night import FIRST, ID, Bureau, Finding

from pipeline.cases.columns import case_columns
from pipeline.report.case_files import write_case_files
from pipeline.report.office_names import file_name
from pipeline.report.spreadsheet import as_inert

COLUMNS = """
线索编号, 批次日期, 状态, 问题类型, 检测规则, 风险等级, 确定性, 优先级,
县(市、区), 学校标识码, 学校名称, 对象类型, 姓名, 身份证件号, 学籍号,
年级, 专业, 学籍状态, 对方系统, 对方学校, 对方学籍号, 对方状态, 重叠起,
重叠止, 重叠天数, 比对依据, 匹配度, 涉及资助项目, 已发放金额, 测算金额,
已排除的合法情形, 说明, 政策依据, 建议核查, 首次发现, 最近发现, 来源记录,
反馈时限, 核查情况, 核查结论, 原因类别, 佐证材料, 整改措施, 应退金额,
已退金额, 核查人, 复核人, 反馈日期, 是否销号, 备注
"""
CONTRACT = re.split(r",\s+", COLUMNS.strip())


def bureau_with(*found: Finding) -> Bureau:
    bureau = Bureau()
    bureau.night(FIRST, found or [Finding()])
    return bureau


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_the_columns_are_those_of_the_contract_in_order(tmp_path: Path) -> None:
    write_case_files(bureau_with().con, tmp_path, as_of=FIRST)
    assert rows_of(tmp_path / "cases.csv")[0] == CONTRACT
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == CONTRACT


def test_english_headings_stand_one_for_one(tmp_path: Path) -> None:
    write_case_files(bureau_with().con, tmp_path, as_of=FIRST, language="en")
    header, row = rows_of(tmp_path / "cases.csv")
    assert header == [column.en for column in case_columns()]
    assert len(set(header)) == len(CONTRACT)
    told = dict(zip(header, row, strict=True))
    assert (told["Status"], told["Other registry"], told["Certainty"]) == ("new", "k12", "certain")


def test_a_csv_has_a_byte_order_mark_windows_line_ends_and_quotes_everywhere(
    tmp_path: Path,
) -> None:
    write_case_files(bureau_with().con, tmp_path, as_of=FIRST)
    content = (tmp_path / "cases.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"')
    assert content.count(b"\n") == content.count(b"\r\n") == 2
    assert (
        re.search(r'(?m)(^|,)[^",\r\n]+(,|\r)', content.decode("utf-8-sig").replace("、", ""))
        is None
    )


def test_numbers_of_people_stay_text_with_all_their_digits(tmp_path: Path) -> None:
    write_case_files(bureau_with().con, tmp_path, as_of=FIRST)
    header, row = rows_of(tmp_path / "cases.csv")
    told = dict(zip(header, row, strict=True))
    assert (told["身份证件号"], told["学籍号"]) == (f"\t{ID}", f"G{ID}")
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    cell = sheet.cell(row=2, column=CONTRACT.index("身份证件号") + 1)
    assert (cell.value, cell.data_type, cell.number_format) == (ID, "s", "@")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_begins_a_formula(tmp_path: Path, start: str) -> None:
    bureau = Bureau()
    bureau.con.execute(
        "update core.person_record set name = $name", {"name": f"{start}cmd|'/c calc'!A0"}
    ).fetchall()
    bureau.night(FIRST, [Finding(name=f"{start}cmd")])
    write_case_files(bureau.con, tmp_path, as_of=FIRST)
    cells = [cell for row in rows_of(tmp_path / "cases.csv") for cell in row]
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    shown = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.lstrip("\t ").startswith(("=", "+", "@", "＝"))] == []
    assert [cell.coordinate for cell in shown if cell.data_type == "f"] == []
    assert any("cmd" in cell for cell in cells)


@given(st.text())
def test_an_inert_text_never_begins_a_formula_and_loses_nothing(text: str) -> None:
    inert = as_inert(text)
    assert inert in {text, f"'{text}"}
    assert not inert.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_same_cases_give_the_same_bytes(tmp_path: Path) -> None:
    bureau = bureau_with(Finding(), Finding(person_id="P-2", severity="A", amount_paid=900))
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        write_case_files(bureau.con, tmp_path / name, as_of=FIRST)
    assert digests(tmp_path / "once") == digests(tmp_path / "again")
    assert set(digests(tmp_path / "once")) == {
        "cases.csv",
        "ledger.xlsx",
        "by_region/990102.csv",
        "by_school/3699000001.csv",
    }


def test_cases_stand_by_priority_and_then_by_number(tmp_path: Path) -> None:
    found = [
        Finding(person_id=f"P-{number}", amount_paid=paid)
        for number, paid in enumerate([1000, 9000, 1000])
    ]
    write_case_files(bureau_with(*found).con, tmp_path, as_of=FIRST)
    order = [(-int(row[7]), row[0]) for row in rows_of(tmp_path / "cases.csv")[1:]]
    assert order == sorted(order)
    assert order[0][0] < order[1][0]


def test_the_ledger_offers_answers_and_keeps_its_header_in_sight(tmp_path: Path) -> None:
    write_case_files(bureau_with().con, tmp_path, as_of=FIRST)
    workbook = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    sheet = workbook.worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AX2")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    offered = {str(one.sqref).split(":")[0] for one in sheet.data_validations.dataValidation}
    wanted = {"核查结论", "原因类别", "是否销号"}
    assert offered == {
        sheet.cell(row=2, column=CONTRACT.index(name) + 1).coordinate for name in wanted
    }
    assert workbook["_meta"].sheet_state == "veryHidden"
    assert workbook.properties.created.date() == FIRST


def test_a_list_that_was_not_delivered_is_named_before_the_explanation(tmp_path: Path) -> None:
    bureau = bureau_with(Finding(verdict="needs_evidence", missing_inputs="status_changes"))
    write_case_files(bureau.con, tmp_path, as_of=FIRST)
    row = rows_of(tmp_path / "cases.csv")[1]
    assert row[CONTRACT.index("说明")].startswith("待补证(未交付:学籍异动)。")


def test_a_night_without_cases_writes_headers_only(tmp_path: Path) -> None:
    bureau = Bureau()
    bureau.night(FIRST)
    write_case_files(bureau.con, tmp_path, as_of=FIRST)
    assert rows_of(tmp_path / "cases.csv") == [CONTRACT]
    assert openpyxl.load_workbook(tmp_path / "ledger.xlsx").worksheets[0].max_row == 1


def test_a_file_name_is_a_code_and_nothing_else() -> None:
    hostile: Sequence[str | None] = [
        "../../etc/passwd",
        "a/b",
        "a_b",
        "CON",
        "3699000001",
        None,
        "",
    ]
    names = [file_name(code) for code in hostile]
    assert [name for name in names if re.search(r"[^0-9A-Za-z_]", name)] == []
    assert len(set(names)) == len(names) - 1  # nothing and the empty code are both unassigned
