"""Containers written by hand, where no library writes what schools send: old workbooks, web pages, tables, archives."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt
from bad_delivery import Row

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def shared_workbook(*rows: Row, options: Mapping[str, object] | None = None) -> bytes:
    """Give an .xlsx as Excel itself writes it: texts in a list of strings, rich text for a cell that is a list."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **(options or {})})
    sheet = book.add_worksheet("名单")
    day, bold = (
        book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
        book.add_format({"bold": True}),
    )
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, list):
                sheet.write_rich_string(
                    at, column, *(part for text in cell for part in (bold, text))
                )
            elif isinstance(cell, dt.date):
                sheet.write_datetime(at, column, cell, day)
            else:
                sheet.write(at, column, cell)
    book.close()
    return stream.getvalue()


def parquet(columns: Mapping[str, Sequence[object] | pa.Array]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), stream)
    return stream.getvalue()


def parquet_of(rows: Sequence[Row]) -> bytes:
    return parquet(
        dict(zip(map(str, rows[0]), map(list, zip(*rows[1:], strict=True)), strict=True))
    )


def old_book(**sheets: Sequence[Row]) -> xlwt.Workbook:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    return book


def old_workbook(**sheets: Sequence[Row]) -> bytes:
    """Give an .xls of Excel 97 (BIFF8)."""
    return _saved(old_book(**sheets))


def old_workbook_with_error(row: int, column: int, **sheets: Sequence[Row]) -> bytes:
    """Give an .xls with #N/A in place of a value of its first sheet."""
    book = old_book(**sheets)
    book.get_sheet(0).row(row).set_cell_error(column, 0x2A)
    return _saved(book)


def _saved(book: xlwt.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook_with_password(**sheets: Sequence[Row]) -> bytes:
    """Give an .xls that says, right after its beginning, that what follows is enciphered."""
    biff = old_book(**sheets).get_biff_data()
    (length,) = struct.unpack_from("<H", biff, 2)
    begin, rest = biff[: 4 + length], biff[4 + length :]
    key = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)
    return compound({"Workbook": begin + key + bytes(byte ^ 0x5A for byte in rest)})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Give a compound file (MS-CFB, version 3) of a few streams, none of which is stored as a mini stream."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def place(content: bytes) -> int:
        start = len(sectors)
        count = max(1, -(-len(content) // _SECTOR))
        padded = content.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR))
        chains.extend([*range(start + 1, start + count), _END])
        return start

    # Below 4,096 bytes a stream would belong into the mini stream.
    whole = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    entries = [_entry("Root Entry", _END, 0, child=1)]
    names = list(whole)
    for at, name in enumerate(names, start=1):
        following = at + 1 if at < len(names) else _FREE
        entries.append(_entry(name, place(whole[name]), len(whole[name]), right=following))
    directory = place(b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0"))
    fat_sectors = -(-(len(chains) + 1) // (_SECTOR // 4 - 1))
    fat_start = len(sectors)
    fat = [*chains, *[_FAT] * fat_sectors]
    fat += [_FREE] * (fat_sectors * _SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, directory, 0, 4096, _END, 0, _END, 0),
    )
    listed = [*range(fat_start, fat_start + fat_sectors)]
    header += struct.pack("<109I", *listed, *[_FREE] * (109 - fat_sectors))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    kind = 2 if child == _FREE else 5
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ", written, len(written), kind, 1, _FREE, right, child, 0, start, size
    )


def locked_workbook() -> bytes:
    """Give what Excel writes for an .xlsx with a password: an enciphered package in a compound file."""
    return compound(
        {
            "EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0" + b"<encryption/>",
            "EncryptedPackage": b"\x5a" * 8192,
        }
    )


def web_page(rows: Iterable[Row], charset: str = "gb2312", before: str = "") -> str:
    """Give the page that a registry sends as "Excel": a table, each cell marked as text."""
    body = "".join(
        "<tr>"
        + "".join(f"<td style=\"mso-number-format:'\\@'\">{cell}</td>" for cell in row)
        + "</tr>\r\n"
        for row in rows
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
        f"<body>{before}<table border=1>{body}</table></body></html>"
    )


def spreadsheet_ml(rows: Iterable[Row], sheet: str = "名单") -> bytes:
    """Give an XML spreadsheet of Excel 2003; a cell that is None is left out and the next one says its place."""
    lines = "".join(f"<Row>{''.join(_cells(row))}</Row>" for row in rows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="{sheet}"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def _cells(row: Row) -> Iterable[str]:
    skipped = False
    for at, cell in enumerate(row, start=1):
        if cell is not None:
            place = f' ss:Index="{at}"' if skipped else ""
            yield f'<Cell{place}><Data ss:Type="String">{cell}</Data></Cell>'
        skipped = cell is None


def dbf(
    fields: Sequence[tuple[str, str, int]],
    records: Sequence[Sequence[bytes]],
    *,
    deleted: Sequence[int] = (),
    claimed: int | None = None,
    code_page: int = 0x4D,
) -> bytes:
    """Give a dBASE III table: fields (name, kind, width), records of bytes; 0x4D is the code page of GBK."""
    width = 1 + sum(size for _, _, size in fields)
    count = len(records) if claimed is None else claimed
    header = struct.pack(
        "<BBBBIHH17xBxx", 3, 124, 4, 15, count & 0xFFFFFFFF, 33 + 32 * len(fields), width, code_page
    )
    for name, kind, size in fields:
        header += struct.pack("<11sc4xB15x", name.encode("gbk")[:10], kind.encode(), size)
    body = b"".join(
        (b"*" if at in deleted else b" ")
        + b"".join(
            cell[:size].ljust(size) for cell, (_, _, size) in zip(record, fields, strict=True)
        )
        for at, record in enumerate(records)
    )
    return header + b"\x0d" + body + b"\x1a"


def dbf_of(rows: Sequence[Row], widths: Sequence[int], encoding: str = "gbk") -> bytes:
    fields = [(str(name), "C", width) for name, width in zip(rows[0], widths, strict=True)]
    return dbf(fields, [[str(cell).encode(encoding) for cell in row] for row in rows[1:]])


def archive(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """Give a .zip; with an encoding other than UTF-8, names as a Chinese Windows writes them, without saying so."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(_Member(name, encoding), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Member(zipfile.ZipInfo):
    """A member whose name is written in bytes of our choice."""

    __slots__ = ("encoding",)

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name, (2024, 4, 15, 8, 0, 0))
        self.encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        flag = 0x800 if self.encoding == "utf-8" else 0
        return self.filename.encode(self.encoding), self.flag_bits | flag


def patched(bundle: bytes, at_local: int, at_central: int, layout: str, value: int) -> bytes:
    """Set a field of the headers of the first member of an archive to what is not so."""
    changed = bytearray(bundle)
    struct.pack_into(layout, changed, at_local, value)
    struct.pack_into(layout, changed, changed.index(b"PK\x01\x02") + at_central, value)
    return bytes(changed)


def locked_archive(members: Mapping[str, bytes]) -> bytes:
    """Give a .zip whose first member says that it is enciphered."""
    return patched(archive(members), 6, 8, "<H", 1)


def crowded_archive(members: int) -> bytes:
    """Give a .zip of very many empty lists."""
    local, central = io.BytesIO(), io.BytesIO()
    for at in range(members):
        name = f"{at}.csv".encode()
        fixed = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 22671, zlib.crc32(b"x"), 1, 1, len(name), 0)
        central.write(
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + fixed
            + struct.pack("<HHHII", 0, 0, 0, 0, local.tell())
            + name
        )
        local.write(b"PK\x03\x04" + fixed + name + b"x")
    listing = central.getvalue()
    end = struct.pack(
        "<4s4HIIH", b"PK\x05\x06", 0, 0, members, members, len(listing), local.tell(), 0
    )
    return local.getvalue() + listing + end


def members_changed(book: bytes, changes: Mapping[str, tuple[str, str]]) -> bytes:
    """Replace some words in members of an .xlsx: name, and (what stands there, what shall stand there)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name in changes:
                before, after = changes[name]
                if before.encode() not in text:
                    raise ValueError(f"{name} does not hold {before}")
                text = text.replace(before.encode(), after.encode())
            new.writestr(name, text)
    return stream.getvalue()
