"""`qingji check`: what a school is told of its files, each thing once, and nothing of what cells say."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from delivered_files import HEADINGS, SOURCE, put, table, workbook
from typer.testing import CliRunner

from pipeline.checking import Checked, check_deliveries
from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.store.scaffold import make_workspace
from pipeline.workspace import Workspace

VETERAN = ("退役军人", "王一虚", "990102198001010010", "2020-01-31", "退役军人事务局")
DISABLED = ("残疾人", "李二构", "990102199002020020", "2021-02-28", "残联")
FARMER = ("新型职业农民", "赵三青", "990105197503030032", "2019-03-31", "农业农村局")
ROWS = (VETERAN, DISABLED, FARMER)
NAMELESS = ("退役军人", "", "990102198001010010", "2020-01-31", "退役军人事务局")
UNDATED = ("退役军人", "周五虚", "990102198001010010", "昨天", "退役军人事务局")


def a_bureau(folder: Path, files: Mapping[str, bytes]) -> Workspace:
    workspace = Workspace(folder.resolve() / "bureau")
    put(workspace.exports, files)
    return workspace


def checked(folder: Path, files: Mapping[str, bytes], *named: str, source: str = "") -> Checked:
    workspace = a_bureau(folder, files)
    return check_deliveries(workspace, [Path(name) for name in named], source=source)


def csv(*rows: tuple[str, ...]) -> bytes:
    return table(HEADINGS, *rows).encode()


def printed(workspace: Workspace, *arguments: str) -> str:
    return CliRunner().invoke(app, ["check", str(workspace.root), *arguments]).output


def test_the_same_fault_in_fifty_rows_is_told_once_with_the_rows(tmp_path: Path) -> None:
    rows = [NAMELESS if 10 <= number < 60 else VETERAN for number in range(2, 70)]
    (sheet,) = checked(tmp_path, {f"{SOURCE}/a.csv": csv(*rows)}).sheets
    (finding,) = sheet.findings
    assert (finding.heading, finding.kind, finding.places) == ("姓名", "rejected", 50)
    assert finding.rows() == "10–59"


def test_rows_far_apart_are_named_up_to_a_point(tmp_path: Path) -> None:
    rows = [NAMELESS if number % 3 == 0 else VETERAN for number in range(2, 70)]
    (sheet,) = checked(tmp_path, {f"{SOURCE}/a.csv": csv(*rows)}).sheets
    assert sheet.findings[0].rows() == "3, 6, 9, 12, 15, 18, 21, 24 …"


def test_what_keeps_rows_out_is_told_before_cells_left_empty(tmp_path: Path) -> None:
    rows = (UNDATED, UNDATED, NAMELESS)
    (sheet,) = checked(tmp_path, {f"{SOURCE}/a.csv": csv(*rows)}).sheets
    assert [(one.kind, one.heading) for one in sheet.findings] == [
        ("rejected", "姓名"),
        ("emptied", "认定日期"),
    ]
    assert (sheet.rows_read, sheet.rows_loaded, sheet.rows_rejected) == (3, 2, 1)
    assert sheet.cells_emptied == 2


def test_only_the_named_files_are_read(tmp_path: Path) -> None:
    files = {f"{SOURCE}/a.csv": csv(VETERAN), f"{SOURCE}/b.csv": b"PK\x03\x04"}
    named = checked(tmp_path, files, f"{SOURCE}/a.csv")
    assert [sheet.source_file for sheet in named.sheets] == [f"{SOURCE}/a.csv"]


def test_a_folder_stands_for_the_deliveries_in_it(tmp_path: Path) -> None:
    files = {
        f"{SOURCE}/north/a.csv": csv(VETERAN),
        f"{SOURCE}/north/b.csv": csv(DISABLED),
        f"{SOURCE}/northern.csv": csv(FARMER),
    }
    named = checked(tmp_path, files, f"exports/{SOURCE}/north")
    assert [sheet.source_file for sheet in named.sheets] == sorted(files)[:2]


def test_a_file_that_was_not_delivered_yet_is_known_by_its_headings(tmp_path: Path) -> None:
    outside = tmp_path / "desk" / "名单.xlsx"
    put(outside.parent, {outside.name: workbook(一班=[HEADINGS, *ROWS])})
    (sheet,) = checked(tmp_path, {}, str(outside)).sheets
    assert (sheet.source, sheet.status, sheet.rows_loaded) == (SOURCE, "loaded", 3)


def test_a_file_whose_headings_are_unknown_is_checked_as_what_it_is_said_to_be(
    tmp_path: Path,
) -> None:
    outside = tmp_path / "list.csv"
    outside.write_text("类别,姓名\n退役军人,王一虚\n", encoding="utf-8")
    (sheet,) = checked(tmp_path, {}, str(outside), source=SOURCE).sheets
    assert sheet.status == "refused"
    assert "lacks required columns of special_statuses: 身份证号" in sheet.message


def test_an_archive_that_was_not_delivered_yet_is_checked_file_by_file(tmp_path: Path) -> None:
    outside = tmp_path / "bundle.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("a.csv", csv(VETERAN))
        archive.writestr("b.csv", csv(DISABLED, NAMELESS))
    sheets = checked(tmp_path, {}, str(outside), source=SOURCE).sheets
    assert [(one.source_file, one.rows_loaded, one.rows_rejected) for one in sheets] == [
        (f"{outside}/a.csv", 1, 0),
        (f"{outside}/b.csv", 1, 1),
    ]


def test_a_file_of_no_source_is_refused_with_what_to_say(tmp_path: Path) -> None:
    outside = tmp_path / "list.csv"
    outside.write_text("苹果,梨\n1,2\n", encoding="utf-8")
    result = checked(tmp_path, {}, str(outside))
    assert "--source" in result.sheets[0].message
    assert result.is_unreadable


@pytest.mark.parametrize(
    ("named", "source", "said"),
    [
        ("nowhere.csv", "", "no such file"),
        (f"{SOURCE}/a.csv", "schools", "leave out --source"),
        (f"{SOURCE}/a.csv", "shools", "no such source"),
        (f"{SOURCE}/~$a.csv", "", "no delivery"),
    ],
)
def test_a_check_of_what_cannot_be_checked_is_a_matter_of_usage(
    tmp_path: Path, named: str, source: str, said: str
) -> None:
    files = {f"{SOURCE}/a.csv": csv(VETERAN), f"{SOURCE}/~$a.csv": b"lock"}
    with pytest.raises(UsageError, match=said):
        checked(tmp_path, files, named, source=source)


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    workspace = a_bureau(tmp_path, {f"{SOURCE}/a.csv": csv(NAMELESS)})
    before = sorted(workspace.root.rglob("*"))
    check_deliveries(workspace)
    assert sorted(workspace.root.rglob("*")) == before


def test_what_is_printed_names_column_rows_and_remedy_and_no_person(tmp_path: Path) -> None:
    workspace = a_bureau(tmp_path, {f"{SOURCE}/a.csv": csv(VETERAN, NAMELESS, NAMELESS, UNDATED)})
    said = printed(workspace)
    assert "column 姓名: 2 rows rejected (rows 3–4): required but empty" in said
    assert "column 认定日期: 1 cell that cannot be read (row 5): not a date" in said
    for value in (*VETERAN[1:4], *UNDATED[1:4]):
        assert value not in said


def test_templates_that_nobody_filled_in_are_not_reported(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "")
    assert "no deliveries yet" in printed(workspace)


def test_a_check_ends_with_ten_if_nothing_can_be_read(tmp_path: Path) -> None:
    workspace = a_bureau(tmp_path, {f"{SOURCE}/a.xlsx": b"PK\x03\x04"})
    assert check_deliveries(workspace).is_unreadable
    put(workspace.exports, {f"{SOURCE}/b.csv": csv(VETERAN)})
    assert not check_deliveries(workspace).is_unreadable
