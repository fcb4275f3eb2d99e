"""Lawful fees, cash, returns and silence about aid (SA406, SA407, SA408)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.aid import TERM_AMOUNT
from pipeline.sample.aided import charge, classmates, founded_once, pay, public_school, student
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def boarding_books_and_clothes(stage: Stage) -> None:
    """Pay for boarding, books, clothes and insurance beside the waiver."""
    spell = student(stage, stage.year, public_school(stage))
    spell.draws_waiver = True
    for item, amount in (("住宿费", 600), ("教材费", 420), ("校服费", 300), ("实习责任保险费", 60)):
        charge(stage, spell, item, amount, date(stage.year, 9, 4))
    stage.lawful("X29", "SA406", spell, "免学费学生缴纳住宿费、教材费等非学费项目")


def the_difference_at_a_private_school(stage: Stage) -> None:
    """Pay what the price of a private school exceeds the subsidy by (X29)."""
    school = founded_once(stage, "vocational", "青禾市虚构育才职业学校", owner="民办")
    waived, *others = classmates(stage, school, stage.year, 12)
    waived.draws_waiver = True
    charge(stage, waived, "学费", 4800 - TERM_AMOUNT, date(stage.year, 9, 4))
    for spell in others:
        charge(stage, spell, "学费", 4800, date(stage.year, 9, 4))
    stage.lawful("X29", "SA406", waived, "民办学校收取高于财政补助的学费差额")


def tuition_given_back(stage: Stage) -> None:
    """Pay tuition in September and get it back when the waiver is settled (X29)."""
    spell = student(stage, stage.year, public_school(stage))
    spell.draws_waiver = True
    charge(stage, spell, "学费", 1800, date(stage.year, 9, 4))
    charge(stage, spell, "学费", -1800, date(stage.year, 12, 10))
    stage.lawful("X29", "SA406", spell, "先收后退，学费已全额退还")


def tuition_before_the_waiver(stage: Stage) -> None:
    """Pay tuition for the autumn, be recognised in winter and waived from spring on (X29)."""
    spell = student(stage, stage.year - 1, public_school(stage))
    charge(stage, spell, "学费", 900, date(stage.year - 1, 9, 4))
    for term in (Term(stage.year - 1, 1), Term(stage.year, 0)):
        pay(stage, spell, term, "tuition_waiver")
    stage.lawful("X29", "SA406", spell, "秋季缴费、春季起才享受免学费")


def a_training_fee_for_everyone(stage: Stage) -> None:
    """Pay the same training fee as those who pay tuition (X29)."""
    school = founded_once(stage, "vocational", "青禾市虚构禾西机电职业学校", owner="公办")
    waived, *others = classmates(stage, school, stage.year, 10)
    waived.draws_waiver = True
    for spell in (waived, *others):
        charge(stage, spell, "实训耗材费", 700, date(stage.year, 9, 4))
    for spell in others:
        charge(stage, spell, "学费", 2000, date(stage.year, 9, 4))
    stage.lawful("X29", "SA406", waived, "全体学生统一缴纳的实训耗材费")


def on_the_social_security_card(stage: Stage) -> None:
    """Be paid onto the social security card that replaced the aid card."""
    spell = student(stage, stage.year - 1)
    for term, channel in ((Term(stage.year - 1, 1), "资助卡"), (Term(stage.year, 0), "社保卡")):
        line = pay(stage, spell, term)
        line.channel = channel
        if channel == "社保卡":
            line.account = stage.city.population.numbers.card()
    stage.lawful("X14", "SA407 SA405", spell, "资助卡更换为社会保障卡")


def returned_until_the_number_was_mended(stage: Stage) -> None:
    """Have three payments returned for a wrong card number, and all of it paid in the fourth (X17)."""
    spell = student(stage, stage.year - 1)
    term = Term(stage.year, 0)
    day = stage.dice.between(3, 26)
    for month in (9, 10, 11):
        line = pay(stage, spell, term, amount=200)
        line.paid_on, line.bank_result = date(stage.year, month, day), "失败"
    pay(stage, spell, term).paid_on = date(stage.year, 12, 19)
    stage.lawful("X17", "SA407 SA402 SA408", spell, "三次退回后更正卡号，一并补发成功")


def cash_without_an_identity_card(stage: Stage) -> None:
    """Be paid in cash while registered under a temporary number, on which no card is opened (X30)."""
    city, cohort = stage.city, stage.year - 1
    person = city.population.pupil(cohort)
    person.is_undocumented, person.has_guardian_card = True, False
    spell = enrol.enter_vocational(city, person, cohort, stage.school("vocational"))
    spell.draws_waiver = spell.draws_grant = False
    line = pay(stage, spell, Term(stage.year, 0))
    line.channel, line.account = "现金", ""
    stage.lawful("X30", "SA407", spell, "无身份证件号暂不能开卡，现金代发")


def cash_taken_back(stage: Stage) -> None:
    """Be handed cash by mistake; it was taken back and paid onto the card (X17)."""
    spell = student(stage, stage.year - 1)
    term = Term(stage.year, 0)
    line = pay(stage, spell, term)
    line.channel, line.account = "现金", ""
    pay(stage, spell, term, amount=-TERM_AMOUNT).paid_on = date(stage.year, 12, 3)
    pay(stage, spell, term).paid_on = date(stage.year, 12, 4)
    stage.lawful("X17", "SA407 SA402", spell, "误发现金已收回并改为打卡发放")


def a_fee_on_the_day_of_the_grant(stage: Stage) -> None:
    """Pay a fee of a thousand yuan on the day of the grant, as the whole class does (X29)."""
    school = founded_once(stage, "vocational", "青禾市虚构稻香旅游职业学校", owner="公办")
    spells = classmates(stage, school, stage.year - 1, 24, again=4)
    day = date(stage.year, 11, 15)
    for spell in spells:
        charge(stage, spell, "住宿费", TERM_AMOUNT, day)
    for spell in spells[::4]:
        pay(stage, spell, Term(stage.year, 0)).paid_on = day
    stage.lawful("X29", "SA407", spells[0], "全班统一缴费日恰为助学金到账日")


def poor_and_aided(stage: Stage) -> None:
    """Be on the list of the poor and draw the grant, every term."""
    spell = student(stage, stage.year - 1)
    spell.draws_waiver = spell.draws_grant = True
    stage.city.special.append(("低保", spell.person, date(spell.cohort - 1, 12, 5)))
    stage.lawful("X36", "SA408", spell, "低保家庭学生每学期均领取助学金")


def declined_by_the_family(stage: Stage) -> None:
    """Decline the grant in writing, as the aid list notes term by term (X36)."""
    spell = student(stage, stage.year - 1)
    stage.city.special.append(("残疾人", spell.person, date(spell.cohort - 1, 12, 5)))
    for term in (Term(stage.year - 1, 0), Term(stage.year - 1, 1), Term(stage.year, 0)):
        line = pay(stage, spell, term, amount=0)
        line.channel, line.account = "自愿放弃", ""
    stage.lawful("X36", "SA408 SA404", spell, "家长书面放弃助学金，名册已注明")


def poor_since_this_winter(stage: Stage) -> None:
    """Be recognised in November; the grant begins with spring (X36)."""
    spell = student(stage, stage.year)
    stage.city.special.append(("低保", spell.person, date(stage.year, 11, 22)))
    stage.lawful("X36", "SA408", spell, "学期中才认定困难，次学期起享受")


def poor_and_at_home_ill(stage: Stage) -> None:
    """Be suspended the whole autumn, recognised as poor (X20)."""
    spell = student(stage, stage.year - 1)
    spell.draws_grant = True
    events.suspend(stage.city, spell, date(stage.year, 6, 20), date(stage.year + 1, 8, 31))
    stage.city.special.append(("低保", spell.person, date(spell.cohort - 1, 12, 5)))
    pay(stage, spell, Term(stage.year - 1, 1))
    stage.lawful("X20", "SA408", spell, "困难学生休学期间不发放助学金")


def poor_in_the_third_year(stage: Stage) -> None:
    """Have drawn the grant for two years, and be in the third before 2025."""
    spell = student(stage, stage.year - 2)
    spell.draws_waiver = spell.draws_grant = True
    stage.city.special.append(("脱贫户", spell.person, date(spell.cohort - 1, 12, 5)))
    stage.lawful("X19", "SA408", spell, "2025年春季前三年级不享受助学金")


def aided_by_the_former_school(stage: Stage) -> None:
    """Move in September; the grant of the term still came from the former school (X15)."""
    city = stage.city
    old = student(stage, stage.year - 1)
    old.draws_grant = True
    new = enrol.enter_vocational(city, old.person, stage.year - 1, stage.another(old.school))
    city.admissions.pop()
    new.draws_waiver = new.draws_grant = False
    day = stage.day(date(stage.year, 9, 12), date(stage.year, 9, 25))
    enrol.register_on(new, date(stage.year, 9, 28))
    events.transfer(city, old, new, day, 2)
    pay(stage, old, Term(stage.year, 0))
    city.special.append(("低保", old.person, date(old.cohort - 1, 12, 5)))
    stage.lawful("X15", "SA408 SA401", new, "转学当学期助学金由原校发放")


CHARGED: tuple[Scene, ...] = (
    boarding_books_and_clothes,
    the_difference_at_a_private_school,
    tuition_given_back,
    tuition_before_the_waiver,
    a_training_fee_for_everyone,
)
PAST_THE_CARD: tuple[Scene, ...] = (
    on_the_social_security_card,
    returned_until_the_number_was_mended,
    cash_without_an_identity_card,
    cash_taken_back,
    a_fee_on_the_day_of_the_grant,
)
UNAIDED: tuple[Scene, ...] = (
    poor_and_aided,
    declined_by_the_family,
    poor_since_this_winter,
    poor_and_at_home_ill,
    poor_in_the_third_year,
    aided_by_the_former_school,
)
