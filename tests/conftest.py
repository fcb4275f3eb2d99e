"""What holds for all tests: properties are unhurried, and the interpreter's end is quiet."""

import atexit
import os

from hypothesis import settings

# Properties are about what is read, not how fast a busy machine reads it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def _close_stderr() -> None:
    """Keep DuckDB's binding from listing, after the last test, the types that fixtures still hold."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 2)


atexit.register(_close_stderr)
