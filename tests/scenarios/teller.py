"""Tell a story as rows of deliveries: each story has its own people and schools, many share one workspace."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = (
    "致远若涵明轩思琪立群雅静建国晓雯世杰慧敏志强秋月文涛淑兰永康"
    "佩瑶承志碧云学勤春燕少峰梦洁国栋雪梅天佑海棠景行语嫣守义珊珊"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE = {"vocational": "3699", "high": "3499", "junior": "3199", "higher": "4199"}
_KIND = {
    "vocational": "中等职业学校",
    "high": "普通高中",
    "junior": "初中",
    "higher": "普通高等学校",
    "technical": "技工学校",
}
_SYSTEM = {"vocational": "中职", "high": "中小学", "technical": "技工", "higher": "高校"}


def identity_number(born: date, sequence: int, area: str = "990102") -> str:
    """Compose a valid number of the invented division 99; an odd sequence is a man's."""
    body = f"{area}{born:%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True)
class Pupil:
    """One human, as the household register knows them."""

    name: str
    born: date
    number: str
    phone: str
    guardian: str
    guardian_phone: str
    student_no: str
    sex: str

    def but(self, **changed: str) -> "Pupil":
        """Give the same human as another file writes them."""
        return replace(self, **changed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class School:
    """One school code and its kind."""

    code: str
    kind: str
    name: str


@dataclass
class Exports:
    """Rows of deliveries by source and file."""

    rows: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def write(self, folder: Path, withheld: Iterable[str]) -> None:
        """Write a CSV per source and file; a list without rows is an empty list, delivered."""
        for (source, file), rows in self.rows.items():
            if source in withheld:
                continue
            headings = list(dict.fromkeys(heading for row in rows for heading in row if heading))
            path = folder / source / f"{file}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, headings, restval="")
                writer.writeheader()
                writer.writerows(row for row in rows if any(row.values()))


class Teller:
    """Hands out people and schools of one story and writes down what the files say of them."""

    def __init__(self, exports: Exports, number: int, last_list: int = 2024) -> None:
        self.exports = exports
        self.number = number
        self._last_list = last_list
        self.schools: list[School] = []
        self._people = 0

    def school(self, kind: str = "vocational", *, listed: bool = True) -> School:
        """Open a school; a vocational one may recruit in every year unless it is not `listed`."""
        serial = self.number * 100 + len(self.schools) + 1
        code = f"JG99{serial}" if kind == "technical" else f"{_CODE[kind]}{serial:06d}"
        school = School(code, kind, f"虚构{serial}校")
        self.schools.append(school)
        self.row(
            "schools",
            学校标识码=code,
            学校名称=school.name,
            学校类别=_KIND[kind],
            所在地行政区划码="990102",
        )
        if kind == "vocational" and listed:
            for year in range(2018, self._last_list + 1):
                self.qualify(school, year)
        return school

    def qualify(self, school: School, year: int, answer: str = "是") -> None:
        """Put a school on the province's list of a year."""
        self.row(
            "school_qualifications", 年度=str(year), 学校标识码=school.code, 具备招生资质=answer
        )

    def pupil(self, name: str = "", born: str = "", sequence: int = 0) -> Pupil:
        """Let a human be born, unlike all others of this world."""
        self._people += 1
        serial = self.number * 40 + self._people
        day = (
            date.fromisoformat(born)
            if born
            else date(2006, 9, 2) + timedelta(days=serial * 37 % 350)
        )
        sequence = sequence or 100 + serial * 7 % 880
        name = name or _SURNAMES[serial * 11 % 32] + _given(serial * 7)
        number = identity_number(day, sequence)
        return Pupil(
            name=name,
            born=day,
            number=number,
            phone=f"1990000{serial % 10000:04d}",
            guardian=name[0] + _given(serial * 13 + 5),
            guardian_phone=f"1990001{serial % 10000:04d}",
            student_no="G" + number,
            sex="男" if sequence % 2 else "女",
        )

    def row(self, source: str, file: str = "all", **cells: str) -> None:
        """Write a row as it stands, by the headings of the file."""
        self.exports.rows[source, file].append(cells)

    def enrol(
        self, pupil: Pupil, school: School, entry: str, file: str = "all", **cells: str
    ) -> None:
        """Write the registry row of an enrolment; `cells` by heading override what is usual."""
        source, usual = _REGISTRY[school.kind](pupil, school, entry)
        self.row(source, file, **(usual | cells))

    def change(self, pupil: Pupil, kind: str, day: str, school: School, **cells: str) -> None:
        """Write an approved change, by the registry of the school."""
        usual = {
            "系统": _SYSTEM[school.kind],
            "学籍号": pupil.student_no,
            "姓名": pupil.name,
            "身份证件号": pupil.number,
            "异动类别": kind,
            "异动日期": day,
            "审核状态": "审核通过",
        }
        self.row("status_changes", **(usual | cells))

    def transfer(self, pupil: Pupil, out: School, into: School, day: str) -> None:
        """Write an approved transfer as both sides report it."""
        named = {"转出学校标识码": out.code, "转入学校标识码": into.code}
        self.change(pupil, "转学(转出)", day, out, **named)
        self.change(pupil, "转学(转入)", day, into, **named)

    def aid(
        self, pupil: Pupil, school: School, term: str, amount: str = "1000", **cells: str
    ) -> None:
        """Write one payment for a term such as "2023-2024 秋"; the grant, unless `cells` say else."""
        year, season = term.split(" ")
        usual = {
            "系统": _SYSTEM[school.kind],
            "学年": year,
            "学期": season,
            "资助项目": "国家助学金",
            "学校标识码": school.code,
            "学籍号": pupil.student_no,
            "姓名": pupil.name,
            "身份证件号": pupil.number,
            "实发金额": amount,
            "发放日期": "2023-11-05" if season == "秋" else "2024-04-05",
            "银行卡号": f"6299{pupil.number[6:17]}0000"[:19],
            "账户姓名": pupil.name,
            "银行回盘状态": "成功",
        }
        self.row("aid_payments", **(usual | cells))


def _vocational(pupil: Pupil, school: School, entry: str) -> tuple[str, Row]:
    return "vocational_students", {
        "学籍号": pupil.student_no,
        "姓名": pupil.name,
        "性别": pupil.sex,
        "出生日期": pupil.born.isoformat(),
        "身份证件号": pupil.number,
        "联系电话": pupil.phone,
        "监护人姓名": pupil.guardian,
        "监护人电话": pupil.guardian_phone,
        "学校标识码": school.code,
        "学校名称": school.name,
        "专业代码": "720301",
        "专业名称": "护理",
        "学制": "3",
        "学习形式": "全日制",
        "招生对象": "应届初中毕业生",
        "入学年月": entry,
        "学籍状态": "在读",
        "注册时间": _registered(entry),
    }


def _technical(pupil: Pupil, school: School, entry: str) -> tuple[str, Row]:
    return "technical_students", {
        "学籍号": f"T{pupil.number[6:17]}",
        "姓名": pupil.name,
        "性别": pupil.sex,
        "身份证号": pupil.number,
        "出生日期": pupil.born.isoformat(),
        "生源类别": "应届初中毕业生",
        "培养层次": "中级工",
        "学校代码": school.code,
        "学校名称": school.name,
        "专业名称": "护理",
        "学制": "3",
        "学习形式": "全日制",
        "入学年月": entry,
        "学籍状态": "在读",
        "联系电话": pupil.phone,
        "注册时间": _registered(entry),
    }


def _high(pupil: Pupil, school: School, entry: str) -> tuple[str, Row]:
    return "k12_students", {
        "全国学籍号": pupil.student_no,
        "姓名": pupil.name,
        "性别": pupil.sex,
        "出生日期": pupil.born.isoformat(),
        "身份证件号": pupil.number,
        "学校标识码": school.code,
        "学校名称": school.name,
        "学段": "初中" if school.kind == "junior" else "普通高中",
        "入学年月": entry,
        "学籍状态": "在读",
        "联系电话": pupil.phone,
        "监护人姓名": pupil.guardian,
        "监护人电话": pupil.guardian_phone,
    }


def _higher(pupil: Pupil, school: School, entry: str) -> tuple[str, Row]:
    return "higher_students", {
        "XH": f"H{pupil.number[6:17]}",
        "XM": pupil.name,
        "XB": pupil.sex,
        "CSRQ": f"{pupil.born:%Y%m%d}",
        "SFZH": pupil.number,
        "YXDM": school.code[-5:],
        "YXMC": school.name,
        "ZYMC": "护理",
        "CC": "专科",
        "XXXS": "普通全日制",
        "XZ": "3",
        "RXRQ": f"{entry}01",
        "XJZT": "注册学籍",
    }


_REGISTRY: dict[str, Callable[[Pupil, School, str], tuple[str, Row]]] = {
    "vocational": _vocational,
    "technical": _technical,
    "high": _high,
    "junior": _high,
    "higher": _higher,
}


def _given(serial: int) -> str:
    first = serial % 30 * 2
    return _GIVEN[first : first + 2]


def _registered(entry: str) -> str:
    return f"{entry[:4]}-{'09-20' if entry[4:] >= '07' else '03-20'}"
