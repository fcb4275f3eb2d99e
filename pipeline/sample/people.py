"""The people of the invented city: households, siblings, twins, namesakes, changed names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.sample import names
from pipeline.sample.dice import Dice
from pipeline.sample.numbers import Numbers, identity_number

COUNTIES = {
    "990101": "青禾区",
    "990102": "禾东区",
    "990103": "禾西县",
    "990104": "稻香县",
    "990105": "谷丰市",
}
# The neighbouring invented cities; 9902 is bound as Jilin City is, 9903 as Jiamusi (world.py).
NEIGHBOURS = {"990201": "江城区", "990203": "江北县", "990305": "三江县"}
# Nobody lives there but in scenes.
FARTHER = {f"9904{place:02d}": f"远山{place}县" for place in range(1, 9)}
DIVISIONS = COUNTIES | NEIGHBOURS | FARTHER
_STREETS = ("虚构路", "青禾大街", "稻花巷", "新禾村", "谷雨街", "东岗屯", "柳树沟村", "迎春里")
_ETHNICITIES = ("汉族", "满族", "回族", "蒙古族", "朝鲜族", "维吾尔族")
_ETHNIC_WEIGHTS = (0.97, 0.983, 0.989, 0.994, 0.998, 1.0)


@dataclass(slots=True, eq=False)
class Household:
    """A family: who answers for the children, where, and by which phone."""

    surname: str
    guardian_name: str
    guardian_phone: str
    guardian_id: str
    division: str
    address: str


@dataclass(slots=True, eq=False)
class Person:
    """A human of the invented city; what any registry writes about them may differ."""

    key: str
    name: str
    sex: str
    born_on: date
    id_number: str
    household: Household
    ethnicity: str
    phone: str
    card: str
    former_name: str = ""
    former_id: str = ""
    is_undocumented: bool = False  # no identity card when registered: 999 numbers, L numbers
    twin: Person | None = None
    has_guardian_card: bool = False  # aid goes to the guardian's card, as the family chose

    @property
    def lifelong_no(self) -> str:
        """The 学籍号 of the education registries: it keeps the number of the first registration."""
        if self.is_undocumented:
            return f"L{self.id_number[:14]}{int(self.id_number[14:17]):04d}"
        return f"G{self.former_id or self.id_number}"


class Population:
    """Brings people into the world, each with numbers nobody else has."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed, "people")
        self.numbers = Numbers(Dice(seed, "numbers"))
        self._households: list[Household] = []
        self._recent: list[Person] = []
        self.people: list[Person] = []

    def pupil(self, cohort: int, *, sex: str = "", division: str = "") -> Person:
        """Bring in somebody of the age to enter upper-secondary school in autumn `cohort`."""
        born_on = self._dice.day(date(cohort - 16, 9, 1), date(cohort - 15, 8, 31))
        return self.born(born_on, sex=sex, household=self._household(division, born_on))

    def adult(self, year: int) -> Person:
        """Bring in an adult entrant of 20 to 48 years."""
        age = self._dice.between(20, 48)
        born_on = self._dice.day(date(year - age - 1, 9, 1), date(year - age, 8, 31))
        person = self.born(born_on, household=self._new_household("", born_on))
        given = names.elder_given_name(self._dice, person.sex)
        person.name = person.household.surname + given
        return person

    def born(self, born_on: date, *, household: Household, sex: str = "") -> Person:
        """Bring in somebody born on that day into that household."""
        dice = self._dice
        sex = sex or ("male" if dice.chance(0.52) else "female")
        ethnicity = dice.weighted(_ETHNICITIES, _ETHNIC_WEIGHTS)
        if ethnicity == "维吾尔族":
            name = names.dotted_name(dice, sex)
        else:
            name = household.surname + names.given_name(dice, sex)
        number = self.numbers.identity(household.division, born_on, sex)
        return self._enter(Person("", name, sex, born_on, number, household, ethnicity, "", ""))

    def twin_of(self, person: Person) -> Person:
        """Bring in a twin: the next sequence of the same place and day, a name that shares a character."""
        dice = self._dice
        sex = person.sex if dice.chance(0.65) else ("female" if person.sex == "male" else "male")
        division, born_on = person.id_number[:6], person.born_on
        step = 2 if sex == person.sex else 1
        sequence = int(person.id_number[14:17]) + step
        if not self.numbers.claim(division, born_on, sequence):
            sequence = self.numbers.sequence(division, born_on, sex)
        number = identity_number(division, born_on, sequence)
        surname = person.household.surname
        given = person.name.removeprefix(surname)
        name = surname + names.twin_given_name(dice, given, sex)
        twin = self._enter(
            Person("", name, sex, born_on, number, person.household, person.ethnicity, "", "")
        )
        person.twin, twin.twin = twin, person
        return twin

    def namesake_of(self, person: Person) -> Person:
        """Bring in somebody else of the same name, sex and birth date, in another family."""
        divisions = [code for code in COUNTIES if code != person.household.division]
        household = self._new_household(self._dice.pick(divisions), person.born_on)
        household.surname = person.household.surname
        namesake = self.born(person.born_on, household=household, sex=person.sex)
        namesake.name = person.name
        return namesake

    def sibling_of(self, person: Person) -> Person:
        """Bring in a younger or older sibling: same guardian and phone, another birth date."""
        months = self._dice.between(14, 40)
        older = person.born_on - timedelta(days=months * 30)
        return self.born(older, household=person.household)

    def changes_name(self, person: Person) -> None:
        """Give a person a new name; the former one stays on record."""
        surname = person.household.surname
        person.former_name = person.name
        while person.name == person.former_name:
            person.name = surname + names.given_name(self._dice, person.sex)

    def changes_number(self, person: Person) -> None:
        """Correct a person's identity number, as the police do; the 学籍号 keeps the old one."""
        person.former_id = person.id_number
        born_on = person.born_on
        person.id_number = self.numbers.identity(person.household.division, born_on, person.sex)

    def _enter(self, person: Person) -> Person:
        person.key = f"T{len(self.people) + 1:06d}"
        person.phone = self.numbers.phone()
        person.card = self.numbers.card()
        person.has_guardian_card = len(self.people) % 13 == 0
        self.people.append(person)
        return person

    def _household(self, division: str, born_on: date) -> Household:
        """Pick a family; some eight in a hundred children have a sibling in another school."""
        if not division and len(self._households) > 50 and self._dice.chance(0.08):
            return self._dice.pick(self._households[-2000:])
        return self._new_household(division, born_on)

    def _new_household(self, division: str, born_on: date) -> Household:
        dice = self._dice
        surname = names.surname(dice)
        mother = dice.chance(0.35)
        sex = "female" if mother else "male"
        guardian = (names.surname(dice) if mother else surname) + names.elder_given_name(dice, sex)
        place = division or dice.pick(tuple(COUNTIES))
        year = born_on.year - dice.between(23, 34)
        guardian_born = dice.day(date(year, 1, 1), date(year, 12, 28))
        household = Household(
            surname=surname,
            guardian_name=guardian,
            guardian_phone=self.numbers.phone(),
            guardian_id=self.numbers.identity(place, guardian_born, sex),
            division=place,
            address=f"青禾市{COUNTIES.get(place, '外县')}{dice.pick(_STREETS)}{dice.between(1, 180)}号",
        )
        self._households.append(household)
        return household
