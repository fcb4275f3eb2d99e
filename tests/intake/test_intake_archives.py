"""Archives are folders: their members are deliveries of their own, whatever packed them, and break alone."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from delivered_archives import BUNDLE, ONE, THREE, TWO, collected, statuses
from delivered_files import (
    DISABLED,
    HEADINGS,
    ROWS,
    SOURCE,
    VETERAN,
    a_warehouse,
    account,
    messages,
    names,
    never_opened,
    put,
    table,
    taken,
    workbook,
)
from packed_files import patched, zipped

from pipeline.intake import Readers, archive, collect, unpacking

BROKEN_ONE = {"a.csv": ONE, "b.csv": TWO}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_members_are_known_by_their_chinese_names(tmp_path: Path, encoding: str) -> None:
    con = collected(tmp_path, bundle=zipped({"青禾学校/一班/名单.csv": ONE}, encoding))
    assert account(con) == [(f"{BUNDLE}/青禾学校/一班/名单.csv", "", "loaded", 1, 0)]
    assert taken(con, "name, source_file, source_row") == [
        ("王一虚", f"{BUNDLE}/青禾学校/一班/名单.csv", 2)
    ]


def test_names_in_utf_8_without_the_mark_are_read_as_such(tmp_path: Path) -> None:
    con = collected(tmp_path, bundle=patched(zipped({"名单.csv": ONE}), "名单.csv", flags=0))
    assert statuses(con) == {"bundle.zip/名单.csv": "loaded"}


def test_a_name_in_gbk_that_happens_to_be_utf_8_of_another_script_is_chinese(
    tmp_path: Path,
) -> None:
    assert "学校".encode("gbk").decode("utf-8") == "ѧУ"
    con = collected(tmp_path, bundle=zipped({"学校.csv": ONE}, "gbk"))
    assert statuses(con) == {"bundle.zip/学校.csv": "loaded"}


def test_the_unicode_path_of_a_packer_goes_before_its_name(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as bundle:
        member = zipfile.ZipInfo("mingdan.csv")
        path = struct.pack("<BL", 1, zlib.crc32(b"mingdan.csv")) + "名单.csv".encode()
        member.extra = struct.pack("<HH", 0x7075, len(path)) + path
        bundle.writestr(member, ONE)
    assert statuses(collected(tmp_path, bundle=stream.getvalue())) == {
        "bundle.zip/名单.csv": "loaded"
    }


def test_folders_of_a_windows_packer_are_folders(tmp_path: Path) -> None:
    con = collected(tmp_path, bundle=zipped({"一班\\": b"", "一班\\a.csv": ONE}, "gbk"))
    assert statuses(con) == {"bundle.zip/一班/a.csv": "loaded"}


def test_members_of_every_kind_are_read_beside_each_other(tmp_path: Path) -> None:
    members = {"a.csv": ONE, "b.xlsx": workbook(名单=(HEADINGS, DISABLED)), "c.TXT": THREE}
    con = collected(tmp_path, bundle=zipped(members))
    assert names(con) == ["王一虚", "李二构", "赵三青"]


def test_processes_read_members_as_one_process_does(tmp_path: Path) -> None:
    inner = zipped({f"{number}.csv": table(HEADINGS, *ROWS[:number]).encode() for number in (1, 2)})
    put(tmp_path, {BUNDLE: zipped({"inner.zip": inner, "3.csv": table(HEADINGS, *ROWS).encode()})})
    con = a_warehouse()
    side_by_side = Readers(tmp_path / "temp", processes=2)
    assert collect(con, tmp_path, side_by_side).rows == 6
    assert [entry[3] for entry in account(con)] == [3, 1, 2]
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_archives_nest_three_deep(tmp_path: Path, depth: int) -> None:
    content = ONE
    path = "a.csv"
    for level in range(depth):
        content = zipped({path.split("/", maxsplit=1)[0]: content})
        path = f"{level}.zip/{path}" if level < depth - 1 else path
    assert statuses(collected(tmp_path, bundle=content)) == {f"bundle.zip/{path}": "loaded"}


def test_a_fourth_archive_is_refused_and_its_neighbours_read(tmp_path: Path) -> None:
    inner = zipped({"a.csv": ONE})
    for level in (3, 2):
        inner = zipped({f"{level}.zip": inner, f"beside_{level}.csv": TWO + f"{level}\n".encode()})
    con = collected(tmp_path, bundle=zipped({"1.zip": inner}))
    assert statuses(con) == {
        "bundle.zip/1.zip/2.zip/3.zip": "refused",
        "bundle.zip/1.zip/2.zip/beside_3.csv": "loaded",
        "bundle.zip/1.zip/beside_2.csv": "loaded",
    }
    assert "unpack the inner ones" in messages(con)[f"{BUNDLE}/1.zip/2.zip/3.zip"]


def test_memos_in_an_archive_are_passed_over_beside_their_dbf_only(tmp_path: Path) -> None:
    members = {"a.csv": ONE, "a/b.dbf": b"", "a/b.FPT": b"x", "c.fpt": b"x"}
    con = collected(tmp_path, bundle=zipped(members))
    assert statuses(con) == {
        "bundle.zip/a.csv": "loaded",
        "bundle.zip/a/b.dbf": "refused",
        "bundle.zip/c.fpt": "refused",
    }


def test_litter_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    litter = ("__MACOSX/._a.csv", ".DS_Store", "~$a.xlsx", "x/Thumbs.db", "desktop.ini")
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE} | dict.fromkeys(litter, b"x")))
    assert statuses(con) == {"bundle.zip/a.csv": "loaded"}


@pytest.mark.parametrize("members", [{}, {"__MACOSX/._a.csv": b"x", ".DS_Store": b"x"}])
def test_an_archive_that_holds_nothing_is_refused_itself(
    tmp_path: Path, members: dict[str, bytes]
) -> None:
    con = collected(tmp_path, bundle=zipped(members))
    assert statuses(con) == {"bundle.zip": "refused"}
    assert "holds no file" in messages(con)[BUNDLE]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "no such archive"),
        (zipped({"a.csv": ONE})[:-40], "no complete archive"),
        (zipped({"a.csv": ONE})[:60], "no complete archive"),
        (workbook(名单=(HEADINGS, VETERAN)), "rename it to .xlsx"),
        (zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), ".docx"),
    ],
)
def test_what_is_no_whole_archive_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    con = collected(tmp_path, bundle=content)
    assert statuses(con) == {"bundle.zip": "refused"}
    assert told in messages(con)[BUNDLE]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (patched(zipped(BROKEN_ONE), "a.csv", flags=1), "password"),
        (patched(zipped(BROKEN_ONE), "a.csv", method=9), "an ordinary .zip"),
        (patched(zipped(BROKEN_ONE), "a.csv", method=14), "an ordinary .zip"),
        (patched(zipped(BROKEN_ONE), "a.csv", crc=1), "is damaged"),
        (patched(zipped(BROKEN_ONE), "a.csv", size=5), "is damaged"),
        (patched(zipped(BROKEN_ONE), "a.csv", size=1 << 20), "is damaged"),
        (patched(zipped(BROKEN_ONE), "a.csv", size=(1 << 32) - 2), "far more than"),
        (zipped({"a.csv": b"", "b.csv": TWO}), "is empty"),
        (zipped({"a.csv": b"\x89PNG", "b.csv": TWO}), ""),
    ],
)
def test_a_broken_member_costs_itself_only(tmp_path: Path, broken: bytes, told: str) -> None:
    con = collected(tmp_path, bundle=broken)
    assert statuses(con) == {"bundle.zip/a.csv": "refused", "bundle.zip/b.csv": "loaded"}
    assert told in messages(con)[f"{BUNDLE}/a.csv"]


@pytest.mark.parametrize(
    "name", ["../../../../../climbed.csv", "/climbed.csv", "C:\\climbed.csv", "x/../../a.csv"]
)
def test_a_member_that_names_a_place_outside_is_not_unpacked(tmp_path: Path, name: str) -> None:
    exports = tmp_path / "deep" / "exports"
    con = collected(exports, bundle=zipped({name: ONE, "b.csv": TWO}, "gbk"))
    assert sorted(statuses(con).values()) == ["loaded", "refused"]
    assert any("outside its archive" in message for message in messages(con).values())
    assert not list(tmp_path.rglob("*.csv"))


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as bundle:
        link = zipfile.ZipInfo("a.csv")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        bundle.writestr(link, "/etc/passwd")
    con = collected(tmp_path, bundle=stream.getvalue())
    assert "is a link" in messages(con)[f"{BUNDLE}/a.csv"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_refused_together(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as bundle:
        bundle.writestr("a.csv", ONE)
        bundle.writestr("a.csv", TWO)
        bundle.writestr("b.csv", THREE)
    con = collected(tmp_path, bundle=stream.getvalue())
    assert statuses(con) == {"bundle.zip/a.csv": "refused", "bundle.zip/b.csv": "loaded"}


def test_a_member_that_grows_a_thousandfold_is_refused(tmp_path: Path) -> None:
    con = collected(tmp_path, bundle=zipped({"a.csv": bytes(60 << 20), "b.csv": TWO}))
    assert statuses(con) == {"bundle.zip/a.csv": "refused", "bundle.zip/b.csv": "loaded"}
    assert "far more than" in messages(con)[f"{BUNDLE}/a.csv"]


def test_archives_that_overlap_themselves_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as bundle:
        for number in range(30):
            bundle.writestr(f"{number}.csv", ONE)
        for member in bundle.infolist():
            member.compress_size = member.file_size = 1 << 20
    con = collected(tmp_path, bundle=stream.getvalue())
    assert statuses(con) == {"bundle.zip": "refused"}


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [("MOST_MEMBERS", 2, "more than"), ("_MOST_BYTES", 100, "more than")],
)
def test_an_archive_beyond_the_limits_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, told: str
) -> None:
    room = archive._Room()
    setattr(room, "members" if limit == "MOST_MEMBERS" else "bytes", value)
    monkeypatch.setattr(archive, "_Room", lambda: room)
    inner = zipped({"b.csv": TWO, "c.csv": THREE})
    con = collected(tmp_path, bundle=zipped({"a.csv": ONE, "inner.zip": inner}))
    assert statuses(con) == {"bundle.zip": "refused"}
    assert told in messages(con)[BUNDLE]


def test_an_archive_of_sixty_thousand_files_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(zipped({"a.csv": ONE}))
    struct.pack_into("<HH", content, len(content) - 14, 60_001, 60_001)
    monkeypatch.setattr(unpacking, "ZipFile", never_opened)
    con = collected(tmp_path, bundle=bytes(content))
    assert "20,000 files" in messages(con)[BUNDLE]


def test_an_archive_beside_the_folders_may_hold_the_folders(tmp_path: Path) -> None:
    members = {f"某县/{SOURCE}/a.csv": ONE, "graduates/b.csv": b"x", "说明.txt": b"x"}
    put(tmp_path, {"all.zip": zipped(members)})
    con = a_warehouse()
    collect(con, tmp_path)
    sources = con.execute("select source_file, source from main.deliveries order by all").fetchall()
    assert sources == [
        ("all.zip/graduates/b.csv", "graduates"),
        (f"all.zip/某县/{SOURCE}/a.csv", SOURCE),
        ("all.zip/说明.txt", ""),
    ]
    assert names(con) == ["王一虚"]
    assert "exports/<source>/" in messages(con)["all.zip/说明.txt"]


def test_an_archive_beside_the_folders_without_any_is_told_where_to_go(tmp_path: Path) -> None:
    put(tmp_path, {"all.zip": zipped({"某县/a.csv": ONE, "b.csv": TWO})})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == [("all.zip", "", "refused", 0, 0)]
    assert "exports/<source>/" in messages(con)["all.zip"]


def test_a_link_to_an_archive_outside_the_workspace_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, {"outside/a.zip": zipped({"a.csv": ONE})})
    exports = tmp_path / "workspace" / "exports"
    (exports / SOURCE).mkdir(parents=True)
    os.symlink(tmp_path / "outside" / "a.zip", exports / SOURCE / "a.zip")
    con = a_warehouse()
    collect(con, exports)
    assert "outside the workspace" in messages(con)[f"{SOURCE}/a.zip"]
