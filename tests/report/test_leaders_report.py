"""The page for leaders: self-contained, the same bytes every time, nobody's data on it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from invented_night import FIRST, ID, NAME, Bureau, Finding

from detectors.run import DetectorRun, RunStatus
from pipeline.report import measure, write_edition
from pipeline.report.figures import wilson

RUNS = [
    DetectorRun("DE101", RunStatus.RAN, "", 1, 0.1),
    DetectorRun("SC501", RunStatus.SKIPPED, "not delivered: school_qualifications", 0, 0.0),
]


def page(bureau: Bureau, folder: Path) -> str:
    measure(bureau.con, timeliness_known=False)
    write_edition(bureau.con, folder, RUNS, as_of=FIRST)
    return (folder / "report" / FIRST.isoformat() / "report.html").read_text("utf-8")


def a_night(*found: Finding) -> Bureau:
    bureau = Bureau()
    bureau.night(FIRST, found or [Finding(amount_paid=1234)])
    return bureau


def test_the_page_needs_no_network_and_runs_no_script(tmp_path: Path) -> None:
    html = page(a_night(), tmp_path)
    assert "default-src 'none'" in html
    assert re.findall(r"<script|https?://|src=|@import|url\(", html) == []


def test_the_page_names_nobody(tmp_path: Path) -> None:
    html = page(a_night(), tmp_path)
    assert [value for value in (NAME, ID, "P-0000000001") if value in html] == []


def test_what_could_not_be_checked_is_told_with_its_reason(tmp_path: Path) -> None:
    html = page(a_night(), tmp_path)
    assert "SC501" in html
    assert "school_qualifications" in html


def test_markup_in_a_school_or_region_stays_text(tmp_path: Path) -> None:
    bureau = Bureau()
    bureau.con.execute("update core.school set region_name = '<b>禾东</b>'").fetchall()
    bureau.night(FIRST, [Finding()])
    html = page(bureau, tmp_path)
    assert "&lt;b&gt;禾东&lt;/b&gt;" in html
    assert "<b>禾东" not in html


def test_the_same_payment_in_two_cases_of_one_person_is_counted_once(tmp_path: Path) -> None:
    html = page(
        a_night(Finding(amount_paid=1234), Finding(amount_paid=1234, school_code="3499000001")),
        tmp_path,
    )
    assert "<b>1,234</b>疑似涉及已发放金额" in html


def test_an_estimate_is_not_counted_beside_what_the_same_person_was_paid(tmp_path: Path) -> None:
    estimated = Finding(amount_estimated=3000, school_code="3499000001")
    other = Finding("P-2", record_id="r2", other_record_id="r3", amount_estimated=700)
    again = Finding("P-2", record_id="r4", other_record_id="r5", amount_estimated=600)
    html = page(a_night(Finding(amount_paid=1234), estimated, other, again), tmp_path)
    assert "<b>1,234</b>疑似涉及已发放金额" in html
    assert "<b>700</b>另有测算金额" in html


@pytest.mark.parametrize(
    ("of_student", "row_of_school", "told"), [(1234, 7, "1,234"), (1234, 8, "1,734"), (0, 7, "500")]
)
def test_the_money_of_a_school_is_not_counted_beside_that_of_its_students(
    tmp_path: Path, of_student: int, row_of_school: int, told: str
) -> None:
    of_person = Finding(amount_paid=of_student)
    of_school = Finding("P-2", record_id="r2", other_record_id="r3", amount_paid=500)
    bureau = a_night(of_person, of_school)
    for person, row in ((of_person.person_id, 7), (of_school.person_id, row_of_school)):
        bureau.con.execute(
            """
            insert into main.case_records (case_id, role, source, source_file, sheet, source_row)
            select case_id, 'evidence', 'vocational_students', 'roll.csv', '', $row
            from main.cases where person_id = $person
            """,
            {"person": person, "row": row},
        ).fetchall()
    bureau.con.execute("update main.cases set person_id = null where person_id = 'P-2'").fetchall()
    assert f"<b>{told}</b>疑似涉及已发放金额" in page(bureau, tmp_path)


def test_the_page_is_the_same_when_it_is_written_again(tmp_path: Path) -> None:
    bureau = a_night()
    assert page(bureau, tmp_path / "once") == page(bureau, tmp_path / "again")


def test_a_night_without_cases_has_a_page(tmp_path: Path) -> None:
    bureau = Bureau()
    bureau.night(FIRST)
    assert "没有待核线索" in page(bureau, tmp_path)


def test_the_trend_has_a_mark_for_every_night(tmp_path: Path) -> None:
    bureau = Bureau()
    for number in range(4):
        bureau.night(FIRST - timedelta(days=3 - number), [Finding()])
    assert page(bureau, tmp_path).count("<circle") == 4


def test_a_school_sees_the_rows_behind_its_numbers(tmp_path: Path) -> None:
    bureau = a_night()
    bureau.con.execute(
        "update core.enrolment set copies = 2 where registry = 'vocational'"
    ).fetchall()
    page(bureau, tmp_path)
    notice = (tmp_path / "report" / FIRST.isoformat() / "quality" / "3699000001.csv").read_text(
        "utf-8-sig"
    )
    assert '"vocational_students/a.xlsx","Sheet1","2","同一学籍重复报送"' in notice
    assert ID not in notice


def test_small_schools_are_measured_but_not_ranked() -> None:
    bureau = a_night()
    measure(bureau.con, timeliness_known=True)
    ranked = bureau.con.execute("select count(*), count(rank) from main.data_quality").fetchall()
    assert ranked == [(11, 0)]


def test_the_measures_behind_an_outlier_model_are_kept_where_it_ran() -> None:
    bureau = a_night()
    measure(bureau.con, timeliness_known=False)
    assert bureau.con.execute("select count(*) from main.school_profiles").fetchall() == [(0,)]
    bureau.con.execute(
        """
        create schema feature;
        create table feature.school_profile_z as
        select '3699000001' as school_code, '2023-2024' as school_year, 'elsewhere' as measure, 0.1 as value,
            1 as numerator, 10 as denominator, 0.01 as peers_value, 2.5 as z, 'vocational' as peer_group, 9 as peers
        """
    ).fetchall()
    measure(bureau.con, timeliness_known=False)
    assert bureau.con.execute("select measure, z from main.school_profiles").fetchall() == [
        ("elsewhere", 2.5)
    ]


def test_promptness_is_not_told_where_nobody_looked() -> None:
    bureau = a_night()
    measure(bureau.con, timeliness_known=False)
    told = bureau.con.execute(
        "select count(*) from main.data_quality where metric = 'timeliness'"
    ).fetchall()
    assert told == [(0,)]


def test_the_interval_of_a_share_is_wide_for_few_and_narrow_for_many() -> None:
    few, many = wilson(1, 2), wilson(500, 1000)
    assert few[1] - few[0] > 0.6
    assert many[1] - many[0] < 0.07
