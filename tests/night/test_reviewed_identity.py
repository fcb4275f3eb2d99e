"""What inspectors find about identity holds from the next night on, wherever later deliveries put the rows."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from small_night import DAY, a_bureau, deliver, night, pupil, roll

from pipeline.workspace import Workspace

NEXT = DAY + timedelta(days=1)
LATER = DAY + timedelta(days=2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A bureau whose first night found one pupil on two rolls."""
    workspace = a_bureau(tmp_path_factory.mktemp("reviewed_identity") / "bureau")
    workspace.reviews.mkdir()
    night(workspace)
    return workspace


@pytest.fixture
def bureau(made: Workspace, tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "bureau")
    shutil.copytree(made.root, workspace.root, symlinks=True)
    return workspace


def rows_of_one_person(workspace: Workspace) -> set[tuple[str, ...]]:
    """List the student numbers of persons with more than one row on the rolls."""
    con = duckdb.connect(str(workspace.warehouse), read_only=True)
    try:
        rows = con.execute(
            """
            select list(student_no order by student_no)
            from core.enrolment
            group by person_id
            having count(*) > 1
            """
        ).fetchall()
    finally:
        con.close()
    return {tuple(numbers) for (numbers,) in rows}


def decide(workspace: Workspace, decision: str, reason: str = "", day: date = DAY) -> None:
    con = duckdb.connect(str(workspace.registry), read_only=True)
    ((case,),) = con.execute("select case_id from cases where detector_id = 'DE106'").fetchall()
    con.close()
    answers = f"线索编号,核查结论,原因类别,反馈日期\n{case},{decision},{reason},{day}\n"
    (workspace.reviews / "decided.csv").write_text(answers, "utf-8")


TWICE = ("2022990" + "00001", "202299099999")


@pytest.mark.parametrize("reason", ["同名", "双胞胎", "非同一人"])
def test_rows_found_to_be_two_people_are_parted(bureau: Workspace, reason: str) -> None:
    assert rows_of_one_person(bureau) == {TWICE}
    decide(bureau, "不属实", reason)
    night(bureau, NEXT)
    assert rows_of_one_person(bureau) == set()


def test_another_reason_parts_nobody(bureau: Workspace) -> None:
    decide(bureau, "不属实", "转学滞后")
    night(bureau, NEXT)
    assert rows_of_one_person(bureau) == {TWICE}


def test_they_stay_parted_when_the_rows_move(bureau: Workspace) -> None:
    decide(bureau, "不属实", "同名")
    moved = roll(pupil(9), pupil(2), pupil(1))
    deliver(bureau, "vocational_students/a.csv", moved)
    night(bureau, NEXT)
    assert rows_of_one_person(bureau) == set()
    deliver(bureau, "vocational_students/a.csv", roll(pupil(2), pupil(1), pupil(9)))
    night(bureau, LATER)
    assert rows_of_one_person(bureau) == set()


def test_a_decision_that_is_withdrawn_parts_them_no_longer(bureau: Workspace) -> None:
    decide(bureau, "不属实", "同名")
    night(bureau, NEXT)
    (bureau.reviews / "decided.csv").unlink()
    night(bureau, LATER)
    assert rows_of_one_person(bureau) == {TWICE}


def test_a_confirmed_case_holds_its_rows_together(bureau: Workspace) -> None:
    decide(bureau, "属实")
    night(bureau, NEXT)
    con = duckdb.connect(str(bureau.warehouse), read_only=True)
    asked = con.execute("select decision from identity.asked").fetchall()
    con.close()
    assert asked == [("must_link",)]
    assert rows_of_one_person(bureau) == {TWICE}


def test_the_night_tells_what_inspectors_found(
    bureau: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bureau, "不属实", "同名")
    night(bureau, NEXT)
    assert "0 cases confirmed as one person, 1 found to be two people" in capsys.readouterr().err
