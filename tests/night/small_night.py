"""A bureau of two schools and a handful of pupils: a whole night on it takes a few seconds."""

import csv
import io
from datetime import date
from pathlib import Path

from pipeline.night import run_plain
from pipeline.progress import LineReporter
from pipeline.settings import load_settings
from pipeline.workspace import Workspace

DAY = date(2024, 4, 15)
ROLL = (
    "学籍号", "姓名", "身份证件号", "出生日期", "现住址", "联系电话", "监护人姓名", "学校标识码", "班级名称",
    "入学年月", "学籍状态", "资助卡号",
)  # fmt: skip


def pupil(number: int = 1, **cells: str) -> list[str]:
    """Give a row of the roll of a vocational school; `cells` by heading."""
    usual = {
        "学籍号": f"2022990{number:05d}",
        "姓名": f"虚构{number}",
        "身份证件号": "",
        "出生日期": "2007-05-08",
        "学校标识码": "3699000001",
        "入学年月": "202209",
        "学籍状态": "在读",
    } | {"身份证件号": with_check_digit(f"99010220070508{number:03d}")}
    return [(usual | cells).get(heading, "") for heading in ROLL]


def with_check_digit(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]


def roll(*rows: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([ROLL, *rows])
    return stream.getvalue().encode()


def deliver(workspace: Workspace, path: str, content: bytes) -> Path:
    target = workspace.exports / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def a_bureau(root: Path) -> Workspace:
    """Make a workspace with one pupil on two vocational rolls, a case of DE106."""
    workspace = Workspace(root)
    deliver(workspace, "vocational_students/a.csv", roll(pupil(1), pupil(2)))
    twice = pupil(1, 学籍号="202299099999", 学校标识码="3699000002")
    deliver(workspace, "vocational_students/b.csv", roll(twice, pupil(3)))
    return workspace


def night(workspace: Workspace, day: date = DAY, *, full: bool = False) -> None:
    run_plain(workspace, load_settings(workspace.root), day, LineReporter(), full=full)
