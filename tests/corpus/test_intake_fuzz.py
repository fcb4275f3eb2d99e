"""Whatever the bytes of a file: it is loaded, empty or refused, in bounded time and memory, and tells no one's name."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bad_delivery import PERSONAL, SOURCE
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated_files import CONTAINERS, mutant
from nasty_files import NASTY
from pebble import ProcessPool
from read_nasty_files import Told, told_of, told_of_all

MEGABYTE = 1 << 20
# A reader that has read nothing yet takes 1.7 GB of addresses already.
MEMORY = 3072 * MEGABYTE
SECONDS = 30
STATES = {"loaded", "refused", "empty"}


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPool]:
    """A process that reads, so that one that dies or hangs is seen to."""
    from multiprocessing import get_context

    with ProcessPool(max_workers=1, context=get_context("spawn")) as pool:
        yield pool
        pool.stop()


@pytest.mark.parametrize("container", CONTAINERS)
@settings(max_examples=40, derandomize=True)
@given(seed=st.integers(0, 1 << 32))
def test_a_mutated_file_is_read_or_refused(reader: ProcessPool, container: str, seed: int) -> None:
    future = reader.schedule(told_of, args=[*mutant(container, seed), MEMORY], timeout=SECONDS)
    told: list[Told] = future.result()
    assert told
    for status, message, read, kept in told:
        assert status in STATES
        assert read == kept
        assert message or status == "loaded"
        assert not [value for value in PERSONAL if value in message]


def test_hundreds_of_mutated_files_of_one_night_are_all_accounted_for(tmp_path: Path) -> None:
    folder = tmp_path / "exports" / SOURCE
    folder.mkdir(parents=True)
    for container in CONTAINERS:
        for seed in range(30):
            extension, content = mutant(container, seed)
            (folder / f"{container} {seed}{extension}").write_bytes(content)
    told = told_of_all(tmp_path / "exports", MEMORY)
    assert {Path(file).parts[1].removesuffix(".zip") for file in told} >= {
        path.name.removesuffix(".zip") for path in folder.iterdir()
    }
    for reports in told.values():
        for status, message, read, kept in reports:
            assert status in STATES | {"copy", "replaced"}
            assert read == kept
            assert not [value for value in PERSONAL if value in message]


@pytest.fixture(scope="module")
def nasty_night(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a night says of the nasty files, and how much memory the largest of its processes took."""
    script = Path(__file__).with_name("read_nasty_files.py")
    folder = tmp_path_factory.mktemp("nasty")
    done = subprocess.run(
        [sys.executable, str(script), str(folder)], capture_output=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_nasty_files_do_not_take_more_memory_than_is_allowed(nasty_night: dict[str, Any]) -> None:
    assert nasty_night["megabytes"] < MEMORY / MEGABYTE


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_is_read_or_refused(nasty_night: dict[str, Any], name: str) -> None:
    reports = nasty_night["files"][name]
    assert reports
    for status, message, read, kept in reports:
        assert status in STATES
        assert message or status == "loaded"
        assert read == kept
        assert not [value for value in PERSONAL if value in message]
