"""Classes that are elsewhere for a reason, trainees who are students (X06, X11, X12, X18, X21–X24; FR307, FR309)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, props
from pipeline.sample.adults import filing_schools
from pipeline.sample.exports.reference import APPROVED_SITE
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage
from pipeline.sample.wrongs.invented_blocks import ordinary
from pipeline.sample.wrongs.phantom_classes import train, trainees

_CLASS = 16


def _class(stage: Stage, school: School, cohort: int, name: str) -> list[Spell]:
    """Enrol a class of real children that a few telephones reach."""
    spells = [ordinary(stage, school, cohort) for _ in range(_CLASS)]
    for spell in spells:
        spell.class_name = f"{cohort}级{name}"
    _share_phones(stage, spells)
    return spells


def _share_phones(stage: Stage, spells: list[Spell]) -> None:
    phones = [stage.city.population.numbers.phone() for _ in range(4)]
    for place, spell in enumerate(spells):
        spell.person.phone = phones[place % 4]


def _is_not_on_the_lists(spells: list[Spell]) -> None:
    """Leave the class out of the school's attendance and term registrations."""
    for spell in spells:
        spell.seen_until = spell.first_day - timedelta(days=1)


def _honest(stage: Stage) -> School:
    return stage.dice.pick(stage.city.schools.vocational[1:])


def a_class_taught_at_the_high_school(stage: Stage) -> None:
    """Teach an integrated class at the high school, which keeps its lists (X06)."""
    school = _honest(stage)
    spells = _class(stage, school, stage.year, "职普融通实验班")
    _is_not_on_the_lists(spells)
    stage.city.integrated.append((spells[0], stage.dice.pick(stage.city.schools.high)))
    stage.lawful_school("X06", "FR307", school, "职普融通班在高中就读，痕迹在对方学校")


def a_class_of_filed_flexible_study(stage: Stage) -> None:
    """Teach adults by filed flexible study, without daily attendance (X11)."""
    school = stage.dice.pick(filing_schools(stage.city, "vocational"))
    spells = [props.adult(stage, school, stage.year) for _ in range(_CLASS)]
    _share_phones(stage, spells)
    for spell in spells:
        spell.class_name = f"{stage.year}级弹性学制班"
    _is_not_on_the_lists(spells)
    stage.city.flexible.add((stage.year, school.code))
    stage.lawful_school("X11", "FR307", school, "已备案弹性学制，不按日考勤")


def a_class_at_the_approved_site(stage: Stage) -> None:
    """Teach a class at the approved site, which sends no lists (X12)."""
    school = stage.city.schools.vocational[0]
    spells = _class(stage, school, stage.year, "送教下乡2班")
    _is_not_on_the_lists(spells)
    for spell in spells:
        spell.site = APPROVED_SITE
        spell.person.household.address = "青禾市稻香县新禾村"
    stage.lawful_school("X12", "FR307", school, "已审批教学点班级")


def a_class_on_placement(stage: Stage) -> None:
    """Send a class of the third year to a factory, reported from the first day (X21)."""
    school = _honest(stage)
    spells = _class(stage, school, stage.year - 2, "订单班")
    _is_not_on_the_lists(spells)
    for spell in spells:
        cells: Cells = {
            "student_no": spell.student_no,
            "school_code": school.code,
            "employer": "青禾虚构第7工厂有限公司",
            "started_on": date(stage.year, 2, 20),
            "ended_on": date(stage.year + 1, 6, 20),
        }
        stage.more("internships", Row(str(stage.year + 1), cells, spell.person.key))
    stage.lawful_school("X21", "FR307", school, "已报备岗位实习的订单班")


def a_class_with_its_teachers_telephone(stage: Stage) -> None:
    """Enter the teacher's telephone for a class that comes to school every day."""
    school = _honest(stage)
    for spell in _class(stage, school, stage.year, "代填电话班"):
        spell.person.household.address = "青禾市稻香县柳树沟村"
    stage.lawful_school("-", "FR307", school, "电话由班主任代填，考勤注册齐全")


def _course(stage: Stage, school: School, cohort: int) -> list[Spell]:
    spells = trainees(stage, school, cohort)
    for spell in spells:
        spell.draws_waiver = False
    return spells


def trainees_who_came_to_stay(stage: Stage) -> None:
    """Go on from a course to school, and be there in every month since (X18)."""
    school = _honest(stage)
    spells = _course(stage, school, stage.year - 1)
    train(stage, spells, date(stage.year - 1, 8, 7))
    stage.lawful_school("X18", "FR309", school, "培训后确已入学，考勤注册齐全")


def trainees_who_study_part_time(stage: Stage) -> None:
    """Go on from a course to part-time study (X22)."""
    school = stage.dice.pick(filing_schools(stage.city, "vocational"))
    spells = _course(stage, school, stage.year)
    for spell in spells:
        spell.study_form = "part_time"
    stage.city.flexible.add((stage.year, school.code))
    train(stage, spells, date(stage.year, 8, 7))
    stage.lawful_school("X22", "FR309", school, "培训后注册为非全日制学员")


def listed_trainees_of_a_flexible_course(stage: Stage) -> None:
    """Be on the departments' lists, at a school that has filed flexible study (X11)."""
    school = stage.dice.pick(filing_schools(stage.city, "vocational"))
    spells = _course(stage, school, stage.year)
    _is_not_on_the_lists(spells)
    for spell in spells:
        spell.entrant = "laid_off"
        stage.city.special.append(("下岗失业人员", spell.person, date(stage.year - 1, 5, 6)))
    stage.city.flexible.add((stage.year, school.code))
    train(stage, spells, date(stage.year, 8, 7))
    stage.lawful_school("X11", "FR309", school, "名单内学员，弹性学制已备案")


def students_who_train(stage: Stage) -> None:
    """Take a course in the last year of school, as students may (X24)."""
    school = _honest(stage)
    cohort = stage.year - 2
    spells = [ordinary(stage, school, cohort) for _ in range(12)]
    train(stage, spells, date(stage.year, 9, 4), hours=60)
    stage.lawful_school("X24", "FR309", school, "毕业年度学生参加培训")


def youths_who_trained_before(stage: Stage) -> None:
    """Take a summer course at seventeen, and enter school in autumn, two years after junior school."""
    school = _honest(stage)
    spells = []
    for _ in range(12):
        spell = enrol.enter_vocational(stage.city, stage.pupil(stage.year - 2), stage.year, school)
        spell.entrant = "junior_past"
        enrol.register_on(spell, date(stage.year, 10, 8), 590)
        spells.append(spell)
    train(stage, spells, date(stage.year, 7, 10))
    stage.lawful_school("-", "FR309", school, "往届初中毕业生暑期参加培训后正常入学")


CLASSES = (
    a_class_taught_at_the_high_school,
    a_class_of_filed_flexible_study,
    a_class_at_the_approved_site,
    a_class_on_placement,
    a_class_with_its_teachers_telephone,
)
COURSES = (
    trainees_who_came_to_stay,
    trainees_who_study_part_time,
    listed_trainees_of_a_flexible_course,
    students_who_train,
    youths_who_trained_before,
)
