"""Two schools that lawfully share a block of students (DE110): programmes, conversions, mergers, moves."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import courses, enrol, events
from pipeline.sample.exports.row import Row, Rows
from pipeline.sample.roll import LookAlike, Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.dual_school_pairs import enter, in_both, ordinary_students

_SHARED = 8
_FEW = 3


def _lawful(stage: Stage, schools: tuple[School, School], exception: str, story: str) -> None:
    for school in schools:
        stage.city.look_alikes.append(LookAlike(exception, ("DE110",), story, None, school))


def _founded(stage: Stage, kinds: tuple[str, str]) -> tuple[School, School]:
    """Found two schools of one county, each with some students of its own."""
    first = stage.new_school(kinds[0], owner="公办")
    schools = first, stage.new_school(kinds[1], county=first.county, owner="公办")
    for school in schools:
        ordinary_students(stage, school, _SHARED)
    return schools


def a_block_in_an_agreed_chain(stage: Stage) -> None:
    """Send a class to college in the fourth year under an agreement; the records close late (X01)."""
    schools = _founded(stage, ("vocational", "higher"))
    cohort = stage.year - 3
    _lawful(stage, schools, "X01", "3+2整班转段，两校有协议")
    for _ in range(_SHARED):
        person = stage.pupil(cohort)
        spell = enrol.enter_vocational(stage.city, person, cohort, schools[0])
        spell.years, spell.expected_end, spell.segment = 4, date(cohort + 4, 7, 1), "3+2"
        stage.city.certificates.pop(spell, None)
        spell.status, spell.left_on = "active", None
        spell.draws_waiver = spell.draws_grant = False
        college = enrol.enter_higher(stage.city, person, stage.year, schools[1])
        courses.agree(stage.city, spell, college)
        stage.lawful("X01", "DE103", spell, "3+2整班转段，两校有协议")


def a_converted_class(stage: Stage) -> None:
    """Convert an integrated class; the high school closes its records within weeks of the registration (X07)."""
    schools = _founded(stage, ("vocational", "high"))
    day = stage.day(date(stage.year - 1, 11, 1), date(stage.year - 1, 11, 8))
    _lawful(stage, schools, "X07", "综合高中班整班转注中职学籍")
    for _ in range(_SHARED):
        spell, high = in_both(stage, *schools)
        high.class_name = f"{stage.year - 1}级综合高中班"
        stage.city.integrated.append((high, schools[0]))
        enrol.register_on(spell, day)
        high.status, high.left_on = "transferred", day + timedelta(days=45)
        stage.lawful("X07", "DE101", spell, "综合高中班整班转注中职学籍")


def under_the_old_code_and_the_new(stage: Stage) -> None:
    """Merge a school into another; the old code still shows the students whom the new one carries on (X10)."""
    old = stage.new_school("vocational", owner="公办")
    new = stage.new_school("vocational", county=old.county, owner="公办")
    ordinary_students(stage, new, 2 * _SHARED)
    _lawful(stage, (old, new), "X10", "两校合并，旧码学籍尚未清除")
    for _ in range(_SHARED):
        here, there = in_both(stage, old, new)
        stage.lawful("X10", "DE106", there, "两校合并，旧码学籍尚未清除")
        there.registered_at, there.class_name, there.major = (
            here.registered_at,
            here.class_name,
            here.major,
        )
    cells: dict[str, str | int | bool | date | None] = {
        "happened_on": date(stage.year, 8, 1),
        "kind": "合并",
        "old_code": old.code,
        "new_code": new.code,
    }
    stage.more("school_events", Row("学校沿革", cells, ""))
    old.successor = new
    stage.city.wrongs.append(Wrong("SC509", "school", "合并后旧码学籍未清除（C级）", school=new))


def a_block_transferred(stage: Stage) -> None:
    """Move a class to another school with approval; the papers take two months and a half (X15)."""
    schools = _founded(stage, ("vocational", "vocational"))
    day = stage.day(date(stage.year, 3, 5), date(stage.year, 4, 20))
    _lawful(stage, schools, "X15", "停办专业整班转学，手续衔接两个多月")
    for _ in range(_SHARED):
        old, new = in_both(stage, *schools)
        enrol.register_on(new, day)
        events.transfer(stage.city, old, new, day, 75)
        stage.lawful("X15", "DE106", new, "停办专业整班转学，手续衔接两个多月")


def a_joint_programme(stage: Stage) -> None:
    """Teach the first years here and the last at the partner, under an agreement in force (X35)."""
    schools = _founded(stage, ("vocational", "vocational"))
    one, partner = schools
    numbers = set()
    _lawful(stage, schools, "X35", "两所中职联合办学，有有效协议，学籍登记了合作学校")
    for _ in range(_SHARED):
        own, _other = in_both(stage, one, partner)
        numbers.add(own.student_no)
        stage.lawful("X35", "DE106", own, "两所中职联合办学，有有效协议，学籍登记了合作学校")
    cells: dict[str, str | int | bool | date | None] = {
        "school_code": one.code,
        "partner_code": partner.code,
        "partner_kind": "学历教育",
        "valid_from": date(stage.year - 3, 9, 1),
        "valid_to": date(stage.year + 2, 8, 31),
    }
    stage.more("joint_programs", Row("联合办学协议", cells, ""))

    def name_the_partner(rows: Rows) -> Rows:
        for row in rows:
            named = partner.code if row.cells["student_no"] in numbers else ""
            mine = row.cells["school_code"] == one.code
            yield row._replace(cells={**row.cells, "joint_school_code": named}) if mine else row

    stage.edit("vocational_students", name_the_partner)


def part_time_at_the_second_school(stage: Stage) -> None:
    """Send a class to learn a trade part-time at a technical school (X22)."""
    schools = _founded(stage, ("vocational", "technical"))
    _lawful(stage, schools, "X22", "一个班业余在技工学校学技能，登记为非全日制")
    for _ in range(_SHARED):
        own, evening = in_both(stage, *schools)
        evening.study_form = "part_time"
        stage.lawful("X22", "DE102", own, "一个班业余在技工学校学技能，登记为非全日制")


def three_students_shared(stage: Stage) -> None:
    """Share three students: each a wrong of its own, and no case of the schools."""
    schools = _founded(stage, ("vocational", "technical"))
    for _ in range(_FEW):
        own, other = in_both(stage, *schools)
        stage.wrong("DE102", own, "中职与技工两边在籍，两校仅此数人", other)
    _lawful(stage, schools, "-", "两校只有三名学生重叠，属个案")


def suspended_at_one_of_two(stage: Stage) -> None:
    """Suspend a class for a year of illness in the dormitory; a technical school teaches it meanwhile (X20)."""
    schools = _founded(stage, ("vocational", "technical"))
    _lawful(stage, schools, "X20", "整班休学期间由技工学校代培")
    for _ in range(_SHARED):
        person = stage.pupil(stage.year)
        own: Spell = enter(stage, person, stage.year, schools[0])
        enter(stage, person, stage.year, schools[1])
        stage.city.admissions.pop()
        events.suspend(stage.city, own, date(stage.year, 9, 12), date(stage.year + 1, 8, 31))
        stage.lawful("X20", "DE102", own, "整班休学期间由技工学校代培")


SCENES: tuple[Scene, ...] = (
    a_block_in_an_agreed_chain,
    a_converted_class,
    under_the_old_code_and_the_new,
    a_block_transferred,
    a_joint_programme,
    part_time_at_the_second_school,
    three_students_shared,
    suspended_at_one_of_two,
)
