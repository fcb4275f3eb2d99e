"""An invented city for the matcher: families, several lists about each student, and clerks who err.

Independent of `qingji sample`, so that the matcher is not measured only on the world it was built beside.
The kinds and shares of error follow what bureaus report; every number carries the invented prefix 9901.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import duckdb
import pyarrow as pa
from invented_students import BOYS, GIRLS, LAST, MIDDLE, SURNAMES, Student, with_check_digit
from slips_of_clerks import Clerk

COLUMNS = [
    "record_id",
    "source",
    "source_file",
    "sheet",
    "source_row",
    "registry",
    "name",
    "former_name",
    "sex",
    "born_on",
    "id_number",
    "id_type",
    "student_no",
    "exam_no",
    "phone",
    "guardian_name",
    "guardian_phone",
    "guardian_id",
    "address",
    "account_no",
    "school_code",
    "origin_school",
    "hukou_code",
]


@dataclass
class World:
    """Rows of core.person_record and, beside them, whose they are."""

    seed: int
    damage_share: float = 0.06
    rows: list[dict[str, object]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - a seeded world, no secret
        self.students: list[Student] = []
        self.clerk = Clerk(self.dice, self.students)
        self.taken: set[str] = set()

    # people

    def an_id(self, county: str, born_on: date, sex: str, after: str | None = None) -> str:
        sequence = int(after[14:17]) + 1 if after else self.dice.randrange(1, 999)
        while True:
            sequence = sequence % 998 + 1
            if sequence % 2 != (sex == "male"):
                continue
            number = with_check_digit(f"{county}{born_on:%Y%m%d}{sequence:03d}")
            if number not in self.taken:
                self.taken.add(number)
                return number

    def a_given_name(self, sex: str) -> str:
        draw = self.dice.random()
        if draw < 0.35:
            return self.dice.choice(BOYS if sex == "male" else GIRLS)
        if draw < 0.5:
            return self.dice.choice(LAST)
        return self.dice.choice(MIDDLE) + self.dice.choice(LAST)

    def a_phone(self) -> str:
        return f"199{self.dice.randrange(10**8):08d}"

    def a_student(self) -> Student:
        dice = self.dice
        sex = dice.choice(("male", "female"))
        born_on = date(2003, 9, 1) + timedelta(days=dice.randrange(5 * 365))
        county = f"9901{dice.randrange(1, 6):02d}"
        surname = dice.choice(SURNAMES)
        guardian_sex = dice.choice(("male", "female"))
        guardian_surname = surname if guardian_sex == "male" else dice.choice(SURNAMES)
        guardian_born_on = born_on - timedelta(days=dice.randrange(22 * 365, 36 * 365))
        return Student(
            number=len(self.students),
            name=surname + self.a_given_name(sex),
            sex=sex,
            born_on=born_on,
            county=county,
            id_number=self.an_id(county, born_on, sex),
            guardian_name=guardian_surname + self.a_given_name(guardian_sex),
            guardian_phone=self.a_phone(),
            guardian_id=self.an_id(county, guardian_born_on, guardian_sex),
            phone=self.a_phone() if dice.random() < 0.6 else None,
            address=f"青禾市虚构街道{dice.randrange(400)}号{dice.randrange(60)}室",
            origin_school=f"虚构第{dice.randrange(1, 40)}初级中学",
            exam_no=f"{born_on.year + 15}{county}{len(self.students) % 10**6:06d}",
        )

    def a_relative(self, of: Student, born_on: date) -> Student:
        sex = self.dice.choice(("male", "female"))
        given = self.a_given_name(sex)
        if len(of.name) == 3 and born_on == of.born_on:
            given = of.name[1] + self.dice.choice(LAST.replace(of.name[2], ""))
        return replace(
            of,
            number=len(self.students),
            name=of.name[0] + given,
            sex=sex,
            born_on=born_on,
            id_number=self.an_id(
                of.county, born_on, sex, of.id_number if born_on == of.born_on else None
            ),
            phone=of.phone if self.dice.random() < 0.5 else None,
            exam_no=f"{born_on.year + 15}{of.county}{len(self.students) % 10**6:06d}",
            old_number=None,  # a brother's former number, name and 学籍号 are his own
            old_name=None,
        )

    def people(self, students: int) -> None:
        while len(self.students) < students:
            student = self.a_student()
            draw = self.dice.random()
            if draw < 0.002:
                student = replace(
                    student,
                    old_number=student.id_number,
                    id_number=self.an_id(student.county, student.born_on, student.sex),
                )
            elif draw < 0.012:
                student = replace(student, old_name=self.dice.choice(SURNAMES) + student.name[1:])
            elif draw < 0.017:
                student = replace(
                    student, old_name=student.name[0] + self.a_given_name(student.sex)
                )
            self.students.append(student)
            draw = self.dice.random()
            if draw < 0.0095:
                self.students.append(self.a_relative(student, student.born_on))
            elif draw < 0.05:
                years_later = timedelta(days=self.dice.randrange(330, 1500))
                self.students.append(self.a_relative(student, student.born_on + years_later))
            elif draw < 0.051:
                self.students.append(
                    replace(
                        self.a_student(),
                        name=student.name,
                        sex=student.sex,
                        born_on=student.born_on,
                        id_number=self.an_id(student.county, student.born_on, student.sex),
                    )
                )

    # lists

    def deliver(
        self, student: Student, source: str, registry: str | None, **values: object
    ) -> None:
        row = dict.fromkeys(COLUMNS)
        row |= {
            "record_id": f"r{len(self.rows):015d}",
            "source": source,
            "source_file": f"{source}/{len(self.rows) // 20000}.xlsx",
            "sheet": "",
            "source_row": len(self.rows) + 2,
            "registry": registry,
            "name": student.name,
            "id_number": student.id_number,
            **values,
        }
        if self.dice.random() < self.damage_share:
            self.clerk.damage(row, student)
        self.truth[str(row["record_id"])] = student.number
        self.rows.append(row)

    def registry_row(
        self, student: Student, source: str, registry: str, school: str, **values: object
    ) -> str:
        former = student.old_number or student.id_number
        student_no = ("L" if self.dice.random() < 0.05 else "G") + former
        if registry in ("technical", "higher"):
            student_no = f"{20210000 + student.number}"
        stated = {
            "sex": student.sex,
            "born_on": student.born_on,
            "student_no": student_no,
            "school_code": school,
            "hukou_code": student.county,
        }
        if registry != "higher":
            stated |= {
                "phone": student.phone,
                "guardian_name": student.guardian_name,
                "guardian_phone": student.guardian_phone
                if self.dice.random() < 0.85
                else self.a_phone(),
            }
        if registry in ("vocational", "k12"):
            stated |= {"address": student.address}
        if registry == "vocational":
            stated |= {"guardian_id": student.guardian_id, "origin_school": student.origin_school}
        if registry in ("vocational", "technical"):
            stated |= {"exam_no": student.exam_no}
        self.deliver(student, source, registry, **(stated | values))
        return student_no

    def lists(self, student: Student) -> None:
        dice = self.dice
        before = student
        if student.old_number and dice.random() < 0.6:
            before = replace(student, id_number=student.old_number)
        if student.old_name:
            before = replace(before, name=student.old_name)
        if dice.random() < 0.75:
            self.registry_row(before, "k12_students", "k12", f"319900{dice.randrange(40):04d}")
        if dice.random() < 0.8:
            self.deliver(
                before,
                "admissions",
                None,
                sex=student.sex,
                exam_no=student.exam_no,
                origin_school=student.origin_school,
                school_code=f"369900{dice.randrange(20):04d}",
            )
        path = dice.choices(("k12", "vocational", "technical", "dual"), (40, 40, 17, 3))[0]
        if path in ("k12", "dual"):
            self.registry_row(before, "k12_students", "k12", f"349900{dice.randrange(15):04d}")
        registries = {
            "vocational": ["vocational"],
            "technical": ["technical"],
            "k12": [],
            "dual": ["vocational", "technical"],
        }
        for registry in registries[path]:
            self.with_aid(student, registry)
        if dice.random() < 0.12:
            self.registry_row(student, "higher_students", "higher", f"{41990 + dice.randrange(9)}")
        if dice.random() < 0.1:
            self.deliver(student, "graduates", "vocational", sex=student.sex)

    def with_aid(self, student: Student, registry: str) -> None:
        dice = self.dice
        school = (
            f"369900{dice.randrange(20):04d}"
            if registry == "vocational"
            else f"JG99{dice.randrange(100):03d}"
        )
        values: dict[str, object] = {}
        if dice.random() < 0.008:
            values["id_number"] = (
                f"999{school.replace('JG99', '3699000'):0<10}{student.number % 10**5:05d}"[:18]
            )
        elif dice.random() < 0.003:
            values["id_number"] = student.guardian_id
        if student.old_name and dice.random() < 0.5 and registry == "vocational":
            values["former_name"] = student.old_name
        student_no = self.registry_row(student, f"{registry}_students", registry, school, **values)
        account = f"62220000{dice.randrange(10**11):011d}"
        rounding = dice.random() < 0.01
        for _ in range(dice.randrange(4, 14)):
            number = (
                student.id_number[:15] + "000"
                if rounding
                else values.get("id_number", student.id_number)
            )
            self.deliver(
                student,
                "aid_payments",
                registry,
                student_no=student_no,
                school_code=school,
                account_no=account,
                id_number=number,
            )
        if dice.random() < 0.25:
            self.deliver(
                student, "status_changes", registry, student_no=student_no, school_code=school
            )


def a_world(students: int, seed: int = 7, damage_share: float = 0.06) -> World:
    """Make people first, then what the lists say about them."""
    world = World(seed, damage_share)
    world.people(students)
    for student in world.students:
        world.lists(student)
    return world


def lay(con: duckdb.DuckDBPyConnection, world: World, as_of: date = date(2024, 4, 15)) -> None:
    """Write the world into core.person_record and its truth into truth(record_id, person)."""
    columns = {name: [row[name] for row in world.rows] for name in COLUMNS}
    table = pa.table(columns)
    con.execute("create schema if not exists core").fetchall()
    con.execute(f"create or replace macro as_of() as date '{as_of}'").fetchall()
    con.register("world_rows", table)
    nulls = [name for name in COLUMNS if pa.types.is_null(table.schema.field(name).type)]
    casts = ", ".join(f"{name}::varchar as {name}" if name in nulls else name for name in COLUMNS)
    con.execute(
        f"create or replace table core.person_record as select {casts} from world_rows"
    ).fetchall()
    con.unregister("world_rows")
    con.register(
        "world_truth",
        pa.table(
            {
                "record_id": list(world.truth),
                "person": [str(person) for person in world.truth.values()],
            }
        ),
    )
    con.execute("create or replace table truth as select * from world_truth").fetchall()
    con.unregister("world_truth")
