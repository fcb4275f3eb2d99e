"""Blocks of real students with numbers in a row, one telephone, or one evening (FR303, FR304, FR305)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.exports.reference import APPROVED_SITE
from pipeline.sample.people import Person
from pipeline.sample.roll import Change, Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage
from pipeline.sample.styles import rounded
from pipeline.sample.wrongs.invented_blocks import numbered, ordinary, stranger

_BLOCK = 8


def _honest(stage: Stage) -> School:
    """Pick a common vocational school; what happens there is lawful."""
    return stage.dice.pick(stage.city.schools.vocational[1:])


def _village(stage: Stage, cohort: int, *, age: int) -> list[Person]:
    """Bring in people of one village whose office numbered them together, one after the other."""
    born = cohort - age
    first = 101 + 2 * stage.dice.between(0, 380)
    days = stage.dice.shuffled([date(born, 3, 2) + timedelta(days=17 * k) for k in range(_BLOCK)])
    return [numbered(stage, cohort, day, first + 2 * k) for k, day in enumerate(days)]


def _at_the_site(spell: Spell) -> None:
    spell.site, spell.class_name = APPROVED_SITE, f"{spell.cohort}级送教下乡班"


def farmers_of_one_village(stage: Stage) -> None:
    """Register farmers on the department's list whose numbers one office issued together (X12)."""
    school, cohort = _honest(stage), stage.year
    for person in _village(stage, cohort, age=38):
        spell = stranger(stage, school, cohort, person)
        spell.entrant = "farmer"
        stage.city.special.append(("新型职业农民", person, date(cohort - 2, 3, 15)))
    stage.lawful_school("X12", "FR303", school, "名单内农民，同村集中编号")


def a_village_numbered_in_a_row(stage: Stage) -> None:
    """Teach a village class at the approved site, whose numbers run in a row (X12)."""
    school, cohort = stage.city.schools.vocational[0], stage.year
    for person in _village(stage, cohort, age=30):
        spell = stranger(stage, school, cohort, person)
        spell.entrant = "farmer"
        _at_the_site(spell)
        stage.city.special.append(("新型职业农民", person, date(cohort - 2, 3, 15)))
    stage.lawful_school("X12", "FR303", school, "已审批教学点的同村班级，号码连续")


def children_numbered_in_a_row(stage: Stage) -> None:
    """Register children whose office numbered them in a row, and who went to school in the city (X16)."""
    school, cohort = _honest(stage), stage.year
    for person in _village(stage, cohort, age=15):
        enrol.enter_junior(stage.city, person, cohort)
        spell = enrol.enter_vocational(stage.city, person, cohort, school)
        spell.written.is_meant = True
    stage.lawful_school("X16", "FR303", school, "号码连续，但中小学学籍早有这些号码")


def born_on_one_day(stage: Stage) -> None:
    """Register newcomers born on one day, whom the office of a large town numbered in a row (X13)."""
    school, cohort = _honest(stage), stage.year
    day = stage.dice.day(date(cohort - 16, 10, 1), date(cohort - 15, 6, 30))
    first = 101 + 2 * stage.dice.between(0, 380)
    for place in range(6):
        stranger(stage, school, cohort, numbered(stage, cohort, day, first + 2 * place))
    stage.lawful_school("X13", "FR303", school, "同日出生，号码顺序编发")


def numbers_a_spreadsheet_rounded(stage: Stage) -> None:
    """Register newcomers whose numbers a spreadsheet cut to fifteen digits (X17)."""
    school, cohort = _honest(stage), stage.year
    for _ in range(_BLOCK):
        spell = stranger(stage, school, cohort)
        spell.written.id_number = rounded(spell.written.id_number)
    stage.lawful_school("X17", "FR303", school, "转入名单被表格软件取整")


def one_family(stage: Stage) -> None:
    """Register six brothers and sisters of one guardian (X14)."""
    school = _honest(stage)
    first = stage.pupil(stage.year)
    children = [first, *(stage.city.population.sibling_of(first) for _ in range(5))]
    for child in children:
        child.name = child.household.surname + child.name.removeprefix(child.household.surname)
        if child is not first:
            enrol.enter_junior(stage.city, child, stage.year)
        enrol.enter_vocational(stage.city, child, stage.year, school)
    stage.lawful_school("X14", "FR304", school, "兄弟姐妹同一监护人、同一电话")


def the_class_teachers_telephone(stage: Stage) -> None:
    """Enter the class teacher's telephone for half a class (X14)."""
    school = _honest(stage)
    phone = stage.city.population.numbers.phone()
    for _ in range(_BLOCK):
        spell = ordinary(stage, school, stage.year)
        spell.class_name = f"{stage.year}级班主任代填班"
        spell.person.phone = phone
    stage.lawful_school("X14", "FR304", school, "班主任代填自己的电话")


def one_dormitory(stage: Stage) -> None:
    """Enter the dormitory for an address (X14)."""
    school = _honest(stage)
    for place in range(_BLOCK):
        home = _own_home(stage, school, place)
        home.person.household.address = "青禾市学府路6号学校宿舍3号楼201室"
    stage.lawful_school("X14", "FR304", school, "住址填学校宿舍")


def _own_home(stage: Stage, school: School, place: int) -> Spell:
    """Enrol a child of a family of its own."""
    cohort = stage.year - place % 2
    person = stage.city.population.pupil(cohort, division="990104")
    enrol.enter_junior(stage.city, person, cohort)
    return enrol.enter_vocational(stage.city, person, cohort, school)


def the_offices_landline(stage: Stage) -> None:
    """Enter the school office's landline for children without a telephone (X14)."""
    school = _honest(stage)
    for place in range(_BLOCK):
        _own_home(stage, school, place).person.household.guardian_phone = "0999-6210001"
    stage.lawful_school("X14", "FR304", school, "填学校办公座机")


def a_placeholder_of_many_schools(stage: Stage) -> None:
    """Enter the number that schools all over the city enter where there is none (X14)."""
    school = _honest(stage)
    for place in range(6):
        _own_home(stage, school, place).person.household.guardian_phone = "19900000000"
    for other in stage.city.schools.vocational[:5]:
        for place in range(2):
            _own_home(stage, other, place).person.household.guardian_phone = "19900000000"
    stage.lawful_school("X14", "FR304", school, "多校通用的占位电话")


def a_welfare_home(stage: Stage) -> None:
    """Register orphans whose guardian is the welfare home (X14)."""
    school = _honest(stage)
    head = stage.city.population.adult(stage.year)
    for place in range(_BLOCK):
        home = _own_home(stage, school, place).person.household
        home.guardian_name, home.guardian_id = "青禾市虚构儿童福利院", head.id_number
        home.address = "青禾市虚构儿童福利院集体户"
    stage.lawful_school("X14", "FR304", school, "福利院为监护人")


def a_village_for_an_address(stage: Stage) -> None:
    """Register children whose address is their village (X12)."""
    school = _honest(stage)
    for place in range(_BLOCK):
        _own_home(stage, school, place).person.household.address = "青禾市稻香县新禾村二组"
    stage.lawful_school("X12", "FR304", school, "住址只写到村组")


def the_village_committees_telephone(stage: Stage) -> None:
    """Enter the village committee's telephone and house for the class at the approved site (X12)."""
    school = stage.city.schools.vocational[0]
    phone = stage.city.population.numbers.phone()
    for place in range(_BLOCK):
        spell = _own_home(stage, school, place)
        _at_the_site(spell)
        home = spell.person.household
        spell.person.phone = home.guardian_phone = phone
        home.address = "青禾市稻香县新禾村委会8号"
    stage.lawful_school("X12", "FR304", school, "送教下乡班由村委会代填电话住址")


def _on_the_eve(stage: Stage, school: School, count: int = _BLOCK) -> list[Spell]:
    """Register real children on the eve of the deadline."""
    spells = []
    for place in range(count):
        spell = ordinary(stage, school, stage.year)
        spell.draws_waiver = spell.draws_grant = False
        enrol.register_on(spell, date(stage.year, 11, 9), 1000 + place)
        spells.append(spell)
    return spells


def typed_in_on_the_last_evening(stage: Stage) -> None:
    """Register a class on the last evening; everybody stays."""
    school = _honest(stage)
    _on_the_eve(stage, school, 14)
    stage.lawful_school("-", "FR305", school, "截止日前夜集中录入，学生都在")


def transferred_after_the_deadline_together(stage: Stage) -> None:
    """Register a class on the last evening; most transfer with papers when a major closes (X15)."""
    school = _honest(stage)
    new_school = stage.another(school)
    for place, spell in enumerate(_on_the_eve(stage, school)):
        if place % 4:
            new = enrol.enter_vocational(stage.city, spell.person, stage.year, new_school)
            stage.city.admissions.pop()
            new.draws_waiver = new.draws_grant = False
            day = date(stage.year + 1, 3, 4 + place)
            enrol.register_on(new, day + timedelta(days=2))
            events.transfer(stage.city, spell, new, day, 3)
    stage.lawful_school("X15", "FR305", school, "专业调整，成批转学手续齐全")


def called_up_together(stage: Stage) -> None:
    """Register a class on the last evening; most are called up, their places kept (X20)."""
    school = _honest(stage)
    for place, spell in enumerate(_on_the_eve(stage, school)):
        if place % 4:
            events.join_army(stage.city, spell, date(stage.year, 11, 12 + place))
    stage.lawful_school("X20", "FR305", school, "集中注册后多人应征入伍，保留学籍")


def registered_anew_on_the_eve(stage: Stage) -> None:
    """Correct the numbers of a class on the eve of the deadline, which registers it anew (X17)."""
    school = _honest(stage)
    for place, spell in enumerate(_on_the_eve(stage, school)):
        day = date(stage.year, 11, 9)
        change = Change(spell, "amend", day, day, "身份证件号更正", from_school=school)
        stage.city.changes.append(change)
        if place % 2:
            events.withdraw(stage.city, spell, date(stage.year, 12, 3 + place))
    stage.lawful_school("X17", "FR305", school, "截止日前更正信息重新注册")


def a_few_of_many_left(stage: Stage) -> None:
    """Register a class on the last evening; a few leave, as everywhere."""
    school = _honest(stage)
    for place, spell in enumerate(_on_the_eve(stage, school, 16)):
        if place % 8 == 0:
            events.withdraw(stage.city, spell, date(stage.year, 12, 5 + place))
    stage.lawful_school("-", "FR305", school, "集中注册，仅个别学生退学")


SERIES = (
    farmers_of_one_village,
    a_village_numbered_in_a_row,
    children_numbered_in_a_row,
    born_on_one_day,
    numbers_a_spreadsheet_rounded,
)
CONTACTS = (
    one_family,
    the_class_teachers_telephone,
    one_dormitory,
    the_offices_landline,
    a_placeholder_of_many_schools,
    a_welfare_home,
    a_village_for_an_address,
    the_village_committees_telephone,
)
BURSTS = (
    typed_in_on_the_last_evening,
    transferred_after_the_deadline_together,
    called_up_together,
    registered_anew_on_the_eve,
    a_few_of_many_left,
)
