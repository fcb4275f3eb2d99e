"""Rows between reading and the warehouse: Arrow files on disk, so that a large delivery fills no memory.

The rows of one delivery lie in parts: those that are full can be taken while the rest is still being read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

# Two row groups of the database.
PART_ROWS = 2 * 122_880


@dataclass(frozen=True)
class Spooled:
    """Rows of one delivery, all sheets, as text: the columns of its contract, `extra` and provenance."""

    parts: tuple[Path, ...]
    rows: int

    def open(self) -> pa.Table:
        """Map the rows into memory; the system loads what is looked at, and drops it again."""
        return pa.concat_tables(map(mapped, self.parts))

    def remove(self) -> None:
        """Take the rows off the disk."""
        for part in self.parts:
            part.unlink()


class SpoolWriter:
    """Write tables of one schema, one after the other; without any row, there is no file."""

    def __init__(self, path: Path) -> None:
        """Prepare to write to `path`, and beside it what of the rows fills parts of their own."""
        self._path = path
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._parts: list[Path] = []
        self._rows = 0

    def write(self, tables: Iterable[pa.Table]) -> int:
        """Append tables; give the number of their rows."""
        before = self._rows
        for table in tables:
            taken = 0
            while taken < len(table):
                taken += self._append(table.slice(taken, self._room()))
        return self._rows - before

    def close(self) -> Spooled | None:
        """Finish the last part; None where nothing was written."""
        if self._writer is None:
            return None
        self._writer.close()
        return Spooled((*self._parts, self._path), self._rows)

    def _room(self) -> int:
        return PART_ROWS * (len(self._parts) + 1) - self._rows

    def _append(self, rows: pa.Table) -> int:
        if not self._room():
            self._begin_part()
            return 0
        if self._writer is None:
            self._writer = pa.ipc.new_file(str(self._path), rows.schema)
        self._writer.write_table(rows)
        self._rows += len(rows)
        return len(rows)

    def _begin_part(self) -> None:
        """Close a part that is full; under its new name it may be taken."""
        if self._writer:
            self._writer.close()
            self._writer = None
        part = part_of(self._path, len(self._parts))
        self._path.rename(part)
        self._parts.append(part)


def part_of(path: Path, number: int) -> Path:
    """Name the part of a spool file that was filled as the `number`th, from nought."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def mapped(part: Path) -> pa.Table:
    """Map one part into memory."""
    with pa.memory_map(str(part)) as content:
        return pa.ipc.open_file(content).read_all()


def together(spooled: Iterable[Spooled]) -> pa.Table:
    """Give the rows of deliveries of one source as one table; its memory is the files'."""
    return pa.concat_tables(_tables(spooled))


def _tables(spooled: Iterable[Spooled]) -> Iterator[pa.Table]:
    return (one.open() for one in spooled)
