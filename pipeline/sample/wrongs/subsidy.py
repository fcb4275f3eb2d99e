"""SA401, SA402, SA405: aid without a student, aid twice, one account for many (domain: P01, P10, P11)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid, enrol, events
from pipeline.sample.roll import AidLine, Spell, Wrong
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def _vocational(stage: Stage, cohort: int) -> Spell:
    person = stage.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))
    spell.draws_waiver, spell.draws_grant = True, False
    return spell


def _pay(stage: Stage, spell: Spell, term: Term, item: str = "tuition_waiver") -> AidLine:
    line = aid.line(spell, term, item)
    stage.city.aid.append(line)
    return line


def a_student_nobody_registered(stage: Stage) -> None:
    """Pay for a person who is in no registry at all."""
    person = stage.city.population.pupil(stage.year - 1)
    person.has_guardian_card = False
    spell = enrol.enter_vocational(stage.city, person, stage.year - 1, stage.school("vocational"))
    stage.city.admissions.pop()
    spell.is_delivered = False
    spell.draws_waiver, spell.draws_grant = True, stage.dice.chance(0.5)
    stage.wrong("SA401", spell, "资助名单上的人没有任何学籍")


def a_high_school_pupil(stage: Stage) -> None:
    """Pay a vocational grant for somebody who is only in general high school."""
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(stage.city, person, stage.year - 1)
    high.draws_grant = False
    ghost = enrol.enter_vocational(stage.city, person, stage.year - 1, stage.school("vocational"))
    stage.city.admissions.pop()
    ghost.is_delivered = False
    ghost.draws_waiver, ghost.draws_grant = False, True
    stage.wrong("SA401", ghost, "普高在读学生被中职冒名领取助学金")


def after_withdrawal(stage: Stage) -> None:
    """Go on paying after a withdrawal that the registry shows."""
    spell = _vocational(stage, stage.year - 1)
    events.withdraw(stage.city, spell, stage.day(date(stage.year, 3, 3), date(stage.year, 3, 18)))
    spell.draws_waiver = False
    _pay(stage, spell, Term(stage.year, 0))
    stage.wrong("SA401", spell, "退学后仍发放下一学年免学费")


def while_suspended(stage: Stage) -> None:
    """Pay a grant for a term that was spent at home, suspended."""
    spell = _vocational(stage, stage.year - 1)
    spell.draws_waiver = False
    first = stage.day(date(stage.year, 5, 10), date(stage.year, 6, 20))
    events.suspend(stage.city, spell, first, first + timedelta(days=290))
    events.repeat_year(stage.city, spell, first + timedelta(days=290))
    _pay(stage, spell, Term(stage.year, 0), "grant")
    stage.wrong("SA401", spell, "休学整学期仍发放助学金")


def after_graduation(stage: Stage) -> None:
    """Pay for the autumn after graduation."""
    spell = _vocational(stage, stage.year - 3)
    spell.draws_waiver = False
    _pay(stage, spell, Term(stage.year, 0))
    stage.wrong("SA401", spell, "毕业后的秋季学期仍发放免学费")


def before_entry(stage: Stage) -> None:
    """Pay for the spring before the student entered."""
    person = stage.pupil(stage.year)
    spell = enrol.enter_technical(stage.city, person, stage.year, stage.school("technical"))
    _pay(stage, spell, Term(stage.year - 1, 1))
    stage.wrong("SA401", spell, "入学前一学期已发放免学费")


def paid_twice_at_one_school(stage: Stage) -> None:
    """Pay the same grant twice in a term, three weeks apart."""
    spell = _vocational(stage, stage.year - 1)
    term = Term(stage.year - 1, 1)
    spell.draws_grant = True
    _pay(stage, spell, term, "grant").paid_on += timedelta(days=21)
    stage.wrong("SA402", spell, "同一学期助学金重复发放")


def paid_many_times(stage: Stage) -> None:
    """Pay one student again and again in one term."""
    spell = _vocational(stage, stage.year)
    spell.draws_grant = True
    for week in range(1, 5):
        _pay(stage, spell, Term(stage.year, 0), "grant").paid_on += timedelta(days=7 * week)
    stage.wrong("SA402", spell, "一名学生一学期被发放五次助学金")


def paid_by_both_schools_of_a_transfer(stage: Stage) -> None:
    """Transfer in the term; both schools draw the whole term's waiver."""
    old = _vocational(stage, stage.year - 1)
    new = enrol.enter_vocational(stage.city, old.person, stage.year - 1, stage.another(old.school))
    stage.city.admissions.pop()
    day = stage.day(date(stage.year, 10, 20), date(stage.year, 11, 10))
    enrol.register_on(new, day + timedelta(days=2))
    events.transfer(stage.city, old, new, day, 5)
    old.draws_waiver, new.draws_waiver, new.draws_grant = False, False, False
    for spell in (old, new):
        _pay(stage, spell, Term(stage.year, 0))
    stage.wrong("SA402", new, "转学当学期两校各领一份全额免学费", old)


def paid_by_both_systems(stage: Stage) -> None:
    """Move from vocational to technical school in spring; both systems pay the grant of that term."""
    old = _vocational(stage, stage.year - 1)
    old.draws_waiver = False
    term = Term(stage.year - 1, 1)
    new = enrol.enter_technical(stage.city, old.person, stage.year - 1, stage.school("technical"))
    stage.city.admissions.pop()
    new.entered_on = date(stage.year, 3, 1)
    new.expected_end = date(stage.year + 3, 3, 1)
    new.draws_waiver = new.draws_grant = False
    enrol.register_on(new, date(stage.year, 4, 11))
    events.withdraw(stage.city, old, stage.day(date(stage.year, 4, 6), date(stage.year, 4, 14)))
    _pay(stage, old, term, "grant")
    _pay(stage, new, term, "tech_grant")
    stage.wrong("SA402", old, "同一学期中职和技工各发一份助学金", new)


def _account_wrong(stage: Stage, spells: list[Spell], story: str) -> None:
    people = tuple(spell.person for spell in spells)
    stage.city.wrongs.append(
        Wrong("SA405", "account", story, people=people, school=spells[0].school)
    )


def _granted(stage: Stage, count: int) -> list[Spell]:
    """Enrol classmates who draw the grant by lines of their own."""
    school = stage.school("vocational")
    spells = []
    for _ in range(count):
        person = stage.pupil(stage.year - 1)
        spell = enrol.enter_vocational(stage.city, person, stage.year - 1, school)
        spell.draws_waiver, spell.draws_grant = True, False
        spells.append(spell)
    return spells


def the_teacher_holds_the_card(stage: Stage) -> None:
    """Pay the grants of several pupils to one card in a teacher's name."""
    spells = _granted(stage, stage.dice.between(4, 7))
    teacher = stage.city.population.adult(stage.year)
    for spell in spells:
        for term in (Term(stage.year - 1, 0), Term(stage.year - 1, 1)):
            line = _pay(stage, spell, term, "grant")
            line.account, line.holder = teacher.card, teacher.name
    _account_wrong(stage, spells, "多名学生助学金打入班主任名下同一张卡")


def one_card_many_names(stage: Stage) -> None:
    """Pay several pupils' grants to one account, each under the pupil's own name."""
    spells = _granted(stage, stage.dice.between(3, 5))
    account = stage.city.population.numbers.card()
    for spell in spells:
        line = _pay(stage, spell, Term(stage.year, 0), "grant")
        line.account, line.holder = account, ""
    _account_wrong(stage, spells, "多名学生共用一个账号，户名各写本人")


def a_stranger_is_paid(stage: Stage) -> None:
    """Pay one pupil's grant to somebody who is neither the pupil nor family."""
    spells = _granted(stage, 1)
    stranger = stage.city.population.adult(stage.year)
    while stranger.name[0] == spells[0].person.name[0]:
        stranger = stage.city.population.adult(stage.year)
    line = _pay(stage, spells[0], Term(stage.year, 0), "grant")
    line.account, line.holder = stranger.card, stranger.name
    _account_wrong(stage, spells, "助学金打入与学生无关的第三人账户")


WITHOUT_ENROLMENT: tuple[Scene, ...] = (
    a_student_nobody_registered,
    after_withdrawal,
    while_suspended,
    a_high_school_pupil,
    after_graduation,
    before_entry,
)
TWICE: tuple[Scene, ...] = (
    paid_twice_at_one_school,
    paid_by_both_systems,
    paid_by_both_schools_of_a_transfer,
    paid_many_times,
)
ACCOUNTS: tuple[Scene, ...] = (
    the_teacher_holds_the_card,
    one_card_many_names,
    a_stranger_is_paid,
)
