"""Reports that differ from the registry and are right all the same (RQ603, RQ608)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.corrections import reword
from pipeline.sample.exports.row import Cells, Row, named
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.invented_blocks import ordinary, school_with_a_roll
from pipeline.sample.wrongs.reports import month_told, registered_by, reporting_school, say

_FEW = 4
_SATURDAY = 5


def _entrants(stage: Stage, school: School) -> list[Spell]:
    return [
        spell
        for spell in stage.city.spells
        if spell.school is school and spell.cohort == stage.year
    ]


def on_the_day_or_the_monday_after(stage: Stage) -> None:
    """Send each report on the 23rd itself, or on the Monday after a weekend."""
    school = reporting_school(stage)
    for month in (8, 9, 10, 11):
        due = date(stage.year, month, 23)
        shift = 7 - due.weekday() if due.weekday() >= _SATURDAY else 0
        sent = due + timedelta(days=shift)
        say(stage, school, month, reported_on=sent, registered=registered_by(stage, school, sent))
    stage.lawful_school("X15", "RQ603", school, "截止日当天或周末顺延后报送")


def corrected_in_december(stage: Stage) -> None:
    """Report too many in November, in time, and correct it in December."""
    school = reporting_school(stage)
    told = registered_by(stage, school, date(stage.year, 12, 1))
    first = {**month_told(stage, school, 11), "reported_on": date(stage.year, 11, 20)}
    reword(stage, "monthly_reports", first, {"registered": told + 12})
    cells: Cells = {
        "report_month": stage.year * 100 + 11,
        "school_code": school.code,
        "planned": 60,
        "admitted": told,
        "registered": told,
        "reported_on": date(stage.year, 12, 4),
        "stamped": True,
    }
    stage.more("monthly_reports", Row(str(stage.year), cells, ""))
    stage.lawful_school("X17", "RQ603", school, "十一月报表误报，十二月已更正")


def what_each_month_brought(stage: Stage) -> None:
    """Write down what each month brought instead of running totals."""
    school = reporting_school(stage)
    before = 0
    for month in (8, 9, 10, 11):
        so_far = registered_by(stage, school, date(stage.year, month, 20))
        say(stage, school, month, registered=so_far - before)
        before = so_far
    stage.lawful_school("X17", "RQ603", school, "按当月新增而非累计填报")


def some_left_in_october(stage: Stage) -> None:
    """Report fewer in November, because some withdrew in between."""
    school = reporting_school(stage)
    for spell in _entrants(stage, school)[:_FEW]:
        enrol.register_on(spell, date(stage.year, 9, 12))
        leaving = stage.day(date(stage.year, 10, 24), date(stage.year, 11, 12))
        events.withdraw(stage.city, spell, leaving)
    told = registered_by(stage, school, date(stage.year, 11, 20))
    say(stage, school, 11, registered=told - _FEW)
    stage.lawful_school("X19", "RQ603", school, "十月下旬起有学生退学，累计数净减")


def places_given_up(stage: Stage) -> None:
    """Report fewer admitted in September, because some gave their place up on the platform."""
    school = reporting_school(stage)
    admitted = len(_entrants(stage, school))
    say(stage, school, 8, admitted=admitted + _FEW)
    for _ in range(_FEW):
        person = stage.pupil(stage.year)
        cells = named(person, stage.dice) | {
            "year": stage.year,
            "exam_no": stage.city.population.numbers.candidate(
                stage.year, person.household.division
            ),
            "sex": person.sex,
            "entrant_type": "junior_fresh",
            "exam_area_code": person.household.division,
            "admitted_as": "中职",
            "school_code": school.code,
            "admitted_on": date(stage.year, 8, 2),
            "admission_status": "放弃录取",
        }
        stage.more("admissions", Row(str(stage.year), cells, person.key))
    stage.lawful_school("X18", "RQ603", school, "平台放弃录取，累计录取数减少")


def posted_some_days_later(stage: Stage) -> None:
    """Report everybody in September; the bureau approves a third of them in the week after."""
    school = reporting_school(stage)
    entrants = _entrants(stage, school)
    for place, spell in enumerate(entrants):
        late = date(stage.year, 9, 26) if place % 3 == 0 else date(stage.year, 9, 14)
        enrol.register_on(spell, late)
    say(stage, school, 9, registered=len(entrants))
    stage.lawful_school("X15", "RQ603", school, "月报已含主管部门稍后审核入库的学生")


def _yearbook(stage: Stage, school: School, **anew: int) -> None:
    reword(stage, "quality_reports", {"school_code": school.code, "year": stage.year}, {**anew})


def counted_in_september(stage: Stage) -> None:
    """Count on the first of September; fourteen have left since."""
    school = school_with_a_roll(stage, "vocational", students=60)
    spells = [spell for spell in stage.city.spells if spell.school is school]
    for spell in spells[:14]:
        events.withdraw(
            stage.city, spell, stage.day(date(stage.year, 10, 20), date(stage.year + 1, 3, 20))
        )
    _yearbook(stage, school, enrolled=len(spells))
    stage.lawful_school("X15", "RQ608", school, "年报按九月一日统计，其后有人退学")


def part_timers_left_out(stage: Stage) -> None:
    """Leave out the adults of a part-time course."""
    school = school_with_a_roll(stage, "vocational", students=30)
    stage.city.flexible.add((stage.year - 1, school.code))
    for _ in range(14):
        adult = stage.city.population.adult(stage.year)
        spell = enrol.enter_vocational(stage.city, adult, stage.year - 1, school)
        stage.city.admissions.pop()
        spell.study_form, spell.entrant = "part_time", "migrant_worker"
        spell.draws_waiver = spell.draws_grant = False
        spell.exam_no = ""
    _yearbook(stage, school, enrolled=30)
    stage.lawful_school("X22", "RQ608", school, "年报在校生数不含非全日制学生")


def another_report_for_the_year(stage: Stage) -> None:
    """Correct a misprint in a second edition."""
    school = reporting_school(stage)
    spells = sum(spell.school is school for spell in stage.city.spells)
    first: Cells = {"school_code": school.code, "year": stage.year, "trainees": 200}
    reword(stage, "quality_reports", first, {"enrolled": spells + 40})
    cells: Cells = {"year": stage.year, "school_code": school.code, "enrolled": spells}
    stage.more(
        "quality_reports", Row(str(stage.year), cells | {"graduates": 0, "trainees": 210}, "")
    )
    stage.lawful_school("X17", "RQ608", school, "年报更正后与学籍一致")


def a_few_more_than_the_roll(stage: Stage) -> None:
    """Round the number of students up."""
    school = reporting_school(stage)
    ordinary(stage, school, stage.year)
    _yearbook(stage, school, enrolled=50)
    stage.lawful_school("-", "RQ608", school, "年报取整，差额在统计误差内")


def trained_without_subsidy(stage: Stage) -> None:
    """Report more training than was subsidised."""
    school = reporting_school(stage)
    _yearbook(stage, school, trainees=640)
    stage.lawful_school("X24", "RQ608", school, "年报含企业委托等不领补贴的培训")


MONTHLY: tuple[Scene, ...] = (
    on_the_day_or_the_monday_after,
    corrected_in_december,
    what_each_month_brought,
    some_left_in_october,
    places_given_up,
    posted_some_days_later,
)
YEARLY: tuple[Scene, ...] = (
    counted_in_september,
    part_timers_left_out,
    another_report_for_the_year,
    a_few_more_than_the_roll,
    trained_without_subsidy,
)
