"""Every detector keeps the promises of its casebook, and every casebook proves what it must."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors import casebook_model, header, registry
from detectors.casebook import run_example
from detectors.casebook_model import Example
from detectors.casebook_world import World
from detectors.contract import Detector, DetectorError
from detectors.findings import write
from detectors.parameters import macro_statement, resolve

# A detector being written must not keep the others from being tested: what cannot be read is a
# parameter without example, and fails by itself.
Promise = tuple[Path, Example | None]


def promises() -> list[Promise]:
    found: list[Promise] = []
    for path in registry.files():
        try:
            examples = casebook_model.read(header.read(path).casebook_path).examples
        except DetectorError:
            found.append((path, None))
        else:
            found.extend((path, example) for example in examples)
    return found


def spoken(promise: Promise) -> str:
    path, example = promise
    return f"{path.name[:5]}: {example.name if example else 'can be read'}"


@pytest.fixture(scope="module")
def worlds() -> Iterator[dict[Path, World]]:
    """One database a detector: an example leaves it as it was."""
    opened: dict[Path, World] = {}
    yield opened
    for world in opened.values():
        world.con.close()


@pytest.mark.parametrize("promise", promises(), ids=spoken)
def test_the_detector_says_what_its_casebook_promises(
    promise: Promise, worlds: dict[Path, World]
) -> None:
    path, example = promise
    detector = header.read(path)
    book = casebook_model.read(detector.casebook_path)
    if example is None:
        pytest.fail("could not be read when the tests were collected")
    if path not in worlds:
        worlds[path] = World(detector)
    outcome = run_example(worlds[path], book, example)
    assert outcome.passed, f"{outcome.problem}; returned {[dict(row) for row in outcome.rows]}"


@pytest.mark.parametrize("path", registry.files(), ids=lambda path: path.name[:5])
def test_a_casebook_has_a_flag_a_near_miss_and_an_example_for_each_exception(path: Path) -> None:
    detector: Detector = header.read(path)
    assert casebook_model.gaps(detector, casebook_model.read(detector.casebook_path)) == []


@pytest.mark.parametrize(
    "path",
    [path for path in registry.files() if path.suffix == ".sql"],
    ids=lambda path: path.name[:5],
)
def test_the_table_macro_finds_what_the_detector_finds(path: Path) -> None:
    detector = header.read(path)
    book = casebook_model.read(detector.casebook_path)
    example = next(one for one in book.examples if not one.expects_silence and not one.known_miss)
    with World(detector) as world, world.holding(book.world(example), example.as_of) as con:
        values = {**resolve(con, detector, example.place), **example.params}
        write(con, detector, values)
        con.execute(macro_statement(detector, values))
        called = con.execute(f"select count(*) from {detector.id.lower()}()").fetchall()
        found = con.execute(f"select count(*) from {detector.finding_table}").fetchall()
    assert called == found
