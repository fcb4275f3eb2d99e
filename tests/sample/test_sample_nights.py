"""The two small nights in sample_data/: current, small, and laid as the offices would deliver."""

from collections import Counter
from pathlib import Path

import pytest

from detectors.registry import detectors
from pipeline.sample import lay_night, stories
from pipeline.sample.lay import SAMPLE_DATA, SampleError
from pipeline.sample.nights import make_small_nights

COMPARED = {".csv", ".txt", ".yml", ".md", ".toml"}


def files(folder: Path) -> dict[str, Path]:
    return {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample_data")
    make_small_nights(folder)
    return folder


def test_the_committed_nights_are_what_the_code_makes(made: Path) -> None:
    fresh, committed = files(made), files(SAMPLE_DATA)
    assert set(fresh) == set(committed)
    stale = [
        name
        for name, path in fresh.items()
        if path.suffix in COMPARED and path.read_bytes() != committed[name].read_bytes()
    ]
    assert stale == []


# What only shows where many classes can be compared.
TOO_LARGE = {"RD208"}


def test_the_nights_are_small() -> None:
    assert sum(path.stat().st_size for path in files(SAMPLE_DATA).values()) < 10_500_000


def test_every_detector_has_a_story_and_look_alikes_too() -> None:
    told = stories.read(SAMPLE_DATA)
    found = Counter(story.detector for story in told if story.expect == "suspected")
    assert set(detectors()) - set(found) == TOO_LARGE
    assert sum(story.expect == "silent" for story in told) >= 40


def test_a_story_names_its_subject_and_leaves_no_gap() -> None:
    for story in stories.read(SAMPLE_DATA):
        assert story.person or story.school_code
        assert "{" not in story.text
        assert "  " not in story.text


def test_the_second_night_corrects_adds_and_takes_away(tmp_path: Path) -> None:
    lay_night(SAMPLE_DATA, "first_night", tmp_path)
    before = {name: path.read_bytes() for name, path in files(tmp_path / "exports").items()}
    lay_night(SAMPLE_DATA, "second_night", tmp_path)
    after = {name: path.read_bytes() for name, path in files(tmp_path / "exports").items()}
    gone, new = set(before) - set(after), set(after) - set(before)
    changed = {name for name in before if name in after and before[name] != after[name]}
    assert {name.split("/")[0] for name in gone} == {"rejected_registrations"}
    assert {name.split("/")[0] for name in changed} == {"vocational_students"}
    assert len(changed) == 1
    assert {name.split("/")[0] for name in new} == {
        "aid_payments",
        "admissions",
        "special_statuses",
        "teacher_roster",
        "technical_students",
    }
    assert "2024-04-16" in (tmp_path / "qingji.toml").read_text("utf-8")


def test_truth_points_at_delivered_files_only(tmp_path: Path) -> None:
    for night in ("first_night", "second_night"):
        lay_night(SAMPLE_DATA, night, tmp_path)
        lines = (tmp_path / "truth" / "persons.csv").read_text("utf-8").splitlines()[1:]
        named = {line.split(",")[1] for line in lines}
        assert named <= set(files(tmp_path / "exports"))


def test_an_unknown_night_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="no such sample night"):
        lay_night(SAMPLE_DATA, "third_night", tmp_path)
