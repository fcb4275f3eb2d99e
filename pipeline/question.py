"""Ad hoc questions to the published database, in a sandbox: scratch tables yes, files and settings no."""

import csv
import json
import sys
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from rich.table import Table

from pipeline.errors import UsageError
from pipeline.progress import wide_console

_SHOWN_ROWS = 200


class Shape(Enum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Questions:
    """A session of questions to one published database, which it cannot change."""

    def __init__(self, registry: Path) -> None:
        if not registry.exists():
            raise UsageError(f"{registry}: nothing is published yet; `qingji run` does that")
        self._con = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
        quoted = str(registry).replace("'", "''")
        for statement in (
            "set timezone = 'Asia/Shanghai'",
            "set autoinstall_known_extensions = false",
            "set autoload_known_extensions = false",
            f"attach '{quoted}' as registry (read_only)",
            "set search_path = 'memory.main,registry.main'",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            self._con.execute(statement).fetchall()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._con.close()

    def answer(self, query: str, shape: Shape) -> None:
        """Print the answer to one query; raise UsageError with DuckDB's words if it is none."""
        try:
            result = self._con.execute(query)
            names = [column[0] for column in result.description or []]
            rows = result.fetchall()
        except duckdb.Error as error:
            raise UsageError(str(error)) from None
        _PRINTERS[shape](names, rows)

    def converse(self, shape: Shape) -> None:
        """Answer queries, each ended by a semicolon, until the input ends; a wrong one does not end it."""
        with_prompt = sys.stdin.isatty()
        pending = ""
        while True:
            if with_prompt:
                sys.stdout.write("qingji> " if not pending else "   ...> ")
                sys.stdout.flush()
            line = sys.stdin.readline()
            if not line or line.strip() in {".quit", ".exit", "exit", "quit"}:
                break
            pending += line
            if pending.rstrip().endswith(";"):
                self._answer_or_tell(pending, shape)
                pending = ""
        if pending.strip():
            self._answer_or_tell(pending, shape)

    def _answer_or_tell(self, query: str, shape: Shape) -> None:
        try:
            self.answer(query, shape)
        except UsageError as error:
            sys.stdout.write(f"{error}\n")


def _as_table(names: list[str], rows: list[tuple[object, ...]]) -> None:
    table = Table(*names, box=None)
    for row in rows[:_SHOWN_ROWS]:
        table.add_row(*("" if value is None else str(value) for value in row))
    console = wide_console()
    console.print(table)
    if len(rows) > _SHOWN_ROWS:
        console.print(f"({len(rows):,} rows; the first {_SHOWN_ROWS} are shown, --csv gives all)")


def _as_csv(names: list[str], rows: list[tuple[object, ...]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    writer.writerows(rows)


def _as_json(names: list[str], rows: list[tuple[object, ...]]) -> None:
    answer = [dict(zip(names, row, strict=True)) for row in rows]
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str) + "\n")


_PRINTERS = {Shape.TABLE: _as_table, Shape.CSV: _as_csv, Shape.JSON: _as_json}
