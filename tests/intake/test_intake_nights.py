"""From night to night: only what changed is read, and what is gone takes its rows with it."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path
from typing import BinaryIO

import duckdb
import pytest
from delivered_files import (
    DISABLED,
    FARMER,
    SOURCE,
    VETERAN,
    a_warehouse,
    account,
    messages,
    names,
    never_opened,
    put,
    rejected,
    roll,
    taken,
)

from pipeline.intake import collect, delivery, inbox
from pipeline.store.database import set_as_of

FIRST = f"{SOURCE}/a.csv"


SECOND = f"{SOURCE}/b/c.csv"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    put(tmp_path / "exports", {FIRST: roll(VETERAN), SECOND: roll(DISABLED)})
    return tmp_path / "exports"


@pytest.fixture
def con(exports: Path) -> duckdb.DuckDBPyConnection:
    con = a_warehouse()
    collect(con, exports)
    return con


def test_an_unchanged_file_is_not_opened_again(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "fingerprint", never_opened)
    before = account(con)
    collected = collect(con, exports)
    assert (collected.read, collected.unchanged, collected.rows) == (0, 2, 0)
    assert (account(con), names(con)) == (before, ["王一虚", "李二构"])


def test_a_file_with_a_new_date_and_the_same_content_is_not_parsed_again(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(exports / FIRST, ns=(1, 1))
    monkeypatch.setattr(delivery, "read_delivery", never_opened)
    assert collect(con, exports).unchanged == 2
    monkeypatch.setattr(inbox, "fingerprint", never_opened)
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
    assert (collected.copies, collected.refused) == (1, 0)
    assert names(con) == ["王一虚", "李二构"]
    assert account(con)[0] == (copy, "", "copy", 0, 0)
    assert f"copy of {FIRST}" in messages(con)[copy]
    assert collect(con, exports).unchanged == 3
    (exports / FIRST).unlink()
    collect(con, exports)
    assert names(con) == ["王一虚", "李二构"]
    assert account(con)[0] == (copy, "", "loaded", 1, 0)


def test_two_empty_files_are_no_copies_of_each_other(tmp_path: Path) -> None:
    put(tmp_path, {FIRST: b"", SECOND: b""})
    con = a_warehouse()
    assert collect(con, tmp_path).refused == 2


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
    assert taken(con, "valid_from") == [(date(2020, 1, 31),), (date(2021, 2, 28),)]


def test_a_file_that_may_not_be_opened_is_tried_again_every_night(
    con: duckdb.DuckDBPyConnection, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(exports, {FIRST: roll(FARMER, DISABLED)})
    digest = hashlib.file_digest

    def denied(stream: BinaryIO, name: str) -> object:
        if stream.name.endswith("a.csv"):
            raise PermissionError(13, "Permission denied")
        return digest(stream, name)

    with monkeypatch.context() as patched:
        patched.setattr(inbox.hashlib, "file_digest", denied)
        collect(con, exports)
        assert collect(con, exports).unchanged == 2
    assert "permissions" in messages(con)[FIRST]
    assert names(con) == ["李二构"]
    collect(con, exports)
    assert names(con) == ["赵三青", "李二构", "李二构"]


def growing_while_read(monkeypatch: pytest.MonkeyPatch, file: Path, change: bytes | None) -> None:
    """Let a file grow, or vanish, as soon as its reading begins."""
    read = delivery.read_delivery

    def reading(path: Path, extension: str, source: str) -> object:
        if path == file and change is None:
            file.unlink()
        elif path == file and change is not None:
            file.write_bytes(change)
        return read(path, extension, source)

    monkeypatch.setattr(delivery, "read_delivery", reading)


def test_a_file_still_being_written_waits_for_the_next_night(
    exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = a_warehouse()
    with monkeypatch.context() as patched:
        growing_while_read(patched, exports / FIRST, roll(VETERAN, FARMER))
        assert collect(con, exports).refused == 1
    assert "still being written" in messages(con)[FIRST]
    assert collect(con, exports).loaded == 2
    assert names(con) == ["王一虚", "赵三青", "李二构"]


def test_a_file_that_vanishes_while_it_is_read_is_gone_in_the_next_night(
    exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = a_warehouse()
    growing_while_read(monkeypatch, exports / FIRST, None)
    assert collect(con, exports).refused == 1
    collected = collect(con, exports)
    assert (collected.vanished, collected.refused, collected.loaded) == (1, 0, 1)


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


def test_an_account_of_an_older_product_gets_the_new_columns(exports: Path) -> None:
    con = a_warehouse()
    collect(con, exports)
    for column in ("exported_on", "replaced_by", "rows_replaced", "remark", "packed"):
        con.execute(f"alter table main.deliveries drop column {column}")
    assert collect(con, exports).unchanged == 2
