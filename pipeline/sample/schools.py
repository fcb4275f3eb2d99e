"""The schools of the invented city: codes of category and division 99, majors, mergers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.sample.dice import Dice
from pipeline.sample.people import COUNTIES


@dataclass(frozen=True, slots=True)
class Major:
    """A major of the 2021 catalogue (technical schools: of their own catalogue)."""

    code: str
    name: str


VOCATIONAL_MAJORS = (
    Major("710201", "计算机应用"), Major("730301", "会计事务"), Major("720301", "护理"),
    Major("700206", "汽车运用与维修"), Major("610102", "作物生产技术"), Major("660301", "机电技术应用"),
    Major("740104", "旅游服务与管理"), Major("770101", "幼儿保育"), Major("730701", "电子商务"),
    Major("640301", "建筑工程施工"),
)  # fmt: skip
TECHNICAL_MAJORS = (
    Major("0201", "电气自动化设备安装与维修"), Major("0106", "数控加工"), Major("0403", "汽车维修"),
    Major("0503", "烹饪"), Major("0117", "焊接加工"), Major("0301", "计算机网络应用"),
)  # fmt: skip
COLLEGE_MAJORS = (
    Major("510201", "计算机应用技术"), Major("530302", "大数据与会计"), Major("520201", "护理"),
    Major("500211", "汽车检测与维修技术"), Major("460301", "机电一体化技术"), Major("570102", "学前教育"),
)  # fmt: skip

_VOCATIONAL_NAMES = (
    "职业中等专业学校",
    "职业技术学校",
    "中等职业学校",
    "卫生学校",
    "职教中心",
    "商贸学校",
)
_ORDINALS = "一二三四五六七八九十"


@dataclass(slots=True, eq=False)
class School:
    """A school code of the invented city."""

    code: str
    name: str
    kind: str  # code list school_kind
    county: str
    owner: str = "公办"
    majors: tuple[Major, ...] = ()
    valid_from: date = date(2008, 9, 1)
    valid_to: date | None = None
    successor: School | None = None
    merged_on: date | None = None
    unqualified_years: set[int] = field(default_factory=set)  # published as not qualified
    unlisted_years: set[int] = field(default_factory=set)  # missing on the published list
    is_listed: bool = True
    roll_file: str = ""  # the county's file that its roll is delivered in, if not one of its own
    lists_until: int = 0  # a closed code that the published list still names in that year

    @property
    def registry_code(self) -> str:
        """The code in the school's own registry: the higher one shows five digits."""
        return self.code[-5:] if self.kind == "higher" else self.code

    @property
    def department(self) -> str:
        """Which department the school belongs to."""
        return "人社" if self.kind == "technical" else "教育"


@dataclass(slots=True)
class Schools:
    """All schools by kind; `closed` are the codes that a merger ended."""

    vocational: list[School]
    technical: list[School]
    high: list[School]
    junior: list[School]
    higher: list[School]
    closed: list[School] = field(default_factory=list)
    closing: list[School] = field(default_factory=list)  # listed, recruiting no more
    founded: list[School] = field(default_factory=list)  # for one scene each
    last_serial: int = 0  # of those founded

    def everyone(self) -> list[School]:
        """List every school, closed ones included, by code."""
        groups = (
            self.vocational,
            self.technical,
            self.high,
            self.junior,
            self.higher,
            self.closed,
            self.closing,
            self.founded,
        )
        return sorted((school for group in groups for school in group), key=lambda s: s.code)


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < 10 else f"{_ORDINALS[9]}{_ORDINALS[number - 10]}"


def _counties_in_turn(count: int) -> list[str]:
    codes = tuple(COUNTIES)
    return [codes[place % len(codes)] for place in range(count)]


def _vocational(dice: Dice, place: int, county: str) -> School:
    name = f"青禾市{COUNTIES[county][:2]}虚构第{_ordinal(place % 20)}{dice.pick(_VOCATIONAL_NAMES)}"
    return School(
        code=f"3699{place + 1:06d}",
        name=name,
        kind="vocational",
        county=county,
        owner="民办" if place % 5 == 3 else "公办",
        majors=tuple(dice.shuffled(VOCATIONAL_MAJORS)[:5]),
    )


def build_schools(dice: Dice, students: int, merged_on: date) -> Schools:
    """Found as many schools as the city needs, and merge one in eight vocational codes away."""
    count = max(8, min(60, round(students / 1500)))
    vocational = [
        _vocational(dice, place, county) for place, county in enumerate(_counties_in_turn(count))
    ]
    technical = [
        School(
            code=f"JG99{place + 1:03d}",
            name=f"青禾市虚构第{_ordinal(place % 20)}{'技师学院' if place % 3 == 0 else '技工学校'}",
            kind="technical",
            county=county,
            majors=TECHNICAL_MAJORS,
        )
        for place, county in enumerate(_counties_in_turn(max(2, min(30, round(students / 4000)))))
    ]
    closing = vocational[-1::-8][: max(1, count // 8)]
    staying = [school for school in vocational if school not in closing]
    for place, school in enumerate(closing):
        school.valid_to = school.merged_on = merged_on
        school.successor = staying[place]
    return Schools(
        vocational=staying,
        technical=technical,
        high=_general("3499", "high", "虚构中学", max(5, min(60, round(students / 2000)))),
        junior=_general("3199", "junior", "虚构初级中学", max(8, min(150, round(students / 1000)))),
        higher=_colleges(dice, max(4, min(20, round(students / 5000)))),
        closed=closing,
    )


def _general(category: str, kind: str, suffix: str, count: int) -> list[School]:
    return [
        School(
            code=f"{category}{place + 1:06d}",
            name=f"青禾市{COUNTIES[county][:2]}第{place // len(COUNTIES) + 1}{suffix}",
            kind=kind,
            county=county,
        )
        for place, county in enumerate(_counties_in_turn(count))
    ]


def _colleges(dice: Dice, count: int) -> list[School]:
    suffixes = ("职业技术学院", "农业职业学院", "卫生职业学院", "师范学院")
    return [
        School(
            code=f"41990{10001 + place}",
            name=f"青禾虚构{suffixes[place % 4]}{'' if place < 4 else _ordinal(place - 4)}",
            kind="higher",
            county=county,
            majors=tuple(dice.shuffled(COLLEGE_MAJORS)),
        )
        for place, county in enumerate(_counties_in_turn(count))
    ]
