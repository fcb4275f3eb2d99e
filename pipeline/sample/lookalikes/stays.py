"""Lawfully on the roll for long, or after an event (RD204, RD206); lawfully late or unlisted (RQ601, SC501)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import adults, courses, enrol, events
from pipeline.sample.roll import Certificate, Change, Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage


def _still_open(stage: Stage, cohort: int) -> Spell:
    """Enter in autumn `cohort` and be on the roll today, whatever the course length says."""
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort)
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on = "active", None
    return spell


def flexible_and_filed(stage: Stage) -> None:
    """Study up to six years in a flexible course that was filed (X11)."""
    adults.flexible_life(stage.city, stage.year - 4, "vocational")


def served_in_the_army(stage: Stage) -> None:
    """Come back after two years of service; the course ends two years later (X20)."""
    cohort = stage.year - 3
    spell = _still_open(stage, cohort)
    spell.draws_waiver = spell.draws_grant = False
    events.join_army(stage.city, spell, date(cohort + 1, 9, stage.dice.between(8, 20)))
    stage.lawful("X20", "RD204 SA401", spell, "服役两年后复学，学制顺延")


def repeated_a_year(stage: Stage) -> None:
    """Repeat a year; the registry still shows the first expected end."""
    spell = _still_open(stage, stage.year - 3)
    before = spell.expected_end
    events.repeat_year(stage.city, spell, date(stage.year - 1, 9, 2))
    spell.expected_end = before
    stage.lawful("X19", "RD204", spell, "留级一年，学制顺延")


def suspended_for_a_year(stage: Stage) -> None:
    """Be suspended for a year and come back (X20)."""
    spell = _still_open(stage, stage.year - 3)
    spell.draws_grant = False
    first = stage.day(date(stage.year - 2, 9, 5), date(stage.year - 2, 9, 25))
    events.suspend(stage.city, spell, first, first + timedelta(days=350))
    spell.status = "resumed"
    stage.lawful("X20", "RD204 RD206 SA401", spell, "休学一年后复学，学制顺延")


def withdrew_and_came_back(stage: Stage) -> None:
    """Withdraw, and be taken back at the same school under the same record (X19)."""
    spell = _still_open(stage, stage.year - 1)
    spell.draws_waiver = spell.draws_grant = False
    left = stage.day(date(stage.year, 3, 5), date(stage.year, 4, 20))
    events.withdraw(stage.city, spell, left)
    back = left + timedelta(days=stage.dice.between(90, 140))
    stage.city.changes.append(
        Change(
            spell, "resume", back, back + timedelta(days=2), "返校复学", from_school=spell.school
        )
    )
    spell.status, spell.left_on = "resumed", None
    stage.lawful("X19", "RD206", spell, "退学后经批准返校复学")


def asked_to_withdraw_in_vain(stage: Stage) -> None:
    """Have a withdrawal turned down: only an approved event ends a spell."""
    spell = _still_open(stage, stage.year - 1)
    day = stage.day(date(stage.year, 4, 1), date(stage.year, 11, 20))
    asked = Change(
        spell, "withdraw", day, day, "家庭原因", review="不通过", from_school=spell.school
    )
    stage.city.changes.append(asked)
    stage.lawful("X19", "RD206", spell, "退学申请未批准，学生继续在校")


def certificate_of_the_first_course(stage: Stage) -> None:
    """Hold the certificate of the intermediate course while in the advanced one (X04)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    first = enrol.enter_technical(city, person, stage.year - 3)
    second = enrol.enter_technical(city, person, stage.year, first.school, "advanced")
    second.entrant = "junior_past"
    stage.lawful("X04", "RD206 DE106", second, "中级工毕业证书属于前一段学籍")


def completed_without_diploma(stage: Stage) -> None:
    """Hold a certificate of completion and sit the last examinations again."""
    spell = _still_open(stage, stage.year - 3)
    number = f"JY{stage.year}{stage.city.population.numbers.serial():07d}"
    stage.city.certificates[spell] = Certificate(spell, number, date(stage.year, 7, 1), "结业")
    spell.status = "active"
    stage.lawful("X19", "RD206", spell, "结业后在换证期内补考")


def transferred_after_the_deadline(stage: Stage) -> None:
    """Be registered in winter because the transfer was in winter (X15)."""
    person = stage.pupil(stage.year - 1)
    courses.change_school(stage.city, enrol.enter_vocational(stage.city, person, stage.year - 1))


def registered_again_after_a_correction(stage: Stage) -> None:
    """Be registered anew because the number was corrected (X17)."""
    city = stage.city
    spell = _still_open(stage, stage.year)
    city.population.changes_number(spell.person)
    spell.written.id_number = spell.person.id_number
    day = stage.day(date(stage.year, 12, 1), date(stage.year + 1, 3, 1))
    city.changes.append(
        Change(spell, "amend", day, day, "身份证件号更正", from_school=spell.school)
    )
    enrol.register_on(spell, day)
    stage.lawful("X17", "RQ601", spell, "证件号更正后重新注册")


def from_high_school_in_winter(stage: Stage) -> None:
    """Be registered in winter after a transfer from general high school (X08)."""
    person = stage.pupil(stage.year)
    old = enrol.enter_high(stage.city, person, stage.year)
    courses.transfer_to_vocational(stage.city, old)


def an_attached_class(stage: Stage) -> None:
    """Teach an approved vocational class inside a high school (X32)."""
    city = stage.city
    host = stage.dice.pick(city.schools.high)
    host.majors = host.majors or city.schools.vocational[0].majors[:2]
    for _ in range(5):
        enrol.enter_vocational(city, stage.pupil(stage.year), stage.year, host)
    stage.lawful_school("X32", "SC501", host, "普通高中附设中职班，专业已备案")


def an_old_cohort(stage: Stage) -> None:
    """Keep the old cohorts of a school that lost its qualification and stopped recruiting."""
    city = stage.city
    number = 900_000 + city.population.numbers.serial() % 90_000
    school = School(
        f"3699{number:06d}",
        f"青禾虚构停招职业学校{number % 1000}",
        "vocational",
        "990105",
        majors=city.schools.vocational[0].majors,
    )
    school.unqualified_years |= {stage.year, stage.year - 1}
    city.schools.closing.append(school)
    for _ in range(5):
        enrol.enter_vocational(city, stage.pupil(stage.year - 2), stage.year - 2, school)
    stage.lawful_school("X10", "SC501", school, "失去资质后已停止招生，旧年级仍在读")


def the_year_of_the_merger(stage: Stage) -> None:
    """Recruit under the new code while the list still names the old one (X10)."""
    city = stage.city
    closing = stage.dice.pick(city.schools.closed)
    year = stage.year - 1
    if closing.successor is None:
        return
    closing.lists_until = year
    closing.successor.unlisted_years.add(year)
    enrol.enter_vocational(city, stage.pupil(year), year, closing.successor)
    stage.lawful_school("X10", "SC501", closing.successor, "合并当年资质名单仍列旧码")
