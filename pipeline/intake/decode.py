"""Bytes of a text delivery to text: Unicode if it says so or is so, GB18030 otherwise.

Strict UTF-8 is tried over the whole file first: GB18030 reads a UTF-8 file without complaint, as nonsense.
GB18030 and never `gbk` or `gb2312`: they lose rare names and read the name dot (A1A4) as another character.
A byte that no encoding explains costs its line, not the file.
"""

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import DeliveryError

_CHUNK = 1 << 24
# Some exports pad fields with a zero byte here and there; UTF-16 without a mark and binary files hold many.
_ZERO_BYTES_ONE_IN = 20
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_VOTING_LINES = 200
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True)
class Decoded:
    """A text delivery as UTF-8 with plain line feeds, and the lines (0, 1, …) that did not decode."""

    utf8: bytes
    encoding: str
    broken_lines: frozenset[int]


def decode(content: bytes) -> Decoded:
    """Give a text delivery as UTF-8; raise DeliveryError where it is no text at all."""
    for mark, encoding in _UTF_16.items():
        if content.startswith(mark):
            return _from_utf16(content.removeprefix(mark), encoding)
    if content.count(b"\0") * _ZERO_BYTES_ONE_IN > len(content):
        raise DeliveryError("is not text in a known encoding; export it again as CSV in UTF-8")
    content = content.replace(b"\0", b"")
    has_mark = content.startswith(codecs.BOM_UTF8)
    lines = _plain_line_feeds(content.removeprefix(codecs.BOM_UTF8))
    if _is_utf8(lines):
        return Decoded(lines, "UTF-8", frozenset())
    if has_mark or _is_mostly_utf8(lines):
        return _line_by_line(lines, "utf-8", "UTF-8")
    try:
        return Decoded(lines.decode("gb18030").encode(), "GB18030", frozenset())
    except UnicodeDecodeError:
        return _line_by_line(lines, "gb18030", "GB18030")


def _from_utf16(content: bytes, encoding: str) -> Decoded:
    # Half a character at the end and lone surrogates become U+FFFD, which no clerk types.
    text = content.decode(encoding, errors="replace")
    utf8 = _plain_line_feeds(text.encode()).replace(b"\0", b"")
    broken = frozenset(
        number for number, line in enumerate(utf8.split(b"\n")) if "\ufffd".encode() in line
    )
    return Decoded(utf8, "UTF-16", broken)


def _plain_line_feeds(content: bytes) -> bytes:
    """End lines with a line feed alone; no encoding taken here uses these two bytes within a character."""
    if b"\r" not in content:
        return content
    content = content.replace(b"\r\n", b"\n")
    return content.replace(b"\r", b" " if b"\n" in content else b"\n")


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a few damaged lines hide a UTF-8 file, by a vote of the first lines.

    A line of GB18030 may be valid UTF-8 by chance, but then reads as Greek or Hebrew, of two bytes a letter.
    """
    lines = content.split(b"\n", _VOTING_LINES)[:_VOTING_LINES]
    valid = [line for line in lines if _is_utf8(line)]
    chinese = sum(bool(_THREE_BYTES.search(line)) for line in valid)
    return 0 < chinese >= len(lines) - len(valid)


def _line_by_line(content: bytes, codec: str, encoding: str) -> Decoded:
    lines: list[bytes] = []
    broken: set[int] = set()
    for number, line in enumerate(content.split(b"\n")):
        try:
            lines.append(line.decode(codec).encode())
        except UnicodeDecodeError:
            broken.add(number)
            lines.append(line.decode(codec, errors="replace").encode())
    return Decoded(b"\n".join(lines), encoding, frozenset(broken))
