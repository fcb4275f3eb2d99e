"""SA410 and SA411: training without its chain, and training paid twice (domain: P14, R46)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cell, Cells
from pipeline.sample.paperwork import SUBSIDY, classmates, course, elsewhere, train
from pipeline.sample.people import Person
from pipeline.sample.roll import Wrong
from pipeline.sample.stage import Scene, Stage


def _october(stage: Stage) -> Cells:
    return course(stage, stage.dice.day(date(stage.year, 9, 18), date(stage.year, 10, 20)))


def _paid(stage: Stage, detector_id: str, people: list[Person], story: str) -> None:
    amount = SUBSIDY * len(people)
    stage.city.wrongs.append(
        Wrong(detector_id, "person", story, people=tuple(people), amount_paid=amount)
    )


def _adult(stage: Stage) -> Person:
    return stage.city.population.adult(stage.year)


def _one_of_a_class(stage: Stage, person: Person, story: str, **given: Cell) -> Cells:
    """Seat somebody in a class of ordinary trainees and record that this was not due."""
    planned = _october(stage)
    classmates(stage, planned)
    train(stage, person, planned, **given)
    _paid(stage, "SA410", [person], story)
    return planned


def a_trainee_who_was_dead(stage: Stage) -> None:
    """Pay for somebody who had died in spring."""
    person = _adult(stage)
    elsewhere(stage, person, "死亡", (date(stage.year, 4, 2), None))
    _one_of_a_class(stage, person, "学员开班前已死亡")


def a_trainee_in_prison(stage: Stage) -> None:
    """Pay for a prisoner with three more years to serve."""
    person = _adult(stage)
    elsewhere(stage, person, "服刑", (date(stage.year - 1, 3, 1), date(stage.year + 3, 2, 28)))
    _one_of_a_class(stage, person, "学员在押服刑，距释放尚有三年")


def a_soldier_in_a_class(stage: Stage) -> None:
    """Pay for a conscript of one month."""
    person = _adult(stage)
    elsewhere(stage, person, "现役入伍", (date(stage.year, 9, 10), date(stage.year + 2, 9, 10)))
    _one_of_a_class(stage, person, "学员刚入伍服役")


def a_high_school_pupil_trained(stage: Stage) -> None:
    """Pay for a pupil who sat in high school on the same days."""
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(stage.city, person, stage.year - 1)
    high.draws_grant = False
    _one_of_a_class(stage, person, "普高在读学生同一时段全天参训")


def a_child_of_fifteen_trained(stage: Stage) -> None:
    """Pay for a child in the last class of junior school."""
    _one_of_a_class(stage, stage.pupil(stage.year + 1), "未满十六岁的初中在读学生参训")


def out_of_work_and_insured(stage: Stage) -> None:
    """Register an employee of years as out of work."""
    person = _adult(stage)
    elsewhere(stage, person, "在职参保", (date(stage.year - 3, 1, 1), None))
    _one_of_a_class(stage, person, "在岗职工登记为失业人员参训", trainee_kind="登记失业人员")


def never_assessed(stage: Stage) -> None:
    """Pay for somebody who left before the assessment."""
    _one_of_a_class(
        stage,
        _adult(stage),
        "无考核记录仍发补贴",
        assessed_on=None,
        assessment="",
        certificate_no="",
    )


def a_certificate_for_two(stage: Stage) -> None:
    """Give two trainees one certificate."""
    planned = _october(stage)
    classmates(stage, planned)
    people = [_adult(stage), _adult(stage)]
    number = f"PXZS9{stage.city.population.numbers.serial():08d}"
    for person in people:
        train(stage, person, planned, certificate_no=number)
    _paid(stage, "SA410", people, "两名学员同一证书编号")


def a_class_of_twenty_lessons_a_day(stage: Stage) -> None:
    """Hold a class of a hundred lessons in five days."""
    first = stage.dice.day(date(stage.year, 9, 18), date(stage.year, 10, 20))
    planned = course(stage, first, 5, hours=100)
    people = [_adult(stage) for _ in range(4)]
    for person in people:
        train(stage, person, planned)
    _paid(stage, "SA410", people, "五天一百课时")


def paid_before_the_assessment(stage: Stage) -> None:
    """Pay on the third day of the class."""
    planned = _october(stage)
    classmates(stage, planned)
    person = _adult(stage)
    first = planned["started_on"]
    assert isinstance(first, date)
    train(stage, person, planned, paid_on=first + timedelta(days=2))
    _paid(stage, "SA410", [person], "开班第三天已拨付补贴")


def _twice(stage: Stage, story: str, second: Cells, **given: Cell) -> None:
    """Train an adult in autumn and once more in another class."""
    first = course(stage, date(stage.year, 9, 11))
    person = _adult(stage)
    for planned in (first, second):
        classmates(stage, planned)
    train(stage, person, first)
    train(stage, person, second, **given)
    _paid(stage, "SA411", [person], story)


def the_same_level_at_two_institutions(stage: Stage) -> None:
    """Train for the same occupation and level at another institution two months later."""
    _twice(stage, "同一职业同一等级在两家机构各补一次", course(stage, date(stage.year, 11, 13)))


def a_class_under_a_new_number(stage: Stage) -> None:
    """Report the same class once more a month later: the same certificate, a new number of the class."""
    planned = course(stage, date(stage.year, 9, 11))
    again = course(stage, date(stage.year, 10, 16), institution_code=planned["institution_code"])
    person = _adult(stage)
    number = f"PXZS9{stage.city.population.numbers.serial():08d}"
    classmates(stage, planned)
    classmates(stage, again)
    for one in (planned, again):
        train(stage, person, one, certificate_no=number)
    _paid(stage, "SA411", [person], "同一证书换班期编号再次申领")


def two_classes_in_the_same_hours(stage: Stage) -> None:
    """Sit in two classes of six lessons a day on the same days."""
    second = course(stage, date(stage.year, 9, 11), occupation="中式面点师")
    _twice(stage, "同一时段在两个班参训，日均十二课时", second)


def one_class_paid_twice(stage: Stage) -> None:
    """Pay the same class twice, five weeks apart."""
    planned = course(stage, date(stage.year, 9, 11))
    person = _adult(stage)
    classmates(stage, planned)
    train(stage, person, planned)
    train(stage, person, planned, paid_on=date(stage.year, 12, 20))
    _paid(stage, "SA411", [person], "同一班期补贴拨付两次")


CHAIN: tuple[Scene, ...] = (
    a_trainee_who_was_dead,
    a_trainee_in_prison,
    a_soldier_in_a_class,
    a_high_school_pupil_trained,
    a_child_of_fifteen_trained,
    out_of_work_and_insured,
    never_assessed,
    a_certificate_for_two,
    a_class_of_twenty_lessons_a_day,
    paid_before_the_assessment,
)
TWICE: tuple[Scene, ...] = (
    the_same_level_at_two_institutions,
    two_classes_in_the_same_hours,
    one_class_paid_twice,
    a_class_under_a_new_number,
)
