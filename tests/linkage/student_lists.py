"""Two small lists of invented students, their truth, and the model of the engine's README."""

from __future__ import annotations

import json
import re
from pathlib import Path

from detectors.identity.linkage.model import Model, load_model

README = Path(__file__).parents[2] / "detectors/identity/linkage/README.md"
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "浩宇轩涵怡博文思梓欣雨佳"
SOUNDS_LIKE = {"浩": "皓", "宇": "羽", "轩": "萱", "怡": "宜"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PERSONS = 240


def number_of(at: int) -> str:
    body = f"990102{born_of(at).replace('-', '')}{at % 500 * 2 + 1:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def born_of(at: int) -> str:
    return f"{2005 + at % 4}-{at * 7 % 12 + 1:02d}-{at * 11 % 28 + 1:02d}"


def name_of(at: int) -> str:
    return SURNAMES[at % 10] + GIVEN[at * 5 % 12] + GIVEN[(at // 12 + at) % 12]


def school_row(at: int) -> list[str]:
    return [f"s{at}", name_of(at), number_of(at), born_of(at), f"1990000{at:04d}"]


def college_row(at: int) -> list[str]:
    """Every seventh name is misheard, every fifth number lost, every third phone changed."""
    heard = (
        "".join(SOUNDS_LIKE.get(sign, sign) for sign in name_of(at)) if at % 7 == 0 else name_of(at)
    )
    number = "" if at % 5 == 1 else number_of(at)
    return [f"c{at}", heard, number, born_of(at), f"1990000{at + 5000 * (at % 3 == 0):04d}"]


def lay_lists(folder: Path) -> None:
    """Write schools.csv, colleges.csv, their truths, and students.json as the README has it.

    Persons 80 to 159 are in both lists; s0 and c0 are one more person each.
    """
    schools = [school_row(at) for at in range(1, 160)]
    colleges = [college_row(at) for at in range(80, PERSONS)]
    schools.append(["s0", "林浩然", number_of(900), born_of(900), "19900009900"])
    colleges.append(["c0", "林皓然", number_of(900), born_of(900), "19900009901"])
    _write(folder / "schools.csv", "record_id,name,id_number,birth_date,phone", schools)
    _write(folder / "colleges.csv", "record_id,name,id_number,birth_date,phone", colleges)
    for name, rows in (("schools", schools), ("colleges", colleges)):
        truth = [[row[0], row[0][1:]] for row in rows]
        _write(folder / f"{name}_truth.csv", "record_id,true_person", truth)
    (folder / "students.json").write_text(json.dumps(told_model()), "utf-8")


def told_model() -> dict[str, object]:
    (told,) = re.findall(r"```json\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    return dict(json.loads(told))


def a_model(folder: Path, **changed: object) -> Model:
    """The README's model with some parts changed."""
    path = folder / "changed.json"
    path.write_text(json.dumps(told_model() | changed), "utf-8")
    return load_model(path)


def commands() -> list[str]:
    (told,) = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    return [line.removeprefix("qingji ") for line in told.splitlines() if line.strip()]


def _write(path: Path, header: str, rows: list[list[str]]) -> None:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", "utf-8")
