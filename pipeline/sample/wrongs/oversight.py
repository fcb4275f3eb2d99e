"""SC517, SC518, SC519, RQ605: plans left uncut, choices filed for others, colleges on the wrong roll, balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline.sample import enrol, neighbours
from pipeline.sample.exports.row import Cells, Row, Rows
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_BODY = 12
_CLASS = 12


def small_school(stage: Stage, county: str) -> School:
    """Found a vocational school with a dozen honest entrants of last year."""
    school = stage.new_school("vocational", county=county)
    cohort = stage.year - 1
    for _ in range(_BODY):
        person = neighbours.resident(stage, cohort, county)
        enrol.enter_vocational(stage.city, person, cohort, school)
    return school


def unmet(stage: Stage, school: School, *years: int) -> None:
    """Let the yearly lists say of a school that it does not meet the conditions."""

    def found_unmet(rows: Rows) -> Rows:
        for row in rows:
            mine = row.cells["school_code"] == school.code and row.cells["year"] in years
            yield row._replace(cells={**row.cells, "conditions_met": False}) if mine else row

    stage.edit("school_qualifications", found_unmet)


def planned(stage: Stage, school: School, year: int, change: Callable[[int], int]) -> None:
    """Change the plan of a school for a year."""

    def replanned(rows: Rows) -> Rows:
        for row in rows:
            places = row.cells["planned"]
            mine = row.cells["school_code"] == school.code and row.cells["year"] == year
            if mine and isinstance(places, int):
                yield row._replace(cells={**row.cells, "planned": change(places)})
            else:
                yield row

    stage.edit("enrollment_plans", replanned)


def plan_kept_as_it_was(stage: Stage) -> None:
    """Plan as many places as before for a school that was found below the conditions."""
    school = small_school(stage, "990102")
    unmet(stage, school, stage.year - 1, stage.year)
    stage.school_wrong("SC517", school, stage.year, "上年起办学条件未达标，今年招生计划未减")


def plan_raised(stage: Stage) -> None:
    """Raise the plan of a school that was found below the conditions, twice running."""
    school = small_school(stage, "990104")
    unmet(stage, school, stage.year - 1, stage.year)
    planned(stage, school, stage.year, lambda places: places + 40)
    stage.school_wrong("SC517", school, stage.year, "办学条件连续两年未达标，招生计划反而增加")


UNCUT: tuple[Scene, ...] = (plan_kept_as_it_was, plan_raised)


def filing(stage: Stage, exam_no: str, school: School, room: tuple[str, str], choices: str) -> Row:
    """Write a filing of choices: candidate, junior school, class and address, list."""
    class_name, address = room
    cells: Cells = {
        "year": stage.year,
        "exam_no": exam_no,
        "origin_school": school.name,
        "class_name": class_name,
        "choice_list": choices,
        "filed_at": date(stage.year, 6, 29),
        "filed_ip": address,
    }
    return Row(str(stage.year), cells, "")


def address(stage: Stage) -> str:
    """Draw the address of a machine that nobody else uses."""
    return f"10.98.{stage.dice.between(0, 255)}.{stage.dice.between(1, 254)}"


def some_choices(stage: Stage) -> str:
    """Draw three schools in an order of preference."""
    schools = stage.city.schools
    picked = [*stage.dice.shuffled(schools.vocational)[:2], stage.dice.pick(schools.high)]
    return ";".join(school.code for school in picked)


def candidates(stage: Stage, count: int, county: str) -> list[str]:
    """Draw candidate numbers."""
    numbers = stage.city.population.numbers
    return [numbers.candidate(stage.year, county) for _ in range(count)]


def a_teacher_files_for_the_class(stage: Stage) -> None:
    """File one list for twelve pupils of a class on one machine."""
    school = stage.new_school("junior", county=neighbours.JILIN)
    room, choices = ("九年级3班", address(stage)), some_choices(stage)
    for exam_no in candidates(stage, _CLASS, neighbours.JILIN):
        stage.more("volunteers", filing(stage, exam_no, school, room, choices))
    stage.school_wrong("SC518", school, stage.year, "班主任在一台电脑上为全班填报同样志愿")


def an_agent_files_for_two_schools(stage: Stage) -> None:
    """File a recruiter's list for pupils of two junior schools from one address."""
    first, second = (stage.new_school("junior", county="990203") for _ in range(2))
    machine, choices = address(stage), some_choices(stage)
    for place, exam_no in enumerate(candidates(stage, 16, "990203")):
        school = second if place % 3 == 0 else first
        row = filing(stage, exam_no, school, (f"九年级{place % 2 + 1}班", machine), choices)
        stage.more("volunteers", row)
    stage.school_wrong("SC518", first, stage.year, "中介在同一地址为两所初中学生填报同样志愿")


def their_own_choices_replaced(stage: Stage) -> None:
    """Replace what the pupils had filed at home with one list, in a city whose rules do not name it."""
    school = stage.new_school("junior", county="990103")
    room, choices = ("九年级1班", address(stage)), some_choices(stage)
    for exam_no in candidates(stage, _CLASS, "990103"):
        own = filing(stage, exam_no, school, ("九年级1班", address(stage)), some_choices(stage))
        earlier = own._replace(cells={**own.cells, "filed_at": date(stage.year, 6, 26)})
        stage.more("volunteers", earlier)
        stage.more("volunteers", filing(stage, exam_no, school, room, choices))
    stage.school_wrong("SC518", school, stage.year, "学生自行填报后被统一改成同样志愿")


FILED_FOR_THEM: tuple[Scene, ...] = (
    a_teacher_files_for_the_class,
    an_agent_files_for_two_schools,
    their_own_choices_replaced,
)


def promoted_college(stage: Stage, promoted_on: date) -> tuple[School, School]:
    """Found a technician college that became a college on a day, with some students in the higher registry."""
    county = stage.dice.pick((neighbours.JILIN, "990203"))
    college = stage.new_school("higher", county=county)
    technical = stage.new_school("technical", county=county, successor=college)
    cells: Cells = {
        "happened_on": promoted_on,
        "kind": "升格",
        "old_code": technical.code,
        "new_code": college.code,
    }
    stage.more("school_events", Row("学校沿革", cells, ""))
    for _ in range(6):
        graduate = high_school_graduate(stage, stage.year, county)
        enrol.enter_higher(stage.city, graduate.person, stage.year, college)
    return technical, college


def high_school_graduate(stage: Stage, year: int, county: str) -> Spell:
    """Let a pupil of a place finish general high school in summer `year`."""
    person = neighbours.resident(stage, year - 3, county)
    return enrol.enter_high(stage.city, person, year - 3)


def advanced_student(stage: Stage, school: School, cohort: int) -> Spell:
    """Enrol a high school graduate in an advanced class."""
    graduate = high_school_graduate(stage, cohort, school.county)
    spell = enrol.enter_technical(stage.city, graduate.person, cohort, school, "advanced")
    spell.entrant, spell.years = "high_fresh", 3
    spell.expected_end = date(cohort + 3, 7, 1)
    spell.status, spell.left_on = "active", None
    stage.city.certificates.pop(spell, None)
    return spell


def admitted_to_college(stage: Stage, spell: Spell, admitted_as: str) -> None:
    """Admit a student through the higher platform."""
    cells: Cells = {
        "year": spell.cohort,
        "exam_no": stage.city.population.numbers.candidate(spell.cohort, spell.school.county),
        "name": spell.person.name,
        "sex": spell.person.sex,
        "id_number": spell.person.id_number,
        "entrant_type": spell.entrant,
        "exam_area_code": spell.school.county,
        "admitted_as": admitted_as,
        "school_code": spell.school.code,
        "admitted_on": date(spell.cohort, 8, 18),
        "admission_status": "已录取",
    }
    stage.more("admissions", Row(str(spell.cohort), cells, spell.person.key))


def admitted_and_left_on_the_technician_roll(stage: Stage) -> None:
    """Keep students whom the higher platform admitted on the technician roll alone."""
    technical, _ = promoted_college(stage, date(stage.year - 2, 8, 1))
    for _ in range(7):
        spell = advanced_student(stage, technical, stage.year)
        admitted_to_college(stage, spell, "高职专科")
    stage.school_wrong("SC519", technical, stage.year, "高职平台录取的专科学生只在技工学籍系统注册")


def graduates_taken_into_an_advanced_class(stage: Stage) -> None:
    """Take high school graduates into an advanced class of a promoted college, past the platform."""
    technical, _ = promoted_college(stage, date(stage.year - 2, 8, 1))
    for _ in range(6):
        advanced_student(stage, technical, stage.year - 1)
    stage.school_wrong("SC519", technical, stage.year - 1, "升格后高中毕业生仍只注册技工学籍")


LEFT_BEHIND: tuple[Scene, ...] = (
    admitted_and_left_on_the_technician_roll,
    graduates_taken_into_an_advanced_class,
)


def region_wrong(stage: Stage, detector_id: str, region: str, year: int, story: str) -> None:
    """Record a planted wrong of a region in a year; the truth names the region where others name a school."""
    stage.city.wrongs.append(
        Wrong(
            detector_id,
            "region",
            story,
            school=School(code=region, name="", kind="region", county=region),
            school_year=f"{year}-{year + 1}",
        )
    )


def most_schools_below_the_conditions(stage: Stage) -> None:
    """Let all schools of Jiamusi's stand-in but two fail the conditions at the end of last year."""
    sound = {small_school(stage, neighbours.JIAMUSI).code for _ in range(2)}
    for _ in range(3):
        small_school(stage, neighbours.JIAMUSI)

    def found_unmet(rows: Rows) -> Rows:
        there = {
            school.code
            for school in stage.city.schools.founded
            if school.county == neighbours.JIAMUSI and school.code not in sound
        }
        for row in rows:
            mine = row.cells["school_code"] in there and row.cells["year"] == stage.year
            yield row._replace(cells={**row.cells, "conditions_met": False}) if mine else row

    stage.edit("school_qualifications", found_unmet)
    story = "规划要求2023年底达标学校占八成，实际只有两所达标"
    region_wrong(stage, "SC517", "990300", stage.year, story)


def hardly_any_vocational_entrants(stage: Stage) -> None:
    """Send a hundred and eighty pupils of Jiamusi's stand-in to high school and fifty to vocational schools."""
    cohort, county = stage.year, neighbours.JIAMUSI
    vocational = [stage.new_school("vocational", county=county) for _ in range(3)]
    high = [stage.new_school("high", county=county) for _ in range(2)]
    for place in range(180):
        enrol.enter_high(
            stage.city, neighbours.resident(stage, cohort, county), cohort, high[place % 2]
        )
    for place in range(50):
        person = neighbours.resident(stage, cohort, county)
        enrol.enter_vocational(stage.city, person, cohort, vocational[place % 3])
    region_wrong(stage, "RQ605", "990300", cohort, "职普招生比不足零点三，远低于大体相当")


ONCE: dict[str, Scene] = {
    "SC517": most_schools_below_the_conditions,
    "RQ605": hardly_any_vocational_entrants,
}
