"""What nobody sees is taken off a cell of text: outer blanks, zero-width marks, guards against Excel."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# Everything Unicode calls white space: what stands around a cell, and what would, were the rest taken off.
_BLANK = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Marks that print nothing, and control characters other than tab and line feed.
_UNSEEN_CLASS = r"\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}\x{feff}\x{ad}\x00-\x08\x0b-\x1f\x7f"
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]+")
# What people and programs put around a number to keep Excel from turning it into 2.2E+17, and marks around a cell that
# its reader took for text: after a blank, or single ones.
_AROUND = r"""="(.*)"|"([^"]*)"|'([^']*)'|'(.*)"""
_GUARD = re.compile(rf"\A(?:{_AROUND})\Z", re.DOTALL)
_GUARD_RE2 = rf"(?s)\A(?:{_AROUND})\z"
_GUARDED = r"\1\2\3\4"
# Anything that `tidy` would change, as RE2 reads it; most columns hold none of it.
_OUTER = r"\s\x0b\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
_UNTIDY = rf"\A[{_OUTER}'\"=]|[{_OUTER}]\z|[\x{{a0}}\x{{3000}}{_UNSEEN_CLASS}]"

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_DELETE, _ASCII_END = 0x7F, 0x80
_GUARDS = np.frombuffer(b"'\"=", np.uint8)
_INNER_CONTROLS = np.frombuffer(b"\t\n", np.uint8)
# The first bytes of the characters above in UTF-8, and how they go on.
_SUSPICIOUS = {
    0xC2: (b"\x85", b"\xa0", b"\xad"),
    0xE1: (b"\x9a\x80",),
    0xE2: tuple(
        chr(code).encode()[1:]
        for code in (*range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060)
    ),
    0xE3: (b"\x80\x80",),
    0xEF: (b"\xbb\xbf",),
}


def tidy(text: str) -> str:
    """Take away what nobody sees: outer blanks, zero-width marks, marks and guards around it (', ", ="…")."""
    if text.isalnum():
        return text
    seen = _UNSEEN.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip(_BLANK)
    return _GUARD.sub(_GUARDED, seen).strip(_BLANK)


def tidy_column(texts: pa.StringArray) -> pa.StringArray:
    """Tidy a column of text at once, empty cells null; only the cells that need it are touched."""
    if _may_be_untidy(texts):
        untidy = pc.fill_null(pc.match_substring_regex(texts, _UNTIDY), fill_value=False)
        texts = pc.replace_with_mask(texts, untidy, _tidied(texts.filter(untidy)))
    return null_if_empty(texts)


def null_if_empty(texts: pa.StringArray) -> pa.StringArray:
    """Give a column of text with null for what is empty; the text itself is not copied."""
    ends = _ends(texts)
    filled = np.diff(ends) > 0
    if texts.null_count:
        filled &= texts.is_valid().to_numpy(zero_copy_only=False)
    empty = len(texts) - int(np.count_nonzero(filled))
    if empty == texts.null_count:
        return texts
    validity = pa.py_buffer(np.packbits(filled, bitorder="little"))
    _, _, characters = texts.buffers()
    offsets = pa.py_buffer(np.ascontiguousarray(ends))
    return pa.StringArray.from_buffers(len(texts), offsets, characters, validity, empty)


def _tidied(texts: pa.StringArray) -> pa.StringArray:
    seen = pc.replace_substring_regex(texts, f"[{_UNSEEN_CLASS}]+", "")
    for blank in ("\u00a0", "\u3000"):
        seen = pc.replace_substring(seen, blank, " ")
    seen = pc.utf8_trim(seen, _BLANK)
    return pc.utf8_trim(pc.replace_substring_regex(seen, _GUARD_RE2, _GUARDED), _BLANK)


def _may_be_untidy(texts: pa.StringArray) -> bool:
    """Whether a column could hold a cell to tidy, by its bytes: most are acquitted at the speed of memory."""
    ends = _ends(texts)
    if not len(texts) or ends[0] == ends[-1]:
        return False
    characters = np.frombuffer(texts.buffers()[2], np.uint8)
    content = characters[ends[0] : ends[-1]]
    filled = np.flatnonzero(np.diff(ends))
    first, last = characters[ends[filled]], characters[ends[filled + 1] - 1]
    if (np.minimum(first, last) <= ord(" ")).any() or _is_guarded(first):
        return True
    lowest = content.min()
    if lowest < ord(" ") and not np.isin(content[content < ord(" ")], _INNER_CONTROLS).all():
        return True
    return bool((content == _DELETE).any()) or (
        content.max() >= _ASCII_END and _has_suspicious(content)
    )


def _is_guarded(first: Bytes) -> bool:
    return any(bool((first == guard).any()) for guard in _GUARDS)


def _has_suspicious(content: Bytes) -> bool:
    for lead, rests in _SUSPICIOUS.items():
        places = np.flatnonzero(content == lead)
        if not len(places):
            continue
        length = len(rests[0])
        padded = (
            np.append(content, np.zeros(length, np.uint8))
            if places[-1] + length >= len(content)
            else content
        )
        found = np.stack([padded[places + step] for step in range(1, length + 1)], axis=1)
        if any((found == np.frombuffer(rest, np.uint8)).all(axis=1).any() for rest in rests):
            return True
    return False


def _ends(texts: pa.StringArray) -> npt.NDArray[np.int32]:
    """Give where the cells end in the characters of a column, before the first where they begin."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)
    return offsets[texts.offset : texts.offset + len(texts) + 1]
