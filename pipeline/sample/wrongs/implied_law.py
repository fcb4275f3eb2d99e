"""What planted wrongs and look-alikes imply for SC508 to SC513: wrong systems, dead codes, broken chains."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School

_LEAST_STUDENTS = 3
_TO_MOVE = timedelta(days=60)
_PART_TIME = ("vocational", "part_time")
_STORY = "由其他问题引起："


def add_law(city: City) -> None:
    """Name the schools whose students stand in a wrong system, under a dead code or in a broken chain."""
    named = {(wrong.detector_id, wrong.school, wrong.school_year) for wrong in city.wrongs}
    implied = [
        *(
            (("SC508", school), city.year, "培训机构学生注册在中职系统")
            for school in _academies(city)
        ),
        *((("SC509", school), city.year, "学籍仍在已撤并代码下") for school in _dead_codes(city)),
        *((("SC512", school), cohort, "贯通培养断链") for school, cohort in _broken_chains(city)),
        *((("SC513", school), city.year, "非全日制社会人员未备案") for school in _unfiled(city)),
    ]
    for (detector_id, school), year, story in implied:
        school_year = f"{year}-{year + 1}"
        if (detector_id, school, school_year) not in named:
            named.add((detector_id, school, school_year))
            wrong = Wrong(
                detector_id, "school", _STORY + story, (), school, school_year=school_year
            )
            city.wrongs.append(wrong)


def _open(city: City) -> list[Spell]:
    return [
        spell
        for spell in city.spells
        if spell.is_open and spell.is_delivered and spell.registry in ("vocational", "technical")
    ]


def _academies(city: City) -> list[School]:
    """List the training institutions, by their code, that have students on the vocational roll."""
    rolls: dict[School, int] = defaultdict(int)
    for spell in _open(city):
        if spell.school.code.startswith("93"):
            rolls[spell.school] += 1
    return [school for school, students in rolls.items() if students >= _LEAST_STUDENTS]


def _dead_codes(city: City) -> list[School]:
    """List the codes that died long enough ago, and still have students on the roll."""
    found: dict[School, None] = {}
    for spell in _open(city):
        died_on = spell.school.merged_on
        successor = spell.school.successor
        if died_on is None or died_on + _TO_MOVE >= city.as_of:
            continue
        if successor is not None and successor.kind == "higher":
            continue
        if spell.expected_end > _moved_by(died_on):
            found[spell.school] = None
    return list(found)


def _moved_by(died_on: date) -> date:
    """Tell by when records were to be moved: sixty days, and the posting season."""
    by = died_on + _TO_MOVE
    return max(by, date(died_on.year, 9, 30)) if 7 <= died_on.month <= 9 else by


def _unfiled(city: City) -> list[School]:
    """List the vocational schools with part-time adults of this year's intake, and no filing for it."""
    today = {school.code: (school.successor or school).code for school in city.schools.everyone()}
    filed = {(year, code) for year, code in city.flexible}
    for row in city.more_rows.get("flexible_filings", ()):
        filed.add((int(str(row.cells["year"])), str(row.cells["school_code"])))
    filed_today = {today.get(code, code) for year, code in filed if year == city.year}
    adults: dict[School, int] = defaultdict(int)
    for spell in city.spells:
        is_asked = spell.is_delivered and spell.cohort == city.year and _is_xinzhou(spell.school)
        is_adult = spell.entrant not in ("junior_fresh", "high_fresh")
        if is_asked and is_adult and (spell.registry, spell.study_form) == _PART_TIME:
            adults[spell.school.successor or spell.school] += 1
    return [
        school
        for school, students in adults.items()
        if students >= _LEAST_STUDENTS and school.code not in filed_today
    ]


def _is_xinzhou(school: School) -> bool:
    return school.county.startswith("9901")


def _broken_chains(city: City) -> list[tuple[School, int]]:
    """List schools and cohorts with a marked student without agreement, at another college, or there too early."""
    today = {school.code: (school.successor or school).code for school in city.schools.everyone()}
    signed = {(today[school], major) for school, major, _, _ in city.agreements}
    agreed = {(today[school], major, college) for school, major, college, _ in city.agreements}
    at_college: dict[Person, dict[str, int]] = defaultdict(dict)
    for spell in city.spells:
        if spell.registry == "higher" and spell.study_form == "full_time":
            at_college[spell.person][spell.school.code] = spell.entered_on.year
    found: dict[tuple[School, int], None] = {}
    for spell in city.spells:
        if spell.registry != "vocational" or spell.segment == "无" or spell.major is None:
            continue
        own = ((spell.school.successor or spell.school).code, spell.major.code)
        colleges = at_college.get(spell.person, {})
        is_agreed = any((*own, code) in agreed for code in colleges)
        is_early = any(
            (*own, code) in agreed and year < spell.cohort + 3 for code, year in colleges.items()
        )
        is_elsewhere = bool(colleges) and not is_agreed
        if (spell.is_open and (own not in signed or is_elsewhere)) or (is_early and not spell.site):
            found[spell.school, spell.cohort] = None
    return list(found)
