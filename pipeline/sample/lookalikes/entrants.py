"""Lawful entrants that resemble SC514, SC515 and RQ604: listed otherwise, served, upgraded numbers, October."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, neighbours
from pipeline.sample.city import as_it_is
from pipeline.sample.damage import four_wrong_digits
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Change, Hold, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.entrants import admit, adult, expanded


def _recent(stage: Stage) -> int:
    return stage.year - stage.dice.between(0, 2)


def a_migrant_worker_without_a_list(stage: Stage) -> None:
    """Enrol a migrant worker: no department keeps a list."""
    spell = adult(stage, "vocational", "migrant_worker", _recent(stage))
    stage.lawful("X11", "SC514", spell, "返乡农民工，没有部门名单可查")


def a_farmer_listed_as_laid_off(stage: Stage) -> None:
    """Enrol as a farmer somebody whom another list names as laid off."""
    spell = adult(stage, "technical", "farmer", _recent(stage))
    stage.city.special.append(("下岗失业人员", spell.person, date(spell.cohort - 1, 5, 6)))
    stage.lawful("X11", "SC514", spell, "在下岗失业人员名单内，学校填为新型职业农民")


def listed_under_a_mistyped_number(stage: Stage) -> None:
    """List a veteran under a number with four wrong digits."""
    spell = adult(stage, "vocational", "veteran", _recent(stage))
    written = as_it_is(spell.person)
    four_wrong_digits(written, stage.dice)
    cells: Cells = {
        "name": written.name,
        "id_number": written.id_number,
        "kind": "退役军人",
        "valid_from": date(spell.cohort - 1, 12, 1),
        "source_department": "退役军人事务局",
    }
    stage.more("special_statuses", Row("退役军人", cells, spell.person.key))
    stage.lawful("X17", "SC514", spell, "名单内证件号录错，姓名一致")


def served_by_the_army_list(stage: Stage) -> None:
    """Enrol a veteran whom the veterans' list lacks and the army's list shows as discharged."""
    spell = adult(stage, "vocational", "veteran", _recent(stage))
    cells: Cells = {
        "name": spell.person.name,
        "id_number": spell.person.id_number,
        "kind": "现役入伍",
        "started_on": date(spell.cohort - 3, 9, 10),
        "ended_on": date(spell.cohort - 1, 9, 1),
        "detail": "青禾市征兵办公室",
    }
    stage.more("counter_evidence", Row("现役入伍", cells, spell.person.key))
    stage.lawful("X20", "SC514", spell, "征兵名单显示已服役期满退役")


def confirmed_by_the_department(stage: Stage) -> None:
    """Enrol a disabled adult whom the federation lists."""
    spell = adult(stage, "technical", "disabled", _recent(stage))
    stage.city.special.append(("残疾人", spell.person, date(spell.cohort - 2, 3, 3)))
    stage.lawful("X11", "SC514", spell, "残联名单内的残疾人")


CLAIMED: tuple[Scene, ...] = (
    a_migrant_worker_without_a_list,
    a_farmer_listed_as_laid_off,
    listed_under_a_mistyped_number,
    served_by_the_army_list,
    confirmed_by_the_department,
)


def a_number_upgraded_with_the_card(stage: Stage) -> None:
    """Enter under the G number that came with the card, after an L number at junior school."""
    cohort = _recent(stage)
    person = stage.city.population.pupil(cohort)
    person.is_undocumented = True
    junior = enrol.enter_junior(stage.city, person, cohort)
    person.is_undocumented = False
    junior.written.is_meant = True
    spell = enrol.enter_vocational(stage.city, person, cohort)
    spell.written.is_meant = True
    stage.lawful("X17", "RQ604", spell, "无证件时的L号办证后升级为G号")


def a_number_amended(stage: Stage) -> None:
    """Amend number and 学籍号 with approval after the police corrected them."""
    cohort = _recent(stage)
    person = stage.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    day = date(cohort, 11, 20)
    stage.city.population.changes_number(person)
    spell.student_no = f"G{person.id_number}"
    spell.written.id_number = person.id_number
    spell.written.is_meant = True
    change = Change(spell, "amend", day, day, "身份证号变更", from_school=spell.school)
    stage.city.changes.append(change)
    stage.lawful("X17", "RQ604", spell, "公安更正证件号后经审核变更学籍号")


def from_a_junior_school_elsewhere(stage: Stage) -> None:
    """Admit a pupil whose household and junior school are in another city."""
    cohort = _recent(stage)
    person = neighbours.resident(stage, cohort, neighbours.JIAMUSI, with_junior=False)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    spell.origin = "三江县虚构初级中学"
    stage.lawful("X35", "RQ604", spell, "外市户籍、外市初中毕业")


def transferred_from_another_province(stage: Stage) -> None:
    """Take in by approved transfer a student whose records lie in another province."""
    cohort = stage.year - 1
    person = stage.city.population.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    stage.city.admissions.pop()
    day = date(stage.year, 9, 12)
    spell.began_on, spell.exam_no = day, ""
    enrol.register_on(spell, day)
    stage.city.changes.append(
        Change(spell, "transfer_in", day, day, "随父母迁居", to_school=spell.school)
    )
    stage.lawful("X15", "RQ604", spell, "外省转入，初中学籍在外省")


def a_former_graduate_before_the_registry(stage: Stage) -> None:
    """Enrol a former graduate who finished junior school before there were electronic records."""
    cohort = _recent(stage)
    spell = adult(stage, "vocational", "junior_past", cohort)
    spell.study_form = "full_time"
    spell.class_name = f"{cohort}级成人班"
    stage.lawful("X11", "RQ604", spell, "往届初中毕业生，义务教育阶段尚无电子学籍")


def closed_in_november(stage: Stage) -> None:
    """Close the junior record in late autumn."""
    cohort = _recent(stage)
    person = stage.city.population.pupil(cohort)
    junior = enrol.enter_junior(stage.city, person, cohort)
    junior.left_on = date(cohort, 10, 20)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    stage.lawful("X18", "RQ604", spell, "初中毕业状态补录较晚")


BROKEN_OFF: tuple[Scene, ...] = (
    a_number_upgraded_with_the_card,
    a_number_amended,
    from_a_junior_school_elsewhere,
    transferred_from_another_province,
    a_former_graduate_before_the_registry,
    closed_in_november,
)


def _season(stage: Stage, admitted_on: date, entered_on: date, story: str) -> Spell:
    spell = expanded(stage, admitted_on, entered_on)
    stage.lawful("-", "SC515", spell, story)
    return spell


def october_into_autumn(stage: Stage) -> None:
    """Admit in October and enter in autumn: the notice is silent on October."""
    day = stage.dice.day(date(2019, 10, 8), date(2019, 10, 18))
    _season(stage, day, date(2019, 9, 1), "十月录取、秋季入学")


def october_into_spring(stage: Stage) -> None:
    """Admit in October and enter in spring."""
    day = stage.dice.day(date(2019, 10, 8), date(2019, 10, 30))
    _season(stage, day, date(2020, 3, 1), "十月录取、春季入学")


def summer_into_autumn(stage: Stage) -> None:
    """Admit in summer and enter in autumn, as the notice has it."""
    day = stage.dice.day(date(2019, 7, 20), date(2019, 8, 28))
    _season(stage, day, date(2019, 9, 1), "暑期录取、秋季入学")


def winter_into_spring(stage: Stage) -> None:
    """Admit in winter and enter in spring, as the notice has it."""
    day = stage.dice.day(date(2019, 11, 5), date(2019, 12, 28))
    _season(stage, day, date(2020, 3, 1), "冬季录取、春季入学")


def admitted_in_summer_and_once_more(stage: Stage) -> None:
    """Type the admission of the summer in once more in December."""
    spell = _season(stage, date(2019, 12, 10), date(2019, 9, 1), "暑期已录取，十二月重复登记")
    admit(stage, spell, date(2019, 8, 20))


def kept_over_the_winter(stage: Stage) -> None:
    """Keep the place of a sick student over the winter."""
    spell = _season(stage, date(2019, 8, 14), date(2020, 3, 1), "因病保留入学资格，春季报到")
    first, last = date(2019, 9, 1), date(2020, 2, 28)
    spell.holds.append(Hold("reserve", first, last, "因病"))
    change = Change(spell, "reserve", first, first, "因病", from_school=spell.school)
    change.suspended_from, change.suspended_until = first, last
    stage.city.changes.append(change)


OUT_OF_SEASON: tuple[Scene, ...] = (
    october_into_autumn,
    october_into_spring,
    summer_into_autumn,
    winter_into_spring,
    admitted_in_summer_and_once_more,
    kept_over_the_winter,
)
