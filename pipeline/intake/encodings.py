"""Which encoding a text delivery is in, decided over the whole file before any row is read.

Strict UTF-8 is tried first: GB18030 reads a UTF-8 file without complaint, as nonsense. GB18030 and never `gbk`
or `gb2312`: they lose rare names and read the name dot (A1A4) as another character. Big5 is taken where more
headings of the contracts, or likelier Chinese, come to light by it. Lines of a second encoding, where a file was
appended to one of another make, are read by their own.
"""

import codecs
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.intake.plausible import likelihood
from pipeline.intake.separators import most_headings

UTF8, GB18030, BIG5 = "utf-8", "gb18030", "big5hkscs"
_NAMES = {UTF8: "UTF-8", GB18030: "GB18030", BIG5: "Big5"}
# The longer marks first: UTF-32 begins like UTF-16.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 20
_BLOCK = 1 << 18
_VOTING_BLOCK = 1 << 16
# A text made of one line of this length is no table.
LONGEST_LINE = 64 << 20
ENDLESS = "holds a line without end and is no table; export it again"
# Some exports pad fields with a zero byte here and there; UTF-16 and binary files hold many.
_ZERO_BYTES_ONE_IN = 20
# One line that reads well in another encoding is damage; a file that was appended has more.
_LINES_OF_ANOTHER = 3
_PLAUSIBLE, _CLEARLY_LIKELIER = 0.6, 0.2


@dataclass(frozen=True)
class Encoding:
    """How a text is written.

    The first codec reads most lines; a second one, those that were appended. `mark` is the length of the byte
    order mark. A text that `is_clean` is valid UTF-8 throughout. Lines end with `line_end` or `line_end` after CR.
    """

    codecs: tuple[str, ...]
    mark: int = 0
    is_clean: bool = False
    line_end: bytes = b"\n"

    @property
    def name(self) -> str:
        """What people call it."""
        return _NAMES.get(self.codecs[0], self.codecs[0].upper().rpartition("-")[0])

    @property
    def is_wide(self) -> bool:
        """Whether a character has two or four bytes, so that a byte 0A alone ends no line."""
        return self.codecs[0] not in _NAMES

    @property
    def remark(self) -> str:
        """What an operator should know of it, or nothing."""
        if not self.is_mixed:
            return ""
        return f"lines of two encodings, {' and '.join(_NAMES[codec] for codec in self.codecs)}"

    @property
    def is_mixed(self) -> bool:
        """Whether lines of two encodings stand in the file."""
        return len(self.codecs) > 1


def find_encoding(path: Path, known: Callable[[list[str]], int]) -> Encoding:
    """Decide the encoding of a text; raise DeliveryError where it is no text.

    `known` counts the headings of the contracts in a row of cells.
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    for wide_mark, codec in _WIDE_MARKS:
        if start.startswith(wide_mark):
            return Encoding((codec,), len(wide_mark))
    if codec := _wide_codec(start):
        return Encoding((codec,))
    mark = len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0
    is_utf8, line_end = _survey(path)
    if is_utf8:
        return Encoding((UTF8,), mark, is_clean=True, line_end=line_end)
    votes, others = _vote(path, line_end)
    if mark or votes[UTF8] >= votes[GB18030]:
        plausible = sum(lines for lines, text in others if likelihood(text) >= _PLAUSIBLE)
        second = (GB18030,) if plausible >= _LINES_OF_ANOTHER else ()
        return Encoding((UTF8, *second), mark, line_end=line_end)
    main = chinese_codec(start, known)
    return Encoding((main, UTF8) if votes[UTF8] else (main,), line_end=line_end)


def line_blocks(path: Path, size: int, line_end: bytes, skip: int = 0) -> Iterator[bytes]:
    """Give a file in blocks of whole lines, of about `size` bytes; raise DeliveryError for an endless line."""
    rest = b""
    with path.open("rb") as stream:
        stream.seek(skip)
        while block := stream.read(size):
            end = block.rfind(line_end) + 1
            if not end:
                rest += block
                if len(rest) > LONGEST_LINE:
                    raise DeliveryError(ENDLESS)
                continue
            yield rest + block[:end] if rest else block[:end]
            rest = block[end:]
    if rest:
        yield rest


def reads(content: bytes, codec: str) -> bool:
    """Whether bytes are text in an encoding, every one of them."""
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _survey(path: Path) -> tuple[bool, bytes]:
    """Say whether a file is UTF-8 throughout, and what ends its lines; refuse what is no text."""
    decoder = codecs.getincrementaldecoder(UTF8)()
    is_utf8, has_feeds, zeros = True, False, 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            has_feeds = has_feeds or b"\n" in block
            zeros += block.count(0) if b"\0" in block else 0
            try:
                is_utf8 = is_utf8 and decoder.decode(block) is not None
            except UnicodeDecodeError:
                is_utf8 = False
    if zeros * _ZERO_BYTES_ONE_IN > path.stat().st_size:
        raise DeliveryError(
            "is not text in a known encoding, or breaks off in zero bytes; "
            "export or copy it again, as CSV in UTF-8"
        )
    is_utf8 = is_utf8 and not decoder.getstate()[0]
    return is_utf8, b"\n" if has_feeds else b"\r"


def _wide_codec(start: bytes) -> str:
    """Recognise UTF-16 and UTF-32 without a mark by where the zero bytes of their ASCII stand."""
    quarters = [start[place::4].count(0) for place in range(4)]
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    full = len(start) // 4
    if full and quarters[3] >= full:
        candidate = "utf-32-le"
    elif full and quarters[0] >= full:
        candidate = "utf-32-be"
    elif max(even, odd) * _ZERO_BYTES_ONE_IN > len(start):
        candidate = "utf-16-be" if even > odd else "utf-16-le"
    else:
        return ""
    shorter = candidate.replace("32", "16")
    return next((codec for codec in (candidate, shorter) if _is_wide_text(start, codec)), "")


def _is_wide_text(start: bytes, codec: str) -> bool:
    text = start[: len(start) // 4 * 4].decode(codec, errors="replace")
    few = len(text) // _ZERO_BYTES_ONE_IN
    # Read the wrong way round, a line feed is no line feed.
    return text.count("\ufffd") <= few >= text.count("\0") and ("\n" in text or "\r" in text)


def _vote(path: Path, line_end: bytes) -> tuple[Counter[str], list[tuple[int, str]]]:
    """Count the lines that only one of UTF-8 and GB18030 reads; give text that only GB18030 reads."""
    votes: Counter[str] = Counter()
    others: list[tuple[int, str]] = []
    for block in line_blocks(path, _VOTING_BLOCK, line_end):
        readers = _readers(block)
        pieces = [(block, readers)] if readers else map(_with_readers, block.split(line_end))
        for piece, able in pieces:
            if len(able) != 1:
                continue
            lines = max(1, piece.count(line_end))
            votes[able[0]] += lines
            if able == [GB18030] and len(others) < _LINES_OF_ANOTHER:
                others.append((lines, piece.decode(GB18030)))
    return votes, others


def _with_readers(line: bytes) -> tuple[bytes, list[str]]:
    return line, _readers(line)


def _readers(content: bytes) -> list[str]:
    """Say which of UTF-8 and GB18030 read some bytes; none of them where all are ASCII, or neither can."""
    return (
        [] if content.isascii() else [codec for codec in (UTF8, GB18030) if reads(content, codec)]
    )


def chinese_codec(start: bytes, known: Callable[[list[str]], int]) -> str:
    """Tell Big5 from GB18030, which reads it as other Chinese: by its headings, then by its characters."""
    by_codec = {codec: start.decode(codec, errors="replace") for codec in (GB18030, BIG5)}
    headings = {codec: most_headings(text, known) for codec, text in by_codec.items()}
    if headings[GB18030] != headings[BIG5]:
        return max(headings, key=lambda codec: headings[codec])
    is_big5 = likelihood(by_codec[BIG5], BIG5) > likelihood(by_codec[GB18030]) + _CLEARLY_LIKELIER
    return BIG5 if is_big5 else GB18030
