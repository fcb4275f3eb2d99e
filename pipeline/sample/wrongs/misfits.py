"""FR306: entrants who cannot be what the registry calls them (domain: P04, P08)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol
from pipeline.sample.paperwork import elsewhere
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage

ARMY_OFFICE, EMPLOYER = "青禾市征兵办公室", "青禾虚构机械有限公司"  # whose lists know them


def _entrant(stage: Stage, kind: str, age: int, *, registry: str = "vocational") -> Spell:
    """Register somebody of that age as that kind of entrant, full time, aided."""
    cohort = stage.year - 1
    person = stage.city.population.pupil(cohort + 15 - age)
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    spell = enter(stage.city, person, cohort, stage.school(registry))
    stage.city.admissions.pop()
    spell.exam_no, spell.entrant = "", kind
    spell.written.is_meant = True
    spell.draws_waiver, spell.draws_grant = True, False
    return spell


def a_worker_as_a_fresh_graduate(stage: Stage) -> None:
    """List a factory worker of thirty, insured for years, as a fresh junior graduate (P04)."""
    spell = _entrant(stage, "junior_fresh", 30)
    elsewhere(stage, spell.person, "在职参保", (date(spell.cohort - 3, 3, 1), None), EMPLOYER)
    stage.wrong("FR306", spell, "三十岁在职职工登记为应届初中毕业生")


def far_too_old_for_a_fresh_graduate(stage: Stage) -> None:
    """List somebody of thirty-five as a fresh graduate."""
    spell = _entrant(stage, "junior_fresh", 35)
    stage.wrong("FR306", spell, "三十五岁登记为应届初中毕业生")


def a_child_as_a_veteran(stage: Stage) -> None:
    """List a youth of sixteen as a veteran."""
    spell = _entrant(stage, "veteran", 16)
    stage.wrong("FR306", spell, "十六岁登记为退役军人")


def a_soldier_in_service(stage: Stage) -> None:
    """List a soldier who is still serving as a veteran."""
    spell = _entrant(stage, "veteran", 20)
    elsewhere(stage, spell.person, "现役入伍", (date(spell.cohort - 1, 9, 10), None), ARMY_OFFICE)
    stage.wrong("FR306", spell, "仍在服现役者登记为退役军人")
    stage.wrong("RD201", spell, "仍在服现役者登记为退役军人")


def a_farmer_of_fifteen(stage: Stage) -> None:
    """List a child as a farmer."""
    spell = _entrant(stage, "farmer", 15, registry="technical")
    stage.wrong("FR306", spell, "十五岁登记为新型职业农民")


def a_high_school_graduate_of_fifteen(stage: Stage) -> None:
    """List a child as a high school graduate."""
    spell = _entrant(stage, "high_fresh", 15)
    stage.wrong("FR306", spell, "十五岁登记为应届高中毕业生")


def recognised_after_the_entry(stage: Stage) -> None:
    """List somebody as a veteran whom the department recognised half a year later."""
    spell = _entrant(stage, "veteran", 24)
    day = date(spell.cohort + 1, 2, 20) + timedelta(days=stage.dice.between(0, 60))
    stage.city.special.append(("退役军人", spell.person, day))
    stage.wrong("FR306", spell, "入学半年后才被认定为退役军人")


def a_child_of_eleven(stage: Stage) -> None:
    """Register a child of eleven who has not been to junior school."""
    spell = _entrant(stage, "junior_fresh", 11)
    stage.wrong("FR306", spell, "十一岁登记为应届初中毕业生")
    stage.wrong("DE107", spell, "十一岁登记为应届初中毕业生")


def laid_off_and_insured(stage: Stage) -> None:
    """List somebody who never left the job as laid off, full time and aided."""
    spell = _entrant(stage, "laid_off", 40)
    stage.city.special.append(("下岗失业人员", spell.person, date(spell.cohort - 1, 5, 6)))
    elsewhere(stage, spell.person, "在职参保", (date(spell.cohort - 2, 1, 1), None), EMPLOYER)
    stage.wrong("FR306", spell, "在职参保人员登记为下岗失业人员全日制入学")


SCENES: tuple[Scene, ...] = (
    a_worker_as_a_fresh_graduate,
    a_child_as_a_veteran,
    a_soldier_in_service,
    far_too_old_for_a_fresh_graduate,
    a_farmer_of_fifteen,
    a_high_school_graduate_of_fifteen,
    recognised_after_the_entry,
    a_child_of_eleven,
    laid_off_and_insured,
)
