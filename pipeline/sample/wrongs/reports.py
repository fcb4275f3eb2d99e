"""RQ603 and RQ608: reports of school and year that the registry does not bear out (domain: R42, R56, R68)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample.corrections import leave_out, reword
from pipeline.sample.exports.row import Cell, Row, named
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.invented_blocks import school_with_a_roll

_BODY, _BEYOND, _COURSE = 44, 14, 16


def reporting_school(stage: Stage) -> School:
    """Found a school with twenty-two entrants of this year and as many of last year."""
    return school_with_a_roll(stage, "vocational", students=_BODY)


def registered_by(stage: Stage, school: School, day: date) -> int:
    """Count this year's entrants who were registered by a day."""
    return sum(
        spell.school is school and spell.cohort == stage.year and spell.registered_at.date() <= day
        for spell in stage.city.spells
    )


def month_told(stage: Stage, school: School, month: int) -> dict[str, Cell]:
    """Name the report of a month as the list holds it."""
    return {"school_code": school.code, "report_month": stage.year * 100 + month}


def say(stage: Stage, school: School, month: int, **anew: Cell) -> None:
    """Let the school report something else for a month."""
    reword(stage, "monthly_reports", month_told(stage, school, month), anew)


def _so_far(stage: Stage, school: School, month: int) -> int:
    return registered_by(stage, school, date(stage.year, month, 20))


def a_month_left_out(stage: Stage) -> None:
    """Send no report for October."""
    school = reporting_school(stage)
    leave_out(stage, "monthly_reports", month_told(stage, school, 10))
    stage.school_wrong("RQ603", school, stage.year, "十月招生月报未报")


def sent_days_late(stage: Stage) -> None:
    """Send September's and November's report some days after the 23rd and the weekend."""
    school = reporting_school(stage)
    for month in (9, 11):
        sent = date(stage.year, month, stage.dice.between(26, 29))
        say(stage, school, month, reported_on=sent)
    stage.school_wrong("RQ603", school, stage.year, "九月、十一月招生月报逾期报送")


def a_total_that_falls(stage: Stage) -> None:
    """Report fewer registered in November than in October, though nobody left."""
    school = reporting_school(stage)
    say(stage, school, 11, registered=_so_far(stage, school, 10) - 3)
    stage.school_wrong("RQ603", school, stage.year, "累计注册数十一月比十月减少，且无人离校")


def more_than_the_registry(stage: Stage) -> None:
    """Report students from October on whom the registry does not hold."""
    school = reporting_school(stage)
    for month in (10, 11):
        beyond = _so_far(stage, school, month) + _BEYOND
        say(stage, school, month, registered=beyond, admitted=beyond)
    stage.school_wrong("RQ603", school, stage.year, "月报注册数多于学籍库")


def fewer_than_the_registry(stage: Stage) -> None:
    """Report half of those whom the registry holds."""
    school = reporting_school(stage)
    for month in (10, 11):
        told = _so_far(stage, school, month) // 3
        # not so that the months add up to the whole: a school may tell each month's own
        adds_up = _so_far(stage, school, 9) + 2 * told == _so_far(stage, school, 11)
        say(stage, school, month, registered=told - adds_up)
    stage.school_wrong("RQ603", school, stage.year, "月报注册数少于学籍库")


def without_the_seal(stage: Stage) -> None:
    """Send the forms of three months without the school's seal."""
    school = reporting_school(stage)
    for month in (9, 10, 11):
        say(stage, school, month, stamped=False)
    stage.school_wrong("RQ603", school, stage.year, "三个月报表均未盖公章")


def _quality_report(stage: Stage, school: School, **anew: Cell) -> None:
    reword(stage, "quality_reports", {"school_code": school.code, "year": stage.year}, anew)


def a_fuller_school_in_the_yearbook(stage: Stage) -> None:
    """Publish a yearly report with a third more students than the registry holds."""
    school = reporting_school(stage)
    _quality_report(stage, school, enrolled=_BODY + _BEYOND + 6)
    stage.school_wrong("RQ608", school, stage.year, "年报在校生数比学籍多出近半")


def an_emptier_school_in_the_yearbook(stage: Stage) -> None:
    """Hide students from the indicators per head."""
    school = school_with_a_roll(stage, "vocational", students=2 * _BODY)
    _quality_report(stage, school, enrolled=_BODY // 2)
    stage.school_wrong("RQ608", school, stage.year, "年报在校生数远少于学籍，生均指标虚高")


def graduates_without_certificates(stage: Stage) -> None:
    """Publish graduates of a school that has had none yet."""
    school = reporting_school(stage)
    _quality_report(stage, school, graduates=_BEYOND + 10)
    stage.school_wrong("RQ608", school, stage.year, "年报毕业生数无毕业证书支撑")


def training_left_out(stage: Stage) -> None:
    """Report no training in a year in which subsidies were drawn for a course."""
    school = reporting_school(stage)
    _train(stage, school)
    _quality_report(stage, school, trainees=0)
    stage.school_wrong("RQ608", school, stage.year, "年报培训人次为零，却领取培训补贴")


def _train(stage: Stage, school: School) -> None:
    """Teach a course of adults at the school, each stage in order, paid for by the labour office."""
    started = date(stage.year, 4, 3)
    ended = started + timedelta(days=20)
    for seat in range(_COURSE):
        person = stage.city.population.adult(stage.year)
        cells = named(person, stage.dice) | {
            "class_no": f"PX{school.code[-6:]}",
            "institution_code": school.code,
            "institution_name": school.name,
            "occupation": "电工",
            "skill_level": "初级",
            "started_on": started,
            "ended_on": ended,
            "hours": 120,
            "phone": person.phone,
            "trainee_kind": "农村转移就业劳动者",
            "enrolled_on": started - timedelta(days=6),
            "assessed_on": ended + timedelta(days=4),
            "assessment": "合格",
            "certificate_no": f"PXZS{school.code[-6:]}{seat:03d}",
            "employer": "青禾虚构食品有限公司",
            "employed_on": ended + timedelta(days=30),
            "amount": 1200,
            "paid_on": ended + timedelta(days=60),
            "account_no": person.card,
        }
        stage.more("training_subsidies", Row(str(stage.year), cells, person.key))


MONTHLY: tuple[Scene, ...] = (
    a_month_left_out,
    sent_days_late,
    a_total_that_falls,
    more_than_the_registry,
    fewer_than_the_registry,
    without_the_seal,
)
YEARLY: tuple[Scene, ...] = (
    a_fuller_school_in_the_yearbook,
    an_emptier_school_in_the_yearbook,
    graduates_without_certificates,
    training_left_out,
)
