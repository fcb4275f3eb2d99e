"""Read deliveries side by side, each in a process of its own making: what breaks a reader costs its file.

A process has a limit of memory and a time that grows with the file. One that hangs, outgrows its limit or
dies is replaced, and the file refused; the night goes on.
"""

import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as TimedOut
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.intake.delivery import Loading, read_file, refused
from pipeline.intake.ledger import Reading

# Below this, starting processes costs more than it gains.
_BYTES_WORTH_PROCESSES = 4 << 20
_SECONDS, _SECONDS_A_MEGABYTE = 120, 2
# Files are handed out ahead of need, but no more of their rows lie about on disk than of so many.
_AHEAD = 4
_UNREADABLE = "open it in Excel or WPS, save it anew as .xlsx, and please report it"


@dataclass(frozen=True)
class Readers:
    """How deliveries are read: where rows are spooled, in how many processes, with how much memory each.

    Without a folder, rows are spooled among the temporary files of the system.
    """

    folder: Path | None = None
    processes: int = 1
    memory_bytes: int = 6 << 30

    @contextmanager
    def spool(self) -> Iterator[Path]:
        """Give an empty folder, and take it away afterwards: it holds full values."""
        if self.folder:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="spool-", dir=self.folder) as folder:
            yield Path(folder)


def read_all(readings: Iterable[Reading], readers: Readers, spool: Path) -> Iterator[Loading]:
    """Read files in their order; the rows of each lie in the spool until the caller removes them."""
    wanted = list(readings)
    if sum(reading.file.size for reading in wanted) < _BYTES_WORTH_PROCESSES:
        for number, reading in enumerate(wanted):
            yield read_file(reading, _place(spool, number))
        return
    with ProcessPool(
        max_workers=readers.processes,
        max_tasks=0,
        initializer=_limit_memory,
        initargs=[readers.memory_bytes],
        context=get_context("spawn"),
    ) as pool:
        entrusted: deque[tuple[Reading, Any]] = deque()
        numbered = enumerate(wanted)
        for number, reading in islice(numbered, readers.processes + _AHEAD):
            entrusted.append((reading, _entrust(pool, reading, _place(spool, number))))
        while entrusted:
            loading = _outcome(*entrusted.popleft())
            for number, reading in islice(numbered, 1):
                entrusted.append((reading, _entrust(pool, reading, _place(spool, number))))
            yield loading


def _place(spool: Path, number: int) -> Path:
    return spool / f"{number}.arrow"


def _entrust(pool: ProcessPool, reading: Reading, spool: Path) -> Any:
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * reading.file.size / (1 << 20)
    return pool.schedule(read_file, args=[reading, spool], timeout=seconds)


def _outcome(reading: Reading, future: Any) -> Loading:
    try:
        loading: Loading = future.result()
    except TimedOut:
        return refused(reading, f"took too long to read; {_UNREADABLE}")
    except (ProcessExpired, MemoryError):
        return refused(
            reading, f"broke its reader, or needs more memory than allowed; {_UNREADABLE}"
        )
    return loading


def _limit_memory(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
