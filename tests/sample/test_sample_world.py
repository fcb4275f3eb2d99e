"""The invented city as deliveries: repeatable, complete, recognisably invented, and clean but for what was planted."""

import csv
import hashlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipeline.sample import write_world
from pipeline.sample.consequences_of_nothing import unplanted_people_paid_wrongly
from schemas import catalog

STUDENTS = 240


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, students=STUDENTS, seed=3)
    return folder
