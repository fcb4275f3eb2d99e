"""A case over three nights: what was settled is gone, what could not be looked at stays, what returns is reopened."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from teller import Exports, Teller
from worlds import lay_empty_lists, new_workspace, run_night

from pipeline.workspace import Workspace

FIRST, SECOND, THIRD = date(2024, 4, 15), date(2024, 4, 16), date(2024, 4, 17)


@dataclass(frozen=True)
class Delivered:
    """What the bureau has on a day: is the high school's row closed, and is there an aid list?"""

    is_closed: bool
    has_aid: bool


def _lay(folder: Path, delivered: Delivered) -> None:
    exports = Exports()
    tell = Teller(exports, 1)
    boy, vocational, high = tell.pupil(), tell.school(), tell.school("high")
    left = {"学籍状态": "转出", "离校日期": "2022-10-12"} if delivered.is_closed else {}
    tell.enrol(boy, vocational, "202209")
    tell.enrol(boy, high, "202209", **left)
    for _ in range(4):
        one = tell.pupil()
        tell.enrol(one, vocational, "202209")
        if delivered.has_aid:
            tell.aid(
                one, vocational, "2023-2024 秋", 银行卡号="6299000011112222333", 账户姓名="司徒老师"
            )
    shutil.rmtree(folder, ignore_errors=True)
    exports.write(folder, ())
    lay_empty_lists(folder, frozenset())


def _cases(workspace: Workspace) -> dict[str, str]:
    con = duckdb.connect(str(workspace.warehouse), read_only=True)
    rows = con.execute("select detector_id, status from main.cases").fetchall()
    con.close()
    return dict(rows)


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    workspace = new_workspace(tmp_path_factory.mktemp("nights") / "bureau")
    seen = []
    for as_of, delivered in (
        (FIRST, Delivered(is_closed=False, has_aid=True)),
        (SECOND, Delivered(is_closed=True, has_aid=False)),
        (THIRD, Delivered(is_closed=False, has_aid=True)),
    ):
        _lay(workspace.exports, delivered)
        run_night(workspace, as_of)
        seen.append(_cases(workspace))
    return seen


def test_two_cases_are_new_on_the_first_night(three_nights: list[dict[str, str]]) -> None:
    assert three_nights[0] == {"DE101": "new", "SA405": "new"}


def test_what_the_high_school_put_right_is_gone(three_nights: list[dict[str, str]]) -> None:
    assert three_nights[1]["DE101"] == "gone"


def test_no_absence_is_vouched_for_without_the_aid_list(three_nights: list[dict[str, str]]) -> None:
    assert three_nights[1]["SA405"] == "open"


def test_what_returns_is_reopened_and_what_stayed_is_open(
    three_nights: list[dict[str, str]],
) -> None:
    assert three_nights[2] == {"DE101": "reopened", "SA405": "open"}
