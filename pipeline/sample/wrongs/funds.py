"""SA409 and SA413: money for more heads than there are, and three lists that do not agree (R35, R41, P18)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from pipeline.sample import aid, enrol
from pipeline.sample.corrections import reword
from pipeline.sample.exports.row import Cell, Cells, Row
from pipeline.sample.roll import Change, Spell, Wrong
from pipeline.sample.schools import VOCATIONAL_MAJORS, Major, School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term
from pipeline.sample.wrongs.invented_blocks import ordinary

STANDARD, BETTER = 4000, 6000  # yuan a head and year
JILIN_CITY = "990201"  # bound as Jilin City is
_BODY, _BEYOND, _MOVED, _STRANGERS, _GONE = 40, 12, 4, 8, 7  # gone: less than half a class
_PLAIN: Major = next(major for major in VOCATIONAL_MAJORS if major.code.startswith("71"))
_FARMING: Major = next(major for major in VOCATIONAL_MAJORS if major.code.startswith("61"))


def funded_school(stage: Stage, county: str = "") -> School:
    """Found a school of two majors, electronics and farming, with forty ordinary students in two years."""
    given = {"county": county} if county else {}
    school = stage.new_school("vocational", owner="公办", majors=(_PLAIN, _FARMING), **given)
    for place in range(_BODY):
        spell = ordinary(stage, school, stage.year - place % 2)
        spell.major = _FARMING if place < _BODY // 4 else _PLAIN
        spell.class_name = f"{spell.cohort}级{spell.major.name}1班"
    return school


def heads(stage: Stage, school: School, group: str = "") -> int:
    """Count the students of a school, of one group of majors if one is named."""
    return sum(
        spell.school is school
        and (not group or (spell.major is not None and spell.major.code.startswith(group)))
        for spell in stage.city.spells
    )


def fund(stage: Stage, school: School, group: str, headcount: int, **anew: Cell) -> None:
    """Let the allocation for a group of majors say another headcount."""
    told: Cells = {"year": stage.year, "school_code": school.code, "major_group": group}
    standard = anew.get("standard", STANDARD)
    assert isinstance(standard, int)
    reword(
        stage,
        "funding_allocations",
        told,
        {"headcount": headcount, "amount": headcount * standard, **anew},
    )


def _wrong(stage: Stage, school: School, story: str, amount: int = 0) -> None:
    stage.school_wrong("SA409", school, stage.year, story)
    stage.city.wrongs[-1].amount_paid = amount


def heads_beyond_the_roll(stage: Stage) -> None:
    """Draw funds for a dozen more than the roll holds."""
    school = funded_school(stage)
    fund(stage, school, "71", heads(stage, school, "71") + _BEYOND)
    _wrong(stage, school, "拨款人数比学籍多十二人", _BEYOND * STANDARD)


def written_into_the_better_group(stage: Stage) -> None:
    """Count students of electronics as students of farming, whose standard is higher."""
    school = funded_school(stage)
    fund(stage, school, "71", heads(stage, school, "71") - _BEYOND)
    fund(stage, school, "61", heads(stage, school, "61") + _BEYOND, standard=BETTER)
    _wrong(stage, school, "把非农专业学生填报为涉农专业套取高标准", _BEYOND * (BETTER - STANDARD))


def moved_for_the_count_day(stage: Stage) -> None:
    """Move four students into farming in August, and back in October."""
    school = funded_school(stage)
    movers = [
        spell
        for spell in stage.city.spells
        if spell.school is school and spell.cohort == stage.year - 1 and spell.major is _PLAIN
    ][:_MOVED]
    for spell in movers:
        move_major(stage, spell, date(stage.year, 8, 21), _PLAIN)
        move_major(stage, spell, date(stage.year, 10, 23), _FARMING)
        stage.wrong("SC511", spell, "由其他问题引起：统计时点前后改专业，均不在允许时限")
    fund(stage, school, "71", heads(stage, school, "71") - _MOVED)
    fund(stage, school, "61", heads(stage, school, "61") + _MOVED, standard=BETTER)
    _wrong(stage, school, "统计时点前转入涉农专业，其后转回", _MOVED * (BETTER - STANDARD))


def move_major(stage: Stage, spell: Spell, day: date, former: Major) -> None:
    """Enter a change of major; the registry shows the major of today alone."""
    change = Change(spell, "change_major", day, day + timedelta(days=2), "个人申请")
    change.from_school = spell.school
    stage.city.changes.append(change)
    told: Cells = {
        "student_no": spell.student_no,
        "change_type": "change_major",
        "changed_on": day,
    }
    reword(stage, "status_changes", told, {"from_major_code": former.code})


def own_income_set_off(stage: Stage) -> None:
    """Set the school's own income off against the funds, where that is forbidden."""
    school = funded_school(stage, JILIN_CITY)
    count = heads(stage, school, "71")
    offset = 1000 * stage.dice.between(10, 30)
    amount = count * STANDARD - offset
    fund(stage, school, "71", count, amount=amount, own_income_offset=offset)
    _wrong(stage, school, "以学费和服务收入冲抵生均拨款")


def short_by_the_tuition(stage: Stage) -> None:
    """Pay out so much less as the school took in tuition, without saying so."""
    school = funded_school(stage, JILIN_CITY)
    payers = [spell for spell in stage.city.spells if spell.school is school][:6]
    for place, spell in enumerate(payers):
        spell.draws_waiver = False
        receipt: Cells = {
            "school_code": school.code,
            "student_no": spell.student_no,
            "school_year": f"{stage.year}-{stage.year + 1}",
            "fee_item": "学费",
            "amount": 2100,
            "receipt_no": f"98{school.code[-4:]}{place:04d}",
            "charged_on": date(stage.year, 9, 4),
            "payee": school.name,
        }
        stage.more("fee_receipts", Row(str(stage.year), receipt, spell.person.key))
    count = heads(stage, school, "71")
    fund(stage, school, "71", count, amount=count * STANDARD - 2100 * len(payers))
    _wrong(stage, school, "拨款差额恰等于所收学费，变相冲抵")


def a_standard_that_fell(stage: Stage) -> None:
    """Pay less a head than the year before, where the standard may not fall."""
    school = funded_school(stage, JILIN_CITY)
    count = sum(
        spell.school is school and spell.cohort == stage.year - 1 and spell.major is _PLAIN
        for spell in stage.city.spells
    )
    row: Cells = {
        "year": stage.year - 1,
        "school_code": school.code,
        "major_group": "71",
        "headcount": count,
        "standard": 4800,
        "amount": 4800 * count,
        "own_income_offset": 0,
    }
    stage.more("funding_allocations", Row(str(stage.year - 1), row, ""))
    _wrong(stage, school, "生均标准较上年下降")


def _disagree(stage: Stage, people: list[Spell], story: str, amount: int) -> None:
    year = f"{stage.year}-{stage.year + 1}"
    wrong = Wrong("SA413", "school", story, school=people[0].school, school_year=year)
    wrong.people = tuple(spell.person for spell in people)
    wrong.amount_paid = amount
    stage.city.wrongs.append(wrong)


def _pay(stage: Stage, spells: list[Spell]) -> int:
    """Pay this autumn's waiver for them; give what it came to."""
    lines = [aid.line(spell, Term(stage.year, 0), "tuition_waiver") for spell in spells]
    stage.city.aid.extend(lines)
    return sum(line.amount for line in lines)


def _aided_strangers(stage: Stage, kind: str) -> None:
    school = stage.new_school(kind)
    for place in range(_BODY):
        ordinary(stage, school, stage.year - place % 2)
    enter = enrol.enter_vocational if kind == "vocational" else enrol.enter_technical
    strangers = []
    for _ in range(_STRANGERS):
        person = stage.city.population.pupil(stage.year - 1)
        person.has_guardian_card = False
        spell = enter(stage.city, person, stage.year - 1, school)
        stage.city.admissions.pop()
        spell.is_delivered = spell.draws_waiver = spell.draws_grant = False
        strangers.append(spell)
    amount = _pay(stage, strangers)
    _disagree(stage, strangers, "资助名单有八人无任何学籍，与学籍人数不符", amount)


def aided_without_a_record(stage: Stage) -> None:
    """Draw the waiver for eight people whom the registry has never held."""
    _aided_strangers(stage, "vocational")


def aided_at_a_technical_school(stage: Stage) -> None:
    """Draw the waiver of a technical school for eight people without a record."""
    _aided_strangers(stage, "technical")


def on_the_list_without_a_record(stage: Stage) -> None:
    """Teach eight who are on the list of registrations and in no registry."""
    school = funded_school(stage)
    for place in range(_STRANGERS):
        row: Cells = {
            "registry": "vocational",
            "school_year": f"{stage.year}-{stage.year + 1}",
            "term": "autumn",
            "student_no": f"L990101{stage.year - 16}0{place % 9 + 1}15{school.code[-3:]}{place}",
            "school_code": school.code,
            "registration": "已注册",
            "registered_at": date(stage.year, 9, 20),
        }
        stage.more("term_registrations", Row(f"{stage.year}-{stage.year + 1}_autumn", row, ""))
    stage.school_wrong("SA413", school, stage.year, "学期注册名单有八人无学籍(借读或旁听)")


def gone_since_the_summer(stage: Stage) -> None:
    """Keep seven students on the roll, and draw their waivers, who did not come back in autumn."""
    school = funded_school(stage)
    gone = [
        spell
        for spell in stage.city.spells
        if spell.school is school and spell.cohort == stage.year - 1 and spell.major is _PLAIN
    ][:_GONE]
    for spell in gone:
        spell.seen_until = date(stage.year, 6, 30)
        spell.draws_waiver, spell.draws_grant = True, False
    classes = Counter(spell.class_name for spell in stage.city.spells if spell.school is school)
    missing = Counter(spell.class_name for spell in gone)
    for spell in gone:
        if 2 * missing[spell.class_name] > classes[spell.class_name]:
            continue  # of a class that is gone as a whole the lists say nothing
        for detector_id in ("RD202", "RD205"):
            stage.wrong(detector_id, spell, "由其他问题引起：暑假后未返校仍在籍领补")
    paid = aid.TERM_AMOUNT * len(gone)  # this autumn's; the spring is not settled yet
    _disagree(stage, gone, "七名学生暑假后未返校，学籍和资助照旧", paid)


FUNDED: tuple[Scene, ...] = (
    heads_beyond_the_roll,
    written_into_the_better_group,
    moved_for_the_count_day,
    own_income_set_off,
    short_by_the_tuition,
    a_standard_that_fell,
)
DISAGREEING: tuple[Scene, ...] = (
    aided_without_a_record,
    gone_since_the_summer,
    aided_at_a_technical_school,
    on_the_list_without_a_record,
)
