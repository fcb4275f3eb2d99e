"""What lies below exports/: which files are deliveries, what they are called, and which are never opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

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
    put,
    roll,
)

from pipeline.intake import collect, inbox


def test_litter_and_lock_files_are_no_deliveries(tmp_path: Path) -> None:
    litter = ("~$a.xlsx", ".DS_Store", "desktop.ini", "THUMBS.DB", ".hidden.csv", ".git/a.csv")
    put(tmp_path, {f"{SOURCE}/{name}": b"x" for name in litter})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == []


def test_memos_and_indices_beside_a_dbf_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a{end}": b"x" for end in (".DBF", ".fpt", ".CDX", ".mdx")})
    assert [file.source_file for file in inbox.scan(tmp_path)] == [f"{SOURCE}/a.DBF"]


def test_a_memo_without_its_dbf_is_asked_for_it(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a.fpt": b"x", f"{SOURCE}/b/a.dbf": b"x"})
    refusals = {file.source_file: file.refusal for file in inbox.scan(tmp_path)}
    assert "deliver the .dbf" in refusals[f"{SOURCE}/a.fpt"]


def test_an_extension_in_capitals_is_the_same_extension(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/A.CSV": roll(VETERAN)})
    con = a_warehouse()
    assert collect(con, tmp_path).loaded == 1


def test_a_file_in_no_source_folder_is_told_where_to_go(tmp_path: Path) -> None:
    put(tmp_path, {"a.csv": roll(VETERAN), "特殊身份/a.csv": roll(VETERAN)})
    con = a_warehouse()
    assert collect(con, tmp_path).refused == 2
    assert "exports/<source>/" in messages(con)["a.csv"]
    assert "special_statuses" in messages(con)["特殊身份/a.csv"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.rar", "pack them as .zip"),
        ("a.7z", "pack them as .zip"),
        ("a.zip.001", "one part of an archive"),
        ("通知.docx", "save|.xlsx"),
        ("通知.pdf", ".xlsx"),
        ("名单.numbers", "open it in WPS"),
        ("名单.jpg", "picture"),
        ("名单.xlsx.crdownload", "finish copying"),
        ("名单", "no extension"),
    ],
)
def test_a_file_of_a_foreign_kind_is_refused_with_the_remedy(
    tmp_path: Path, name: str, remedy: str
) -> None:
    put(tmp_path, {f"{SOURCE}/{name}": b"x"})
    con = a_warehouse()
    assert collect(con, tmp_path).refused == 1
    assert any(one in messages(con)[f"{SOURCE}/{name}"] for one in remedy.split("|"))


def test_a_pipe_and_a_socket_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {f"{SOURCE}/a.csv": roll(VETERAN)})
    os.mkfifo(tmp_path / SOURCE / "pipe.csv")
    # The address of a socket holds some hundred bytes, the way to a temporary folder may have more.
    monkeypatch.chdir(tmp_path / SOURCE)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.csv")
    con = a_warehouse()
    assert collect(con, tmp_path).refused == 2
    assert "no file at all" in messages(con)[f"{SOURCE}/pipe.csv"]


def test_a_folder_that_may_not_be_looked_into_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {f"{SOURCE}/a.csv": roll(VETERAN), f"{SOURCE}/b/c.csv": roll(DISABLED)})
    con = a_warehouse()
    collect(con, tmp_path)
    looked_into = os.scandir

    def denied(folder: object) -> object:
        if str(folder).endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return looked_into(folder)

    monkeypatch.setattr(inbox.os, "scandir", denied)
    assert collect(con, tmp_path).refused == 1
    assert "cannot be looked into (Permission denied)" in messages(con)[f"{SOURCE}/b"]


def test_a_delivery_below_three_hundred_folders_is_read(tmp_path: Path) -> None:
    deep = f"{SOURCE}/{'d/' * 300}a.csv"
    put(tmp_path, {deep: roll(VETERAN)})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == [(deep, "", "loaded", 1, 0)]


def test_links_that_leave_the_workspace_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    exports = tmp_path / "workspace" / "exports"
    put(outside, {"a.csv": roll(VETERAN), "folder/b.csv": roll(DISABLED)})
    put(exports, {f"{SOURCE}/a.csv": roll(FARMER)})
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


def test_two_files_whose_names_read_alike_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/名单.csv": roll(VETERAN)})
    in_gb18030 = os.fsencode(tmp_path / SOURCE) + b"/" + "名单.csv".encode("gb18030")
    Path(os.fsdecode(in_gb18030)).write_bytes(roll(DISABLED))
    con = a_warehouse()
    collect(con, tmp_path)
    assert [entry[0] for entry in account(con)] == [
        f"{SOURCE}/名单 (2).csv",
        f"{SOURCE}/名单.csv",
    ]


def test_a_line_break_in_a_file_name_breaks_no_line_of_the_account(tmp_path: Path) -> None:
    put(tmp_path, {f"{SOURCE}/a\nb.csv": roll(VETERAN)})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == [(f"{SOURCE}/a�b.csv", "", "loaded", 1, 0)]
