"""A new detector is two files that run from the first minute."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from detectors import casebook, casebook_model, header
from detectors.contract import DetectorError
from detectors.scaffold import new


def test_a_new_detector_is_valid_and_its_casebook_green(tmp_path) -> None:
    query, cases = new("SA490", 'aid to a "phantom": twice', tmp_path)
    assert query.name == "SA490_aid_to_a_phantom_twice.sql"
    detector = header.read(query)
    assert detector.title == 'aid to a "phantom": twice'
    assert cases == detector.casebook_path
    assert casebook_model.gaps(detector, casebook_model.read(cases)) == []
    assert [outcome.problem for outcome in casebook.prove(detector)] == ["", "", ""]


def test_a_new_query_is_laid_out_as_the_linter_wants(tmp_path) -> None:
    query, _ = new("SA490", "aid to a phantom", tmp_path)
    root = Path(__file__).parents[2]
    lint = [sys.executable, "-m", "sqlfluff", "lint", "--config", str(root / "pyproject.toml")]
    done = subprocess.run([*lint, str(query)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("id_", "title", "complaint"),
    [
        ("ZZ101", "x", "known: DE, FR, OM, RD, RQ, SA, SC"),
        ("de101", "x", "three digits"),
        ("DE1011", "x", "three digits"),
        ("DE190", "双重", "English words"),
    ],
)
def test_a_detector_that_cannot_be_is_refused(tmp_path, id_, title, complaint) -> None:
    with pytest.raises(DetectorError, match=complaint):
        new(id_, title, tmp_path)


def test_an_id_is_never_used_twice(tmp_path) -> None:
    new("DE190", "one wrong", tmp_path)
    with pytest.raises(DetectorError, match="DE190_one_wrong"):
        new("DE190", "another wrong", tmp_path)
