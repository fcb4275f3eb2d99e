"""What the world remembers: spells, changes, certificates, aid lines, admissions, and the truth of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.sample.people import Person
from pipeline.sample.schools import Major, School
from pipeline.sample.terms import Term


@dataclass(slots=True)
class Written:
    """Identity as a registry wrote it down, mistakes and all."""

    name: str
    id_number: str
    born_on: date
    sex: str
    id_type: str = "resident"
    is_meant: bool = False  # part of a scene: no slip of the pen on top of it


@dataclass(slots=True)
class Hold:
    """Days on which a spell is held: suspension, reserved place, army."""

    kind: str  # suspend, reserve
    first_day: date
    last_day: date | None
    reason: str


@dataclass(slots=True, eq=False)
class Spell:
    """One 学籍: a person at one school in one registry."""

    person: Person
    registry: str
    stage: str
    school: School
    entered_on: date
    years: int
    student_no: str
    registered_at: datetime
    expected_end: date
    written: Written
    major: Major | None = None
    class_name: str = ""
    cohort: int = 0
    study_form: str = "full_time"
    status: str = "active"
    left_on: date | None = None
    began_on: date = date.min  # day of arrival, where it is later than the entry of the grade
    entrant: str = "junior_fresh"
    segment: str = "无"
    level: str = ""
    exam_no: str = ""
    origin: str = ""
    site: str = ""  # teaching site off campus
    draws_waiver: bool = False
    draws_grant: bool = False
    aid_stops: Term | None = None  # last term for which aid is drawn, where somebody sees to it
    truly_ended_on: date | None = None  # where the registry does not say so itself
    # Last day in class, where the school kept the record all the same.
    seen_until: date | None = None
    holds: list[Hold] = field(default_factory=list)
    has_guardian: bool = True  # whether the registry asked for one
    has_own_phone: bool = True
    copies: int = 1
    is_delivered: bool = True

    @property
    def first_day(self) -> date:
        """The day the student came to this school."""
        return max(self.began_on, self.entered_on)

    @property
    def is_open(self) -> bool:
        """Tell whether the registry still has the student on the roll."""
        return self.left_on is None and self.status in (
            "active",
            "resumed",
            "suspended",
            "reserved",
        )


@dataclass(slots=True)
class Change:
    """A change event (异动) of a spell."""

    spell: Spell
    kind: str  # code list change_type
    changed_on: date
    recorded_on: date
    reason: str = ""
    review: str = "已通过"
    from_school: School | None = None
    to_school: School | None = None
    from_grade: str = ""
    to_grade: str = ""
    suspended_from: date | None = None
    suspended_until: date | None = None


@dataclass(slots=True)
class Certificate:
    """A certificate in the graduate query platform."""

    spell: Spell
    number: str
    graduated_on: date
    kind: str = "毕业"


@dataclass(slots=True)
class AidLine:
    """A payment: one student, one item, one term."""

    spell: Spell
    term: Term
    item: str
    amount: int
    paid_on: date
    account: str
    holder: str  # empty: the student, as the registry writes the name
    school: School
    bank_result: str = "成功"
    channel: str = "资助卡"


@dataclass(slots=True)
class Admission:
    """An admission by the city's platform."""

    spell: Spell
    year: int
    exam_no: str
    admitted_on: date


@dataclass(slots=True)
class Wrong:
    """A planted wrong, as truth."""

    detector_id: str
    subject_kind: str  # person, school, account, region (named by `school`)
    story: str
    people: tuple[Person, ...] = ()
    school: School | None = None
    other_school: School | None = None
    school_year: str = ""
    amount_paid: int = 0
    scene: str = ""


@dataclass(slots=True)
class LookAlike:
    """A lawful situation that resembles a wrong of the detectors named."""

    exception: str
    detector_ids: tuple[str, ...]
    story: str
    person: Person | None
    school: School | None
    scene: str = ""
