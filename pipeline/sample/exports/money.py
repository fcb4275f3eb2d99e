"""Money: aid, fees, training subsidies, awards, appropriations."""

from __future__ import annotations

from collections import Counter
from copy import copy
from datetime import date, timedelta

from pipeline.sample.city import City
from pipeline.sample.damage import slip
from pipeline.sample.exports.row import Cells, Row, Rows, named
from pipeline.sample.people import Person
from pipeline.sample.schools import School

_SLIPS = 0.002  # the aid system takes identities over from the registry
_OCCUPATIONS = ("焊工", "中式烹调师", "养老护理员", "育婴员", "电工")
_PRIZES = (("一等奖", 3000), ("二等奖", 2000), ("三等奖", 1000))


def aid_payments(city: City) -> Rows:
    """资助发放: a file for each county and term."""
    dice = city.stream("aid rows")
    for line in city.aid:
        spell, term = line.spell, line.term
        written = copy(spell.written)
        if dice.chance(_SLIPS):
            slip(written, dice)
        cells: Cells = {
            "registry": spell.registry,
            "school_year": term.school_year,
            "term": term.name,
            "aid_item": line.item,
            "school_code": line.school.code,
            "student_no": spell.student_no,
            "name": written.name,
            "id_number": written.id_number,
            "grade_year": min(3, max(1, term.year - spell.cohort + 1)),
            "hardship_kind": "低保" if "grant" in line.item else "",
            "amount": line.amount,
            "paid_on": line.paid_on,
            "channel": line.channel,
            "account_no": line.account,
            "account_holder": (line.holder or spell.written.name).replace("·", ""),
            "bank_result": line.bank_result,
        }
        stem = f"{line.school.county}_{term.school_year}_{term.name}"
        yield Row(stem, cells, spell.person.key)


def fee_receipts(city: City) -> Rows:
    """收费票据: boarding fees of this year's first-year students."""
    for spell in city.spells:
        if spell.seen_until is not None and spell.seen_until < spell.first_day:
            continue  # never seen at school
        if spell.registry == "vocational" and spell.cohort == city.year and spell.is_delivered:
            cells: Cells = {
                "school_code": spell.school.code,
                "student_no": spell.student_no,
                "school_year": f"{city.year}-{city.year + 1}",
                "fee_item": "住宿费",
                "amount": 400,
                "receipt_no": f"99{int(spell.person.key[1:]):08d}",
                "charged_on": date(city.year, 9, 3),
                "payee": spell.school.name,
            }
            yield Row(str(city.year), cells, spell.person.key)


def training_subsidies(city: City) -> Rows:
    """职业培训补贴: small classes of adults, every stage of the chain in order."""
    dice = city.stream("training")
    for number in range(max(1, city.students // 3000)):
        started = dice.day(date(city.year, 3, 1), date(city.year, 10, 1))
        ended = started + timedelta(days=20)
        occupation = dice.pick(_OCCUPATIONS)
        for seat in range(15):
            person = city.population.adult(city.year)
            cells: Cells = named(person, dice) | {
                "class_no": f"PX{city.year}{number + 1:03d}",
                "institution_code": f"52990100MJX{number % 9 + 1:06d}X",
                "institution_name": f"青禾虚构职业培训学校{number % 9 + 1}",
                "occupation": occupation,
                "skill_level": "初级",
                "started_on": started,
                "ended_on": ended,
                "hours": 120,
                "phone": person.phone,
                "trainee_kind": "农村转移就业劳动者",
                "enrolled_on": started - timedelta(days=6),
                "assessed_on": ended + timedelta(days=4),
                "assessment": "合格",
                "certificate_no": f"PXZS{city.year}{number:03d}{seat:03d}",
                "employer": "青禾虚构食品有限公司",
                "employed_on": ended + timedelta(days=30),
                "amount": 1200,
                "paid_on": ended + timedelta(days=60),
                "account_no": person.card,
            }
            yield Row(str(city.year), cells, person.key)


def competition_awards(city: City) -> Rows:
    """技能大赛奖励: the city's contest, three prizes an event, paid once."""
    dice = city.stream("awards")
    open_spells = [
        spell for spell in city.spells if spell.registry == "vocational" and spell.is_open
    ]
    for place, spell in enumerate(open_spells[:: max(1, len(open_spells) // 12)]):
        prize, amount = _PRIZES[place % 3]
        cells: Cells = named(spell.person, dice) | {
            "year": city.year,
            "level": "全市",
            "organiser_kind": "职业院校技能大赛",
            "event": ("焊接技术", "护理技能", "会计实务", "汽车维修")[place // 3 % 4],
            "prize": prize,
            "role": "参赛学生",
            "school_code": spell.school.code,
            "held_on": date(city.year, 11, 18),
            "amount": amount,
            "approval_no": f"青人社批〔{city.year}〕12号",
            "approved_on": date(city.year, 12, 10),
            "paid_on": date(city.year, 12, 25),
        }
        yield Row(str(city.year), cells, spell.person.key)


def funding_allocations(city: City) -> Rows:
    """生均拨款: heads on the count day, by school and group of majors."""
    heads: Counter[tuple[str, str]] = Counter()
    # Nobody twice who is shown under the old code and the new one of a merged school.
    counted: set[tuple[School, Person]] = set()
    for spell in city.spells:
        is_filed = (spell.cohort, spell.school.code) in city.flexible
        is_funded = spell.study_form == "full_time" or is_filed
        is_listed = spell.registry == "vocational" and spell.is_delivered and spell.is_open
        if is_listed and is_funded and spell.major is not None:
            place = (spell.school.successor or spell.school, spell.person)
            if place in counted:
                continue
            counted.add(place)
            heads[(spell.school.code, spell.major.code[:2])] += 1
    for (code, group), headcount in sorted(heads.items()):
        cells: Cells = {
            "year": city.year,
            "school_code": code,
            "major_group": group,
            "headcount": headcount,
            "standard": 4000,
            "amount": 4000 * headcount,
            "own_income_offset": 0,
        }
        yield Row(str(city.year), cells, "")
