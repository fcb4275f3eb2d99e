"""A pupil and the headings of the rolls, for tests of where things stand in a sheet."""

from __future__ import annotations

SPECIAL = "special_statuses"


ROLL = "vocational_students"


FUNDS = "funding_allocations"


PUPIL = {
    "学籍号": "G990102200705010027",
    "姓名": "王一虚",
    "身份证件号": "990102200705010027",
    "学校标识码": "3699000001",
    "入学年月": "202309",
    "学籍状态": "在读",
}


OF_PUPIL = tuple(PUPIL)


A_PUPIL = tuple(PUPIL.values())
