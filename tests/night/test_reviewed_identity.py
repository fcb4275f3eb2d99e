"""What inspectors find about identity holds from the next night on, wherever later deliveries put the rows."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from small_night import DAY, ROLL, a_bureau, deliver, night, pupil, roll

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


def asked(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(workspace.warehouse), read_only=True) as con:
        return con.execute(query).fetchall()


def decide(
    workspace: Workspace, decision: str, reason: str = "", day: date = DAY, detector: str = "DE106"
) -> None:
    cases = "select case_id from cases where detector_id"
    ((case,),) = asked(workspace, f"{cases} = '{detector}'")
    answers = f"线索编号,核查结论,原因类别,反馈日期\n{case},{decision},{reason},{day}\n"
    (workspace.reviews / "decided.csv").write_text(answers, "utf-8")


TWICE = (pupil(1)[0], "202299099999")


def correct(workspace: Workspace) -> None:
    """Let the second school say more of the pupil than it did."""
    told = pupil(1, 学籍号=TWICE[1], 学校标识码="3699000002", 监护人姓名="虚构家长")
    deliver(workspace, "vocational_students/b.csv", roll(told, pupil(3)))


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
    assert asked(bureau, "select decision from identity.asked") == [("must_link",)]
    assert rows_of_one_person(bureau) == {TWICE}


def test_two_people_stay_two_where_a_third_row_is_like_both(bureau: Workspace) -> None:
    decide(bureau, "不属实", "同名")
    decision = (bureau.reviews / "decided.csv").rename(bureau.root / "later.csv")
    third = pupil(1, 学籍号="202299088888", 学校标识码="3699000003")
    deliver(bureau, "vocational_students/c.csv", roll(third))
    night(bureau, NEXT)
    assert rows_of_one_person(bureau) == {tuple(sorted((*TWICE, third[0])))}
    decision.rename(bureau.reviews / "decided.csv")
    night(bureau, LATER)
    assert [one for one in rows_of_one_person(bureau) if {*TWICE} <= {*one}] == []


def test_who_is_meant_are_the_rows_as_the_inspector_saw_them(bureau: Workspace) -> None:
    correct(bureau)
    night(bureau, NEXT)
    assert asked(bureau, "select count(*) from work.case_pair") == [(2,)]
    decide(bureau, "不属实", "同名")
    night(bureau, LATER)
    seen = f"select said_key, other_said_key from work.case_pair where as_of = '{DAY}'"
    told = "select said_key from identity.decided_row"
    assert {key for (key,) in asked(bureau, told)} == {*asked(bureau, seen)[0]}


def test_a_day_that_is_run_again_keeps_what_it_saw_last(bureau: Workspace) -> None:
    correct(bureau)
    night(bureau)
    assert asked(bureau, "select count(*) from work.case_pair") == [(1,)]


def test_a_confirmed_case_of_two_people_joins_nobody(bureau: Workspace) -> None:
    one = pupil(20)
    number = one[ROLL.index("身份证件号")]
    other = pupil(21, 姓名="陈另一", 身份证件号=number, 出生日期="2006-03-03")
    deliver(bureau, "vocational_students/c.csv", roll(one, other))
    night(bureau, NEXT)
    decide(bureau, "属实", day=NEXT, detector="FR302")
    night(bureau, LATER)
    assert asked(bureau, "select count(*) from identity.must_link") == [(0,)]
    assert rows_of_one_person(bureau) == {TWICE}


def test_the_night_tells_what_inspectors_found(
    bureau: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bureau, "不属实", "同名")
    night(bureau, NEXT)
    assert "0 cases confirmed as one person, 1 found to be two people" in capsys.readouterr().err
