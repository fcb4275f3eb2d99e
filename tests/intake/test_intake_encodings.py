"""In whatever encoding Chinese arrives, it is read as it was written; a byte that is no text costs its row."""

from __future__ import annotations

from unittest.mock import ANY

import pytest
from delivered_files import a_file, read_rows
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DeliveryError
from pipeline.intake.delimited import read_text
from pipeline.intake.encodings import find_encoding
from pipeline.intake.headings import known_headings

HEADING = "学籍号,姓名,身份证件号\n"
# Such as stand in a register of any school; with them the vote on the encoding is not on one name.
COMMON = "".join(
    f"G{n},{name},青禾市第一中学\n" for n, name in enumerate(["王小明", "李文华", "张国强"] * 2)
)
NAME = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.sampled_from("·王李张伟芳䶮㼆𬱖𠮷頔（）"),
    ),
    min_size=1,
    max_size=8,
)
NAMES = st.lists(NAME, min_size=1, max_size=30)
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def rows_of(names: list[str]) -> str:
    return "".join(f"{n},{name},x\n" for n, name in enumerate(names))


@given(NAMES, st.sampled_from(UNICODE), st.sampled_from([16, 1 << 20]))
def test_names_are_read_as_they_were_written(names: list[str], encoding: str, size: int) -> None:
    content = (HEADING + COMMON + rows_of(names)).encode(encoding)
    read, rejects = read_rows(content, size)
    assert [cells[1] for _, cells in read[6:]] == names
    assert rejects == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32", "utf-32-be"])
def test_wide_characters_need_no_byte_order_mark(encoding: str) -> None:
    read, _ = read_rows((HEADING + COMMON).replace(",", "\t").encode(encoding), 64)
    assert [cells[1] for _, cells in read] == ["王小明", "李文华", "张国强"] * 2


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_big5_is_told_from_gb18030_by_its_headings_and_its_characters(encoding: str) -> None:
    text = "學籍號,姓名,身分證號\n1,陳怡君,臺北市立中學\n2,林志豪,高雄縣立國民中學\n3,許功蓋,臺中\n"
    read, rejects = read_rows(text.encode(encoding))
    assert [cells[1] for _, cells in read] == ["陳怡君", "林志豪", "許功蓋"]
    assert rejects == []


@given(
    NAMES,
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.sampled_from([b"\xff", b"\xff\xff", b"\x81", b"\xe4\xb8", b"\xf0"]),
    st.data(),
)
def test_a_broken_byte_costs_its_row(
    names: list[str], encoding: str, damage: bytes, data: st.DataObject
) -> None:
    hit = data.draw(st.integers(0, len(names) - 1))
    lines = (HEADING + COMMON + rows_of(names)).encode(encoding).split(b"\n")
    if encoding == "gb18030" and damage == b"\xe4\xb8":
        damage = b"\xe4"
    lines[hit + 7] += damage
    read, rejects = read_rows(b"\n".join(lines), data.draw(st.sampled_from([16, 1 << 20])))
    assert [reject.row for reject in rejects] == [hit + 8]
    assert rejects[0].reason.startswith("holds bytes that are not ")
    assert [cells[1] for _, cells in read[6:]] == names[:hit] + names[hit + 1 :]


def test_what_the_exporting_system_replaced_is_read_as_it_stands() -> None:
    content = (HEADING + "1,王\ufffd,x\n2,王??,x\n").encode()
    assert read_rows(content) == ([(2, ("1", "王\ufffd", "x")), (3, ("2", "王??", "x"))], [])


@pytest.mark.parametrize(
    ("first", "second"), [("gb18030", "utf-8"), ("utf-8", "gb18030"), ("utf-8-sig", "gb18030")]
)
def test_a_file_appended_to_one_of_another_encoding_is_read_line_by_line(
    first: str, second: str
) -> None:
    content = (HEADING + COMMON).encode(first) + COMMON.encode(second)
    read, rejects = read_rows(content)
    assert [cells[1] for _, cells in read] == ["王小明", "李文华", "张国强"] * 4
    assert rejects == []
    with a_file(content) as path:
        assert "UTF-8" in read_text(path).remark


def test_one_line_that_another_encoding_reads_is_damage() -> None:
    content = (HEADING + COMMON).encode() + "1,王小明,青禾\n".encode("gb18030")
    read, rejects = read_rows(content)
    assert len(read) == 6
    assert [reject.row for reject in rejects] == [8]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"\xfeY", "龴"),
        (b"\xfea", "龵"),
        (b"\xfeQ", "𠂇"),
        (b"\xfe\x90", "龺"),
        (b"\x80", "€"),
        (b"\xa1\xa4", "·"),
        (b"\x81\x39\xee\x39", "㐀"),
    ],
)
def test_gb18030_has_code_points_for_what_python_leaves_private(written: bytes, read: str) -> None:
    content = (HEADING + COMMON).encode("gb18030") + "1,王".encode("gb18030") + written + b",x\n"
    assert read_rows(content)[0][-1] == (8, ("1", f"王{read}", "x"))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        read, rejects = read_rows(content + b"\n,", 16)
    except DeliveryError:
        return
    assert len(read) + len(rejects) <= len(content) + 1


@given(
    st.lists(
        st.sampled_from([b"\xe4\xb8\x80", b"\xff", b"a", b"\n", b",", b"\xd2\xbb"]), max_size=60
    )
)
def test_every_line_is_read_rejected_or_blank(pieces: list[bytes]) -> None:
    content = HEADING.encode() + b"".join(pieces)
    read, rejects = read_rows(content, 16)
    lines = [line for line in b"".join(pieces).split(b"\n") if line.strip(b", ")]
    assert len(read) + len(rejects) == len(lines)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(5)) + bytes(400), "not text"),
        ((HEADING + COMMON).encode() + bytes(4000), "breaks off in zero bytes"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str) -> None:
    with a_file(content) as path, pytest.raises(DeliveryError, match=words):
        find_encoding(path, known_headings)


def test_lines_are_counted_as_an_editor_shows_them_in_every_encoding() -> None:
    text = "名册\r\n\r\n" + (HEADING + COMMON).replace("\n", "\r\n")
    for encoding in UNICODE:
        read, _ = read_rows(text.encode(encoding), 16)
        assert read[0] == (4, ANY)
