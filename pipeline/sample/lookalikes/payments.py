"""Lawful payments that look wrong: corrections, returns, instalments, late payment (SA401, SA402, SA405)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid, enrol, events
from pipeline.sample.roll import AidLine, Spell
from pipeline.sample.stage import Stage
from pipeline.sample.terms import Term


def _student(stage: Stage, cohort: int) -> Spell:
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort)
    spell.draws_waiver, spell.draws_grant = True, False
    return spell


def _pay(stage: Stage, spell: Spell, term: Term, amount: int = aid.TERM_AMOUNT) -> AidLine:
    line = aid.line(spell, term, "grant", amount)
    stage.city.aid.append(line)
    return line


def left_late_in_the_term(stage: Stage) -> None:
    """Leave in December after aid for the autumn was paid (partial term)."""
    spell = _student(stage, stage.year)
    _pay(stage, spell, Term(stage.year, 0))
    events.withdraw(
        stage.city, spell, stage.day(date(stage.year, 11, 28), date(stage.year, 12, 28))
    )
    stage.lawful("X19", "SA401 RD206", spell, "学期中途退学，当学期资助已发")


def paid_late_for_an_earlier_term(stage: Stage) -> None:
    """Be paid in November, after leaving in June, for the spring before (benefit term counts)."""
    spell = _student(stage, stage.year - 1)
    events.withdraw(stage.city, spell, stage.day(date(stage.year, 6, 12), date(stage.year, 6, 30)))
    _pay(stage, spell, Term(stage.year - 1, 1)).paid_on = date(stage.year, 11, 20)
    stage.lawful("X19", "SA401", spell, "离校后补发在校学期的资助")


def taken_back(stage: Stage) -> None:
    """Be paid after leaving by mistake; a negative line takes it back."""
    spell = _student(stage, stage.year - 1)
    events.withdraw(stage.city, spell, stage.day(date(stage.year, 3, 5), date(stage.year, 5, 20)))
    term = Term(stage.year, 0)
    _pay(stage, spell, term)
    _pay(stage, spell, term, -aid.TERM_AMOUNT).paid_on += timedelta(days=20)
    stage.lawful("X17", "SA401", spell, "误发已冲回")


def paid_at_the_new_school(stage: Stage) -> None:
    """Transfer in the first weeks; the list of the term still names the old school (X15)."""
    city = stage.city
    old = _student(stage, stage.year - 1)
    new = enrol.enter_vocational(city, old.person, stage.year - 1, stage.another(old.school))
    city.admissions.pop()
    day = stage.day(date(stage.year, 9, 12), date(stage.year, 9, 25))
    enrol.register_on(new, day + timedelta(days=3))
    events.transfer(city, old, new, day, 2)
    old.draws_waiver = new.draws_waiver = new.draws_grant = False
    _pay(stage, old, Term(stage.year, 0))
    stage.lawful("X15", "SA401 SA402 DE106", old, "开学初转学，当学期资助仍由原校发放")


def returned_by_the_bank(stage: Stage) -> None:
    """Have the payment returned by the bank and made again."""
    spell = _student(stage, stage.year - 1)
    term = Term(stage.year, 0)
    _pay(stage, spell, term).bank_result = "失败"
    _pay(stage, spell, term).paid_on += timedelta(days=18)
    stage.lawful("X17", "SA402", spell, "银行退回后重发")


def corrected_by_a_negative_line(stage: Stage) -> None:
    """Be paid twice by mistake; a negative line takes one back."""
    spell = _student(stage, stage.year - 1)
    term = Term(stage.year - 1, 1)
    _pay(stage, spell, term)
    _pay(stage, spell, term).paid_on += timedelta(days=10)
    _pay(stage, spell, term, -aid.TERM_AMOUNT).paid_on += timedelta(days=25)
    stage.lawful("X17", "SA402", spell, "重复发放已冲回")


def in_monthly_instalments(stage: Stage) -> None:
    """Be paid month by month, the term's amount in all."""
    spell = _student(stage, stage.year)
    for month in range(5):
        _pay(stage, spell, Term(stage.year, 0), 200).paid_on += timedelta(days=30 * month)
    stage.lawful("X15", "SA402", spell, "助学金按月分五次发放")


def shared_between_two_schools(stage: Stage) -> None:
    """Transfer in the term; each school pays its half (X15)."""
    city = stage.city
    old = _student(stage, stage.year - 1)
    new = enrol.enter_vocational(city, old.person, stage.year - 1, stage.another(old.school))
    city.admissions.pop()
    day = stage.day(date(stage.year, 10, 25), date(stage.year, 11, 5))
    enrol.register_on(new, day + timedelta(days=2))
    events.transfer(city, old, new, day, 4)
    old.draws_waiver = new.draws_waiver = new.draws_grant = False
    for spell in (old, new):
        _pay(stage, spell, Term(stage.year, 0), aid.TERM_AMOUNT // 2)
    stage.lawful("X15", "SA402 SA401 DE106", new, "转学当学期两校各付一半")


def waivers_settled_with_the_school(stage: Stage) -> None:
    """Have the waivers of a class settled to the school's own account."""
    school = stage.dice.pick(stage.city.schools.vocational)
    account = stage.city.population.numbers.card()
    for _ in range(3):
        person = stage.pupil(stage.year)
        spell = enrol.enter_vocational(stage.city, person, stage.year, school)
        spell.draws_waiver = spell.draws_grant = False
        line = aid.line(spell, Term(stage.year, 0), "tuition_waiver")
        line.account, line.holder = account, school.name
        stage.city.aid.append(line)
        stage.lawful("X14", "SA405", spell, "免学费资金直接与学校结算")


def on_the_former_name(stage: Stage) -> None:
    """Have a card that was opened under the former name (X17)."""
    spell = _student(stage, stage.year - 1)
    person = spell.person
    stage.city.population.changes_name(person)
    spell.written.name = person.name
    _pay(stage, spell, Term(stage.year, 0)).holder = person.former_name
    stage.lawful("X17", "SA405", spell, "银行卡仍是改名前的姓名")


def by_the_guardian(stage: Stage) -> None:
    """Be paid to the guardian's card (X14)."""
    spell = _student(stage, stage.year - 1)
    line = _pay(stage, spell, Term(stage.year, 0))
    line.holder = spell.person.household.guardian_name
    stage.lawful("X14", "SA405", spell, "未成年学生使用监护人银行卡")
