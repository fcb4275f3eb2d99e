"""Read deliveries side by side, each in a process that may break: what breaks a reader costs its file.

A process has a limit of memory and a time that grows with the file. One that hangs, outgrows its limit or dies is
replaced, and the file refused; the night goes on.
"""

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TimedOut
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.intake.delivery import Loading, read_file, refused
from pipeline.intake.ledger import Reading

Read = Callable[[Reading, Path], Loading]

# Files are handed out ahead of need, but no more of their rows lie about on disk than of so many.
_AHEAD = 4
_MEGABYTE = 1 << 20
_REMEDY = "open it in Excel or WPS, save it anew as .xlsx, and please report it"


@dataclass(frozen=True)
class Readers:
    """How deliveries are read: where rows are spooled, in how many processes, within what limits each.

    Without a folder, rows are spooled among the temporary files of the system. Without processes, files are read in
    this one, and the limits do not hold: for deliveries made by oneself.
    """

    folder: Path | None = None
    processes: int = 0
    memory_bytes: int = 6 << 30
    seconds: float = 120
    seconds_a_megabyte: float = 2

    @contextmanager
    def spool(self) -> Iterator[Path]:
        """Give an empty folder, and take it away afterwards: it holds full values."""
        if self.folder:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="spool-", dir=self.folder) as folder:
            yield Path(folder)


def read_all(
    readings: Sequence[Reading], readers: Readers, spool: Path, read: Read = read_file
) -> Iterator[Loading]:
    """Read files in their order; the rows of each lie in the spool until the caller removes them."""
    tasks = [(reading, spool / f"{number}.arrow") for number, reading in enumerate(readings)]
    if not readers.processes or all(one.file.refusal or one.copy_of for one in readings):
        yield from (read(*task) for task in tasks)
        return
    pool = ProcessPool(
        max_workers=readers.processes,
        initializer=_limit_memory,
        initargs=[readers.memory_bytes],
        context=get_context("spawn"),
    )
    try:
        yield from _in_processes(tasks, readers, pool, read)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _in_processes(
    tasks: Iterable[tuple[Reading, Path]], readers: Readers, pool: ProcessPool, read: Read
) -> Iterator[Loading]:
    remaining = iter(tasks)
    entrusted: deque[tuple[Reading, ProcessFuture[Loading]]] = deque()

    def entrust(files: int) -> None:
        for reading, place in islice(remaining, files):
            seconds = readers.seconds + readers.seconds_a_megabyte * reading.file.size / _MEGABYTE
            future = pool.schedule(read, args=[reading, place], timeout=seconds)
            entrusted.append((reading, future))

    entrust(readers.processes + _AHEAD)
    while entrusted:
        loading = _outcome(*entrusted.popleft())
        entrust(1)
        yield loading


def _outcome(reading: Reading, future: ProcessFuture[Loading]) -> Loading:
    try:
        return future.result()
    except TimedOut:
        return refused(reading, f"takes too long to read; {_REMEDY}")
    except (ProcessExpired, MemoryError):
        return refused(
            reading, f"breaks its reader, or needs more memory than is allowed; {_REMEDY}"
        )


def _limit_memory(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
