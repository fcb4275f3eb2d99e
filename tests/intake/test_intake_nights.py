"""From night to night: only what changed is read, and what is gone takes its rows with it."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from delivered_files import (
    DISABLED,
    FARMER,
    HEADINGS,
    SOURCE,
    VETERAN,
    a_warehouse,
    account,
    messages,
    put,
    rejected,
    table,
    taken,
)

from pipeline.intake import collect, inbox, load
from pipeline.store.database import set_as_of

FIRST = f"{SOURCE}/a.csv"
SECOND = f"{SOURCE}/b/c.csv"


def roll(*rows: tuple[str, ...]) -> bytes:
    return table(HEADINGS, *rows).encode()


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    put(tmp_path / "exports", {FIRST: roll(VETERAN), SECOND: roll(DISABLED)})
    return tmp_path / "exports"


@pytest.fixture
def con(exports: Path) -> duckdb.DuckDBPyConnection:
    con = a_warehouse()
    collect(con, exports)
    return con


def names(con: duckdb.DuckDBPyConnection) -> list[object]:
    return [name for (name,) in taken(con)]


def test_an_unchanged_file_is_not_opened_again(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(_: object) -> bytes:
        raise AssertionError("opened")

    monkeypatch.setattr(inbox, "read_bytes", opened)
    before = account(con)
    collected = collect(con, exports)
    assert (collected.read, collected.unchanged, collected.rows) == (0, 2, 0)
    assert (account(con), names(con)) == (before, ["王一虚", "李二构"])


def test_a_file_with_a_new_date_and_the_same_content_is_not_parsed_again(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(exports / FIRST, ns=(1, 1))
    monkeypatch.delattr(load, "read_delivery")
    assert collect(con, exports).unchanged == 2
    monkeypatch.delattr(inbox, "read_bytes")
    assert collect(con, exports).unchanged == 2


def test_a_changed_file_replaces_its_rows_and_its_account(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    put(exports, {FIRST: roll(FARMER, VETERAN) + b"x\n"})
    collected = collect(con, exports)
    assert (collected.read, collected.unchanged) == (1, 1)
    assert names(con) == ["赵三青", "王一虚", "李二构"]
    assert account(con) == [(FIRST, "", "loaded", 3, 1), (SECOND, "", "loaded", 1, 0)]
    put(exports, {FIRST: roll(FARMER)})
    collect(con, exports)
    assert (names(con), rejected(con)) == (["赵三青", "李二构"], [])


def test_a_file_that_can_no_longer_be_read_takes_its_rows_with_it(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    put(exports, {FIRST: b""})
    collected = collect(con, exports)
    assert (collected.loaded, collected.refused) == (1, 1)
    assert names(con) == ["李二构"]


def test_a_vanished_file_takes_its_rows_with_it(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    (exports / SECOND).unlink()
    assert collect(con, exports).vanished == 1
    assert names(con) == ["王一虚"]
    assert account(con) == [(FIRST, "", "loaded", 1, 0)]


def test_a_renamed_file_is_counted_once_under_its_new_name(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    (exports / SECOND).rename(exports / SOURCE / "d.csv")
    collected = collect(con, exports)
    assert (collected.read, collected.vanished) == (1, 1)
    assert taken(con, "source_file") == [(FIRST,), (f"{SOURCE}/d.csv",)]


def test_a_copy_is_not_counted_until_the_original_goes(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    copy = f"{SOURCE}/a (1).csv"
    put(exports, {copy: roll(VETERAN)})
    collected = collect(con, exports)
    assert collected.refused == 1
    assert names(con) == ["王一虚", "李二构"]
    assert f"copy of {copy}" in messages(con)[FIRST]
    assert collect(con, exports).unchanged == 3
    (exports / copy).unlink()
    collect(con, exports)
    assert names(con) == ["王一虚", "李二构"]
    assert account(con)[0] == (FIRST, "", "loaded", 1, 0)


def test_the_same_list_in_two_sources_is_no_copy(tmp_path: Path) -> None:
    put(tmp_path, {FIRST: b"x", "graduates/a.csv": b"x"})
    con = a_warehouse()
    collect(con, tmp_path)
    assert not any("copy" in message for message in messages(con).values())


def test_the_day_of_first_reading_lasts_as_long_as_the_content(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    set_as_of(con, "2024-04-16")
    put(exports, {SECOND: roll(FARMER)})
    collected = collect(con, exports, full=True)
    assert (collected.read, collected.unchanged) == (2, 0)
    days = con.execute(
        "select source_file, first_loaded_at::varchar from main.deliveries order by source_file"
    ).fetchall()
    assert days == [(FIRST, "2024-04-15"), (SECOND, "2024-04-16")]


def test_a_file_refused_by_an_older_contract_is_read_again(
    con: duckdb.DuckDBPyConnection, exports: Path
) -> None:
    con.execute("update main.deliveries set contract = 'older'")
    con.execute(f"alter table main.{SOURCE} drop column valid_from")
    assert collect(con, exports).read == 2
    assert taken(con, "valid_from") == [(VETERAN[3],), (DISABLED[3],)]


def test_litter_and_lock_files_are_no_deliveries(tmp_path: Path) -> None:
    litter = ("~$a.xlsx", ".DS_Store", "desktop.ini", "Thumbs.db", ".hidden.csv", ".git/a.csv")
    put(tmp_path, {f"{SOURCE}/{name}": b"x" for name in litter})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == []


def test_links_that_leave_the_workspace_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    exports = tmp_path / "workspace" / "exports"
    put(outside, {"a.csv": roll(VETERAN), "folder/b.csv": roll(DISABLED)})
    put(exports, {FIRST: roll(FARMER)})
    (exports / SOURCE / "link.csv").symlink_to(outside / "a.csv")
    (exports / SOURCE / "folder").symlink_to(outside / "folder")
    (exports / SOURCE / "nowhere.csv").symlink_to(outside / "nowhere.csv")
    con = a_warehouse()
    collect(con, exports)
    assert names(con) == ["赵三青"]
    assert [entry[2] for entry in account(con)] == ["loaded", "refused", "refused", "refused"]


def test_a_file_name_from_a_chinese_windows_is_readable(tmp_path: Path) -> None:
    folder = tmp_path / SOURCE
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "名单.csv".encode("gb18030"))).write_bytes(
        roll(VETERAN)
    )
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == [(f"{SOURCE}/名单.csv", "", "loaded", 1, 0)]


def test_a_file_that_may_not_be_opened_is_tried_again_every_night(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(exports, {FIRST: roll(FARMER, DISABLED)})

    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", denied)
        collect(con, exports)
    assert "permissions" in messages(con)[FIRST]
    assert names(con) == ["李二构"]
    collect(con, exports)
    assert names(con) == ["赵三青", "李二构", "李二构"]


def test_a_file_still_being_written_waits_for_the_next_night(
    exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = a_warehouse()
    growing = iter(range(10))
    monkeypatch.setattr(inbox, "fingerprint", lambda _: str(next(growing)))
    assert collect(con, exports).refused == 2
    assert "still being written" in messages(con)[FIRST]
    monkeypatch.undo()
    assert collect(con, exports).loaded == 2


def test_the_files_read_are_told_in_order(exports: Path) -> None:
    told: list[tuple[str, int, int]] = []
    collect(a_warehouse(), exports, on_file=lambda *said: told.append(said))
    assert told == [(FIRST, 1, 2), (SECOND, 2, 2)]


def test_the_account_describes_its_columns() -> None:
    con = a_warehouse()
    collect(con, Path("/nonexistent"))
    bare = con.execute(
        "select column_name from duckdb_columns() where schema_name = 'main' and comment is null"
        " and not internal"
    ).fetchall()
    assert bare == []
