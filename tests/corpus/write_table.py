"""Write the corpus as a table for people: `python tests/corpus/write_table.py` (with --check: is it current?)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from bad_delivery import Account, BadDelivery
from corpus import CHAPTERS

TABLE = Path(__file__).with_name("README.md")
_HEAD = """# Bad deliveries, and the account that is given of each

{count} deliveries that are bad or odd, made by the code beside this file, and what has to come of each: the status of
every file and sheet, its rows read, loaded and rejected, and words (as patterns) that the account must hold. Written by
`python tests/corpus/write_table.py`; a test keeps it current.
"""
_COLUMNS = ("delivery", "status", "read", "loaded", "rejected", "told")


def table() -> str:
    """Give the whole corpus in Markdown."""
    count = sum(map(len, CHAPTERS.values()))
    parts = [_HEAD.format(count=count)]
    for title, chapter in CHAPTERS.items():
        lines = [_line(_COLUMNS), _line("---" for _ in _COLUMNS), *map(_entry, chapter)]
        parts.append(f"## {title} ({len(chapter)})\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _entry(entry: BadDelivery) -> str:
    accounts = entry.expect or (Account("no delivery"),)
    counts = (
        "; ".join(str(getattr(account, name)) for account in accounts)
        for name in ("status", "rows_read", "rows_loaded", "rows_rejected")
    )
    return _line((entry.name, *counts, ", ".join(entry.told)))


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Write the table, or say whether it is current."""
    if "--check" in sys.argv[1:]:
        return int(TABLE.read_text(encoding="utf-8") != table())
    TABLE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
