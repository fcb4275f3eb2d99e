"""Names of files as people read them, whatever system gave them: on disk, and inside archives."""

import os
import re
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname
from zipfile import ZipInfo

# What editors and file managers leave beside the files of people.
_LITTER = frozenset((b"desktop.ini", b"thumbs.db", b"ehthumbs.db", b"__macosx"))
# Memos and indices of dBase and FoxPro.
_BESIDE_A_DBF = (".fpt", ".dbt", ".cdx", ".idx", ".mdx", ".ndx")
# Signs that break a line or turn its direction would let a name forge the account.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_IS_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")


def is_litter(name: bytes) -> bool:
    """Whether the name of a file or folder says that nobody means to deliver it."""
    return name.startswith((b".", b"~$")) or name.lower() in _LITTER


def without_companions(paths: Iterable[str]) -> list[str]:
    """Leave out memos and indices that lie in one folder with a .dbf: its account says what is left empty."""
    paths = list(paths)
    of_tables = {dirname(path) for path in paths if path.lower().endswith(".dbf")}
    return [
        path
        for path in paths
        if not (path.lower().endswith(_BESIDE_A_DBF) and dirname(path) in of_tables)
    ]


def readable(path: Path) -> str:
    """Give a path as text, `/` between its parts; names unpacked from a Chinese Windows are in GB18030."""
    return "/".join(readable_name(os.fsencode(part)) for part in path.parts)


def readable_name(name: bytes) -> str:
    """Give a name as text, in UTF-8 or GB18030, whichever it is; what neither explains shows as �."""
    utf8, gb18030 = _decoded(name, "utf-8"), _decoded(name, "gb18030")
    # Some names in GB18030 happen to be UTF-8, but of Greek or Arabic letters, never of Chinese.
    is_chinese = utf8 is not None and (utf8.isascii() or max(utf8) >= "\u0800")
    told = utf8 if is_chinese or gb18030 is None else gb18030
    return _UNSEEN.sub("�", name.decode("utf-8", errors="replace") if told is None else told)


def member_name(member: ZipInfo) -> str:
    """Give the path of a member of an archive as its packer meant it, `/` between its parts."""
    parts = _meant(member).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def is_passed_over(member: ZipInfo) -> bool:
    """Whether a member of an archive is a folder, or litter, or lies in a folder of litter."""
    name = _meant(member)
    parts = name.replace("\\", "/").split("/")
    is_litter_there = any(is_litter(part.encode()) for part in parts if part not in (".", ".."))
    return is_litter_there or name.endswith(("/", "\\"))


def leads_outside(member: ZipInfo) -> bool:
    """Whether the path of a member names a place outside the archive: a root, a drive, a folder above."""
    return bool(_OUTSIDE.search(_meant(member)))


def _meant(member: ZipInfo) -> str:
    is_utf8 = bool(member.flag_bits & _IS_UTF8)
    raw = member.orig_filename.encode("utf-8" if is_utf8 else "cp437", errors="replace")
    return _unicode_path(member.extra, raw) or readable_name(raw)


def _decoded(name: bytes, encoding: str) -> str | None:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Give the path of an Info-ZIP Unicode Path field (APPNOTE 4.6.9), if it is of this very name."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        content = extra[4 : 4 + length]
        if kind == _UNICODE_PATH and length > 5:
            version, checksum = struct.unpack_from("<BL", content)
            told = _decoded(content[5:], "utf-8")
            if version == 1 and checksum == zlib.crc32(raw) and told is not None:
                return _UNSEEN.sub("�", told)
        extra = extra[4 + length :]
    return ""
