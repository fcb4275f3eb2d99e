"""What a file is decides how it is read, not its name; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from container_files import (
    LIST,
    cells_of,
    inline,
    opened,
    package,
    page,
    rows_of,
    spreadsheet,
    xls,
    xml_row,
)
from delivered_files import HEADINGS, ROWS, parquet, table, workbook
from xlwt.CompoundDoc import XlsDoc

from pipeline.errors import DeliveryError

XML_LIST = spreadsheet("".join(xml_row(*row) for row in LIST))


@dataclass(frozen=True)
class Misnamed:
    """A list under a name that is not its own, and what its remark says it is."""

    name: str
    extension: str
    content: bytes
    told: str


MISNAMED = [
    Misnamed("a new workbook", ".xls", workbook(名单=LIST), ".xlsx workbook"),
    Misnamed("a new workbook", ".csv", workbook(名单=LIST), ".xlsx workbook"),
    Misnamed("an old workbook", ".xlsx", xls(*LIST), ".xls workbook"),
    Misnamed("a web page", ".xls", page(*LIST).encode(), "web page"),
    Misnamed("a web page", ".xlsx", page(*LIST).encode(), "web page"),
    Misnamed("a web page", ".csv", page(*LIST).encode(), "web page"),
    Misnamed("tabs", ".xls", table(*LIST, separator="\t").encode("gb18030"), "text"),
    Misnamed("UTF-16 with tabs", ".xls", table(*LIST, separator="\t").encode("utf-16"), "text"),
    Misnamed("commas", ".xlsx", table(*LIST).encode(), "text"),
    Misnamed("an XML spreadsheet", ".xls", XML_LIST.encode(), "XML spreadsheet"),
    Misnamed("an XML spreadsheet", ".xml.xls", XML_LIST.encode("utf-8-sig"), "XML spreadsheet"),
    Misnamed(
        "a Parquet file",
        ".csv",
        parquet(dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))),
        "Parquet",
    ),
]


@pytest.mark.parametrize("case", MISNAMED, ids=lambda case: f"{case.name} named {case.extension}")
def test_a_misnamed_list_is_read_and_says_what_it_is(case: Misnamed, tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, case.content, case.extension)
    assert [row[1:6] for row in rows_of(sheet)] == list(ROWS)
    assert [row[0] for row in rows_of(sheet)] == [2, 3, 4]
    assert f"is named {case.extension}" in sheet.remark
    assert case.told in sheet.remark


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        (".xlsx", workbook(名单=LIST)),
        (".xlsm", workbook(名单=LIST)),
        (".xls", xls(*LIST)),
        (".et", xls(*LIST)),
        (".txt", table(*LIST).encode()),
    ],
)
def test_a_file_that_is_what_it_is_named_has_no_remark(
    extension: str, content: bytes, tmp_path: Path
) -> None:
    (sheet,) = opened(tmp_path, content, extension)
    assert sheet.remark == ""


def test_a_text_that_begins_like_an_image_or_with_a_less_than_sign_is_a_text(
    tmp_path: Path,
) -> None:
    for first in ("BM", "<5岁", "MZ", "II"):
        (sheet,) = opened(tmp_path, table((first, "姓名"), ("1", "王一虚")).encode(), ".csv")
        assert sheet.top[0].cells == (first, "姓名")


def biff(*records: tuple[int, bytes]) -> bytes:
    content = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    stream = io.BytesIO()
    XlsDoc().save(stream, content.ljust(4096, b"\0"))
    return stream.getvalue()


def of_version(version: int) -> tuple[int, bytes]:
    return 0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)


def with_stream(name: str) -> bytes:
    """Give a compound file whose only stream is called something else."""
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    renamed = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    content = xls(*LIST)
    assert entry in content
    return content.replace(entry, renamed)


def rechained(change: Callable[[bytearray, int], None]) -> bytes:
    content = bytearray(xls(*LIST * 50))
    change(content, 512 * (1 + struct.unpack_from("<I", content, 76)[0]))
    return bytes(content)


def in_circles(content: bytearray, links: int) -> None:
    struct.pack_into("<I", content, links + 4 * 3, 0)


def directory_in_circles(content: bytearray, links: int) -> None:
    directory = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", content, links + 4 * directory, directory)


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stream.getvalue()


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"


DRAWN_IN = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


LOGIN = '<html><form><table><tr><td>用户名</td><td><input type="password"></td></tr></table></form></html>'


REFUSED: list[tuple[str, str, bytes, str]] = [
    ("nothing", ".xls", b"", "is empty"),
    ("blanks", ".xlsx", b" \r\n\t" * 50_000, "is empty"),
    ("a byte order mark", ".csv", b"\xef\xbb\xbf\r\n", "is empty"),
    ("zero bytes", ".xls", bytes(200_000), "is empty"),
    ("an encrypted workbook", ".xlsx", with_stream("EncryptedPackage"), "without one"),
    ("a password in BIFF8", ".xls", biff(of_version(0x600), (0x2F, bytes(6))), "without one"),
    ("Excel 95", ".xls", biff(of_version(0x500)), "Excel 95 or older; .* as .xlsx"),
    ("Excel 4", ".xls", b"\x09\x04\x06\x00" + bytes(600) + b"x", "Excel 4 or older"),
    ("Word", ".xls", with_stream("WordDocument"), "a Word document; deliver the table"),
    ("other compound", ".xls", with_stream("Something"), "no workbook"),
    ("new Word", ".xlsx", archive("[Content_Types].xml", "word/document.xml"), "Word document"),
    ("OpenDocument", ".xlsx", archive("mimetype", "content.xml"), "OpenDocument"),
    ("an archive", ".xlsx", archive("名单.csv"), "no workbook; unpack"),
    ("half a package", ".xlsx", workbook(a=LIST)[:3000], "incomplete"),
    ("half a BIFF8", ".xls", xls(*LIST * 500)[:20_000], "incomplete"),
    ("a header of BIFF8", ".xls", xls(*LIST)[:300], "incomplete"),
    ("half a Parquet", ".parquet", parquet({"姓名": ["x"] * 50})[:80], "incomplete Parquet"),
    ("a PDF", ".xls", b"%PDF-1.7 ...", "a PDF; deliver the table itself as .xlsx"),
    ("RTF", ".xls", b"{\\rtf1\\ansi x}", "RTF"),
    ("RAR", ".xlsx", b"Rar!\x1a\x07\x01\0x", "RAR archive; unpack it"),
    ("7z", ".csv", b"7z\xbc\xaf\x27\x1c\0\x04x", "7z archive; unpack it"),
    ("a photograph", ".xls", b"\xff\xd8\xff\xe0x", "an image"),
    ("a bitmap", ".xls", b"BM" + b"\x36\x10\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0x", "an image"),
    ("a program", ".xls", b"MZ\x90\0\x03\0x", "a program"),
    ("a saved mail", ".xls", b"From: <WPS>\r\n x\r\nMIME-Version: 1.0\r\n\r\nx", "web archive"),
    ("nonsense", ".xls", bytes(range(1, 9)) * 40, "is named .xls but is no such file"),
    ("another XML", ".xls", b'<?xml version="1.0"?><rows><row/></rows>', "no spreadsheet"),
    ("a page without table", ".xls", b"<html><body><p>404</p></body></html>", "log-in page"),
    ("a log-in page", ".xls", LOGIN.encode(), "log in and export it again"),
    ("frames", ".xls", b"<html><frameset><frame src=a.htm></frameset></html>", "folder beside it"),
    ("half a page", ".xls", page(*LIST * 50).encode()[:4000], "ends within a row"),
    ("half an XML spreadsheet", ".xls", XML_LIST.encode()[:700], "damaged XML"),
    ("laughs by the billion", ".xls", spreadsheet("", LAUGHS).encode(), "definitions of its own"),
    ("a file drawn in", ".xls", spreadsheet("", DRAWN_IN).encode(), "definitions of its own"),
    ("sectors in circles", ".xls", rechained(in_circles), "incomplete or damaged"),
    ("a directory in circles", ".xls", rechained(directory_in_circles), "incomplete or damaged"),
    (
        "a cell in a column of no sheet",
        ".xls",
        xls(HEADINGS).replace(
            struct.pack("<HHHH", 0xFD, 10, 0, 4), struct.pack("<HHHH", 0xFD, 10, 0, 60_000)
        ),
        "damaged workbook",
    ),
    (
        "a cell at the far corner",
        ".xlsx",
        package(
            '<sheetData><row r="1">' + inline("A1", "姓名") + "</row>"
            '<row r="1048576">' + inline("XFD1048576", "x") + "</row></sheetData>"
        ),
        "far from its table",
    ),
    (
        "a row that no sheet has",
        ".xlsx",
        package(
            "<sheetData><row>"
            + inline("A1", "a")
            + inline("A4294967295", "b")
            + "</row></sheetData>"
        ),
        "far from its table",
    ),
    (
        "strings announced by the billion",
        ".xlsx",
        package("<sheetData/>", '<sst uniqueCount="4294967295"><si><t>a</t></si></sst>'),
        "damaged workbook",
    ),
    (
        "spans beyond measure",
        ".xls",
        page(*LIST).replace("<td>", '<td colspan="9999">').encode(),
        "beyond measure",
    ),
    (
        "a cell in column one billion",
        ".xls",
        spreadsheet('<Row><Cell ss:Index="1000000000"><Data>x</Data></Cell></Row>').encode(),
        "beyond measure",
    ),
]


@pytest.mark.parametrize(
    ("extension", "content", "told"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(
    extension: str, content: bytes, told: str, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryError, match=told):
        cells_of(content, tmp_path, extension)
