"""A detector file is read whole or refused with the file and the key."""

from __future__ import annotations

import pytest

from detectors import header, registry
from detectors.contract import DetectorError, Severity


def test_a_header_becomes_a_detector(write_detector) -> None:
    detector = header.read(write_detector())
    assert detector.id == "DE190"
    assert detector.severity is Severity.B
    assert detector.family.title_zh == "双重学籍"
    assert detector.columns[-2:] == ("verdict", "missing_inputs")
    assert detector.body.startswith("select")
    assert "Why it matters" in detector.explanation


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"severty": "B"}, "severty"),
        ({"severity": "E"}, "severity"),
        ({"key": None}, "key"),
        ({"id": "DE191"}, "does not open the file name"),
        ({"body": "select 1"}, "unknown key body"),
        (
            {"exceptions": [{"name": "lag", "says": "a", "says_zh": "b", "proof": "c"}]},
            "exceptions.0.name",
        ),
        ({"history": []}, "history"),
    ],
)
def test_a_wrong_header_is_refused_with_file_and_key(write_detector, changes, complaint) -> None:
    with pytest.raises(DetectorError, match=complaint) as refused:
        header.read(write_detector(**changes))
    assert "DE190_long.sql" in str(refused.value)


def test_a_key_said_twice_is_refused(write_detector) -> None:
    path = write_detector()
    path.write_text(path.read_text().replace("route:", "id: DE190\nroute:"))
    with pytest.raises(DetectorError, match="given twice"):
        header.read(path)


def test_a_detector_must_explain_itself(write_detector) -> None:
    path = write_detector()
    path.write_text(path.read_text().replace("What to check first", "Hm"))
    with pytest.raises(DetectorError, match="What to check first"):
        header.read(path)


def test_a_detector_in_the_wrong_family_folder_is_refused(write_detector) -> None:
    with pytest.raises(DetectorError, match="detectors/subsidy/"):
        header.read(write_detector(name="SA490_x.sql", id="SA490"))


def test_two_files_cannot_share_an_id(write_detector, tmp_path) -> None:
    write_detector()
    write_detector(name="DE190_other.sql")
    with pytest.raises(DetectorError, match="is taken by"):
        registry.detectors(tmp_path)


def test_one_detector_is_found_though_another_is_broken(write_detector, tmp_path) -> None:
    write_detector()
    write_detector(name="DE191_broken.sql", id="DE191", severity="?")
    assert registry.detector("de190", tmp_path).id == "DE190"


def test_asking_for_an_unknown_detector_lists_those_that_exist(write_detector, tmp_path) -> None:
    write_detector()
    with pytest.raises(DetectorError, match="DE190"):
        registry.detector("DE777", tmp_path)
