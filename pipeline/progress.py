"""What a night says while it runs: a living table for a person, log lines for a machine."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from time import perf_counter
from typing import Protocol

from rich.console import Console

_NO_TERMINAL_WIDTH = 160


class Reporter(Protocol):
    """Told when a step begins and ends; what it says never holds a personal value."""

    def step(self, name: str, title: str) -> "AbstractContextManager[Says]":
        """Report one step around the block that does it."""
        ...


class Says:
    """The sentence a step leaves behind."""

    def __init__(self) -> None:
        self.sentence = ""


class TerminalReporter:
    """For a person: one line a step, with a spinner while it runs."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[Says]:
        """Show the step as running, then what it came to and how long it took."""
        del name
        says = Says()
        began = perf_counter()
        with self._console.status(f"{title} …"):
            try:
                yield says
            except BaseException:
                self._console.print(f"[red]✗[/] {title}")
                raise
        seconds = perf_counter() - began
        self._console.print(
            f"[green]✓[/] {title:<32} {seconds:6.1f} s  {says.sentence}", soft_wrap=True
        )


class LineReporter:
    """For a machine: one JSON object a line."""

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[Says]:
        """Write a line at the end of the step, and one if it breaks."""
        says = Says()
        began = perf_counter()
        try:
            yield says
        except BaseException as error:
            _write({"step": name, "state": "failed", "error": type(error).__name__})
            raise
        seconds = round(perf_counter() - began, 2)
        _write(
            {
                "step": name,
                "title": title,
                "state": "done",
                "seconds": seconds,
                "says": says.sentence,
            }
        )


def reporter() -> TerminalReporter | LineReporter:
    """Give the reporter that fits where standard error leads."""
    return TerminalReporter() if sys.stderr.isatty() else LineReporter()


def _write(entry: dict[str, object]) -> None:
    sys.stderr.write(json.dumps(entry, ensure_ascii=False) + "\n")
    sys.stderr.flush()


def wide_console() -> Console:
    """Give a console for tables: as wide as the terminal, wide enough for any row where there is none."""
    return Console(
        highlight=False, markup=False, width=None if sys.stdout.isatty() else _NO_TERMINAL_WIDTH
    )
