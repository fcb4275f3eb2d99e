"""DE104 and DE105: technical school beside general high school, or beside college (domain: R22, R23, R25)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid, enrol, events, owed
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Change, Spell
from pipeline.sample.schools import Major, School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term

_FIVE_YEAR_MAJOR = Major("0599", "电子商务（五年一贯制）")


def _beside_high_school(stage: Stage, cohort: int) -> tuple[Spell, Spell]:
    """Enrol a pupil in general high school and at a technical school, both open, unaided."""
    person = stage.pupil(cohort)
    high = enrol.enter_high(stage.city, person, cohort)
    technical = enrol.enter_technical(stage.city, person, cohort, stage.school("technical"))
    stage.city.admissions.pop()
    for spell in (high, technical):
        spell.draws_waiver = spell.draws_grant = False
    return technical, high


def _technical(stage: Stage, cohort: int, school: School | None = None) -> Spell:
    person = stage.pupil(cohort)
    school = school or stage.school("technical")
    spell = enrol.enter_technical(stage.city, person, cohort, school)
    spell.draws_waiver = spell.draws_grant = False
    return spell


def _wrong(stage: Stage, detector_id: str, pair: tuple[Spell, Spell], story: str) -> None:
    technical, other = pair
    # Hardly any field is left to tell who it is where guardians are not asked for.
    technical.written.is_meant = other.written.is_meant = True
    stage.wrong(detector_id, technical, story, other)
    stage.city.wrongs[-1].amount_paid = owed.while_both(stage.city, technical, other)


def technical_aid_for_a_high_school_pupil(stage: Stage) -> None:
    """Study at high school; the technical school draws waiver and grant."""
    technical, high = _beside_high_school(stage, stage.year - 1)
    technical.draws_waiver = technical.draws_grant = True
    _wrong(stage, "DE104", (technical, high), "普高在读，技工院校挂名并领取资助")


def high_school_and_technical_on_paper(stage: Stage) -> None:
    """Be registered at both, and draw nothing."""
    pair = _beside_high_school(stage, stage.year)
    _wrong(stage, "DE104", pair, "普高与技工院校同时在籍，未领资助")


def technical_under_the_old_number(stage: Stage) -> None:
    """Be at the technical school under the number before its correction (scenario 21)."""
    technical, high = _beside_high_school(stage, stage.year - 1)
    stage.city.population.changes_number(technical.person)
    high.written.id_number = technical.person.id_number
    technical.written.id_number = technical.person.former_id
    technical.draws_grant = True
    _wrong(stage, "DE104", (technical, high), "技工用更正前的旧证件号注册，普高学籍号内含旧号")


def high_school_closed_in_spring(stage: Stage) -> None:
    """Sit at the technical school from autumn; the high school closes its record only in spring."""
    technical, high = _beside_high_school(stage, stage.year - 1)
    events.withdraw(stage.city, high, stage.day(date(stage.year, 3, 3), date(stage.year, 4, 25)))
    technical.draws_waiver = True
    _wrong(stage, "DE104", (technical, high), "就读技工院校半年后普高才办退学")


def moved_to_technical_and_never_closed(stage: Stage) -> None:
    """Transfer with approval a year and a half ago; the high school still has the record."""
    technical, high = _beside_high_school(stage, stage.year - 1)
    day = stage.day(date(stage.year - 1, 10, 12), date(stage.year - 1, 12, 20))
    enrol.register_on(technical, day + timedelta(days=4))
    events.transfer(stage.city, high, technical, day, 3)
    stage.city.changes.pop(-2)
    high.status, high.left_on = "active", None
    _wrong(stage, "DE104", (technical, high), "已转入技工院校，普高学籍一直未办转出")


def a_move_to_high_school_turned_down(stage: Stage) -> None:
    """Sit in high school although the move out of the technical school was never approved."""
    technical, high = _beside_high_school(stage, stage.year - 1)
    day = stage.day(date(stage.year - 1, 10, 15), date(stage.year - 1, 12, 15))
    high.began_on = day
    asked = Change(technical, "transfer_out", day, day, "转学", review="不通过")
    asked.from_school, asked.to_school = technical.school, high.school
    stage.city.changes.append(asked)
    technical.draws_waiver = True
    _wrong(stage, "DE104", (technical, high), "由技工转普高未获批准，两校学籍并存")


def a_college_student_at_a_technical_school(stage: Stage) -> None:
    """Register somebody as a technical student who has been at college for a year (scenario 12)."""
    person = stage.pupil(stage.year - 4)
    college = enrol.enter_higher(stage.city, person, stage.year - 1)
    technical = enrol.enter_technical(stage.city, person, stage.year, stage.school("technical"))
    stage.city.admissions.pop()
    technical.entrant, technical.draws_waiver, technical.draws_grant = "high_past", True, True
    _wrong(stage, "DE105", (technical, college), "在读大学生被技工院校再次注册")


def left_the_technical_school_for_college(stage: Stage) -> None:
    """Go to college after two years; the technical record stays open and draws the waiver."""
    technical = _technical(stage, stage.year - 2)
    technical.draws_waiver = True
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    _wrong(stage, "DE105", (technical, college), "技工两年后入读高校，技工学籍未结")


def both_until_the_thaw(stage: Stage) -> None:
    """Attend college from autumn and leave the technical school only in March."""
    technical = _technical(stage, stage.year - 1)
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    first, last = date(stage.year + 1, 3, 1), date(stage.year + 1, 3, 28)
    events.withdraw(stage.city, technical, stage.day(first, last))
    _wrong(stage, "DE105", (technical, college), "入读高校半年后技工才办退学")


def registered_again_after_the_promotion(stage: Stage) -> None:
    """Be registered as a technical student by a technician college that is a college by then."""
    school = stage.new_school("technical")
    college = stage.new_school("higher", county=school.county)
    promoted(stage, school, college, date(stage.year - 1, 8, 1))
    person = stage.pupil(stage.year)
    technical = enrol.enter_technical(stage.city, person, stage.year, school)
    higher = enrol.enter_higher(stage.city, person, stage.year, college)
    technical.draws_waiver, technical.draws_grant = True, False
    _wrong(stage, "DE105", (technical, higher), "技师学院升格为高校后，仍在技工系统重复注册")


def aided_beyond_the_move_to_college(stage: Stage) -> None:
    """Be in the fourth year of an agreed five-year programme; the technical school still draws the waiver."""
    technical = _technical(stage, stage.year - 3)
    technical.years, technical.expected_end = 5, date(stage.year + 2, 7, 1)
    technical.status, technical.left_on = "active", None
    stage.city.certificates.pop(technical, None)
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    agreed_for_five_years(stage, technical, college)
    stage.city.aid.append(aid.line(technical, Term(stage.year, 0), "tuition_waiver"))
    _wrong(stage, "DE105", (technical, college), "五年一贯制第四学年已转入高校，技工仍领免学费")
    stage.city.wrongs[-1].amount_paid += aid.TERM_AMOUNT
    stage.wrong("SA403", technical, "由其他问题引起：第四学年仍领免学费")


def promoted(stage: Stage, school: School, college: School, day: date) -> None:
    """Enter into the history of schools that a technical school became a college."""
    cells: Cells = {
        "happened_on": day,
        "kind": "升格",
        "old_code": school.code,
        "new_code": college.code,
    }
    stage.more("school_events", Row("学校沿革", cells, ""))
    school.successor = college


def agreed_for_five_years(stage: Stage, technical: Spell, college: Spell) -> None:
    """Sign the agreement on a five-year programme of the two schools, in a major of its own."""
    technical.major = _FIVE_YEAR_MAJOR
    stage.more(
        "articulation_agreements",
        Row(
            "贯通培养协议",
            {
                "school_code": technical.school.code,
                "major_code": _FIVE_YEAR_MAJOR.code,
                "higher_code": college.school.code,
                "higher_major_code": college.major.code if college.major else "",
                "mode": "五年一贯制",
                "cohort_from": stage.year - 6,
                "cohort_to": stage.year + 1,
            },
            "",
        ),
    )


BESIDE_HIGH_SCHOOL: tuple[Scene, ...] = (
    technical_aid_for_a_high_school_pupil,
    high_school_closed_in_spring,
    technical_under_the_old_number,
    high_school_and_technical_on_paper,
    moved_to_technical_and_never_closed,
    a_move_to_high_school_turned_down,
)
BESIDE_COLLEGE: tuple[Scene, ...] = (
    left_the_technical_school_for_college,
    a_college_student_at_a_technical_school,
    both_until_the_thaw,
    registered_again_after_the_promotion,
    aided_beyond_the_move_to_college,
)
