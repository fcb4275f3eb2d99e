"""What the lists of many nights showed is kept: who came, stayed, changed and vanished, whatever was replaced since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from small_night import ROLL, night, pupil, roll

from detectors.identity.resolution import resolve
from pipeline.conform.core import build_core, build_person_records, prepare
from pipeline.conform.roll import note_lists
from pipeline.intake import collect
from pipeline.store.database import set_as_of, transaction
from pipeline.workspace import Workspace

NIGHTS = ("2024-01-15", "2024-04-15", "2024-06-15")
LISTED = "student_no, first_seen_on::varchar, last_seen_on::varchar, vanished_on::varchar"
EVERYTHING = "*"


def class_of(*numbers: int, **cells: str) -> bytes:
    return roll(*(pupil(number, **cells) for number in numbers))


class Bureau:
    """Deliveries of several nights, collected and conformed on one warehouse."""

    def __init__(self, exports: Path) -> None:
        self.exports = exports
        self.con = duckdb.connect(config={"threads": 1})

    def deliver(self, name: str, content: bytes) -> None:
        target = self.exports / "vocational_students" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def take_away(self, name: str) -> None:
        (self.exports / "vocational_students" / name).unlink()

    def night(self, day: str) -> None:
        set_as_of(self.con, day)
        collect(self.con, self.exports)
        with transaction(self.con):
            note_lists(self.con)

    def conform(self) -> None:
        prepare(self.con)
        build_person_records(self.con)
        resolve(self.con, threads=1)
        build_core(self.con)

    def history(self, columns: str = LISTED) -> list[tuple[object, ...]]:
        query = f"select {columns} from work.roll_seen order by student_key, first_seen_on"
        return self.con.execute(query).fetchall()

    def conformed(self, columns: str) -> list[tuple[object, ...]]:
        query = f"select {columns} from core.roll_history order by student_key, first_seen_on"
        return self.con.execute(query).fetchall()

    def spans(self, number: int) -> list[tuple[object, ...]]:
        told = f"{LISTED}, status"
        return [row[1:] for row in self.history(told) if row[0] == pupil(number)[0]]


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path / "exports")


def test_a_student_shown_in_two_exports_is_one_state_over_their_days(bureau: Bureau) -> None:
    bureau.deliver("a20240110.csv", class_of(1, 2))
    bureau.night("2024-01-15")
    bureau.deliver("a20240410.csv", class_of(1, 2))
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-01-10", "2024-04-10", None, "active")]
    assert bureau.history("days_seen") == [(2,), (2,)]


def test_a_change_of_status_begins_a_new_state(bureau: Bureau) -> None:
    bureau.deliver("a20240110.csv", class_of(1, 2, 3))
    bureau.night("2024-01-15")
    bureau.deliver("a20240410.csv", roll(pupil(1), pupil(2), pupil(3, 学籍状态="退学")))
    bureau.night("2024-04-15")
    assert bureau.spans(3) == [
        ("2024-01-10", "2024-01-10", None, "active"),
        ("2024-04-10", "2024-04-10", None, "withdrawn"),
    ]


def test_who_is_not_on_the_list_delivered_again_vanished_that_day(bureau: Bureau) -> None:
    bureau.deliver("a20240110.csv", class_of(1, 2, 3, 4))
    bureau.night("2024-01-15")
    bureau.deliver("a20240410.csv", class_of(1, 2, 4, 5))
    bureau.night("2024-04-15")
    assert bureau.spans(3) == [("2024-01-10", "2024-01-10", "2024-04-10", "active")]
    assert bureau.spans(5) == [("2024-04-10", "2024-04-10", None, "active")]


def test_an_older_list_delivered_in_the_same_night_counts_as_seen(bureau: Bureau) -> None:
    bureau.deliver("a20240110.csv", class_of(1, 2, 3, 4))
    bureau.deliver("a20240410.csv", class_of(1, 2, 4, 5))
    bureau.night("2024-04-15")
    replaced = "select count(*) from deliveries where status = 'replaced'"
    assert bureau.con.execute(replaced).fetchall() == [(1,)]
    assert bureau.spans(3) == [("2024-01-10", "2024-01-10", "2024-04-10", "active")]


def test_a_school_whose_list_is_missing_a_night_loses_nobody(bureau: Bureau) -> None:
    other = {"学校标识码": "3699000002"}
    bureau.deliver("a20240110.csv", class_of(1, 2, 3))
    bureau.deliver("b20240110.csv", class_of(11, 12, 13, **other))
    bureau.night("2024-01-15")
    bureau.take_away("b20240110.csv")
    bureau.deliver("a20240410.csv", class_of(1, 2, 3))
    bureau.night("2024-04-15")
    assert bureau.spans(11) == [("2024-01-10", "2024-01-10", None, "active")]
    bureau.deliver("b20240610.csv", class_of(11, 12, 13, **other))
    bureau.night("2024-06-15")
    assert bureau.spans(11) == [("2024-01-10", "2024-06-10", None, "active")]


def test_lists_of_two_classes_exported_on_two_days_do_not_contradict_each_other(
    bureau: Bureau,
) -> None:
    bureau.deliver("一班20240110.csv", class_of(1, 2, 3, 班级名称="1班"))
    bureau.deliver("二班20240111.csv", class_of(4, 5, 6, 班级名称="2班"))
    bureau.night("2024-01-15")
    bureau.deliver("一班20240410.csv", class_of(1, 2, 3, 班级名称="1班"))
    bureau.deliver("二班20240411.csv", class_of(4, 5, 6, 班级名称="2班"))
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-01-10", "2024-04-10", None, "active")]
    assert bureau.spans(4) == [("2024-01-11", "2024-04-11", None, "active")]


def test_a_list_of_one_year_of_entry_says_nothing_of_another(bureau: Bureau) -> None:
    first, second = range(1, 7), range(7, 13)
    entered = [pupil(number, 入学年月="202309") for number in second]
    bureau.deliver("a20240110.csv", roll(*(pupil(number) for number in first), *entered))
    bureau.night("2024-01-15")
    bureau.deliver("a20240410.csv", roll(*entered[1:]))
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-01-10", "2024-01-10", None, "active")]
    assert bureau.spans(7) == [("2024-01-10", "2024-01-10", "2024-04-10", "active")]


def test_a_list_without_a_day_is_of_the_night_that_first_read_it(bureau: Bureau) -> None:
    bureau.deliver("a.csv", class_of(1, 2))
    bureau.night("2024-01-15")
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-01-15", "2024-01-15", None, "active")]


def test_a_list_that_says_a_later_day_than_tonight_is_of_tonight(bureau: Bureau) -> None:
    bureau.deliver("a20240610.csv", class_of(1, 2))
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-04-15", "2024-04-15", None, "active")]


def test_a_list_under_another_name_is_no_second_sighting(bureau: Bureau) -> None:
    bureau.deliver("a.csv", class_of(1, 2))
    bureau.night("2024-01-15")
    bureau.take_away("a.csv")
    bureau.deliver("b.csv", class_of(1, 2))
    bureau.night("2024-04-15")
    assert bureau.spans(1) == [("2024-01-15", "2024-01-15", None, "active")]


def test_who_is_listed_again_later_begins_a_new_state(bureau: Bureau) -> None:
    for day, numbers in zip(NIGHTS, ((1, 2, 3), (1, 2), (1, 2, 3, 4)), strict=True):
        bureau.deliver(f"a{day.replace('-', '')}.csv", class_of(*numbers))
        bureau.night(day)
    assert bureau.spans(3) == [
        ("2024-01-15", "2024-01-15", "2024-04-15", "active"),
        ("2024-06-15", "2024-06-15", None, "active"),
    ]


def test_an_older_list_delivered_late_tells_only_what_came_before(bureau: Bureau) -> None:
    bureau.deliver("a20240410.csv", class_of(1, 2, 3))
    bureau.night("2024-04-15")
    bureau.deliver("a20240110.csv", class_of(1, 2, 4))
    bureau.night("2024-06-15")
    assert bureau.spans(1) == [("2024-01-10", "2024-04-10", None, "active")]
    assert bureau.spans(3) == [("2024-04-10", "2024-04-10", None, "active")]


def test_a_list_of_a_day_between_two_known_ones_tells_nothing_new(bureau: Bureau) -> None:
    for day in ("20240110", "20240610"):
        bureau.deliver(f"a{day}.csv", class_of(1, 2, 3))
        bureau.night("2024-06-15")
    bureau.deliver("a20240410.csv", roll(pupil(1), pupil(2), pupil(3, 学籍状态="休学")))
    bureau.night("2024-06-16")
    assert bureau.spans(3) == [("2024-01-10", "2024-06-10", None, "active")]


def test_the_person_is_remembered_when_no_list_has_the_student_any_more(bureau: Bureau) -> None:
    bureau.deliver("a20240110.csv", class_of(1, 2, 3))
    bureau.night("2024-01-15")
    bureau.conform()
    before = bureau.conformed("person_id")
    bureau.deliver("a20240410.csv", class_of(1, 2))
    bureau.night("2024-04-15")
    bureau.conform()
    assert bureau.conformed("person_id") == before
    listed = bureau.conformed("enrolment_record_id is not null")
    assert listed == [(True,), (True,), (False,)]


@pytest.mark.parametrize(
    ("bearers", "is_known"), [(["王大明"], True), (["王大明", "李小红"], False)]
)
def test_who_was_never_resolved_is_known_by_a_number_that_one_person_has(
    bureau: Bureau, bearers: list[str], *, is_known: bool
) -> None:
    number = pupil(3)[ROLL.index("身份证件号")]
    other = {"身份证件号": number, "学校标识码": "3699000002"}
    rows = [
        pupil(30 + at, 姓名=name, 出生日期=f"2007-05-0{8 - at}", **other)
        for at, name in enumerate(bearers)
    ]
    bureau.deliver("a20240110.csv", class_of(1, 2, 3, 4))
    bureau.deliver("a20240410.csv", class_of(1, 2, 4, 5))
    bureau.deliver("b20240410.csv", roll(*rows))
    bureau.night("2024-04-15")
    bureau.conform()
    history = bureau.conformed("student_no, enrolment_record_id is null, person_id is not null")
    assert (pupil(3)[0], True, is_known) in history


@pytest.mark.parametrize("repeated", [(0,), (1,), (0, 1, 2)])
def test_history_is_the_same_whichever_nights_are_run_twice(
    tmp_path: Path, repeated: tuple[int, ...]
) -> None:
    told: list[list[tuple[object, ...]]] = []
    for again in ((), repeated):
        bureau = Bureau(tmp_path / f"exports{len(told)}")
        for number, day in enumerate(NIGHTS):
            rows = (pupil(1), pupil(2 + number), pupil(5, 班级名称=f"{number // 2}班"), pupil(6))
            bureau.deliver(f"a{day.replace('-', '')}.csv", roll(*rows))
            for _ in range(2 if number in again else 1):
                bureau.night(day)
        told.append(bureau.history(EVERYTHING))
    assert told[0] == told[1]


def test_a_full_night_keeps_history_and_publishes_it_masked(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    target = workspace.exports / "vocational_students"
    target.mkdir(parents=True)
    (target / "a20240110.csv").write_bytes(class_of(1, 2, 3))
    night(workspace, date(2024, 1, 15))
    (target / "a20240110.csv").unlink()
    (target / "a20240410.csv").write_bytes(class_of(1, 2))
    night(workspace, date(2024, 4, 15), full=True)
    con = duckdb.connect(str(workspace.registry), read_only=True)
    published = con.execute(
        "select student_no, student_key, name, vanished_on::varchar from roll_history"
    ).fetchall()
    con.close()
    assert ("2022****0003", "2022****0003", "虚*", "2024-04-10") in published
    assert len(published) == 3
