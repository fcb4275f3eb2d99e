"""A corrected list replaces the one it corrects, and nothing is lost by a guess."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import permutations
from pathlib import Path

import duckdb
import openpyxl
import pytest
from delivered_files import a_warehouse, messages, put, saved, table
from packed_files import zipped

from pipeline.intake import collect, redelivery

ROLLS = "vocational_students"


AID = "funding_allocations"


SCHOOL, OTHER = "3699000001", "3699000002"


HEADINGS = ("学籍号", "姓名", "身份证件号", "学校标识码", "入学年月", "学籍状态")


def roll(pupils: Iterable[int], school: str = SCHOOL, status: str = "在读") -> bytes:
    """Give a roll; what is corrected in a later one is the status."""
    return table(HEADINGS, *(pupil(number, school, status) for number in pupils)).encode()


def pupil(number: int, school: str = SCHOOL, status: str = "在读") -> tuple[str, ...]:
    id_number = f"99010220070501{number:04}"
    return (f"G{id_number}", "虚构甲", id_number, school, "202309", status)


def allocations(amounts: Iterable[int]) -> bytes:
    headings = ("年度", "学校标识码", "拨款学生数", "拨款金额(元)")
    rows = [(2010 + place, SCHOOL, 100, amount) for place, amount in enumerate(amounts)]
    return table(headings, *rows).encode()


def collected(exports: Path, files: dict[str, bytes], source: str = ROLLS) -> dict[str, object]:
    put(exports, {f"{source}/{name}": content for name, content in files.items()})
    return outcome(_warehouse(exports))


def _warehouse(exports: Path) -> duckdb.DuckDBPyConnection:
    con = a_warehouse()
    collect(con, exports)
    return con


def outcome(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Give the status of each file, or the number of its rows if they are there."""
    rows = con.execute(
        "select source_file, if(status = 'loaded', rows_loaded::varchar, status) from main.deliveries"
    ).fetchall()
    return {file.partition("/")[2]: int(told) if told.isdecimal() else told for file, told in rows}


def whole_account(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Give all that two accounts of the same files must agree in, rows included."""
    return [
        *con.execute("select * from main.deliveries order by source_file, sheet").fetchall(),
        *con.execute(
            f"select source_file, source_row, student_no, status from main.{ROLLS} order by all"
        ).fetchall(),
        *con.execute("from main.rejected_rows order by all").fetchall(),
        *con.execute("from work.replaced_key order by all").fetchall(),
    ]


def test_a_newer_export_of_a_school_replaces_the_older(tmp_path: Path) -> None:
    old, new = f"{ROLLS}/学籍20240301.csv", f"{ROLLS}/学籍20240401.csv"
    put(tmp_path, {old: roll(range(10)), new: roll(range(1, 12), status="毕业")})
    con = _warehouse(tmp_path)
    assert outcome(con) == {"学籍20240301.csv": "replaced", "学籍20240401.csv": 11}
    assert con.execute(f"select distinct source_file from main.{ROLLS}").fetchall() == [(new,)]
    assert messages(con)[old] == (
        f"10 rows, replaced by {new} of 2024-04-01; 1 rows of the file are not in that"
    )
    account = con.execute(
        "select rows_read, rows_loaded, rows_replaced, exported_on, replaced_by"
        " from main.deliveries where status = 'replaced'"
    ).fetchall()
    assert account == [(0, 0, 10, date(2024, 3, 1), new)]


def test_an_older_export_that_comes_late_replaces_nothing(tmp_path: Path) -> None:
    collected(tmp_path, {"20240401.csv": roll(range(10))})
    con = _warehouse(tmp_path)
    put(tmp_path, {f"{ROLLS}/20240301.csv": roll(range(10), status="毕业")})
    assert collect(con, tmp_path).replaced == 1
    assert outcome(con) == {"20240301.csv": "replaced", "20240401.csv": 10}


def test_rows_rejected_and_cells_left_empty_go_with_the_file(tmp_path: Path) -> None:
    spoilt = roll(range(10)) + b"x,,,,,\n"
    put(tmp_path, {f"{ROLLS}/20240301.csv": spoilt, f"{ROLLS}/20240401.csv": roll(range(10))})
    con = _warehouse(tmp_path)
    assert con.execute("from main.rejected_rows").fetchall() == []
    assert "11 rows, replaced" in messages(con)[f"{ROLLS}/20240301.csv"]


@pytest.mark.parametrize(
    ("newer", "why"),
    [
        (roll(range(10, 20), status="毕业"), "other pupils: another class"),
        (roll(range(4), status="毕业"), "fewer than half: a part was corrected"),
        (roll(range(10), OTHER), "another school"),
    ],
)
def test_what_is_no_corrected_list_replaces_nothing(tmp_path: Path, newer: bytes, why: str) -> None:
    outcomes = collected(tmp_path, {"20240301.csv": roll(range(10)), "20240401.csv": newer})
    assert "replaced" not in outcomes.values(), why


def test_two_parts_each_below_half_replace_nothing_together(tmp_path: Path) -> None:
    whole = {"20240301.csv": roll(range(10))}
    one = {"20240401.csv": roll(range(4), status="毕业")}
    other = {"20240402.csv": roll(range(4, 8), status="毕业")}
    told = collected(tmp_path, whole | one | other)
    assert told == {"20240301.csv": 10, "20240401.csv": 4, "20240402.csv": 4}


def test_a_list_of_two_schools_is_not_replaced_by_that_of_one(tmp_path: Path) -> None:
    both = roll(range(10)) + roll(range(20, 22), OTHER).partition(b"\n")[2]
    assert collected(tmp_path, {"20240301.csv": both, "20240401.csv": roll(range(10))}) == {
        "20240301.csv": 12,
        "20240401.csv": 10,
    }


def test_the_list_of_a_county_replaces_those_of_its_schools(tmp_path: Path) -> None:
    county = roll(range(10), status="毕业") + roll(range(20, 30), OTHER).partition(b"\n")[2]
    files = {
        "a20240301.csv": roll(range(10)),
        "b20240302.csv": roll(range(20, 30), OTHER),
        "全县20240401.csv": county,
    }
    assert collected(tmp_path, files) == {
        "a20240301.csv": "replaced",
        "b20240302.csv": "replaced",
        "全县20240401.csv": 20,
    }


def test_classes_of_one_day_stand_beside_each_other(tmp_path: Path) -> None:
    files = {f"20240401_{part}.csv": roll(range(10 * part, 10 * part + 10)) for part in range(3)}
    put(tmp_path, {f"{ROLLS}/{name}": content for name, content in files.items()})
    con = _warehouse(tmp_path)
    assert set(outcome(con).values()) == {10}
    assert set(messages(con).values()) == {""}


@pytest.mark.parametrize(
    "names", [("a.csv", "b.csv"), ("20240401a.csv", "20240401b.csv"), ("a.csv", "20240401.csv")]
)
def test_without_two_days_both_lists_count_and_both_say_so(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    one, two = (f"{ROLLS}/{name}" for name in names)
    put(tmp_path, {one: roll(range(10)), two: roll(range(10), status="毕业")})
    con = _warehouse(tmp_path)
    assert outcome(con) == dict.fromkeys(names, 10)
    assert messages(con)[one].startswith(f"lists mostly what {two} lists, and no days of export")
    assert messages(con)[two].startswith(f"lists mostly what {one} lists, and no days of export")
    (tmp_path / one).rename(tmp_path / ROLLS / "20240301.csv")
    (tmp_path / two).rename(tmp_path / ROLLS / "20240501.csv")
    collect(con, tmp_path)
    assert outcome(con) == {"20240301.csv": "replaced", "20240501.csv": 10}


def test_a_remark_goes_with_its_reason_and_leaves_the_message_as_it_was(tmp_path: Path) -> None:
    one, two = f"{ROLLS}/a.csv", f"{ROLLS}/b.csv"
    extra = table((*HEADINGS, "备忘"), *((*pupil(number), "x") for number in range(10))).encode()
    put(tmp_path, {one: extra, two: roll(range(10), status="毕业")})
    con = _warehouse(tmp_path)
    alone = _warehouse_of(one, extra, tmp_path / "alone")
    assert messages(con)[one].startswith(f"{alone}; lists mostly what")
    (tmp_path / two).unlink()
    collect(con, tmp_path)
    assert messages(con)[one] == alone


def _warehouse_of(name: str, content: bytes, exports: Path) -> str:
    put(exports, {name: content})
    return messages(_warehouse(exports))[name]


@pytest.mark.parametrize("change", ["vanishes", "changes", "is emptied"])
def test_a_replaced_list_comes_back_when_the_newer_one_goes(tmp_path: Path, change: str) -> None:
    new = tmp_path / ROLLS / "20240401.csv"
    collected(tmp_path, {"20240301.csv": roll(range(10)), new.name: roll(range(9))})
    con = _warehouse(tmp_path)
    if change == "vanishes":
        new.unlink()
    else:
        new.write_bytes(b"" if change == "is emptied" else roll(range(20, 30)))
    collect(con, tmp_path)
    assert outcome(con)["20240301.csv"] == 10
    assert con.execute("from work.replaced_key").fetchall() == []
    assert con.execute("from work.unsettled").fetchall() == []


def test_a_replaced_list_is_not_read_while_it_stays_replaced(tmp_path: Path) -> None:
    collected(tmp_path, {"20240301.csv": roll(range(10)), "20240401.csv": roll(range(9))})
    con = _warehouse(tmp_path)
    put(tmp_path, {f"{ROLLS}/other20240401.csv": roll(range(5), OTHER)})
    read: list[str] = []
    collect(con, tmp_path, on_file=lambda path, *_: read.append(path))
    assert read == [f"{ROLLS}/other20240401.csv"]


NIGHTS = {
    "a20240301.csv": roll(range(10)),
    "b20240401.csv": roll(range(2, 12), status="毕业"),
    "c20240501.csv": roll(range(6, 16), status="休学"),
    "d20240501.csv": roll(range(6, 16), status="在读"),
}


@pytest.mark.parametrize("order", list(permutations(NIGHTS))[::5])
def test_the_order_in_which_files_come_changes_nothing(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    night_by_night = a_warehouse()
    for name in order:
        put(tmp_path, {f"{ROLLS}/{name}": NIGHTS[name]})
        collect(night_by_night, tmp_path)
    at_once = _warehouse(tmp_path)
    assert outcome(at_once)["a20240301.csv"] == "replaced"
    assert whole_account(night_by_night) == whole_account(at_once)
    collect(night_by_night, tmp_path, full=True)
    assert whole_account(night_by_night) == whole_account(at_once)


def test_a_night_killed_before_it_looked_for_re_deliveries_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(
        tmp_path,
        {f"{ROLLS}/20240301.csv": roll(range(10)), f"{ROLLS}/20240401.csv": roll(range(9))},
    )
    con = a_warehouse()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(redelivery, "_compare", killed)
        with pytest.raises(KeyboardInterrupt):
            collect(con, tmp_path)
    found = collect(con, tmp_path)
    assert (found.read, found.replaced) == (0, 1)


def test_members_of_archives_replace_and_are_replaced(tmp_path: Path) -> None:
    files = {
        "上报20240301.zip": zipped({"学籍.csv": roll(range(10))}),
        "上报20240401.zip": zipped({"学籍.csv": roll(range(10), status="毕业")}),
    }
    assert collected(tmp_path, files) == {
        "上报20240301.zip/学籍.csv": "replaced",
        "上报20240401.zip/学籍.csv": 10,
    }


def test_the_day_may_stand_above_or_below_the_table(tmp_path: Path) -> None:
    def dated(above: str, below: str, status: str) -> bytes:
        book = openpyxl.Workbook()
        sheet = book["Sheet"]
        for row in (
            (f"青禾学校学籍表 {above}",),
            HEADINGS,
            *(pupil(n, status=status) for n in range(50)),
            (below,),
        ):
            sheet.append(list(row))
        return saved(book)

    files = {
        "a.xlsx": dated("导出时间:2024-03-01 08:00", "", "在读"),
        "b.xlsx": dated("", "制表日期：2024年4月1日", "毕业"),
    }
    assert collected(tmp_path, files) == {"a.xlsx": "replaced", "b.xlsx": 50}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("拨款20240301.csv", "拨款(更正)20240401.csv", "replaced"),
        ("拨款20240301.csv", "拨款_最终版_20240401.csv", "replaced"),
        ("拨款20240301.csv", "另一张表20240401.csv", 10),
        ("拨款.csv", "拨款20240401.csv", 10),
    ],
)
def test_a_list_that_is_no_registry_is_replaced_by_one_of_its_name(
    tmp_path: Path, old: str, new: str, expected: object
) -> None:
    files = {old: allocations([100] * 10), new: allocations([100] * 9 + [200])}
    assert collected(tmp_path, files, AID)[old] == expected


def test_a_list_whose_rows_all_changed_is_another_list(tmp_path: Path) -> None:
    files = {"拨款20240301.csv": allocations([1] * 9), "拨款20240401.csv": allocations([2] * 9)}
    assert collected(tmp_path, files, AID) == {"拨款20240301.csv": 9, "拨款20240401.csv": 9}


def test_a_list_that_is_again_as_it_once_was_replaces_the_one_between(tmp_path: Path) -> None:
    january, june = roll(range(10)), roll(range(10))
    april = roll(range(10), status="毕业")
    names = ("学籍20240105.csv", "学籍20240405.csv", "学籍20240605.csv")
    told = collected(tmp_path, dict(zip(names, (january, april, june), strict=True)))
    assert told == {names[0]: "copy", names[1]: "replaced", names[2]: 10}
