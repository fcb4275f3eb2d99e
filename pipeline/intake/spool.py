"""Rows between reading and the warehouse: Arrow files on disk, so that a large delivery fills no memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa


@dataclass(frozen=True)
class Spooled:
    """The rows of one delivery, all sheets, as text: the columns of its contract, `extra` and provenance."""

    path: Path
    rows: int

    def open(self) -> pa.Table:
        """Map the rows into memory; the system loads what is looked at, and drops it again."""
        with pa.memory_map(str(self.path)) as mapped:
            return pa.ipc.open_file(mapped).read_all()


class SpoolWriter:
    """Write tables of one schema, one after the other; without any, there is no file."""

    def __init__(self, path: Path) -> None:
        """Prepare to write to `path`, which must not exist yet."""
        self._path = path
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._rows = 0

    def write(self, tables: Iterable[pa.Table]) -> int:
        """Append tables; give the number of their rows."""
        before = self._rows
        for table in tables:
            if self._writer is None:
                self._writer = pa.ipc.new_file(str(self._path), table.schema)
            self._writer.write_table(table)
            self._rows += len(table)
        return self._rows - before

    def close(self) -> Spooled | None:
        """Finish the file; None where nothing was written."""
        if self._writer is None:
            return None
        self._writer.close()
        return Spooled(self._path, self._rows)


def together(spooled: Iterable[Spooled]) -> pa.Table:
    """Give the rows of deliveries of one source as one table; its memory is the files'."""
    return pa.concat_tables(_tables(spooled))


def _tables(spooled: Iterable[Spooled]) -> Iterator[pa.Table]:
    return (one.open() for one in spooled)
