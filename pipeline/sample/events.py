"""What happens to a spell after it began: withdrawal, transfer, suspension, army, repetition."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample.city import City
from pipeline.sample.roll import Change, Hold, Spell

_LEAVING = ("外出务工", "学习兴趣", "家庭原因", "随父母迁居", "身体原因")
_GRADES = ("高一上", "高一下", "高二上", "高二下", "高三上", "高三下")


def _record(city: City, change: Change) -> Change:
    city.changes.append(change)
    return change


def grade_on(spell: Spell, day: date) -> str:
    """Tell the grade and half-year that a pupil is in on a day."""
    halves = (day.year - spell.cohort) * 2 - (1 if day.month < 8 else 0)
    return _GRADES[max(0, min(5, halves))]


def withdraw(city: City, spell: Spell, day: date) -> Change:
    """Leave school: the event is entered within days, the registry closed, aid stops after the term."""
    spell.status, spell.left_on = "withdrawn", day
    city.certificates.pop(spell, None)
    recorded = day + timedelta(days=city.dice.between(0, 9))
    reason = city.dice.pick(_LEAVING)
    change = Change(spell, "withdraw", day, recorded, reason, from_school=spell.school)
    return _record(city, change)


def transfer(city: City, old: Spell, new: Spell, day: date, lag_days: int = 10) -> None:
    """Move from one school to another: out on `day`, in `lag_days` before that, same grade."""
    old.status, old.left_on = "transferred", day
    city.certificates.pop(old, None)
    arrived = day - timedelta(days=lag_days)
    new.began_on = arrived
    grade = grade_on(old, day)
    out = Change(
        old, "transfer_out", day, day, "转学", from_school=old.school, to_school=new.school
    )
    came = Change(new, "transfer_in", arrived, day, "转学")
    came.from_school, came.to_school = old.school, new.school
    for change in (out, came):
        change.from_grade = change.to_grade = grade
        _record(city, change)


def suspend(
    city: City, spell: Spell, first_day: date, last_day: date, reason: str = "因病"
) -> None:
    """Suspend a spell; if the suspension is over by now, the student has come back."""
    spell.holds.append(Hold("suspend", first_day, last_day, reason))
    change = Change(spell, "suspend", first_day, first_day + timedelta(days=3), reason)
    change.from_school = spell.school
    change.suspended_from, change.suspended_until = first_day, last_day
    _record(city, change)
    if last_day < city.as_of:
        resumed = Change(spell, "resume", last_day, last_day + timedelta(days=2), "休学期满")
        resumed.from_school = spell.school
        _record(city, resumed)
    else:
        spell.status = "suspended"


def join_army(city: City, spell: Spell, day: date) -> None:
    """Keep the place of a student who serves: two years, approved."""
    until = date(day.year + 2, day.month, day.day)
    spell.holds.append(Hold("reserve", day, until, "应征入伍"))
    change = Change(spell, "reserve", day, day + timedelta(days=4), "应征入伍")
    change.from_school = spell.school
    change.suspended_from, change.suspended_until = day, until
    _record(city, change)
    spell.status = "reserved" if until > city.as_of else "resumed"


def repeat_year(city: City, spell: Spell, day: date) -> None:
    """Repeat a year: the course ends a year later."""
    spell.expected_end = date(spell.expected_end.year + 1, 7, 1)
    change = Change(spell, "repeat", day, day + timedelta(days=5), "成绩")
    change.from_school = spell.school
    change.from_grade, change.to_grade = "2", "1"
    _record(city, change)
