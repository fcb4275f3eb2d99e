"""Lawful training that looks wrong: students, prisoners, soldiers, half days, instalments (SA410, SA411)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import adults, enrol, events
from pipeline.sample.exports.row import Cells
from pipeline.sample.paperwork import SUBSIDY, classmates, course, elsewhere, train
from pipeline.sample.people import Person
from pipeline.sample.roll import LookAlike
from pipeline.sample.stage import Scene, Stage


def _is_lawful(stage: Stage, exception: str, detector_id: str, person: Person, story: str) -> None:
    stage.city.look_alikes.append(LookAlike(exception, (detector_id,), story, person, None))


def _adult(stage: Stage) -> Person:
    return stage.city.population.adult(stage.year)


def _october(stage: Stage) -> Cells:
    planned = course(stage, stage.dice.day(date(stage.year, 9, 18), date(stage.year, 10, 20)))
    classmates(stage, planned, 2)
    return planned


def a_prisoner_about_to_be_released(stage: Stage) -> None:
    """Train nine months before release (X25)."""
    person = _adult(stage)
    elsewhere(stage, person, "服刑", (date(stage.year - 2, 3, 1), date(stage.year + 1, 6, 30)))
    train(
        stage,
        person,
        _october(stage),
        trainee_kind="距刑满释放不满一年人员",
        employer="",
        employed_on=None,
    )
    _is_lawful(stage, "X25", "SA410", person, "距刑满释放不满一年的服刑人员参训")


def a_soldier_about_to_be_discharged(stage: Stage) -> None:
    """Train half a year before the end of service (X20)."""
    person = _adult(stage)
    elsewhere(stage, person, "现役入伍", (date(stage.year - 2, 3, 1), date(stage.year + 1, 3, 1)))
    train(
        stage, person, _october(stage), trainee_kind="即将退役军人", employer="", employed_on=None
    )
    _is_lawful(stage, "X20", "SA410", person, "退役前参加职业培训")


def a_student_in_the_graduation_year(stage: Stage) -> None:
    """Train in the last spring of vocational school (X24)."""
    person = stage.pupil(stage.year - 2)
    enrol.enter_vocational(stage.city, person, stage.year - 2)
    planned = course(stage, date(stage.year + 1, 3, 4), trainee_kind="毕业年度学生")
    classmates(stage, planned, 2)
    train(stage, person, planned, employer="", employed_on=None)
    _is_lawful(stage, "X24", "SA410", person, "毕业年度中职学生参训")


def a_university_student_trained(stage: Stage) -> None:
    """Train beside college (X24)."""
    person = stage.pupil(stage.year - 4)
    enrol.enter_higher(stage.city, person, stage.year - 1)
    train(stage, person, _october(stage), trainee_kind="大学生", employer="", employed_on=None)
    _is_lawful(stage, "X24", "SA410", person, "在校大学生参训")


def in_the_evenings(stage: Stage) -> None:
    """Train three lessons an evening beside vocational school (X24)."""
    person = stage.pupil(stage.year - 1)
    enrol.enter_vocational(stage.city, person, stage.year - 1)
    planned = course(stage, date(stage.year, 10, 9), hours=60)
    classmates(stage, planned, 2)
    train(stage, person, planned)
    _is_lawful(stage, "X24", "SA410", person, "课余晚间培训，日均三课时")


def in_the_summer_holidays(stage: Stage) -> None:
    """Train whole days in July (X24)."""
    person = stage.pupil(stage.year - 2)
    enrol.enter_vocational(stage.city, person, stage.year - 2)
    planned = course(stage, date(stage.year, 7, 24))
    classmates(stage, planned, 2)
    train(stage, person, planned)
    _is_lawful(stage, "X24", "SA410", person, "暑假全天培训")


def while_suspended_from_school(stage: Stage) -> None:
    """Train while the school enrolment is suspended (X20)."""
    person = stage.pupil(stage.year - 1)
    spell = enrol.enter_vocational(stage.city, person, stage.year - 1)
    events.suspend(stage.city, spell, date(stage.year, 9, 4), date(stage.year + 1, 7, 1))
    train(stage, person, _october(stage))
    _is_lawful(stage, "X20", "SA410", person, "休学期间参训")


def beside_part_time_study(stage: Stage) -> None:
    """Train as an adult in a flexible course (X22)."""
    spell = adults.flexible_life(stage.city, stage.year - 1, "vocational")
    train(stage, spell.person, _october(stage))
    _is_lawful(stage, "X22", "SA410", spell.person, "弹性学制成人学员参训")


def an_employee_trained_by_the_firm(stage: Stage) -> None:
    """Train as an employee, insured for years (X24)."""
    person = _adult(stage)
    elsewhere(stage, person, "在职参保", (date(stage.year - 3, 1, 1), None))
    train(
        stage,
        person,
        _october(stage),
        trainee_kind="企业职工",
        employed_on=date(stage.year - 3, 1, 1),
    )
    _is_lawful(stage, "X24", "SA410", person, "企业职工岗位技能培训")


def out_of_work_since_summer(stage: Stage) -> None:
    """Lose the job in summer and be trained in autumn."""
    person = _adult(stage)
    elsewhere(stage, person, "在职参保", (date(stage.year - 3, 1, 1), date(stage.year, 7, 31)))
    train(stage, person, _october(stage), trainee_kind="登记失业人员")
    _is_lawful(stage, "X15", "SA410", person, "夏季失业后参训")


def an_apprentice_paid_in_advance(stage: Stage) -> None:
    """Draw the apprenticeship's subsidy on the first day (X24)."""
    person = _adult(stage)
    planned = course(stage, date(stage.year, 9, 11), 60, hours=300, trainee_kind="企业新型学徒")
    classmates(stage, planned, 2)
    train(stage, person, planned, paid_on=date(stage.year, 9, 12))
    _is_lawful(stage, "X24", "SA410", person, "企业新型学徒制预拨")


def joined_on_the_second_day(stage: Stage) -> None:
    """Sign up on the second day of the class (X15)."""
    person = _adult(stage)
    planned = course(stage, date(stage.year, 10, 9))
    classmates(stage, planned, 2)
    train(stage, person, planned, enrolled_on=date(stage.year, 10, 10))
    _is_lawful(stage, "X15", "SA410", person, "开班次日补报名")


def _second(stage: Stage, exception: str, story: str, first: Cells, second: Cells) -> Person:
    """Seat an adult in two classes, both paid."""
    person = _adult(stage)
    for planned in (first, second):
        classmates(stage, planned, 2)
        train(stage, person, planned)
    _is_lawful(stage, exception, "SA411", person, story)
    return person


def on_to_the_next_level(stage: Stage) -> None:
    """Train for the elementary level and then for the intermediate one (X28)."""
    first = course(stage, date(stage.year, 4, 10))
    second = course(stage, date(stage.year, 10, 9), skill_level="中级")
    _second(stage, "X28", "先初级后中级", first, second)


def two_occupations(stage: Stage) -> None:
    """Train for two occupations, one after the other (X28)."""
    first = course(stage, date(stage.year, 4, 10))
    second = course(stage, date(stage.year, 10, 9), occupation="中式面点师")
    _second(stage, "X28", "先后参加两个不同职业的培训", first, second)


def mornings_and_afternoons(stage: Stage) -> None:
    """Sit in a morning class and in an afternoon class (X24)."""
    first = course(stage, date(stage.year, 9, 11), hours=80)
    second = course(stage, date(stage.year, 9, 11), hours=80, occupation="中式面点师")
    _second(stage, "X24", "上午下午各一班", first, second)


def one_begins_as_the_other_ends(stage: Stage) -> None:
    """Begin a class on the last day of another (X15)."""
    first = course(stage, date(stage.year, 9, 11))
    second = course(stage, date(stage.year, 10, 1), occupation="中式面点师")
    _second(stage, "X15", "前后两班仅相交一日", first, second)


def in_two_instalments(stage: Stage) -> None:
    """Be paid half of the subsidy at a time (X28)."""
    planned = course(stage, date(stage.year, 9, 11))
    classmates(stage, planned)
    person = _adult(stage)
    train(stage, person, planned, amount=SUBSIDY // 2)
    train(stage, person, planned, amount=SUBSIDY // 2, paid_on=date(stage.year, 12, 20))
    _is_lawful(stage, "X28", "SA411", person, "同一班期分两次拨付")


def trained_again_after_failing(stage: Stage) -> None:
    """Fail, draw the lower rate, and be trained again (X19)."""
    first = course(stage, date(stage.year, 4, 10))
    again = course(stage, date(stage.year, 10, 9))
    person = _adult(stage)
    classmates(stage, first, 2)
    train(stage, person, first, assessment="不合格", certificate_no="", amount=SUBSIDY * 6 // 10)
    classmates(stage, again, 2)
    train(stage, person, again)
    _is_lawful(stage, "X19", "SA411", person, "首次未通过，再次参训")


def the_second_was_taken_back(stage: Stage) -> None:
    """Draw the same level twice and give one back (X28)."""
    first, again = course(stage, date(stage.year, 4, 10)), course(stage, date(stage.year, 10, 9))
    person = _second(stage, "X28", "重复部分已冲回", first, again)
    train(stage, person, again, amount=-SUBSIDY, paid_on=date(stage.year, 12, 20))


def on_two_lists(stage: Stage) -> None:
    """Be named by the county's list and by the city's, for one payment (X28)."""
    planned = course(stage, date(stage.year, 9, 11))
    classmates(stage, planned)
    person = _adult(stage)
    for copy in ("a", "b"):
        train(stage, person, planned, copy=copy, certificate_no=f"PXZS9{person.key[1:]}")
    _is_lawful(stage, "X28", "SA411", person, "同一笔补贴列入县、市两份名单")


CHAIN: tuple[Scene, ...] = (
    a_prisoner_about_to_be_released,
    a_student_in_the_graduation_year,
    a_university_student_trained,
    a_soldier_about_to_be_discharged,
    in_the_evenings,
    in_the_summer_holidays,
    while_suspended_from_school,
    beside_part_time_study,
    an_employee_trained_by_the_firm,
    out_of_work_since_summer,
    an_apprentice_paid_in_advance,
    joined_on_the_second_day,
)
TWICE: tuple[Scene, ...] = (
    on_to_the_next_level,
    two_occupations,
    mornings_and_afternoons,
    one_begins_as_the_other_ends,
    in_two_instalments,
    trained_again_after_failing,
    the_second_was_taken_back,
    on_two_lists,
)
