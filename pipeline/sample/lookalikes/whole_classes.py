"""Classes and intakes that lawfully lose nobody (RD208): filed, formed later, listed without the leavers, young."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Change
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.retained_classes import whole_intake

_SMALLER, _YOUNG = 60, 40


def an_intake_in_a_filed_programme(stage: Stage) -> None:
    """Teach an intake in a flexible programme that was filed; nobody leaves by a change (X11)."""
    school = whole_intake(stage, "vocational", stage.year - 2)
    stage.city.flexible.add((stage.year - 2, school.code))
    stage.lawful_school("X11", "RD208", school, "整届弹性学制已备案")


def an_intake_listed_without_its_leavers(stage: Stage) -> None:
    """Deliver a list of those present; the changes name the leavers (X19)."""
    school = whole_intake(stage, "vocational", stage.year - 2)
    for _ in range(6):
        gone = stage.city.population.pupil(stage.year - 2)
        day = stage.day(date(stage.year - 1, 3, 1), date(stage.year, 11, 30))
        cells: Cells = {
            "registry": "vocational",
            "student_no": gone.lifelong_no,
            "name": gone.name,
            "id_number": gone.id_number,
            "change_type": "withdraw",
            "reason": "家庭原因",
            "changed_on": day,
            "recorded_on": day,
            "review_status": "已通过",
            "from_school_code": school.code,
        }
        stage.more("status_changes", Row(f"vocational_{school.county}", cells, gone.key))
    stage.lawful_school("X19", "RD208", school, "名册只列在籍学生，异动名单证明有人离校")


def an_intake_formed_in_the_second_year(stage: Stage) -> None:
    """Put an intake together from other schools in its second year (X10)."""
    school = whole_intake(stage, "vocational", stage.year - 2, _SMALLER)
    for spell in stage.city.spells[-4 * _SMALLER :]:
        if spell.school is school:
            day = spell.began_on = date(stage.year - 1, 9, 1)
            enrol.register_on(spell, date(stage.year - 1, 9, 20))
            came = Change(spell, "transfer_in", day, day, "合班", to_school=school)
            stage.city.changes.append(came)
    stage.lawful_school("X10", "RD208", school, "二年级时由外校合班组成")


def a_first_year_without_losses(stage: Stage) -> None:
    """Have lost nobody in the first months."""
    school = whole_intake(stage, "vocational", stage.year, _YOUNG)
    stage.lawful_school("-", "RD208", school, "新生入学不足一年，尚无流失")


def a_small_good_class(stage: Stage) -> None:
    """Have lost nobody of twenty in three years, as small classes may."""
    school = whole_intake(stage, "technical", stage.year - 2, 20)
    stage.lawful_school("-", "RD208", school, "小班三年无流失，属正常波动")


SCENES: tuple[Scene, ...] = (
    an_intake_in_a_filed_programme,
    an_intake_listed_without_its_leavers,
    an_intake_formed_in_the_second_year,
    a_first_year_without_losses,
    a_small_good_class,
)
