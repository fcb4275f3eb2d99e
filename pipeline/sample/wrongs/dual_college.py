"""DE108 and DE109: high school left open beside college; a full-time place beside part-time college."""

from __future__ import annotations

from datetime import date

from pipeline.sample import adults, aid, enrol, events, owed
from pipeline.sample.people import Person
from pipeline.sample.roll import AidLine, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def _still_at_high_school(stage: Stage, cohort: int) -> Spell:
    """Enter high school in autumn `cohort` and be on its roll today."""
    high = enrol.enter_high(stage.city, stage.pupil(cohort), cohort)
    high.status, high.left_on, high.draws_grant = "active", None, False
    return high


def _leaver_not_posted(stage: Stage, year: int, story: str) -> None:
    high = _still_at_high_school(stage, year - 3)
    college = enrol.enter_higher(stage.city, high.person, year)
    stage.wrong("DE108", high, story, college)


def graduation_not_posted(stage: Stage) -> None:
    """Go to college in autumn; the high school has not posted the graduation by spring."""
    _leaver_not_posted(stage, stage.year, "已入读高校半年，普高毕业仍未办结")


def graduation_not_posted_for_years(stage: Stage) -> None:
    """Be at college for a year and a half; the high school still has the record."""
    _leaver_not_posted(stage, stage.year - 1, "已入读高校一年半，普高学籍仍未办结")


def college_before_the_last_year(stage: Stage) -> None:
    """Be at college while the high school still has the student in its second year, aided."""
    high = _still_at_high_school(stage, stage.year - 1)
    high.draws_grant = True
    college = enrol.enter_higher(stage.city, high.person, stage.year)
    stage.wrong("DE108", high, "普高学制未满已有高校学籍，普高仍领助学金", college)
    first, _ = owed.shared_days(stage.city, high, college)
    stage.city.wrongs[-1].amount_paid = owed.since(stage.city, high, first)


def left_high_school_in_spring(stage: Stage) -> None:
    """Be at college from autumn; the high school, a year short of its end, closes the record in March."""
    high = _still_at_high_school(stage, stage.year - 2)
    college = enrol.enter_higher(stage.city, high.person, stage.year)
    first, last = date(stage.year + 1, 3, 1), date(stage.year + 1, 3, 28)
    events.withdraw(stage.city, high, stage.day(first, last))
    stage.wrong("DE108", high, "入读高校半年后普高才办退学", college)


def _full_time(stage: Stage, kind: str, person: Person, year: int) -> Spell:
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, person, year, stage.strict_school(kind))
    spell.draws_waiver = spell.draws_grant = False
    return spell


def _drawn(stage: Stage, spell: Spell, college: Spell) -> None:
    first, last = owed.shared_days(stage.city, spell, college)
    stage.city.wrongs[-1].amount_paid = sum(
        line.amount
        for line in aid.due(stage.city, spell)
        if line.term.first_day <= last and line.term.last_day >= first
    )


def an_employee_on_the_full_time_roll(stage: Stage) -> None:
    """Study for a diploma in the evening; a vocational school draws full-time aid for the employee."""
    person = stage.city.population.adult(stage.year - 3)
    spell = _full_time(stage, "vocational", person, stage.year - 1)
    stage.city.admissions.pop()
    spell.entrant, spell.exam_no, spell.draws_waiver = "employee", "", True
    college = adults.part_time_college(stage.city, person, stage.year - 1)
    stage.wrong("DE109", spell, "在职成人读非全日制高校，中职登记全日制并领免学费", college)
    _drawn(stage, spell, college)


def a_worker_on_the_technical_roll(stage: Stage) -> None:
    """Be a worker at an open university, and a full-time technical student on paper, unaided."""
    person = stage.city.population.adult(stage.year - 3)
    spell = _full_time(stage, "technical", person, stage.year)
    stage.city.admissions.pop()
    spell.entrant, spell.exam_no = "migrant_worker", ""
    college = adults.part_time_college(stage.city, person, stage.year - 1)
    stage.wrong("DE109", spell, "成人读开放教育，技工登记为全日制，未备案弹性学制", college)


def at_evening_college_before_school(stage: Stage) -> None:
    """Be at an evening college already when the vocational school registers the student, with aid."""
    person = stage.pupil(stage.year - 3)
    college = adults.part_time_college(stage.city, person, stage.year - 1)
    spell = _full_time(stage, "vocational", person, stage.year)
    spell.entrant, spell.draws_waiver = "junior_past", True
    stage.wrong("DE109", spell, "先读成人高校，后被中职注册并领免学费", college)
    _drawn(stage, spell, college)


def aided_at_school_and_college(stage: Stage) -> None:
    """Draw the waiver at school and local aid at the part-time college."""
    person = stage.pupil(stage.year - 1)
    spell = _full_time(stage, "technical", person, stage.year - 1)
    spell.draws_waiver = True
    college = adults.part_time_college(stage.city, person, stage.year)
    line: AidLine = aid.line(college, Term(stage.year, 0), "local")
    stage.city.aid.append(line)
    stage.wrong("DE109", spell, "技工与非全日制高校两边同时领取资助", college)
    _drawn(stage, spell, college)
    stage.city.wrongs[-1].amount_paid += line.amount


BESIDE_COLLEGE: tuple[Scene, ...] = (
    graduation_not_posted,
    college_before_the_last_year,
    left_high_school_in_spring,
    graduation_not_posted_for_years,
)
BESIDE_PART_TIME_COLLEGE: tuple[Scene, ...] = (
    an_employee_on_the_full_time_roll,
    a_worker_on_the_technical_roll,
    at_evening_college_before_school,
    aided_at_school_and_college,
)
