"""What nobody sees is taken off a cell of text: outer blanks, zero-width marks, guards against Excel."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Marks that print nothing, and control characters other than tab and line feed.
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]+")
# What people and programs put around a number to keep Excel from turning it into 2.2E+17.
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
# Anything that `tidy` would change, as RE2 reads it; most columns hold none of it.
_UNTIDY = (
    r"^[\s\x{a0}\x{3000}'=]|[\s\x{a0}\x{3000}]$"
    r"|[\x{a0}\x{3000}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}\x{feff}\x{ad}\x00-\x08\x0b-\x1f\x7f]"
)


def tidy(text: str) -> str:
    """Take away what nobody sees: outer blanks, zero-width marks, guards against Excel (' and ="…")."""
    if text.isalnum():
        return text
    seen = _UNSEEN.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip()
    guarded = _FORMULA.match(seen)
    if guarded:
        return guarded[1].strip()
    return seen[1:].strip() if seen.startswith("'") else seen


def tidy_column(texts: pa.StringArray) -> pa.StringArray:
    """Tidy a column of text at once; only the cells that need it are touched one by one."""
    untidy = pc.match_substring_regex(texts, _UNTIDY)
    if pc.any(untidy).as_py():
        places = np.flatnonzero(
            pc.fill_null(untidy, fill_value=False).to_numpy(zero_copy_only=False)
        )
        tidied = pa.array(
            [tidy(text) for text in texts.take(pa.array(places)).to_pylist()], pa.string()
        )
        texts = pc.replace_with_mask(texts, untidy, tidied)
    return null_if_empty(texts)


def null_if_empty(texts: pa.StringArray) -> pa.StringArray:
    """Give a column of text with null for what is empty."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
