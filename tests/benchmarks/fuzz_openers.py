"""Fuzz the openers for some minutes: `python tests/benchmarks/fuzz_openers.py MINUTES [FIRST_SEED]`.

Every file is made from a container and a seed, and read in a process with limits of memory and time. What is neither
read nor refused is printed with container and seed, from which tests/corpus/mutated_files.py makes the file anew.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from bad_delivery import PERSONAL
from mutated_files import CONTAINERS, mutant
from pebble import ProcessPool
from read_nasty_files import told_of

# A reader that has read nothing yet takes 1.7 GB of addresses already.
MEMORY = 3 << 30
SECONDS = 30
_AT_ONCE = 200


def main() -> int:
    """Read mutants until the minutes are over; give 1 if any was neither read nor refused."""
    until = time.monotonic() + 60 * float(sys.argv[1])
    seeds = count(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    outcomes: Counter[str] = Counter()
    faults = 0
    with ProcessPool(max_workers=2, context=get_context("spawn")) as pool:
        while time.monotonic() < until:
            tasks = [(name, seed) for seed in islice(seeds, _AT_ONCE // 10) for name in CONTAINERS]
            for fault in _faults(pool, tasks, outcomes):
                faults += 1
                print(fault, flush=True)  # noqa: T201
        pool.stop()
    print(  # noqa: T201
        f"next seed {next(seeds)}; {sum(outcomes.values())} files: {dict(outcomes)}; {faults} faults"
    )
    return int(faults > 0)


def _faults(
    pool: ProcessPool, tasks: list[tuple[str, int]], outcomes: Counter[str]
) -> Iterator[str]:
    futures = [
        pool.schedule(told_of, args=[*mutant(*task), MEMORY], timeout=SECONDS) for task in tasks
    ]
    for (container, seed), future in zip(tasks, futures, strict=True):
        try:
            told = future.result()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            yield f"{container} {seed}: {type(error).__name__} {error}"
            continue
        outcomes.update(f"{container} {status}" for status, *_ in told)
        if not told:
            yield f"{container} {seed}: nothing is said"
        for status, message, read, kept in told:
            if read != kept:
                yield f"{container} {seed}: {read} rows read, {kept} accounted for"
            if any(value in message for value in PERSONAL):
                yield f"{container} {seed}: {status}, and tells a personal value"
            if message.startswith("cannot be read ("):
                outcomes[f"{container} unforeseen {message[15:40]}"] += 1


if __name__ == "__main__":
    sys.exit(main())
