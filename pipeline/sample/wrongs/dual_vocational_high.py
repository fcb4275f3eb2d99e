"""DE101: vocational and general high school at once, in the shapes that audits met (domain: P05, P10)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _both(stage: Stage, cohort: int) -> tuple[Spell, Spell]:
    """Enrol a pupil in general high school and in a vocational school, both open."""
    person = stage.pupil(cohort)
    high = enrol.enter_high(stage.city, person, cohort)
    vocational = enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))
    stage.city.admissions.pop()
    high.draws_grant = False
    return vocational, high


def with_waiver_and_grant(stage: Stage) -> None:
    """Study at high school; the vocational school draws waiver and grant."""
    vocational, high = _both(stage, stage.year - 1)
    vocational.draws_waiver = vocational.draws_grant = True
    stage.wrong("DE101", vocational, "普高在读，中职挂名并领取免学费和助学金", high)


def on_paper_alone(stage: Stage) -> None:
    """Be registered twice without any aid drawn."""
    vocational, high = _both(stage, stage.year)
    vocational.draws_waiver = vocational.draws_grant = False
    stage.wrong("DE101", vocational, "普高与中职同时在籍，未领资助", high)


def under_a_temporary_number(stage: Stage) -> None:
    """Hide behind a 999 number: name, birth date and guardian are the same."""
    vocational, high = _both(stage, stage.year - 1)
    serial = stage.city.population.numbers.serial() % 100000
    vocational.written.id_number = f"999{vocational.school.code}{serial:05d}"
    vocational.written.id_type = "other"
    vocational.student_no = f"L{vocational.person.id_number[:14]}{serial % 10000:04d}"
    stage.wrong("DE101", vocational, "中职用999临时号注册，姓名生日监护人与普高学籍一致", high)


def under_the_old_number(stage: Stage) -> None:
    """Use the number before its correction; the 学籍号 of the other row still holds it."""
    vocational, high = _both(stage, stage.year - 1)
    stage.city.population.changes_number(vocational.person)
    person = vocational.person
    high.written.id_number = person.id_number
    vocational.written.id_number = person.former_id
    stage.wrong("DE101", vocational, "中职用更正前的旧证件号注册，普高学籍号内含旧号", high)


def left_after_half_a_year(stage: Stage) -> None:
    """Sit in both schools for half a year before the high school record was closed."""
    vocational, high = _both(stage, stage.year - 1)
    events.withdraw(stage.city, high, stage.day(date(stage.year, 3, 1), date(stage.year, 4, 20)))
    vocational.draws_waiver = True
    stage.wrong("DE101", vocational, "普高半年后才退学，期间双重学籍", high)


def transferred_but_never_closed(stage: Stage) -> None:
    """Transfer on paper; the high school never closed its record."""
    vocational, high = _both(stage, stage.year - 1)
    day = stage.day(date(stage.year - 1, 11, 12), date(stage.year, 1, 10))
    enrol.register_on(vocational, day + timedelta(days=3))
    events.transfer(stage.city, high, vocational, day)
    stage.city.changes.pop(-2)
    high.status, high.left_on = "active", None
    stage.wrong("DE101", vocational, "已转入中职一年半，普高学籍一直未办转出", high)


def in_an_integrated_class(stage: Stage) -> None:
    """Sit in an integrated class with two registrations instead of one."""
    vocational, high = _both(stage, stage.year)
    high.class_name = vocational.class_name = f"{stage.year}级职普融通班"
    stage.city.integrated.append((high, vocational.school))
    stage.wrong("DE101", vocational, "职普融通班学生两边同时注册", high)


def with_a_mistyped_number(stage: Stage) -> None:
    """Have two digits of the number swapped in the vocational registry."""
    vocational, high = _both(stage, stage.year - 1)
    number = vocational.person.id_number
    vocational.written.id_number = number[:15] + number[16] + number[15] + number[17]
    vocational.draws_waiver = True
    stage.wrong("DE101", vocational, "中职证件号两位颠倒，实为同一人", high)


SCENES: tuple[Scene, ...] = (
    with_waiver_and_grant,
    transferred_but_never_closed,
    left_after_half_a_year,
    under_a_temporary_number,
    on_paper_alone,
    under_the_old_number,
    in_an_integrated_class,
    with_a_mistyped_number,
)
