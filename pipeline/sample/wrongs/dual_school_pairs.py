"""DE110: two schools with one roll: two plates, a school that hangs on another, a block of pupils (domain: P06)."""

from __future__ import annotations

from pipeline.sample import courses, enrol, events
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_SHARED, _BLOCK = 8, 16
_LEAVES = 0.1


def enter(stage: Stage, person: Person, cohort: int, school: School) -> Spell:
    """Enter a school of whatever kind."""
    of_kind = {
        "vocational": enrol.enter_vocational,
        "technical": enrol.enter_technical,
        "high": enrol.enter_high,
        "higher": enrol.enter_higher,
    }
    return of_kind[school.kind](stage.city, person, cohort, school)


def ordinary_students(stage: Stage, school: School, count: int) -> None:
    """Give a school students of its own, of this year and the last; some leave, as everywhere."""
    for place in range(count):
        cohort = stage.year - place % 2
        spell = enter(stage, stage.pupil(cohort), cohort, school)
        if stage.dice.chance(_LEAVES):
            events.withdraw(stage.city, spell, courses.school_day(stage.city, spell))


def in_both(stage: Stage, one: School, other: School) -> tuple[Spell, Spell]:
    """Enrol a pupil at both schools last year; admitted to the first, unaided at the second."""
    person = stage.pupil(stage.year - 1)
    pair = enter(stage, person, stage.year - 1, one), enter(stage, person, stage.year - 1, other)
    stage.city.admissions.pop()
    for spell in pair:
        spell.draws_waiver = spell.draws_grant = False
    return pair


def _share(stage: Stage, schools: tuple[School, School], detector_id: str, count: int) -> None:
    """Put students on both rolls, each a wrong of its own; the first school draws the waiver."""
    for _ in range(count):
        own, other = in_both(stage, *schools)
        own.draws_waiver = True
        stage.wrong(detector_id, own, "两校整批重叠在籍中的一名学生", other)


def _pair(stage: Stage, schools: tuple[School, School], story: str) -> None:
    wrong = Wrong("DE110", "school", story, school=schools[0], other_school=schools[1])
    stage.city.wrongs.append(wrong)


def two_plates_on_one_school(stage: Stage) -> None:
    """Report the same classes to both ministries: a vocational and a technical school in one house."""
    school = stage.new_school("vocational")
    schools = school, stage.new_school("technical", county=school.county)
    _share(stage, schools, "DE102", _SHARED)
    for one, own in zip(schools, (12, 8), strict=True):
        ordinary_students(stage, one, own)
    _pair(stage, schools, "一门两牌，同一批学生分别向教育和人社申报学籍")


def a_school_that_hangs_on_another(stage: Stage) -> None:
    """Teach under another school's licence: most of the small school's students are on both rolls."""
    host = stage.new_school("vocational", owner="公办")
    schools = host, stage.new_school("vocational", county=host.county, owner="民办")
    _share(stage, schools, "DE106", _SHARED)
    for one, own in zip(schools, (16, 4), strict=True):
        ordinary_students(stage, one, own)
    _pair(stage, schools, "民办校学生整批挂靠另一所中职")


def a_high_school_on_the_vocational_roll(stage: Stage) -> None:
    """Put a block of a high school's pupils on a vocational school's roll."""
    school = stage.new_school("vocational")
    schools = school, stage.new_school("high", county=school.county)
    _share(stage, schools, "DE101", _BLOCK)
    for one, own in zip(schools, (16, 40), strict=True):
        ordinary_students(stage, one, own)
    _pair(stage, schools, "一所普高的学生成批挂在一所中职")


SCENES: tuple[Scene, ...] = (
    two_plates_on_one_school,
    a_school_that_hangs_on_another,
    a_high_school_on_the_vocational_roll,
)
