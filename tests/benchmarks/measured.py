"""Run something in a process of its own and say how long it took and how much memory its processes held."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measured:
    """Seconds by the wall, and the peak of memory of the process and its children without mapped files."""

    seconds: float
    peak_mb: float
    result: Any


def measured(work: Callable[..., Any], *given: Any) -> Measured:
    """Run `work(*given)` in a fresh process; imports are not counted."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, work, given))
    process.start()
    # Held open here as well, a process that died would be waited for without end.
    theirs.close()
    mine.recv()
    peak = _Peak(process.pid or 0)
    mine.send("go")
    try:
        seconds, result = mine.recv()
    finally:
        peak.stop()
        process.join()
    return Measured(seconds, peak.megabytes, result)


def _run(pipe: Any, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    pipe.send("ready")
    pipe.recv()
    started = time.perf_counter()
    result = work(*given)
    pipe.send((time.perf_counter() - started, result))


class _Peak:
    def __init__(self, root: int) -> None:
        self.megabytes = 0.0
        self._root = root
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            held = sum(_anonymous_kb(process) for process in _family(self._root))
            self.megabytes = max(self.megabytes, held / 1024)


def _family(root: int) -> list[int]:
    family, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        family.append(process)
        try:
            tasks = list(Path(f"/proc/{process}/task").iterdir())
            for task in tasks:
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return family


def _anonymous_kb(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    line = next(
        (line for line in status.splitlines() if line.startswith("RssAnon")), "RssAnon: 0 kB"
    )
    return int(line.split()[1])
