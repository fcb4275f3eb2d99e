"""SA406, SA407, SA408: waived and charged, past the card, in need and not aided (domain: P12, P13, R39, R40)."""

from __future__ import annotations

from datetime import date

from pipeline.sample.aid import TERM_AMOUNT
from pipeline.sample.aided import charge, classmates, founded_once, pay, public_school, student
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term

_PRICE = 4800  # of a private school, a year
_PUBLIC_PRICE = 2000


def _wrong(stage: Stage, detector_id: str, spell: Spell, amount: int, story: str) -> None:
    wrong = Wrong(detector_id, "person", story, (spell.person,), spell.school, amount_paid=amount)
    stage.city.wrongs.append(wrong)


def tuition_of_a_waived_student(stage: Stage) -> None:
    """Charge the year's tuition in September and draw the waiver as well."""
    spell = student(stage, stage.year, public_school(stage))
    spell.draws_waiver = True
    charge(stage, spell, "学费", 1800, date(stage.year, 9, 4))
    _wrong(stage, "SA406", spell, 1800, "公办学校享受免学费学生仍收取全年学费")


def tuition_term_by_term(stage: Stage) -> None:
    """Charge tuition in both terms of last year, each of them waived."""
    spell = student(stage, stage.year - 1, public_school(stage))
    spell.draws_waiver = True
    charge(stage, spell, "学杂费", 900, date(stage.year - 1, 9, 5))
    charge(stage, spell, "学杂费", 900, date(stage.year, 3, 6))
    _wrong(stage, "SA406", spell, 1800, "两学期均免学费又均收取学杂费")


def tuition_refunded_in_part(stage: Stage) -> None:
    """Charge tuition, and give back a third when the waiver came."""
    spell = student(stage, stage.year, public_school(stage))
    spell.draws_waiver = True
    charge(stage, spell, "学费", 1800, date(stage.year, 9, 4))
    charge(stage, spell, "退学费", -600, date(stage.year, 12, 20))
    _wrong(stage, "SA406", spell, 1200, "免学费后只退还三分之一学费")


def tuition_of_a_technical_student(stage: Stage) -> None:
    """Charge a technical student whose tuition is waived."""
    spell = student(stage, stage.year, public_school(stage, "technical"))
    spell.draws_waiver = True
    charge(stage, spell, "学费", 1300, date(stage.year, 9, 6))
    _wrong(stage, "SA406", spell, 1300, "技工学校免学费学生仍收取学费")


def a_private_school_charges_the_full_price(stage: Stage) -> None:
    """Charge the waived student of a private school what those without a waiver pay."""
    school = founded_once(stage, "vocational", "青禾市虚构明德职业学校", owner="民办")
    waived, *others = classmates(stage, school, stage.year, 12)
    waived.draws_waiver = True
    for spell in (waived, *others):
        charge(stage, spell, "学费", _PRICE, date(stage.year, 9, 4))
    story = "民办学校对免学费学生未扣减财政补助，按全价收费"
    _wrong(stage, "SA406", waived, TERM_AMOUNT, story)


def a_training_fee_instead(stage: Stage) -> None:
    """Charge the waived a training fee that those who pay tuition do not know."""
    school = founded_once(stage, "vocational", "青禾市虚构禾西工业职业学校", owner="公办")
    waived, *others = classmates(stage, school, stage.year, 10)
    waived.draws_waiver = True
    charge(stage, waived, "实训管理费", 1600, date(stage.year, 9, 4))
    for spell in others:
        charge(stage, spell, "学费", _PUBLIC_PRICE, date(stage.year, 9, 4))
    _wrong(stage, "SA406", waived, 1600, "以实训管理费名义向免学费学生收费")


def the_grant_in_cash(stage: Stage) -> None:
    """Pay two terms of the grant in cash."""
    spell = student(stage, stage.year - 1)
    for term in (Term(stage.year - 1, 1), Term(stage.year, 0)):
        line = pay(stage, spell, term)
        line.channel, line.account = "现金", ""
    _wrong(stage, "SA407", spell, 2 * TERM_AMOUNT, "两学期助学金以现金发放")


def the_grant_against_fees(stage: Stage) -> None:
    """Set the grant off against boarding."""
    spell = student(stage, stage.year - 1, stage.school("technical"))
    line = pay(stage, spell, Term(stage.year, 0))
    line.channel, line.account = "抵扣住宿费", ""
    _wrong(stage, "SA407", spell, TERM_AMOUNT, "助学金抵扣住宿费")


def the_scholarship_against_tuition(stage: Stage) -> None:
    """Set a scholarship off against what the school says is owed."""
    spell = student(stage, stage.year - 2)
    pay(stage, spell, Term(stage.year, 0), "scholarship", 6000).channel = "冲抵欠费"
    _wrong(stage, "SA407", spell, 6000, "奖学金冲抵欠费")


def sent_back_every_month(stage: Stage) -> None:
    """Send the grant month by month to an account that the bank does not know."""
    spell = student(stage, stage.year - 1)
    day = stage.dice.between(3, 26)
    for month in (9, 10, 11, 12):
        line = pay(stage, spell, Term(stage.year, 0), amount=200)
        line.paid_on, line.bank_result = date(stage.year, month, day), "失败"
    _wrong(stage, "SA407", spell, 0, "助学金连续四个月被银行退回")


def sent_back_term_after_term(stage: Stage) -> None:
    """Send three terms of the grant to a closed account."""
    spell = student(stage, stage.year - 1)
    for term in (Term(stage.year - 1, 0), Term(stage.year - 1, 1), Term(stage.year, 0)):
        pay(stage, spell, term).bank_result = "失败"
    _wrong(stage, "SA407", spell, 0, "连续三个学期助学金被银行退回")


def back_into_the_till_on_the_same_day(stage: Stage) -> None:
    """Pay six grants onto cards and write receipts of the same sum on the same day."""
    school = founded_once(stage, "vocational", "青禾市虚构谷丰服务职业学校", owner="公办")
    spells = classmates(stage, school, stage.year - 1, 24, again=16)
    day = date(stage.year, 11, 14)
    for spell in spells[:6]:
        pay(stage, spell, Term(stage.year, 0)).paid_on = day
        charge(stage, spell, "综合服务费", TERM_AMOUNT, day)
        story = "助学金到账当日等额收取综合服务费"
        _wrong(stage, "SA407", spell, TERM_AMOUNT, story)


def _unaided(stage: Stage, spell: Spell, kind: str, story: str) -> None:
    spell.draws_waiver = True
    stage.city.special.append((kind, spell.person, date(spell.cohort - 1, 12, 5)))
    _wrong(stage, "SA408", spell, 0, story)


def on_the_list_of_the_poor(stage: Stage) -> None:
    """Leave a child of a family on minimum allowance without the grant."""
    spell = student(stage, stage.year - 1)
    _unaided(stage, spell, "低保", "低保家庭学生从未获得助学金")


def an_orphan_without_the_grant(stage: Stage) -> None:
    """Leave an orphan of a technical school without the grant."""
    spell = student(stage, stage.year - 1, stage.school("technical"))
    _unaided(stage, spell, "孤儿", "孤儿在技工学校就读，未获助学金")


def a_disabled_student_without_the_grant(stage: Stage) -> None:
    """Leave a disabled student without the grant."""
    spell = student(stage, stage.year - 1)
    _unaided(stage, spell, "残疾人", "持证残疾学生未获助学金")


def noted_beside_the_waiver(stage: Stage) -> None:
    """Note the hardship in the aid list, beside the waiver, and pay no grant."""
    spell = student(stage, stage.year - 1)
    for term in (Term(stage.year - 1, 1), Term(stage.year, 0)):
        cells: Cells = {
            "registry": spell.registry,
            "school_year": term.school_year,
            "term": term.name,
            "aid_item": "tuition_waiver",
            "school_code": spell.school.code,
            "student_no": spell.student_no,
            "name": spell.written.name,
            "id_number": spell.written.id_number,
            "grade_year": term.year - spell.cohort + 1,
            "hardship_kind": "脱贫户",
            "amount": TERM_AMOUNT,
            "paid_on": date(stage.year, 11, 20),
            "channel": "资助卡",
            "account_no": spell.person.card,
            "account_holder": spell.written.name.replace("·", ""),
            "bank_result": "成功",
        }
        stem = f"{spell.school.county}_{term.school_year}_{term.name}"
        stage.more("aid_payments", Row(stem, cells, spell.person.key))
    _wrong(stage, "SA408", spell, 0, "资助名单已注明脱贫户，却未发放助学金")


CHARGED: tuple[Scene, ...] = (
    tuition_of_a_waived_student,
    tuition_refunded_in_part,
    tuition_term_by_term,
    a_training_fee_instead,
    a_private_school_charges_the_full_price,
    tuition_of_a_technical_student,
)
PAST_THE_CARD: tuple[Scene, ...] = (
    the_grant_in_cash,
    sent_back_every_month,
    the_grant_against_fees,
    sent_back_term_after_term,
    the_scholarship_against_tuition,
    back_into_the_till_on_the_same_day,
)
UNAIDED: tuple[Scene, ...] = (
    on_the_list_of_the_poor,
    an_orphan_without_the_grant,
    a_disabled_student_without_the_grant,
    noted_beside_the_waiver,
)
