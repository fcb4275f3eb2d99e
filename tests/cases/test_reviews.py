"""Decisions come back in whatever shape Excel and WPS leave them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from invented_night import FIRST, SECOND, THIRD, Bureau, Finding

from pipeline.cases import take_in
from pipeline.cases.review_cells import CellError, case_id, day, money
from pipeline.cases.reviews import read_reviews
from pipeline.report.case_files import write_case_files

ANSWERS: Mapping[str, object] = {
    "核查情况": "两校核对点名,学生在中职就读",
    "核查结论": "不属实",
    "原因类别": "转学滞后",
    "应退金额": "0",
    "核查人": "虚构乙",
    "反馈日期": "2024-01-12",
    "是否销号": "是",
}


def with_a_case(folder: Path) -> Bureau:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    folder.mkdir()
    write_case_files(bureau.con, folder, as_of=FIRST)
    return bureau


def fill_workbook(source: Path, target: Path, answers: Mapping[str, object]) -> None:
    workbook = openpyxl.load_workbook(source)
    sheet = workbook.worksheets[0]
    position = {cell.value: cell.column for cell in sheet[1]}
    for heading, answer in answers.items():
        sheet.cell(row=2, column=position[heading], value=answer)
    workbook.save(target)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def as_workbook(files: Path, reviews: Path) -> None:
    answers = {**ANSWERS, "反馈日期": date(2024, 1, 12), "应退金额": 0}
    fill_workbook(files / "ledger.xlsx", reviews / "台账(已核).xlsx", answers)


def as_gbk_with_columns_moved(files: Path, reviews: Path) -> None:
    header, row = rows_of(files / "cases.csv")
    filled = dict(zip(header, row, strict=True)) | ANSWERS | {"县里备注": "无"}
    moved = sorted(filled, reverse=True)
    content = "\r\n".join([",".join(moved), ",".join(f'"{filled[name]}"' for name in moved)])
    (reviews / "已核.csv").write_bytes(content.encode("gb18030"))


def as_utf8_with_a_title_and_few_columns(files: Path, reviews: Path) -> None:
    header, row = rows_of(files / "cases.csv")
    filled = dict(zip(header, row, strict=True)) | ANSWERS
    kept = ["线索编号", *ANSWERS]
    content = "\n".join(
        ["禾东区核查台账", "", ",".join(kept), ",".join(f'"{filled[name]}"' for name in kept)]
    )
    (reviews / "ok.csv").write_text(content, encoding="utf-8-sig")


def in_english(files: Path, reviews: Path) -> None:
    (number,) = {row[0] for row in rows_of(files / "cases.csv")[1:]}
    content = (
        f'Case,Conclusion,Kind of reason,Reported on,Closed,Refund due,Inspector,Findings\n"{number}",'
        "Not confirmed,transfer posted late,12 Jan 2024,yes,0,x,y\n"
    )
    (reviews / "en.csv").write_text(content.replace("12 Jan 2024", "2024/1/12"), encoding="utf-8")


@pytest.mark.parametrize(
    "send_back",
    [as_workbook, as_gbk_with_columns_moved, as_utf8_with_a_title_and_few_columns, in_english],
)
def test_a_decision_comes_back_in_any_shape(
    tmp_path: Path, send_back: Callable[[Path, Path], None]
) -> None:
    bureau = with_a_case(tmp_path / "files")
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    send_back(tmp_path / "files", reviews)

    intake = take_in(bureau.con, reviews)
    bureau.night(SECOND, [Finding()])

    (review,) = intake.reviews
    assert (intake.issues, review.decision, review.reason_kind) == ((), "不属实", "transfer_lag")
    assert (review.decided_on, review.closed, review.refund_due) == (FIRST, True, Decimal("0.00"))
    assert (bureau.case(), bureau.case("decision")) == ("decided", "不属实")


def test_a_case_file_in_which_nobody_wrote_says_nothing(tmp_path: Path) -> None:
    bureau = with_a_case(tmp_path / "files")
    intake = take_in(bureau.con, tmp_path / "files")
    assert (intake.reviews, intake.issues) == ((), ())


def test_what_an_inspector_wrote_stands_in_the_next_case_file_as_long_as_it_holds(
    tmp_path: Path,
) -> None:
    bureau = with_a_case(tmp_path / "files")
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    as_workbook(tmp_path / "files", reviews)
    take_in(bureau.con, reviews)
    bureau.night(SECOND, [Finding()])
    (tmp_path / "second").mkdir()
    write_case_files(bureau.con, tmp_path / "second", as_of=SECOND)
    header, row = rows_of(tmp_path / "second" / "cases.csv")
    told = dict(zip(header, row, strict=True))
    assert (told["状态"], told["核查结论"], told["原因类别"], told["是否销号"]) == (
        "已有结论",
        "不属实",
        "转学滞后",
        "是",
    )
    bureau.night(THIRD, [Finding(amount_paid=500)])
    write_case_files(bureau.con, tmp_path / "second", as_of=THIRD)
    header, row = rows_of(tmp_path / "second" / "cases.csv")
    told = dict(zip(header, row, strict=True))
    assert (told["状态"], told["核查结论"]) == ("重新打开", "")


def of_csv(tmp_path: Path, *lines: Sequence[str]) -> tuple[list[str], int]:
    path = tmp_path / "r.csv"
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    intake = read_reviews([(path, "r.csv")])
    return [issue.issue for issue in intake.issues], len(intake.reviews)


HEADER = ("线索编号", "核查结论", "反馈日期", "备注")


def test_a_conclusion_that_is_none_is_reported_and_the_row_is_kept(tmp_path: Path) -> None:
    assert of_csv(tmp_path, HEADER, ("DE101-00000001", "可能吧", "2024-01-01", "")) == (
        ["invalid_decision"],
        1,
    )


def test_words_without_a_conclusion_are_reported_and_kept(tmp_path: Path) -> None:
    assert of_csv(tmp_path, HEADER, ("DE101-00000001", "", "2024-01-01", "已联系")) == (
        ["no_decision"],
        1,
    )


def test_a_decision_without_any_day_does_not_count_and_is_reported(tmp_path: Path) -> None:
    assert of_csv(tmp_path, HEADER, ("DE101-00000001", "属实", "", "")) == (["no_date"], 1)


def test_a_day_of_no_calendar_is_reported(tmp_path: Path) -> None:
    assert of_csv(tmp_path, HEADER, ("DE101-00000001", "属实", "2024-02-30", "")) == (
        ["bad_value", "no_date"],
        1,
    )


def test_a_decision_under_a_number_that_is_none_is_reported(tmp_path: Path) -> None:
    assert of_csv(tmp_path, HEADER, ("第3条", "属实", "2024-01-01", "")) == (["bad_case_id"], 0)
    assert of_csv(tmp_path, HEADER, ("", "属实", "2024-01-01", "")) == (["bad_case_id"], 0)


def test_a_file_without_case_numbers_is_reported(tmp_path: Path) -> None:
    assert of_csv(tmp_path, ("姓名", "核查结论"), ("虚构甲", "属实")) == (["no_case_column"], 0)


def test_a_file_that_is_no_workbook_is_reported_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(b"not a workbook")
    intake = read_reviews([(tmp_path / "r.xlsx", "r.xlsx")])
    assert [(one.issue, ".xlsx" in one.message) for one in intake.issues] == [
        ("unreadable_file", True)
    ]


def test_no_problem_repeats_what_the_cell_says(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{','.join(HEADER)}\nDE101-00000001,虚构甲说不是,虚构乙,x\n", encoding="utf-8")
    told = " ".join(issue.message for issue in read_reviews([(path, "r.csv")]).issues)
    assert "虚构" not in told


@pytest.mark.parametrize(
    "written",
    ["2024-01-31", "2024/1/31", "2024年1月31日", "20240131", 45322.0, date(2024, 1, 31)],
)
def test_a_day_is_read_however_it_is_written(written: str | float | date) -> None:
    assert day(written) == date(2024, 1, 31)


@pytest.mark.parametrize(
    "written", ["\tDE101-0a1b2c3d", "'DE101-0A1B2C3D", '="DE101-0a1b2c3d"', "ＤＥ１０１－0a1b2c3d "]
)
def test_a_case_number_survives_what_spreadsheets_do_to_it(written: str) -> None:
    assert case_id(written) == "DE101-0a1b2c3d"


@pytest.mark.parametrize(
    ("written", "yuan"), [("1,200.5元", "1200.50"), ("￥1200", "1200.00"), (1200.0, "1200.00")]
)
def test_an_amount_is_read_in_yuan(written: str | float, yuan: str) -> None:
    assert money(written) == Decimal(yuan)


def test_words_are_no_amount() -> None:
    with pytest.raises(CellError):
        money("约一千")
