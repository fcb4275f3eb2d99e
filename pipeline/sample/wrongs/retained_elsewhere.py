"""RD201: on the roll though an outside list, or a college, proves the student elsewhere (domain: P07, R31a)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import absence, enrol, owed, paperwork
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _gone(stage: Stage, spell: Spell, story: str, away_from: date) -> None:
    stage.wrong("RD201", spell, story)
    stage.city.wrongs[-1].amount_paid = owed.since(stage.city, spell, away_from)


def served_while_on_the_roll(stage: Stage) -> None:
    """Join the army in autumn; nobody files it, and the record stays active."""
    spell = absence.student(stage, "vocational", stage.year - 1)
    day = stage.day(date(stage.year, 9, 8), date(stage.year, 9, 18))
    spell.seen_until = day - timedelta(days=1)
    paperwork.elsewhere(stage, spell.person, "现役入伍", (day, None), "青禾市征兵办公室")
    _gone(stage, spell, "已入伍，未办保留学籍，仍显示在读", day)
    absence.also_without_trace(stage, spell)


def in_prison_and_in_class(stage: Stage) -> None:
    """Serve a sentence since spring; the school's attendance shows the student in class, and aid is drawn."""
    spell = absence.student(stage, "vocational", stage.year - 1)
    spell.draws_waiver = True
    day = stage.day(date(stage.year, 3, 10), date(stage.year, 5, 20))
    paperwork.elsewhere(stage, spell.person, "服刑", (day, None), "青禾监狱虚构名单")
    _gone(stage, spell, "服刑期间考勤仍记到课，继续领免学费", day)


def dead_and_on_the_roll(stage: Stage) -> None:
    """Die in autumn; the technical school keeps the record."""
    spell = absence.student(stage, "technical", stage.year - 1)
    day = stage.day(date(stage.year, 10, 12), date(stage.year, 12, 20))
    spell.seen_until = day
    paperwork.elsewhere(stage, spell.person, "死亡", (day, None), "殡葬信息比对")
    _gone(stage, spell, "学生已死亡，学籍未注销", day)
    absence.also_without_trace(stage, spell)


def at_work_for_half_a_year(stage: Stage) -> None:
    """Work full-time with insurance since autumn; not seen in class, on no placement."""
    spell = absence.student(stage, "vocational", stage.year - 1)
    day = stage.day(date(stage.year, 9, 25), date(stage.year, 11, 1))
    spell.seen_until = day - timedelta(days=1)
    paperwork.elsewhere(stage, spell.person, "在职参保", (day, None), "青禾虚构电子厂")
    _gone(stage, spell, "已就业参保半年，未到课，仍在籍", day)
    absence.also_without_trace(stage, spell)


def at_college_and_never_in_class(stage: Stage) -> None:
    """Be at college since autumn; the vocational school's own attendance has not seen the student since."""
    spell = absence.student(stage, "vocational", stage.year - 2)
    college = enrol.enter_higher(stage.city, spell.person, stage.year)
    spell.draws_waiver, spell.seen_until = True, date(stage.year, 6, 20)
    # From October on, and nothing begins after that: the autumn's aid is another detector's.
    stage.wrong("RD201", spell, "已入读高校，中职考勤半年未见仍在籍", college)
    stage.wrong("DE103", spell, "由其他问题引起：中职未结即在高校就读", college)
    absence.also_without_trace(stage, spell)


def two_employers_in_a_row(stage: Stage) -> None:
    """Work for one firm and then another, four months in all, as a technical student."""
    spell = absence.student(stage, "technical", stage.year - 1)
    first = stage.day(date(stage.year, 9, 22), date(stage.year, 10, 10))
    spell.seen_until = first - timedelta(days=1)
    middle = first + timedelta(days=70)
    for days in ((first, middle), (middle + timedelta(days=3), middle + timedelta(days=80))):
        paperwork.elsewhere(stage, spell.person, "在职参保", days, "青禾虚构餐饮有限公司")
    _gone(stage, spell, "先后在两家企业参保，未到课，技工学籍仍在", first)
    absence.also_without_trace(stage, spell)


SCENES: tuple[Scene, ...] = (
    served_while_on_the_roll,
    in_prison_and_in_class,
    dead_and_on_the_roll,
    at_work_for_half_a_year,
    at_college_and_never_in_class,
    two_employers_in_a_row,
)
