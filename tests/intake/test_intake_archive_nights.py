"""Archives from night to night: only members that changed are read, and copies and originals change places."""

from __future__ import annotations

from pathlib import Path

import pytest
from delivered_archives import BUNDLE, ONE, THREE, TWO, collected
from delivered_files import (
    SOURCE,
    a_warehouse,
    account,
    messages,
    names,
    never_opened,
    put,
    taken,
)
from packed_files import patched, zipped

from pipeline.intake import collect, delivery, survey


def test_an_unchanged_archive_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = patched(zipped({"a.csv": ONE, "b.rar": b"x", "c.csv": TWO}), "c.csv", flags=1)
    con = collected(tmp_path, bundle=locked)
    before = account(con)
    monkeypatch.setattr(survey, "contents", never_opened)
    found = collect(con, tmp_path)
    assert (found.read, found.unchanged, found.loaded, found.refused) == (0, 3, 1, 2)
    assert account(con) == before


def test_of_a_changed_archive_only_changed_members_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE, "b.csv": TWO, "c.csv": ONE + TWO}))
    put(tmp_path, {BUNDLE: zipped({"0.csv": THREE, "a.csv": ONE, "b.csv": TWO + b"x\n"})})
    found = collect(con, tmp_path)
    assert (found.read, found.unchanged, found.vanished) == (2, 1, 1)
    assert names(con) == ["赵三青", "王一虚", "李二构"]
    monkeypatch.setattr(survey, "contents", never_opened)
    assert collect(con, tmp_path).unchanged == 3


def test_an_archive_packed_anew_from_the_same_files_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE, "b.csv": TWO}))
    put(tmp_path, {BUNDLE: zipped({"b.csv": TWO, "a.csv": ONE})})
    monkeypatch.setattr(delivery, "read_delivery", never_opened)
    assert collect(con, tmp_path).unchanged == 2


def test_a_member_is_found_again_where_it_moved_to(tmp_path: Path) -> None:
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE, "b.csv": TWO}))
    put(tmp_path, {BUNDLE: zipped({"b.csv": TWO, "a.csv": ONE})})
    collect(con, tmp_path)
    con.execute("update main.deliveries set contract = 'older'")
    collect(con, tmp_path)
    assert names(con) == ["王一虚", "李二构"]


def test_a_vanished_archive_takes_the_rows_of_its_members_with_it(tmp_path: Path) -> None:
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE, "b.csv": TWO}))
    (tmp_path / BUNDLE).unlink()
    assert collect(con, tmp_path).vanished == 2
    assert account(con) == []


def test_a_member_is_a_copy_of_the_file_that_lies_unpacked(tmp_path: Path) -> None:
    unpacked = f"{SOURCE}/somewhere/with a long name.csv"
    put(tmp_path, {BUNDLE: zipped({"a.csv": ONE, "b.csv": TWO}), unpacked: ONE})
    con = a_warehouse()
    found = collect(con, tmp_path)
    assert (found.loaded, found.copies, found.refused) == (2, 1, 0)
    assert f"copy of {unpacked}" in messages(con)[f"{BUNDLE}/a.csv"]


def test_a_copy_in_an_unchanged_archive_is_read_when_the_original_goes(tmp_path: Path) -> None:
    inner = zipped({"a.csv": ONE})
    put(tmp_path, {BUNDLE: zipped({"b.csv": TWO, "inner.zip": inner}), f"{SOURCE}/a.csv": ONE})
    con = a_warehouse()
    collect(con, tmp_path)
    (tmp_path / SOURCE / "a.csv").unlink()
    found = collect(con, tmp_path)
    assert (found.read, found.unchanged, found.copies) == (1, 1, 0)
    assert taken(con, "name, source_file") == [
        ("李二构", f"{BUNDLE}/b.csv"),
        ("王一虚", f"{BUNDLE}/inner.zip/a.csv"),
    ]


def test_an_archive_still_being_written_waits_for_the_next_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = zipped({"a.csv": ONE, "b.csv": TWO})
    put(tmp_path, {BUNDLE: zipped({"a.csv": ONE})})
    read = delivery.read_delivery
    con = a_warehouse()
    with monkeypatch.context() as patch:

        def growing(path: Path, extension: str, source: str) -> object:
            put(tmp_path, {BUNDLE: whole})
            return read(path, extension, source)

        patch.setattr(delivery, "read_delivery", growing)
        assert collect(con, tmp_path).refused == 1
    assert "still being written" in messages(con)[f"{BUNDLE}/a.csv"]
    assert collect(con, tmp_path).loaded == 2
