"""Lawfully registered though junior school looks unfinished (DE107)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import absence, enrol, events
from pipeline.sample.absence import Lessons
from pipeline.sample.lookalikes.beside_technical import amend
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _both(stage: Stage, cohort: int, year: int) -> tuple[Spell, Spell]:
    """Finish junior school in the summer of `cohort` and enter a vocational school in autumn `year`."""
    person = stage.city.population.pupil(cohort)
    junior = enrol.enter_junior(stage.city, person, cohort)
    spell = enrol.enter_vocational(stage.city, person, year)
    spell.draws_waiver = spell.draws_grant = False
    return spell, junior


def junior_school_posted_late(stage: Stage) -> None:
    """Have finished junior school, which has not posted it yet (X18)."""
    spell, junior = _both(stage, stage.year, stage.year)
    junior.status, junior.left_on = "active", None
    stage.lawful("X18", "DE107", spell, "初中学制已满，仅毕业状态未补录")
    stage.wrong("RQ604", spell, "初中毕业一直未办结，中职学籍未与之接续（C级）")


def a_number_corrected_at_junior_school(stage: Stage) -> None:
    """Repeat the last junior year on paper until the number was corrected and the record closed (X17)."""
    spell, junior = _both(stage, stage.year + 1, stage.year)
    stage.city.population.changes_number(spell.person)
    spell.written.id_number = spell.person.id_number
    junior.written.id_number = spell.person.former_id
    day = stage.day(date(stage.year, 12, 5), date(stage.year + 1, 1, 20))
    amend(stage, spell, day)
    junior.status, junior.left_on = "graduated", day + timedelta(days=stage.dice.between(2, 20))
    stage.lawful("X17", "DE107", spell, "证件号更正后初中旧记录才办结")


def born_two_years_later_on_paper(stage: Stage) -> None:
    """Have a birth date mistyped by two years at the vocational school (X17)."""
    spell, _ = _both(stage, stage.year, stage.year)
    born = spell.written.born_on
    spell.written.born_on = date(born.year + 2, born.month, min(born.day, 28))
    stage.lawful("X17", "DE107", spell, "中职出生年份录入差错，初中记录年龄正常")


def finished_early(stage: Stage) -> None:
    """Have skipped classes and finished junior school at thirteen (X18)."""
    person = stage.city.population.pupil(stage.year + 2)
    enrol.enter_junior(stage.city, person, stage.year)
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    stage.lawful("X18", "DE107", spell, "跳级生，年龄小但初中已毕业")


def left_the_vocational_school_undated(stage: Stage) -> None:
    """Be marked as dropped by the vocational school, without a date, and sit in junior school (X19)."""
    spell, _ = _both(stage, stage.year + 1, stage.year)
    spell.status = "dropped"
    stage.lawful("X19", "DE107", spell, "中职学籍已标流失未填日期，学生在读初中")


def a_place_kept_until_junior_school_ends(stage: Stage) -> None:
    """Have a place at the vocational school kept, and sit in junior school (X20)."""
    spell, _ = _both(stage, stage.year + 1, stage.year)
    spell.status = "reserved"
    stage.lawful("X20", "DE107", spell, "中职仅保留入学资格，尚未注册在读")


def compulsory_school_inside_a_vocational_one(stage: Stage) -> None:
    """Finish compulsory school in a vocational school's workshop, without an enrolment there (X26)."""
    person = stage.city.population.pupil(stage.year + 1)
    junior = enrol.enter_junior(stage.city, person, stage.year + 1)
    guest = stage.dice.pick(stage.city.schools.vocational)
    at_home, junior.school = junior.school, guest
    for month in absence.listed_months(stage):
        absence.note_month(stage, junior, month, Lessons(present=110, excused=10))
    junior.school = at_home
    stage.lawful("X26", "DE107", junior, "学困生在中职学校完成义务教育，未注册中职学籍")


def twice_at_junior_school(stage: Stage) -> None:
    """Leave a vocational school within weeks, because junior school was not finished after all (X15)."""
    spell, _ = _both(stage, stage.year + 1, stage.year)
    first, last = date(stage.year, 10, 8), date(stage.year, 11, 18)
    events.withdraw(stage.city, spell, stage.day(first, last))
    stage.lawful("X15", "DE107", spell, "注册数周后发现初中未毕业，中职学籍注销")


SCENES: tuple[Scene, ...] = (
    junior_school_posted_late,
    a_number_corrected_at_junior_school,
    born_two_years_later_on_paper,
    finished_early,
    left_the_vocational_school_undated,
    a_place_kept_until_junior_school_ends,
    compulsory_school_inside_a_vocational_one,
    twice_at_junior_school,
)
