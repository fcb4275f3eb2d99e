"""FR307 and FR309: classes that nobody attends, and trainees turned into students (P01, P03)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.invented_blocks import enter, school_with_a_roll, stranger

_CLASS, _CARDS, _COURSE = 18, 4, 13
_BEFORE = timedelta(days=1)


def _phantoms(stage: Stage, school: School, cohort: int, count: int = _CLASS) -> list[Spell]:
    """Write a class into the registry that no teacher has ever seen; waivers are drawn for it."""
    spells = []
    for _ in range(count):
        spell = stranger(stage, school, cohort)
        spell.class_name = f"{cohort}级现代服务3班"
        _is_never_seen(spell)
        spell.draws_waiver = spell.draws_grant = True
        spells.append(spell)
    return spells


def _is_never_seen(spell: Spell) -> None:
    spell.seen_until = spell.first_day - _BEFORE


def _share_phones(stage: Stage, spells: list[Spell]) -> None:
    phones = [stage.city.population.numbers.phone() for _ in range(_CARDS)]
    for place, spell in enumerate(spells):
        spell.person.phone = spell.person.household.guardian_phone = phones[place % _CARDS]
        spell.has_own_phone = True


def _share_cards(stage: Stage, spells: list[Spell]) -> None:
    """Pay the class to a few cards, each under the students' own names (SA405 as well)."""
    for first in range(_CARDS):
        sharing = spells[first::_CARDS]
        card = stage.city.population.numbers.card()
        for spell in sharing:
            spell.person.card, spell.person.has_guardian_card = card, False
        people = tuple(spell.person for spell in sharing)
        story = "空壳班学生的资助打入少数几张卡"
        wrong = Wrong("SA405", "account", story, people=people, school=spells[0].school)
        stage.city.wrongs.append(wrong)


def a_class_on_paper(stage: Stage) -> None:
    """Write a class with an agency's telephones, a village for an address, and a few cards for its aid."""
    school = school_with_a_roll(stage, "vocational")
    spells = _phantoms(stage, school, stage.year - 1)
    _share_phones(stage, spells)
    _share_cards(stage, spells)
    for spell in spells:
        spell.person.household.address = "三江县虚构柳树沟村"
    stage.school_wrong("FR307", school, stage.year - 1, "整班无考勤无注册，共用电话和资助卡")


def a_technical_class_on_paper(stage: Stage) -> None:
    """Write a class into the technical registry: shared telephones and cards, no trace of anybody."""
    school = school_with_a_roll(stage, "technical")
    spells = _phantoms(stage, school, stage.year - 1)
    _share_phones(stage, spells)
    _share_cards(stage, spells)
    stage.school_wrong("FR307", school, stage.year - 1, "技工学校整班无任何痕迹，共用电话和资助卡")


def a_class_that_sits_elsewhere(stage: Stage) -> None:
    """Write a class made up of high school pupils and strangers, reached at a few telephones."""
    cohort = stage.year - 1
    school = school_with_a_roll(stage, "vocational")
    strangers = _phantoms(stage, school, cohort, 9)
    borrowed = []
    for _ in range(7):
        person = stage.pupil(cohort)
        high = enrol.enter_high(stage.city, person, cohort)
        spell = stranger(stage, school, cohort, person)
        spell.class_name = strangers[0].class_name
        spell.draws_waiver, high.draws_grant = True, False
        _is_never_seen(spell)
        stage.wrong("DE101", spell, "空壳班借用普高在读学生的身份", high)
        borrowed.append(spell)
    _share_phones(stage, strangers + borrowed)
    stage.school_wrong("FR307", school, cohort, "空壳班半数学生在普高就读，全班无痕迹")


def train(stage: Stage, spells: list[Spell], first_day: date, hours: int = 120) -> None:
    """Teach the students' course of three weeks, one class of the subsidy system."""
    number = stage.city.population.numbers.serial()
    for seat, spell in enumerate(spells):
        person = spell.person
        cells: Cells = {
            "name": person.name,
            "id_number": person.id_number,
            "class_no": f"PX{first_day.year}Q{number:06d}",
            "institution_code": "52990100MJX900001X",
            "institution_name": "青禾虚构职业培训学校",
            "occupation": "养老护理员",
            "skill_level": "初级",
            "started_on": first_day,
            "ended_on": first_day + timedelta(days=20),
            "hours": hours,
            "phone": person.phone,
            "trainee_kind": "农村转移就业劳动者",
            "enrolled_on": first_day - timedelta(days=6),
            "assessed_on": first_day + timedelta(days=24),
            "assessment": "合格",
            "certificate_no": f"PXZS{first_day.year}Q{number:06d}{seat:03d}",
            "employer": "青禾虚构食品有限公司",
            "employed_on": first_day + timedelta(days=50),
            "amount": 1200,
            "paid_on": first_day + timedelta(days=80),
            "account_no": person.card,
        }
        stage.more("training_subsidies", Row(str(first_day.year), cells, person.key))


def trainees(stage: Stage, school: School, cohort: int, count: int = _COURSE) -> list[Spell]:
    """Register adults full time at the school."""
    spells = []
    for _ in range(count):
        person = stage.city.population.adult(cohort - 4)
        spell = enter(school)(stage.city, person, cohort, school)
        stage.city.admissions.pop()
        spell.exam_no, spell.entrant = "", "urban_rural_worker"
        spell.class_name = f"{cohort}级养老服务2班"
        spell.written.is_meant = True
        spell.draws_waiver, spell.draws_grant = True, False
        spells.append(spell)
    return spells


def a_course_becomes_a_cohort(stage: Stage) -> None:
    """Register the trainees of a summer course as vocational students in September."""
    school = school_with_a_roll(stage, "vocational")
    spells = trainees(stage, school, stage.year)
    for spell in spells:
        _is_never_seen(spell)
    train(stage, spells, date(stage.year, 8, 7))
    stage.school_wrong("FR309", school, stage.year, "三周培训班整班注册为全日制中职学生")


def a_course_becomes_technical_students(stage: Stage) -> None:
    """Register the trainees of a summer course as students of a technical school."""
    school = school_with_a_roll(stage, "technical")
    spells = trainees(stage, school, stage.year - 1)
    for spell in spells:
        _is_never_seen(spell)
        enrol.register_on(spell, date(spell.cohort, 10, 17), 560)
    train(stage, spells, date(stage.year - 1, 8, 1))
    stage.school_wrong("FR309", school, stage.year - 1, "培训班学员整班注册为技工学校学生")


def a_day_of_assessment_becomes_a_cohort(stage: Stage) -> None:
    """Register those who sat a one-day assessment at the school as its students."""
    school = school_with_a_roll(stage, "vocational")
    number = stage.city.population.numbers.serial()
    assessed_on = date(stage.year, 9, 22)
    for seat, spell in enumerate(trainees(stage, school, stage.year)):
        _is_never_seen(spell)
        enrol.register_on(spell, date(stage.year, 10, 25), 540 + seat)
        cells: Cells = {
            "name": spell.person.name,
            "id_number": spell.person.id_number,
            "kind": "技能等级证书",
            "certificate_no": f"1X{stage.year}Q{number:06d}{seat:03d}",
            "issuer": "青禾虚构评价组织",
            "occupation": "养老护理员",
            "skill_level": "初级",
            "school_code": school.code,
            "assessed_on": assessed_on,
            "issued_on": assessed_on + timedelta(days=30),
            "credits": None,
        }
        stage.more("skill_certificates", Row(str(stage.year), cells, spell.person.key))
    stage.school_wrong("FR309", school, stage.year, "一日评价考核人员整批注册为全日制学生")


CLASSES: tuple[Scene, ...] = (
    a_class_on_paper,
    a_class_that_sits_elsewhere,
    a_technical_class_on_paper,
)
COURSES: tuple[Scene, ...] = (
    a_course_becomes_a_cohort,
    a_course_becomes_technical_students,
    a_day_of_assessment_becomes_a_cohort,
)
