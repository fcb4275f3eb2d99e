"""The text of a page or an XML file, in whatever encoding it came, as UTF-8 for a parser."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.encodings import find_encoding

_CHUNK = 1 << 20
_HEAD_BYTES = 1 << 14
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb'(?:charset|encoding)\s*=\s*["\']?\s*([\w-]+)', re.IGNORECASE)
_BIG5 = frozenset((b"big5", b"big5-hkscs", b"x-x-big5"))
# No parser takes these; pages of old programs hold them all the same.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Markup:
    """A file with the encoding it is read in; broken where some bytes are no text in it."""

    path: Path
    encoding: str
    is_broken: bool

    def pieces(self) -> Iterator[bytes]:
        """Give the text piece by piece in UTF-8, a replacement character for each broken byte."""
        for text in _decoded(self.path, self.encoding, "replace"):
            yield _CONTROLS.sub("", text).encode("utf-8", errors="replace")


def open_markup(path: Path) -> Markup:
    """Decide the encoding over the whole file: by its mark, UTF-8 where it is valid, else what is declared."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    declared = _DECLARED.search(head)
    name = declared[1].lower() if declared else b""
    likely = "big5hkscs" if name in _BIG5 else "gb18030"
    for encoding in (marked,) if marked else ("utf-8", likely):
        if _is_valid(path, encoding):
            return Markup(path, encoding, is_broken=False)
    if not marked and likely != "big5hkscs":
        marked = find_encoding(path, _no_headings).codecs[0]
    return Markup(path, marked or likely, is_broken=True)


def _no_headings(_: list[str]) -> int:
    """Count the headings among the cells of a line; a line of markup has none."""
    return 0


def _is_valid(path: Path, encoding: str) -> bool:
    try:
        for _ in _decoded(path, encoding, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
