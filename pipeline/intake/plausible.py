"""How likely a text is Chinese that somebody wrote: the share of its Han characters that are in common use.

UTF-8 read as GB18030, or Big5 as either, gives Chinese characters too, but hardly any that are common: the
national standards of 1980 and 1984 put those first (GB 2312 level 1, Big5 level 1).
"""

from collections import Counter
from functools import cache

_ENOUGH = 20_000
_LEVEL_1 = {
    # code of the row, then of the cell within the row
    "gb18030": (range(0xB0, 0xD8), (*range(0xA1, 0xFF),)),
    "big5hkscs": (range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
}


def likelihood(text: str, codec: str = "gb18030") -> float:
    """Give the share of common characters among the Han characters of the beginning of a text; 0 without any."""
    counted = Counter(text[:_ENOUGH])
    # U+FFFD counts as a character nobody writes.
    written = {character: count for character, count in counted.items() if character > "\u2fff"}
    common = sum(count for character, count in written.items() if character in _common(codec))
    punctuation = sum(count for character, count in written.items() if _is_punctuation(character))
    total = sum(written.values()) - punctuation
    return common / total if total else 0.0


def _is_punctuation(character: str) -> bool:
    return "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"


@cache
def _common(codec: str) -> frozenset[str]:
    rows, cells = _LEVEL_1[codec]
    encoded = b"".join(bytes((row, cell)) for row in rows for cell in cells)
    return frozenset(encoded.decode(codec, errors="ignore"))
