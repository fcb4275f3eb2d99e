"""The catalogue and the leaflets say what the files say."""

from __future__ import annotations

import pytest

from detectors import catalogue, header, leaflet, registry
from detectors.scaffold import new


def test_the_catalogue_on_disk_is_current() -> None:
    assert catalogue.main(["--check"]) == 0


def test_the_catalogue_names_every_detector_and_every_exception() -> None:
    text = catalogue.render()
    for detector in registry.detectors().values():
        assert detector.id in text
        assert detector.title_zh in text
        assert all(exception.name in text for exception in detector.exceptions)


def test_an_outdated_catalogue_is_told_and_left_alone(tmp_path, monkeypatch, capsys) -> None:
    old = tmp_path / "README.md"
    old.write_text("old")
    monkeypatch.setattr(catalogue, "PATH", old)
    assert catalogue.main(["--check"]) == 1
    assert "python -m detectors.catalogue" in capsys.readouterr().err
    assert old.read_text() == "old"
    assert catalogue.main([]) == 0
    assert catalogue.main(["--check"]) == 0


def test_a_leaflet_tells_law_excuse_threshold_and_proof(tmp_path) -> None:
    query, _ = new("DE190", "a long enrolment", tmp_path)
    page = leaflet.show(header.read(query))
    for said in (
        "DE190  a long enrolment",
        "X01_held: The place is held",
        "longest_days = 2000 days: Longer is unusual.",
        "the place is held: excused by X01_held",
        "Why it matters",
    ):
        assert said in page


@pytest.mark.parametrize("id_", registry.detectors())
def test_every_detector_has_a_leaflet(id_: str) -> None:
    assert leaflet.show(registry.detector(id_)).startswith(id_)
