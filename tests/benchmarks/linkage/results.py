"""Results as Markdown beside the benchmarks, with the versions and the machine they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("splink", "recordlinkage", "duckdb", "numpy", "pyarrow", "scipy", "rapidfuzz", "pandas")


def versions() -> str:
    """Name the interpreter, the packages and the processors of this run."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Python {platform.python_version()}, {packages}; "
        f"{os.cpu_count()} processors, {memory:.0f} GB of memory."
    )


def lines_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows under a heading as a table of Markdown."""
    lines = [list(head), ["---"] * len(head), *[list(row) for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def keep(name: str, *paragraphs: str) -> None:
    """Write a result beside the benchmarks and print it."""
    text = "\n\n".join([*paragraphs, versions()]) + "\n"
    (Path(__file__).parent / f"{name}.md").write_text(text, encoding="utf-8")
    print(f"\n{text}")  # noqa: T201 - a benchmark's purpose
