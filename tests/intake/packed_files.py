"""Archives made on the page: packed by whom, and damaged in which field."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes], names: str = "utf-8") -> bytes:
    """Pack files as a Windows in China does (`names` in GBK) or as others do, names in UTF-8 and marked as such."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = _Member("x", (2024, 4, 1, 12, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.filename, member.encoding = name, names
            archive.writestr(member, content)
    return stream.getvalue()


class _Member(zipfile.ZipInfo):
    """A member whose name is written as it comes: zipfile itself would know UTF-8 only."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name is zipfile's
        return self.filename.encode(self.encoding), 0x800 if self.encoding == "utf-8" else 0


def patched(archive: bytes, name: str, **fields: int) -> bytes:
    """Change fields of a member where both its headers have them: flags, method, crc, size."""
    places = {
        "flags": (6, 8, "<H"),
        "method": (8, 10, "<H"),
        "crc": (14, 16, "<I"),
        "size": (22, 24, "<I"),
    }
    changed = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as listed:
        local = listed.getinfo(name).header_offset
        before = name.encode()
    central = archive.index(b"PK\x01\x02")
    while archive[central + 46 : central + 46 + len(before)] != before:
        central = archive.index(b"PK\x01\x02", central + 4)
    for field, value in fields.items():
        in_local, in_central, width = places[field]
        struct.pack_into(width, changed, local + in_local, value)
        struct.pack_into(width, changed, central + in_central, value)
    return bytes(changed)
