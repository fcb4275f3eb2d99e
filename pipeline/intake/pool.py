"""Read deliveries side by side, each in a process that may break: what breaks a reader costs its file.

A process has a limit of memory and a time that grows with the file. One that hangs, outgrows its limit or dies is
replaced, and the file refused; the night goes on.
"""

import resource
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TimedOut
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.errors import PipelineError
from pipeline.intake.delivery import Loading, read_file, refused
from pipeline.intake.entrusted import Reading
from pipeline.intake.spool import mapped, part_of

Read = Callable[[Reading, Path], Loading]

# Files are handed out ahead of need, but no more of their rows lie about on disk than of so many.
_AHEAD = 4
_MEGABYTE = 1 << 20
_LOOK_AGAIN_SECONDS = 0.05
_NO_PROCESSES = (
    "the processes that read deliveries cannot be started; "
    "allow this user more processes (ulimit -u) and memory (ulimit -v)"
)
_REMEDY = "open it in Excel or WPS, save it anew as .xlsx, and please report it"


@dataclass(frozen=True)
class Growing:
    """A large file that is still being read: its rows part by part, and what came of it when they are exhausted.

    A file may be refused at its end, when rows of it have been given.
    """

    reading: Reading
    parts: Iterator[pa.Table]
    outcome: Callable[[], Loading]


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


@contextmanager
def reading_all(
    readings: Sequence[Reading], readers: Readers, spool: Path, read: Read = read_file
) -> Iterator[Iterator[Loading | Growing]]:
    """Begin to read files, and give them in their order; their rows lie in the spool until the caller removes them.

    A large file is given while it is still being read: whoever takes it waits for its parts.
    """
    tasks = [(reading, spool / f"{number}.arrow") for number, reading in enumerate(readings)]
    to_read = sum(not (one.file.refusal or one.copy_of) for one in readings)
    if not readers.processes or not to_read:
        yield (read(*task) for task in tasks)
        return
    pool = ProcessPool(
        max_workers=min(readers.processes, to_read),
        initializer=_limit_memory,
        initargs=[readers.memory_bytes],
        context=get_context("spawn"),
    )
    try:
        yield _in_processes(tasks, readers, pool, read)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _in_processes(
    tasks: Sequence[tuple[Reading, Path]], readers: Readers, pool: ProcessPool, read: Read
) -> Iterator[Loading | Growing]:
    remaining = iter(tasks)
    entrusted: deque[tuple[Reading, Path, ProcessFuture[Loading]]] = deque()

    def entrust(files: int) -> None:
        for reading, place in islice(remaining, files):
            seconds = readers.seconds + readers.seconds_a_megabyte * reading.file.size / _MEGABYTE
            try:
                future = pool.schedule(read, args=[reading, place], timeout=seconds)
            except (OSError, RuntimeError) as error:
                raise PipelineError(_NO_PROCESSES) from error
            entrusted.append((reading, place, future))

    # Not only when the first is asked for: processes take a second to start.
    entrust(readers.processes + _AHEAD)
    return _given(entrusted, entrust)


def _given(
    entrusted: deque[tuple[Reading, Path, ProcessFuture[Loading]]], entrust: Callable[[int], None]
) -> Iterator[Loading | Growing]:
    while entrusted:
        reading, place, future = entrusted.popleft()
        outcome = partial(_outcome, reading, future)
        if _is_there(place, 0, future):
            yield Growing(reading, _parts(place, future), outcome)
        else:
            yield outcome()
        entrust(1)


def _parts(place: Path, future: ProcessFuture[Loading]) -> Iterator[pa.Table]:
    """Give the parts of a file as they are filled, then those that its reader left."""
    taken = 0
    while _is_there(place, taken, future):
        yield mapped(part_of(place, taken))
        taken += 1
    loading = None if future.exception() else future.result()
    if loading and loading.rows:
        yield from map(mapped, loading.rows.parts[taken:])


def _is_there(place: Path, number: int, future: ProcessFuture[Loading]) -> bool:
    """Wait until a part is filled; false if the reader is done before."""
    while not future.done():
        if part_of(place, number).exists():
            return True
        wait([future], _LOOK_AGAIN_SECONDS)
    return False


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
