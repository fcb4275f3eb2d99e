"""The scorecard counts what a night found against what was planted."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.sample.__main__ import main
from pipeline.sample.card_table import render
from pipeline.sample.scorecard import (
    CaseCount,
    DetectorScore,
    TruthError,
    lay_truth,
    misses,
    read_scores,
    score,
)
from pipeline.sample.targets import shortfalls

PERSONS = """\
source,source_file,sheet,source_row,true_person
vocational_students,v/a.csv,,2,T1
k12_students,k/a.csv,,2,T1
vocational_students,v/a.csv,,3,T2
k12_students,k/a.csv,,3,T3
"""
WRONGS = """\
wrong_id,detector_id,subject_kind,true_person,school_code,other_school_code,school_year,term,amount_paid,story
W1,DE101,person,T1,3699000001,,,,0,planted
W2,SC501,school,,3699000002,,2023-2024,,0,planted
W3,SA405,account,T8;T9,3699000001,,,,0,planted and not found
W4,SA402,person,T1,3699000001,,,,2000,paid twice
"""
LOOK_ALIKES = """\
lookalike_id,exception,detector_ids,true_person,school_code,story
L1,X13,DE101;DE102,T2,3699000001,a twin
"""


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    for name, text in (("persons", PERSONS), ("wrongs", WRONGS), ("lookalikes", LOOK_ALIKES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def a_night(
    persons: dict[str, str],
    cases: list[tuple[str, str, str, str, str, str]],
    paid: int = 0,
    warehouse: str = ":memory:",
) -> duckdb.DuckDBPyConnection:
    """Persons by 'source row'; cases as (detector, severity, verdict, school, year, its row)."""
    con = duckdb.connect(warehouse)
    con.execute("create schema core")
    con.execute(
        "create table core.person_record (record_id varchar, source varchar, source_file varchar,"
        " sheet varchar, source_row bigint)"
    ).fetchall()
    con.execute("create table core.person_link (record_id varchar, person_id varchar)").fetchall()
    con.execute(
        "create table cases (case_id varchar, detector_id varchar, severity varchar, verdict varchar,"
        " status varchar, school_code varchar, region_code varchar, evidence varchar,"
        " explanation varchar, amount_paid decimal(14, 2))"
    ).fetchall()
    con.execute("create table runs (run_id varchar, started_at timestamptz)").fetchall()
    con.execute(
        "create table detector_runs (run_id varchar, detector_id varchar, status varchar, seconds double)"
    ).fetchall()
    con.execute(
        "insert into runs values ('worked', '2024-04-15 02:00+08'), ('repeated', '2024-04-16 02:00+08')"
    )
    con.execute(
        "insert into detector_runs values ('worked', 'DE101', 'ran', 1.5), ('repeated', 'DE101', 'ran', 0)"
    )
    con.execute(
        "create table case_records (case_id varchar, role varchar, source varchar,"
        " source_file varchar, sheet varchar, source_row bigint)"
    ).fetchall()
    for row, person in persons.items():
        source, number = row.split()
        file = f"{source[0]}/a.csv"
        con.execute(
            "insert into core.person_record values (?, ?, ?, '', ?)",
            [row, source, file, int(number)],
        )
        con.execute("insert into core.person_link values (?, ?)", [row, person])
    for order, (detector, severity, verdict, school, year, row) in enumerate(cases):
        evidence = f'{{"school_year": "{year}"}}' if year else "{}"
        con.execute(
            "insert into cases values (?, ?, ?, ?, 'new', ?, '990101', ?, 'told', ?)",
            [f"c{order}", detector, severity, verdict, school, evidence, paid],
        )
        if row:
            source, place = row.split()
            con.execute(
                "insert into case_records values (?, 'subject', ?, ?, '', ?)",
                [f"c{order}", source, f"{source[0]}/a.csv", int(place)],
            )
    return con


RIGHT = {
    "vocational_students 2": "P1",
    "k12_students 2": "P1",
    "vocational_students 3": "P2",
    "k12_students 3": "P3",
}


def test_a_case_about_the_person_finds_the_wrong(truth: Path) -> None:
    con = a_night(RIGHT, [("DE101", "A", "suspected", "3699000001", "", "vocational_students 2")])
    lay_truth(con, truth)
    found = {one.detector_id: one for one in read_scores(con).detectors}
    assert (found["DE101"].recall, found["DE101"].precision) == (1.0, 1.0)
    assert found["SA405"].recall == 0.0


def test_a_case_about_a_twin_is_a_look_alike_flagged(truth: Path) -> None:
    con = a_night(RIGHT, [("DE101", "B", "suspected", "3699000001", "", "vocational_students 3")])
    lay_truth(con, truth)
    card = read_scores(con)
    found = {one.detector_id: one for one in card.detectors}
    assert (found["DE101"].precision, card.lookalikes_flagged) == (0.0, 1)


def test_a_case_that_needs_evidence_accuses_nobody(truth: Path) -> None:
    con = a_night(
        RIGHT, [("DE101", "B", "needs_evidence", "3699000001", "", "vocational_students 3")]
    )
    lay_truth(con, truth)
    card = read_scores(con)
    assert card.lookalikes_flagged == 0
    assert {one.detector_id: one.undecided for one in card.detectors}["DE101"] == 1


def test_a_school_case_counts_for_its_own_year(truth: Path) -> None:
    wrong_year = a_night({}, [("SC501", "A", "suspected", "3699000002", "2021-2022", "")])
    right_year = a_night({}, [("SC501", "A", "suspected", "3699000002", "2023-2024", "")])
    recalls = []
    for con in (wrong_year, right_year):
        lay_truth(con, truth)
        recalls += [one.recall for one in read_scores(con).detectors if one.detector_id == "SC501"]
    assert recalls == [0.0, 1.0]


def test_twins_joined_cost_precision_and_rows_apart_cost_recall(truth: Path) -> None:
    joined = a_night(RIGHT | {"k12_students 3": "P2"}, [])
    apart = a_night(RIGHT | {"k12_students 2": "P9"}, [])
    scores = []
    for con in (joined, apart):
        lay_truth(con, truth)
        scores.append(read_scores(con).persons)
    assert (scores[0].precision, scores[0].recall) == (0.5, 1.0)
    assert scores[1].recall == 0.0


def test_a_planted_wrong_of_which_a_case_merely_asks_is_not_found(truth: Path) -> None:
    con = a_night(
        RIGHT, [("DE101", "B", "needs_evidence", "3699000001", "", "vocational_students 2")]
    )
    lay_truth(con, truth)
    found = {one.detector_id: one for one in read_scores(con).detectors}["DE101"]
    assert (found.found, found.found_undecided) == (0, 1)


@pytest.mark.parametrize(("paid", "differing"), [(2000, 0), (1999, 1)])
def test_money_agrees_with_the_truth_to_the_yuan(truth: Path, paid: int, differing: int) -> None:
    con = a_night(
        RIGHT, [("SA402", "A", "suspected", "3699000001", "", "vocational_students 2")], paid
    )
    lay_truth(con, truth)
    found = {one.detector_id: one for one in read_scores(con).detectors}["SA402"]
    assert (found.amounts, found.amounts_wrong) == (1, differing)


def test_money_of_a_case_at_another_school_is_left_out(truth: Path) -> None:
    here, there = (
        ("SA402", "A", "suspected", school, "", "vocational_students 2")
        for school in ("3699000001", "3699000009")
    )
    con = a_night(RIGHT, [here, there], 2000)
    lay_truth(con, truth)
    found = {one.detector_id: one for one in read_scores(con).detectors}["SA402"]
    assert found.amounts_wrong == 0


def test_the_seconds_are_those_of_the_night_that_worked(truth: Path) -> None:
    con = a_night(RIGHT, [])
    lay_truth(con, truth)
    assert {one.detector_id: one.seconds for one in read_scores(con).detectors}["DE101"] == 1.5


def test_the_table_names_every_detector_planted_for_or_not(truth: Path) -> None:
    con = a_night(RIGHT, [])
    lay_truth(con, truth)
    text = render(read_scores(con))
    assert all(name in text for name in ("DE101", "SC501", "SA405", "FR305", "persons"))


def a_score(**given: int | dict[str, CaseCount]) -> DetectorScore:
    counts = dict.fromkeys(
        ("planted", "found", "found_undecided", "undecided", "look_alikes", "look_alikes_flagged"),
        0,
    )
    figures = {"amounts": 0, "amounts_wrong": 0, "seconds": 0.1, "status": "ran", "by_severity": {}}
    return DetectorScore(**{"detector_id": "DE101", **counts, **figures, **given})  # type: ignore[arg-type]


def test_the_graver_the_severity_the_fewer_may_be_wrong() -> None:
    nine_in_ten = CaseCount(cases=10, right=9)
    assert shortfalls(a_score(by_severity={"A": nine_in_ten})) == ("A",)
    assert shortfalls(a_score(by_severity={"B": nine_in_ten, "C": nine_in_ten})) == ()


def test_a_detector_planted_for_that_finds_too_few_falls_short() -> None:
    assert shortfalls(a_score(planted=20, found=18)) == ("recall",)
    assert shortfalls(a_score(planted=20, found=19)) == ()


def test_every_miss_is_listed_with_what_was_planted_beside(truth: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "night"
    (workspace / "private").mkdir(parents=True)
    shutil.copytree(truth, workspace / "truth", ignore=shutil.ignore_patterns("night"))
    a_night(
        RIGHT,
        [("DE101", "B", "suspected", "3699000001", "", "vocational_students 3")],
        warehouse=str(workspace / "private" / "warehouse.duckdb"),
    ).close()
    listed = {one.what: one for one in misses(workspace, "DE101")}
    assert set(listed) == {"overlooked", "B wrongly"}
    assert "a twin" in listed["B wrongly"].about


def test_without_truth_there_is_no_score(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match="qingji sample"):
        score(tmp_path)


def test_a_detector_that_there_is_not_has_no_list_of_misses(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match="no such detector"):
        misses(tmp_path, "DE999")


@pytest.mark.parametrize("command", ["score", "time", "stories"])
def test_what_cannot_be_measured_is_told_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "`" in told.err
