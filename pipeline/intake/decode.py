"""Bytes of a text delivery to UTF-8. A byte that the encoding does not explain marks its line, not the file.

What GB18030 of 2000 had no code point for (FE51, FE59 …) has one since 2005: Python's codec is of 2000.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.intake.encodings import (
    ENDLESS,
    GB18030,
    LONGEST_LINE,
    UTF8,
    Encoding,
    line_blocks,
    reads,
)
from pipeline.intake.plausible import likelihood

# Stands for a byte that is not text until its line is noted; a noncharacter, so no text holds it.
_MARK, _SHOWN = "\ufdd0", "\ufffd"
MARK, SHOWN = _MARK.encode(), _SHOWN.encode()
_EURO = 0x80
_PLAUSIBLE = 0.6
# GB 18030-2022, of the characters that GB 18030-2000 gives private code points.
_SINCE_2000 = {
    0xE7C7: "\u1e3f",
    0xE78D: "\ufe10",
    0xE78E: "\ufe12",
    0xE78F: "\ufe11",
    0xE790: "\ufe13",
    0xE791: "\ufe14",
    0xE792: "\ufe15",
    0xE793: "\ufe16",
    0xE794: "\ufe17",
    0xE795: "\ufe18",
    0xE796: "\ufe19",
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}
_PRIVATE = {chr(code).encode(): text.encode() for code, text in _SINCE_2000.items()}
_PRIVATE_BYTES = re.compile(b"|".join(_PRIVATE))
_NEAR_PRIVATE = re.compile(b"\xee[\x9e-\xa1]")


def _mark_byte(error: UnicodeError) -> tuple[str, int]:
    """Put the mark for one byte that is not text, or € for the 80 that Windows writes for it in GBK."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith("gb") and error.object[error.start] == _EURO:
        return "€", error.start + 1
    # One byte at a time, so that no line end is swallowed; two where a wide character is broken.
    return _MARK, error.end if error.encoding.startswith("utf") else error.start + 1


codecs.register_error("marked", _mark_byte)


def utf8_blocks(path: Path, encoding: Encoding, size: int) -> Iterator[tuple[bytes, bool]]:
    """Give a text in blocks of whole lines as UTF-8, and whether bytes of a block are marked as no text."""
    if encoding.is_wide:
        yield from _from_wide(path, encoding, size)
        return
    for block in line_blocks(path, size, encoding.line_end, encoding.mark):
        if encoding.is_clean:
            yield block, False
        elif encoding.is_mixed:
            yield _mixed(block, encoding)
        else:
            yield _decoded(block, encoding.codecs[0])


def decode_marked(content: bytes, codec: str) -> bytes:
    """Give bytes as UTF-8, with MARK for every byte that is not text."""
    return _settled(content.decode(codec, errors="marked").encode(), codec)


def _decoded(block: bytes, codec: str) -> tuple[bytes, bool]:
    try:
        return _settled(block.decode(codec).encode(), codec), False
    except UnicodeDecodeError:
        utf8 = decode_marked(block, codec)
        return utf8, MARK in utf8


def _settled(utf8: bytes, codec: str) -> bytes:
    if codec != GB18030 or not _NEAR_PRIVATE.search(utf8):
        return utf8
    return _PRIVATE_BYTES.sub(lambda found: _PRIVATE[found[0]], utf8)


def _mixed(block: bytes, encoding: Encoding) -> tuple[bytes, bool]:
    if reads(block, UTF8):
        return block, False
    lines = [_line(line, encoding.codecs) for line in block.split(encoding.line_end)]
    utf8 = encoding.line_end.join(lines)
    return utf8, MARK in utf8


def _line(line: bytes, both: tuple[str, ...]) -> bytes:
    """Read a line by the codec that can, the likelier one if both can; by the second only if it makes sense."""
    if line.isascii():
        return line
    readings = {codec: line.decode(codec) for codec in both if reads(line, codec)}
    if set(readings) == {GB18030} and both[0] == UTF8:
        readings = {} if likelihood(readings[GB18030]) < _PLAUSIBLE else readings
    if not readings:
        return decode_marked(line, both[0])
    codec = max(readings, key=lambda codec: (likelihood(readings[codec]), codec == UTF8))
    return _settled(readings[codec].encode(), codec)


def _from_wide(path: Path, encoding: Encoding, size: int) -> Iterator[tuple[bytes, bool]]:
    decoder = codecs.getincrementaldecoder(encoding.codecs[0])("marked")
    rest = ""
    with path.open("rb") as stream:
        stream.seek(encoding.mark)
        while True:
            block = stream.read(size)
            text = rest + decoder.decode(block, final=not block)
            if "\n" not in text and "\r" in text and not block:
                text = text.replace("\r", "\n")
            end = text.rfind("\n") + 1 if block else len(text)
            rest = text[end:]
            if len(rest) > LONGEST_LINE:
                raise DeliveryError(ENDLESS)
            if end:
                utf8 = text[:end].encode()
                yield utf8, MARK in utf8
            if not block:
                return
