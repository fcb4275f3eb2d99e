"""A night on a city of 30,000 students: time, persons and detectors against the truth, printed for the record.

Run with `pytest -s tests/benchmarks/bench_world.py` or `make benchmark`.
"""

import time
from pathlib import Path

from pipeline.night import run_plain
from pipeline.progress import LineReporter
from pipeline.sample import render, score, write_world
from pipeline.settings import load_settings
from pipeline.workspace import Workspace

STUDENTS = 30_000
SEED = 7
WRITING_SECONDS, NIGHT_SECONDS, SECOND_NIGHT_SECONDS = 40, 90, 20


def a_night(place: Workspace) -> float:
    settings = load_settings(place.root)
    assert settings.run.as_of is not None
    started = time.perf_counter()
    run_plain(place, settings, settings.run.as_of, LineReporter(), full=False)
    return time.perf_counter() - started


def test_a_city_of_30000_students(tmp_path: Path) -> None:
    started = time.perf_counter()
    world = write_world(tmp_path / "world", students=STUDENTS, seed=SEED)
    writing = time.perf_counter() - started
    place = Workspace(world.directory.resolve())
    first, second = a_night(place), a_night(place)
    card = score(place.root)
    print(  # noqa: T201 - a benchmark's purpose
        f"\n{world.sentence}\nwritten in {writing:.1f} s, night {first:.1f} s, "
        f"second night without changes {second:.1f} s\n{render(card)}"
    )
    assert writing < WRITING_SECONDS
    assert first < NIGHT_SECONDS
    assert second < SECOND_NIGHT_SECONDS
    assert card.persons.precision >= 0.999
    assert card.persons.recall >= 0.98
    assert card.look_alikes_flagged_share <= 0.01
    for one in card.detectors:
        assert one.precision >= 0.95, one
        assert one.recall >= 0.95, one
