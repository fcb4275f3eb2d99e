"""Files made to break, hang or swell their reader: each is small, or says that it is large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pyarrow as pa
from bad_delivery import HEADINGS, LIST, PLAIN, rows_of, workbook
from made_containers import (
    dbf_of,
    members_changed,
    old_workbook,
    parquet,
    shared_workbook,
    spreadsheet_ml,
    web_page,
)

BOOK, SHARED = workbook(名单=LIST), shared_workbook(*LIST)
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_BLOCK = 1 << 20


def zipped_bomb(name: str, begin: bytes, filling: bytes, megabytes: int, end: bytes) -> bytes:
    """Give a .zip with one member of very many megabytes: the filling over and over between begin and end."""
    block = filling * (_BLOCK // len(filling))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(end) + packer.flush()
    check = zlib.crc32(begin)
    for _ in range(megabytes):
        check = zlib.crc32(block, check)
    check = zlib.crc32(end, check)
    data = packed + repeated * megabytes + last
    size = len(begin) + len(block) * megabytes + len(end)
    written = name.encode()
    fixed = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 22671, check, len(data), size, len(written), 0)
    local = b"PK\x03\x04" + fixed + written + data
    listing = b"PK\x01\x02\x14\0" + fixed + struct.pack("<HHHII", 0, 0, 0, 0, 0) + written
    return (
        local
        + listing
        + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 1, 1, len(listing), len(local), 0)
    )


def swollen_workbook(member: str, before: str, filling: bytes, megabytes: int) -> bytes:
    """Give the small workbook with one member in place of which, behind some word, a bomb stands."""
    with zipfile.ZipFile(io.BytesIO(SHARED)) as old:
        content = old.read(member)
        at = content.index(before.encode()) + len(before.encode())
        bomb = zipped_bomb(member, content[:at], filling, megabytes, content[at:])
        others = {name: old.read(name) for name in old.namelist() if name != member}
    stream = io.BytesIO(bomb)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as new:
        for name, other in others.items():
            new.writestr(name, other)
    return stream.getvalue()


def _laughs(levels: int = 9) -> str:
    entities = '<!ENTITY a0 "haha">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, levels + 1)
    )
    return f"<!DOCTYPE x [{entities}]>"


def _laughing_strings() -> bytes:
    begun = members_changed(SHARED, {STRINGS: ("<sst", _laughs() + "<sst")})
    return members_changed(begun, {STRINGS: ("残联", "&a9;")})


def _laughing_spreadsheet() -> bytes:
    text = spreadsheet_ml(LIST).decode().replace("残联", "&a9;")
    return text.replace("<?mso", _laughs() + "<?mso", 1).encode()


def _stray_cell(place: str, row: int) -> bytes:
    """Give a list with one cell at a far place, as a stray blank leaves it."""
    cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    return members_changed(BOOK, {SHEET: ("</sheetData>", cell)})


def _circular_old_workbook() -> bytes:
    """Give an .xls whose list of sectors leads back to where it began."""
    content = bytearray(old_workbook(名单=LIST))
    (table,) = struct.unpack_from("<I", content, 76)
    place = 512 * (table + 1)
    struct.pack_into("<128I", content, place, *([0] * 128))
    return bytes(content)


def _dbf(place: int, layout: str, value: int) -> bytes:
    content = bytearray(dbf_of(LIST, (20, 20, 18, 10, 30)))
    struct.pack_into(layout, content, place, value)
    return bytes(content)


def _parquet_of_a_refrain() -> bytes:
    """Give three hundred thousand rows that are all alike, in a few kilobytes."""
    rows = 300_000
    return parquet(
        {h: pa.array([c]).take(pa.repeat(0, rows)) for h, c in zip(HEADINGS, LIST[1], strict=True)}
    )


NASTY: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "a sheet of 400 megabytes": (
        ".xlsx",
        lambda: swollen_workbook(SHEET, "<sheetData>", b"<row/>", 400),
    ),
    "strings of 1,000 megabytes": (
        ".xlsx",
        lambda: swollen_workbook(STRINGS, "</si>", b"<si><t>a</t></si>", 1000),
    ),
    "one string of 600 megabytes": (
        ".xlsx",
        lambda: swollen_workbook(STRINGS, "<t>", b"a", 600),
    ),
    "a thousand million laughs in a workbook": (".xlsx", _laughing_strings),
    "a thousand million laughs in an XML spreadsheet": (".xls", _laughing_spreadsheet),
    "a stray blank in the last cell of a sheet": (
        ".xlsx",
        lambda: _stray_cell("XFD1048576", 1048576),
    ),
    "a stray blank in the last row of a sheet": (".xlsx", lambda: _stray_cell("E1048576", 1048576)),
    "a stray blank beyond the last row of a sheet": (
        ".xlsx",
        lambda: _stray_cell("A4294967295", 4294967295),
    ),
    "an .xls that goes in a circle": (".xls", _circular_old_workbook),
    "a .dbf of four thousand million records": (".dbf", lambda: _dbf(4, "<I", 0xFFFFFFFF)),
    "a .dbf whose records are of no width": (".dbf", lambda: _dbf(10, "<H", 0)),
    "a .dbf whose head is of no length": (".dbf", lambda: _dbf(8, "<H", 0)),
    "a Parquet file of three hundred thousand equal rows": (".parquet", _parquet_of_a_refrain),
    "a web page a million tags deep": (
        ".xls",
        lambda: web_page(LIST, "utf-8", "<b>" * 1_000_000).encode(),
    ),
    "a web page a hundred thousand tables deep": (
        ".xls",
        lambda: web_page(LIST, "utf-8", "<table><tr><td>" * 100_000).encode(),
    ),
    "a web page with a cell of a thousand million columns": (
        ".xls",
        lambda: (
            web_page(LIST, "utf-8")
            .replace("<td", "<td colspan=1000000000 rowspan=1000000000", 3)
            .encode()
        ),
    ),
    "an XML spreadsheet that skips a thousand million cells": (
        ".xls",
        lambda: spreadsheet_ml(LIST).replace(
            b"<Cell>", b'<Cell ss:Index="1000000000" ss:MergeAcross="1000000000">', 3
        ),
    ),
    "an XML spreadsheet that skips a thousand million rows": (
        ".xls",
        lambda: spreadsheet_ml(LIST).replace(
            b"</Row><Row>", b'</Row><Row ss:Index="1000000000">', 1
        ),
    ),
    "a text of one line of eight megabytes": (".csv", lambda: PLAIN.encode() + b"a" * (8 << 20)),
    "a text of eight megabytes of quotation marks": (
        ".csv",
        lambda: PLAIN.encode() + b'"' * (8 << 20),
    ),
    "a text of five megabytes of commas": (".csv", lambda: PLAIN.encode() + b"," * (5 << 20)),
    "a text of five megabytes of line ends": (
        ".csv",
        lambda: PLAIN.encode() + b"\n" * (5 << 20) + b"a\n",
    ),
    "a heading of a hundred thousand columns": (
        ".csv",
        lambda: rows_of(
            (*HEADINGS, *(f"栏目{at}" for at in range(100_000))), (*LIST[1], *[""] * 100_000)
        ).encode(),
    ),
    "a heading of a million characters": (
        ".csv",
        lambda: PLAIN.replace("认定部门", "栏" * 1_000_000, 1).encode(),
    ),
    "an opened quotation mark on every line": (
        ".csv",
        (PLAIN + '"残疾人,a,b,c,d\n' * 50_000).encode,
    ),
}
