"""A .dbf table of dBase or FoxPro: Chinese in fields of fixed width, deleted records, numbers in binary."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import dbfread
import pytest
from delivered_files import HEADINGS, ROWS, Numbered, a_file, rows_below
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DeliveryError
from pipeline.intake.dbf import read_dbf
from pipeline.intake.headings import recognise
from pipeline.intake.sheet import Reject

Field = tuple[str, str, int]
PERSON: Sequence[Field] = (("XM", "C", 10), ("SFZH", "C", 18))


def table(
    fields: Sequence[Field],
    records: Sequence[Sequence[bytes]],
    *,
    version: int = 0x03,
    encoding: str = "gb18030",
    deleted: Sequence[int] = (),
    named: int | None = None,
) -> bytes:
    width = 1 + sum(length for _, _, length in fields)
    start = 32 + 32 * len(fields) + 1
    count = len(records) if named is None else named
    head = struct.pack("<4BIHH17xB2x", version, 124, 4, 15, count, start, width, 0x4D)
    for name, kind, length in fields:
        head += struct.pack(
            "<11sc4xBB14x", name.encode(encoding)[:10], kind.encode(), length % 256, length // 256
        )
    body = b""
    for at, record in enumerate(records):
        body += b"*" if at in deleted else b" "
        for cell, (_, _, length) in zip(record, fields, strict=True):
            body += cell[:length].ljust(length)
    return head + b"\r" + body + b"\x1a"


def read(content: bytes) -> tuple[Numbered, list[Reject]]:
    with a_file(content) as path:
        return rows_below(read_dbf(path))


def gbk(*cells: str) -> list[bytes]:
    return [cell.encode("gb18030") for cell in cells]


def test_a_list_of_a_registry_is_recognised_and_read() -> None:
    fields = [(heading, "C", 30) for heading in HEADINGS]
    content = table(fields, [gbk(*map(str, row)) for row in ROWS])
    with a_file(content) as path:
        assert recognise(read_dbf(path).top, "special_statuses").missing == ()
    assert read(content) == ([(at + 2, tuple(row)) for at, row in enumerate(ROWS)], [])


@given(
    st.lists(
        st.tuples(st.text("王李㐂䶮·a1 ", max_size=6), st.text("01X", max_size=18)),
        min_size=1,
        max_size=20,
    )
)
def test_what_dbfread_reads_is_read_alike(records: list[tuple[str, str]]) -> None:
    fields = (("XM", "C", 40), ("SFZH", "C", 18))
    content = table(fields, [gbk(*record) for record in records])
    with a_file(content) as path:
        told = dbfread.DBF(str(path), encoding="gb18030", ignorecase=False)
        expected = [
            tuple(" ".join(cell.strip().split(" ")) for cell in one.values()) for one in told
        ]
    rows, rejects = read(content)
    assert [cells for _, cells in rows] == [cells for cells in expected if any(cells)]
    assert rejects == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_character_cut_by_the_width_of_its_field_is_left_out(encoding: str) -> None:
    names = ["a阿依古丽买买提", "欧阳小明"]
    content = table(PERSON, [[name.encode(encoding), b"1"] for name in names], encoding=encoding)
    rows, rejects = read(content)
    kept = [name.encode(encoding)[:10].decode(encoding, "ignore") for name in names]
    assert [cells[0] for _, cells in rows] == kept
    assert rejects == []


def test_a_broken_byte_costs_its_record() -> None:
    content = table(PERSON, [gbk("王一虚", "1"), [b"\xc0\xff\xff", b"2"], gbk("赵三青", "3")])
    rows, rejects = read(content)
    assert [row for row, _ in rows] == [2, 4]
    assert [reject.row for reject in rejects] == [3]


def test_deleted_records_are_left_out_and_told() -> None:
    content = table(
        PERSON, [gbk("王一虚", "1"), gbk("李二构", "2"), gbk("赵三青", "3")], deleted=[1]
    )
    assert [row for row, _ in read(content)[0]] == [2, 4]
    with a_file(content) as path:
        assert "1 deleted" in read_dbf(path).remark


def test_the_types_of_foxpro_are_written_as_a_person_would() -> None:
    fields = [
        ("XM", "C", 10),
        ("SL", "N", 8),
        ("RQ", "D", 8),
        ("SF", "L", 1),
        ("XH", "I", 4),
        ("JE", "Y", 8),
        ("DF", "B", 8),
        ("SJ", "T", 8),
        ("BZ", "M", 4),
    ]
    record = [
        "王一虚".encode("gb18030"),
        b"   12.50",
        b"20060131",
        b"T",
        struct.pack("<i", -7),
        struct.pack("<q", 12_345_000),
        struct.pack("<d", 0.5),
        struct.pack("<ii", 2_453_767, 30_600_000),
        struct.pack("<i", 3),
    ]
    blank = [b"", b"", b"", b"?", b"\0" * 4, b"\0" * 8, b"\0" * 8, b"\0" * 8, b""]
    content = table(fields, [record, blank], version=0x30)
    rows, _ = read(content)
    written = (
        "王一虚",
        "12.50",
        "20060131",
        "是",
        "-7",
        "1234.5",
        "0.5",
        "2006-01-31 08:30:00",
        "",
    )
    assert rows == [(2, written), (3, ("", "", "", "", "0", "0", "0", "", ""))]
    with a_file(content) as path:
        assert "memo fields left empty: BZ" in read_dbf(path).remark


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(PERSON, [gbk("王", "1")] * 3, named=5), "3 of the 5 records"),
        (table(PERSON, [gbk("王", "1")] * 3)[:-20], "2 of the 3 records"),
        (table(PERSON, [gbk("王", "1")] * 3, named=0), "not closed properly"),
        (table(PERSON, [gbk("王", "1")])[:40], "damaged or unusual|contradicts"),
        (table([("X", "Q", 4)], []), "damaged or unusual|type Q"),
        (table(PERSON, [gbk("王", "1")]).replace(b"\r ", b"\rX"), "not where its header says"),
    ],
)
def test_what_is_no_whole_table_is_refused(content: bytes, words: str) -> None:
    with a_file(content) as path, pytest.raises(DeliveryError, match=words):
        read_dbf(path)


@given(st.integers(0, 200), st.integers(0, 255))
def test_a_damaged_table_is_read_or_refused(place: int, byte: int) -> None:
    content = bytearray(table(PERSON, [gbk("王一虚", "1"), gbk("李二构", "2")]))
    content[place % len(content)] = byte
    try:
        rows, rejects = read(bytes(content))
    except DeliveryError:
        return
    assert len(rows) + len(rejects) <= 2
