"""What a file is by its bytes, whatever its name says; what cannot be read is refused with a remedy."""

import re
import struct
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import DeliveryError
from pipeline.intake import biff, compound, package


class Kind(StrEnum):
    """The kinds that are read, as an operator knows them."""

    XLSX = "an .xlsx workbook"
    XLSB = "an .xlsb workbook"
    XLS = "an .xls workbook"
    PAGE = "a web page"
    XML = "an XML spreadsheet"
    DBF = "a .dbf table"
    PARQUET = "a Parquet file"
    TEXT = "a text"


_HEAD_BYTES = 1 << 16
_BLANK = b"\0\r\n\t \xef\xbb\xbf\xff\xfe"
_SAVE_AS_XLSX = "open it in Excel or WPS and save it as .xlsx"
_NO_TABLE = "deliver the table itself as .xlsx"
_EXPORT_AGAIN = "export it again"
# Kinds that are not read, by their first bytes, each with what to do instead.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", _NO_TABLE),
    (b"{\\rtf", "an RTF document", _NO_TABLE),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, or pack it as .zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as .zip"),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it, or pack it as .zip"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it, or pack it as .zip"),
    (b"MSCF\0", "a cabinet archive", "unpack it, or pack it as .zip"),
    (b"\x89PNG\r\n", "an image", _NO_TABLE),
    (b"\xff\xd8\xff", "an image", _NO_TABLE),
    (b"GIF8", "an image", _NO_TABLE),
    (b"II*\0", "an image", _NO_TABLE),
    (b"MM\0*", "an image", _NO_TABLE),
    (b"MZ\x90\0", "a program", "delete it"),
    (b"\x7fELF", "a program", "delete it"),
    (b"SQLite format 3\0", "a database", "export the table from it as .csv"),
    (b"\0\1\0\0Standard ", "an Access database", "export the table from it as .xlsx"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 4 or older", _SAVE_AS_XLSX),
    (b"\x09\x02\x06\x00", "a workbook of Excel 4 or older", _SAVE_AS_XLSX),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4 or older", _SAVE_AS_XLSX),
    (b"PK\x05\x06", "an empty archive", _EXPORT_AGAIN),
    (b"PARE", "an encrypted Parquet file", "write it without encryption"),
)
_BITMAP = re.compile(rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x6c\x7c]\0\0\0", re.DOTALL)
_MAIL = re.compile(rb"\A(?:[\w-]+:[^\n]*\n|[ \t][^\n]*\n)*?MIME-Version:", re.IGNORECASE)
# What a markup file begins with: declarations and remarks, then the first tag.
_FIRST_TAG = re.compile(
    r"\A\s*+(?>(?><\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)\s*+)*+<([a-z][\w:.-]*)", re.I | re.S
)
_DOCTYPE_OF_PAGE = re.compile(r"\A\s*<!doctype\s+html", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(?:html|table|meta)[\s>]", re.IGNORECASE)
_PAGE_TAG = re.compile(
    "html|head|title|body|meta|link|style|script|base|form|div|span|center|font|p|br|b|h[1-4]|hr|frameset"
    "|table|caption|thead|tbody|tr|th|td"
)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOKS = frozenset((".xls", ".xlsx", ".xlsm", ".xlsb", ".et"))
_PACKAGES: Mapping[str, str] = MappingProxyType(
    {"word/": "a Word document", "ppt/": "a presentation", "content.xml": "an OpenDocument file"}
)
_COMPOUNDS: Mapping[str, str] = MappingProxyType(
    {"WordDocument": "a Word document", "PowerPoint Document": "a presentation"}
)
# FoxBASE, dBase III to 7, FoxPro and Visual FoxPro, with and without memos; the types that fields have.
_DBF_VERSIONS = b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\x8e\xcb\xf5\xfb"
_DBF_TYPES = b"CNFDLMBGPYTIVXQOW0@+"
_TEXTS = frozenset((".csv", ".txt", ".tsv"))
_UNPRINTED = re.compile(rb"[\0-\x08\x0e-\x19\x1c-\x1f]")


def kind_of(path: Path, extension: str) -> Kind:
    """Say what a file is; raise DeliveryError with what to do if it is empty, encrypted, cut short or not read.

    Only its head and the directory of its container are looked at. The extension decides nothing but how far an
    unknown kind is trusted to be a text.
    """
    head = _head(path)
    if head.startswith(package.MAGIC):
        return _kind_of_package(path)
    if head.startswith(compound.MAGIC):
        return _kind_of_compound(path)
    if head.startswith(b"PAR1"):
        return _whole_parquet(path)
    if is_dbf(head):
        return Kind.DBF
    _assert_not_foreign(head, path)
    return _kind_of_text(head, extension)


def is_dbf(head: bytes) -> bool:
    """Whether a file begins as a dBase or FoxPro table does: a version, a day, a header, a first field."""
    if len(head) < 65 or head[0] not in _DBF_VERSIONS:
        return False
    header, width = struct.unpack_from("<HH", head, 8)
    is_dated = head[2] <= 12 and head[3] <= 31
    is_named = head[32:33].isalpha() or head[32] >= 0x80
    return is_dated and header > 64 and width > 1 and is_named and head[43] in _DBF_TYPES


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        piece = head
        while piece and not piece.strip(_BLANK):
            piece = file.read(_HEAD_BYTES)
    if not piece:
        raise DeliveryError("is empty; export or copy it again")
    return head


def _kind_of_package(path: Path) -> Kind:
    names = [name.lower() for name in package.parts_of(path)]
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    for prefix, what in _PACKAGES.items():
        if any(name.startswith(prefix) for name in names):
            raise DeliveryError(f"is {what}; {_NO_TABLE}")
    raise DeliveryError("is an archive, but no workbook; unpack it, or name it .zip")


def _kind_of_compound(path: Path) -> Kind:
    file = compound.open_compound(path)
    if "EncryptedPackage" in file.streams:
        raise DeliveryError(biff.PROTECTED)
    name = biff.records_of(file)
    if not name:
        what = next((_COMPOUNDS[name] for name in file.streams if name in _COMPOUNDS), "")
        raise DeliveryError(f"is {what or 'no workbook'}; {_NO_TABLE}")
    biff.assert_readable(file, name)
    return Kind.XLS


def _whole_parquet(path: Path) -> Kind:
    with path.open("rb") as file:
        file.seek(-4, 2)
        if file.read() != b"PAR1" or file.tell() < 12:
            raise DeliveryError("is an incomplete Parquet file; write or copy it again")
    return Kind.PARQUET


def _assert_not_foreign(head: bytes, path: Path) -> None:
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise DeliveryError(f"is {what}; {remedy}")
    if _BITMAP.match(head):
        raise DeliveryError(f"is an image; {_NO_TABLE}")
    if _MAIL.match(head):
        raise DeliveryError(f"is a web archive (.mht); {_SAVE_AS_XLSX}")


def _kind_of_text(head: bytes, extension: str) -> Kind:
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if is_utf16 else "latin-1", errors="replace").lstrip("ï»¿\ufeff\0")
    tag = _FIRST_TAG.match(text)
    name = tag[1].lower().rpartition(":")[2] if tag else ""
    if _SPREADSHEET in text and text.lstrip().startswith("<") and not _PAGE_TAG.fullmatch(name):
        return Kind.XML
    if _DOCTYPE_OF_PAGE.match(text) or _PAGE_TAG.fullmatch(name):
        return Kind.PAGE
    if tag and text.lstrip().startswith(("<?xml", "<!")):
        raise DeliveryError(f"is an XML file, but no spreadsheet; {_SAVE_AS_XLSX}")
    if extension in _WORKBOOKS and _TABLE_TAG.search(text):
        return Kind.PAGE
    if extension not in _TEXTS and not is_utf16 and _UNPRINTED.search(head):
        raise DeliveryError(f"is named {extension} but is no such file; {_EXPORT_AGAIN}")
    return Kind.TEXT
