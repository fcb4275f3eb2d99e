"""Real students whose number is bad, borrowed by mistake or temporary (X11–X17, X23, X30; FR301, FR302)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import courses, enrol
from pipeline.sample.adults import filing_schools
from pipeline.sample.damage import substitute
from pipeline.sample.exports.reference import APPROVED_SITE
from pipeline.sample.numbers import identity_number
from pipeline.sample.people import Person
from pipeline.sample.roll import Change, Spell
from pipeline.sample.stage import Stage
from pipeline.sample.styles import rounded


def _student(stage: Stage, cohort: int) -> Spell:
    """Enrol a child of the city at a vocational school, with junior school and admission behind it."""
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort)
    spell.written.is_meant = True
    return spell


def _newcomer(stage: Stage, cohort: int) -> Spell:
    """Enrol somebody who came from another city: no list of this one has the child."""
    person = stage.city.population.pupil(cohort, division="990305")
    spell = enrol.enter_vocational(stage.city, person, cohort)
    stage.city.admissions.pop()
    spell.exam_no = ""
    spell.written.is_meant = True
    return spell


def _correct(stage: Stage, spell: Spell, reason: str = "身份证件号更正") -> None:
    day = stage.day(date(spell.cohort, 11, 12), date(spell.cohort + 1, 3, 20))
    change = Change(spell, "amend", day, day, reason, from_school=spell.school)
    stage.city.changes.append(change)


def under_the_schools_temporary_number(stage: Stage) -> None:
    """Have no identity card yet: a temporary number that the school issued (X11)."""
    person = stage.pupil(stage.year)
    person.is_undocumented = True
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    stage.lawful("X11", "FR301", spell, "本校按规则编制的999临时号")


def with_the_former_schools_temporary_number(stage: Stage) -> None:
    """Bring the temporary number along from the school that the student left (X11)."""
    person = stage.pupil(stage.year - 1)
    person.is_undocumented = True
    old = enrol.enter_vocational(stage.city, person, stage.year - 1)
    new = courses.change_school(stage.city, old)
    new.written.id_number = old.written.id_number
    stage.lawful("X11", "FR301", new, "转学带来的转出校临时号")


def _aged(stage: Stage, cohort: int, age: int) -> Person:
    person = stage.city.population.pupil(cohort + 15 - age)
    day = date(cohort - 2, 4, stage.dice.between(1, 28))
    stage.city.special.append(("新型职业农民", person, day))
    return person


def an_aged_learner_beside_work(stage: Stage) -> None:
    """Study part-time at sixty-five, filed and listed (X11)."""
    cohort = stage.year - 1
    school = stage.dice.pick(filing_schools(stage.city, "vocational"))
    spell = enrol.enter_vocational(stage.city, _aged(stage, cohort, 65), cohort, school)
    stage.city.admissions.pop()
    stage.city.flexible.add((cohort, school.code))
    spell.study_form, spell.entrant, spell.exam_no = "part_time", "farmer", ""
    spell.class_name = f"{cohort}级弹性学制班"
    spell.draws_waiver = spell.draws_grant = False
    stage.lawful("X11", "FR301", spell, "高龄农民学员非全日制学习，在认定名单内")


def an_aged_farmer_in_the_village_class(stage: Stage) -> None:
    """Study at sixty-two in the village class of the approved site (X12)."""
    cohort = stage.year - 1
    school = stage.city.schools.vocational[0]
    spell = enrol.enter_vocational(stage.city, _aged(stage, cohort, 62), cohort, school)
    stage.city.admissions.pop()
    spell.entrant, spell.exam_no, spell.site = "farmer", "", APPROVED_SITE
    spell.class_name = f"{cohort}级送教下乡班"
    spell.draws_waiver = spell.draws_grant = False
    stage.lawful("X12", "FR301", spell, "经批准教学点送教下乡班的高龄农民")


def the_grandmothers_number(stage: Stage) -> None:
    """Have the number of the grandmother who is the guardian typed in (X14)."""
    cohort = stage.year
    person = stage.pupil(cohort)
    home = person.household
    born_on = stage.dice.day(date(cohort - 75, 1, 1), date(cohort - 66, 12, 28))
    home.guardian_id = stage.city.population.numbers.identity(home.division, born_on, "female")
    spell = enrol.enter_vocational(stage.city, person, cohort)
    spell.written.is_meant, spell.written.id_number = True, home.guardian_id
    stage.lawful("X14", "FR301", spell, "误填监护人(祖母)证件号")


def the_little_sisters_number(stage: Stage) -> None:
    """Have the number of a sister of seven typed in (X14)."""
    spell = _student(stage, stage.year - 1)
    division = spell.person.household.division
    born_on = stage.dice.day(date(spell.cohort - 8, 1, 1), date(spell.cohort - 7, 6, 30))
    number = stage.city.population.numbers.identity(division, born_on, "female")
    spell.written.id_number = number
    stage.lawful("X14", "FR301", spell, "误填妹妹的证件号，出生日期栏为本人")


def a_digit_mistyped(stage: Stage) -> None:
    """Have one digit of the number typed wrongly (X17)."""
    spell = _student(stage, stage.year)
    substitute(spell.written, stage.dice)
    stage.lawful("X17", "FR301", spell, "证件号错一位，学籍号和初中学籍可以证明")


def rounded_by_a_spreadsheet(stage: Stage) -> None:
    """Have a number of which a spreadsheet kept fifteen digits (X17)."""
    spell = _newcomer(stage, stage.year - 1)
    spell.written.id_number = rounded(spell.written.id_number)
    stage.lawful("X17", "FR301", spell, "证件号被Excel取整，末三位为零")


def corrected_since_entry(stage: Stage) -> None:
    """Come from elsewhere without papers; the school has had the number corrected since (X17)."""
    spell = _newcomer(stage, stage.year - 1)
    spell.written.id_number = "999999999999999999"
    _correct(stage, spell)
    stage.lawful("X17", "FR301", spell, "占位号已按程序申请更正")


def a_placeholder_and_a_real_child(stage: Stage) -> None:
    """Have ones for a number, and a junior school and an admission behind it (X23)."""
    spell = _student(stage, stage.year)
    spell.written.id_number = "111111111111111111"
    stage.lawful("X23", "FR301", spell, "证件号填占位号，但初中学籍和录取名单均有此人")


def with_a_foreign_passport(stage: Stage) -> None:
    """Come from abroad with a passport, entered as one (X30)."""
    spell = _newcomer(stage, stage.year)
    serial = stage.city.population.numbers.serial() % 1_000_000
    spell.written.id_number, spell.written.id_type = f"E99{serial:06d}", "passport"
    spell.student_no = f"L{spell.person.id_number[:14]}{serial % 10000:04d}"
    stage.lawful("X30", "FR301", spell, "持护照并按护照登记")


def twins_with_one_number(stage: Stage) -> None:
    """Have the twin's number typed in; the twin sits in another school (X13)."""
    city, cohort = stage.city, stage.year - 1
    first = stage.pupil(cohort)
    second = city.population.twin_of(first)
    enrol.enter_junior(city, second, cohort)
    enrol.enter_high(city, second, cohort).written.is_meant = True
    spell = enrol.enter_vocational(city, first, cohort)
    spell.written.is_meant, spell.written.id_number = True, second.id_number
    stage.lawful("X13", "FR302 DE101", spell, "双胞胎证件号填成另一人")


def the_mother_is_a_student_too(stage: Stage) -> None:
    """Have the number of the mother typed in, who studies part-time at a technical school (X14)."""
    city, cohort = stage.city, stage.year - 1
    mother = city.population.adult(cohort - 10)
    school = stage.dice.pick(filing_schools(city, "technical"))
    hers = enrol.enter_technical(city, mother, cohort, school)
    city.admissions.pop()
    city.flexible.add((cohort, school.code))
    hers.study_form, hers.entrant, hers.exam_no = "part_time", "employee", ""
    hers.written.is_meant = True
    hers.draws_waiver = hers.draws_grant = False
    child = stage.pupil(cohort)
    child.household.guardian_name = mother.name
    child.household.guardian_id = mother.id_number
    spell = enrol.enter_vocational(city, child, cohort)
    spell.written.is_meant, spell.written.id_number = True, mother.id_number
    stage.lawful("X14", "FR302", spell, "误填监护人证件号，监护人本人也在籍")


def a_row_that_slipped(stage: Stage) -> None:
    """Have the number of the next row of the class list (X16)."""
    first, second = _student(stage, stage.year), _student(stage, stage.year)
    second.school, second.class_name = first.school, first.class_name
    second.major = first.major
    second.written.id_number = first.written.id_number
    stage.lawful("X16", "FR302", second, "同班两人录入串行，本人号码另有证明")


def after_a_change_of_name(stage: Stage) -> None:
    """Be written under the former name in one registry (X17)."""
    person = stage.pupil(stage.year)
    stage.city.population.changes_name(person)
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    spell.written.is_meant, spell.written.name = True, person.former_name
    stage.lawful("X17", "FR302", spell, "更名前后的两个姓名")


def a_strangers_number_corrected(stage: Stage) -> None:
    """Have a stranger's number typed in, which the school has had corrected (X17)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year - 1), stage.year - 1)
    spell = _student(stage, stage.year - 1)
    spell.written.id_number = holder.person.id_number
    _correct(stage, spell)
    stage.lawful("X17", "FR302 DE101", spell, "误填他人证件号，已申请更正")


def a_slip_that_hits_a_stranger(stage: Stage) -> None:
    """Have two characters typed wrongly, which makes it the number of somebody else (X17)."""
    spell = _student(stage, stage.year - 1)
    person, other = spell.person, stage.pupil(stage.year - 1, sex=spell.person.sex)
    number = person.id_number
    own = int(number[14:17])
    claim = stage.city.population.numbers.claim
    beside = [own - own % 10 + digit for digit in range(own % 2, 10, 2)]
    sequence = next((one for one in beside if claim(number[:6], person.born_on, one)), None)
    if sequence is None:
        return  # so many were born there on that day that every near number is taken
    other.born_on = person.born_on
    other.id_number = identity_number(number[:6], person.born_on, sequence)
    for known in (one for one in stage.city.spells if one.person is other):
        known.written.born_on, known.written.id_number = other.born_on, other.id_number
        known.student_no = other.lifelong_no
    enrol.enter_high(stage.city, other, stage.year - 1).written.is_meant = True
    spell.written.id_number = other.id_number
    stage.lawful("X17", "FR302 DE101", spell, "证件号错两位，恰为他人号码")


FICTITIOUS = (
    under_the_schools_temporary_number,
    with_the_former_schools_temporary_number,
    an_aged_learner_beside_work,
    an_aged_farmer_in_the_village_class,
    the_grandmothers_number,
    the_little_sisters_number,
    a_digit_mistyped,
    rounded_by_a_spreadsheet,
    corrected_since_entry,
    a_placeholder_and_a_real_child,
    with_a_foreign_passport,
)
BORROWED = (
    twins_with_one_number,
    the_mother_is_a_student_too,
    a_row_that_slipped,
    after_a_change_of_name,
    a_strangers_number_corrected,
    a_slip_that_hits_a_stranger,
)
