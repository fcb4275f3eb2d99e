"""File names for offices: a school or a region by the code it was delivered under."""

import hashlib
import re

_NOWHERE = "unassigned"
"""Cases that name no region or school."""


def file_name(code: str | None) -> str:
    """Make a file name of a code as it was delivered; codes that differ keep names that differ."""
    if not code:
        return _NOWHERE
    plain = re.sub(r"[^0-9A-Za-z]", "_", code)
    if plain == code:
        return code
    return f"{plain[:40]}_{hashlib.sha256(code.encode()).hexdigest()[:6]}"
