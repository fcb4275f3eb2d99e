"""What clerks get wrong when they type a list: slips in numbers, names, birth dates, a sibling's number."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from invented_students import Student

HOMOPHONES = (
    "浩皓昊",
    "涵晗函",
    "宇雨羽",
    "佳嘉家",
    "梓子紫",
    "轩萱",
    "怡宜",
    "鑫欣新",
    "博勃",
    "伟玮炜",
)
VARIANTS = {
    "刘": "劉",
    "张": "張",
    "陈": "陳",
    "升": "昇",
    "闫": "阎",
    "付": "傅",
    "肖": "萧",
    "华": "華",
    "杰": "傑",
}


@dataclass
class Clerk:
    """Damages a row in one of many ways; the dice are those of the world."""

    dice: random.Random
    students: list[Student]

    def damage(self, row: dict[str, object], student: Student) -> None:
        kinds = (
            "digit",
            "swap",
            "length",
            "look",
            "birth",
            "sex",
            "homophone",
            "variant",
            "part",
            "shape",
            "sibling",
        )
        shares = (35, 15, 8, 5, 5, 5, 12, 4, 3, 3, 1)
        kind = self.dice.choices(kinds, shares)[0]
        getattr(self, f"damage_{kind}")(row, student)

    def damage_digit(self, row: dict[str, object], _: Student) -> None:
        number, at = str(row["id_number"]), self.dice.randrange(17)
        digit = self.dice.choice("0123456789".replace(number[at], ""))
        row["id_number"] = number[:at] + digit + number[at + 1 :]

    def damage_swap(self, row: dict[str, object], _: Student) -> None:
        number, at = str(row["id_number"]), self.dice.randrange(16)
        row["id_number"] = number[:at] + number[at + 1] + number[at] + number[at + 2 :]

    def damage_length(self, row: dict[str, object], _: Student) -> None:
        number, at = str(row["id_number"]), self.dice.randrange(17)
        row["id_number"] = number[:at] + self.dice.choice(("", number[at] * 2)) + number[at + 1 :]

    def damage_look(self, row: dict[str, object], _: Student) -> None:
        number = str(row["id_number"])
        row["id_number"] = self.dice.choice(
            (
                f" {number}",
                f"'{number}",
                f'="{number}"',
                number.replace("X", "×"),
                number.lower(),
                f"{number[:6]} {number[6:]}",
            )
        )

    def damage_birth(self, row: dict[str, object], student: Student) -> None:
        born_on = student.born_on
        if row["born_on"] is None:
            return
        swapped = born_on - timedelta(days=self.dice.randrange(20, 50))
        if born_on.day <= 12 and self.dice.random() < 0.5:
            swapped = date(born_on.year, born_on.day, born_on.month)
        row["born_on"] = swapped

    def damage_sex(self, row: dict[str, object], student: Student) -> None:
        if row["sex"] is not None:
            row["sex"] = "female" if student.sex == "male" else "male"

    def damage_homophone(self, row: dict[str, object], _: Student) -> None:
        name = str(row["name"])
        for group in HOMOPHONES:
            for character in group:
                if character in name[1:]:
                    other = self.dice.choice(group.replace(character, ""))
                    row["name"] = name[0] + name[1:].replace(character, other)
                    return

    def damage_variant(self, row: dict[str, object], _: Student) -> None:
        row["name"] = "".join(VARIANTS.get(character, character) for character in str(row["name"]))

    def damage_part(self, row: dict[str, object], _: Student) -> None:
        name = str(row["name"])
        if len(name) == 3:
            row["name"] = self.dice.choice(
                (name[0] + name[2], name[0] + name[2] + name[1], f"{name[0]} {name[1:]}")
            )

    def damage_shape(self, row: dict[str, object], _: Student) -> None:
        name = str(row["name"])
        row["name"] = name[:-1] + self.dice.choice("?□")

    def damage_sibling(self, row: dict[str, object], student: Student) -> None:
        near = self.students[max(0, student.number - 1)]
        row["id_number"] = near.id_number
