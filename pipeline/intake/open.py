"""Open a delivery as tables, whatever container it came in; say what is wrong where it cannot be."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import DeliveryError
from pipeline.intake.columnar import read_table
from pipeline.intake.decode import decode
from pipeline.intake.delimited import read_text
from pipeline.intake.headings import known_headings
from pipeline.intake.sheet import Sheet
from pipeline.intake.workbook import read_worksheets

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET = b"PAR1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What a file is by its first bytes, whatever its name says.
_TRUE_KINDS = ((_ZIP, ".xlsx"), (_OLE, ".xls"), (_PARQUET, ".parquet"), (b"%PDF", ".pdf"))


def open_delivery(path: Path, extension: str) -> Iterable[Sheet]:
    """Give the tables of a delivery; raise DeliveryError if it is empty, encrypted or something else.

    `path` may be a temporary copy (of a member of an archive), so `extension` tells what the file is named.
    """
    content = path.read_bytes()
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise DeliveryError("is empty; export or copy it again")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise DeliveryError("is protected by a password; save it without one")
    true_kind = _kind(content)
    is_as_named = extension in _READERS and true_kind == ("" if extension in _TEXTS else extension)
    if not is_as_named:
        raise DeliveryError(_mistaken(content, true_kind, extension))
    return _READERS[extension](content)


def extensions() -> tuple[str, ...]:
    """Give the file name extensions that can be read."""
    return tuple(_READERS)


def _texts(content: bytes) -> Iterable[Sheet]:
    return (read_text(decode(content), known_headings),)


def _tables(content: bytes) -> Iterable[Sheet]:
    return (read_table(content),)


_READERS: Mapping[str, Callable[[bytes], Iterable[Sheet]]] = MappingProxyType(
    {
        ".xlsx": read_worksheets,
        ".csv": _texts,
        ".txt": _texts,
        ".tsv": _texts,
        ".parquet": _tables,
    }
)
_TEXTS = frozenset((".csv", ".txt", ".tsv"))


def _kind(content: bytes) -> str:
    return next((kind for magic, kind in _TRUE_KINDS if content.startswith(magic)), "")


def _mistaken(content: bytes, true_kind: str, extension: str) -> str:
    if true_kind:
        remedy = f"rename it to {true_kind}" if true_kind in _READERS else "save it as .xlsx"
        return f"is named {extension} but is a {true_kind} file; {remedy}"
    if content.lstrip()[:1] == b"<":
        return (
            f"is named {extension} but is a web page; open it in Excel or WPS and save it as .xlsx"
        )
    return f"is named {extension} but is no such file; export it again"
