"""Whatever happens, published/ is whole: the last edition or the new one, never something between."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from invented_night import FIRST, SECOND, THIRD

from pipeline.store import generations
from pipeline.store.generations import begin, swap_in, tidy


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


def edition(published: Path, as_of: date, words: str = "first") -> None:
    building = begin(published, as_of)
    (building / "registry.duckdb").write_text(f"{words} {as_of}")
    for kind in ("cases", "report"):
        (building / kind / as_of.isoformat()).mkdir()
        (building / kind / as_of.isoformat() / f"{words}.csv").write_text(words)
    swap_in(published, building)


def whole(published: Path) -> dict[str, bytes]:
    return {
        path.relative_to(published).as_posix(): path.read_bytes()
        for path in sorted(published.rglob("*"))
        if path.is_file()
    }


def test_earlier_nights_stay_and_latest_points_at_the_newest(published: Path) -> None:
    for as_of in (FIRST, THIRD, SECOND):
        edition(published, as_of)
    nights = [FIRST.isoformat(), SECOND.isoformat(), THIRD.isoformat()]
    assert sorted(path.name for path in (published / "cases").iterdir()) == [*nights, "latest"]
    assert sorted(path.name for path in (published / "report").iterdir()) == nights
    assert (published / "cases" / "latest").resolve().name == THIRD.isoformat()


def test_the_same_night_published_again_replaces_its_files(published: Path) -> None:
    edition(published, FIRST)
    edition(published, FIRST, "again")
    assert [path.name for path in (published / "cases" / FIRST.isoformat()).iterdir()] == [
        "again.csv"
    ]


@pytest.mark.parametrize("step", ["_point_at_newest", "_make_durable", "_sync_folder", "_link"])
def test_a_night_that_dies_leaves_the_last_edition_whole(
    published: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    edition(published, FIRST)
    before = whole(published)

    class PowerCutError(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(generations, step, die)
        with pytest.raises(PowerCutError):
            edition(published, SECOND)
    assert whole(published) == before

    edition(published, SECOND)
    left = sorted(path.name for path in published.with_name(".published").iterdir())
    assert (published / "cases" / "latest").resolve().name == SECOND.isoformat()
    assert [name for name in left if not name.isdigit()] == []
    assert len(left) == 2


def test_a_night_that_dies_after_the_swap_has_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition(published, FIRST)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(generations, "_sweep", lambda *_, **__: None)
        building = begin(published, SECOND)
        (building / "registry.duckdb").write_text("second")
        patch.setattr(generations, "_sweep", die)
        with pytest.raises(KeyboardInterrupt):
            swap_in(published, building)
    assert (published / "registry.duckdb").read_text() == "second"
    tidy(published)
    assert (published / "registry.duckdb").read_text() == "second"


def test_an_empty_folder_made_beforehand_is_taken_over(published: Path) -> None:
    published.mkdir()
    edition(published, FIRST)
    assert (published / "registry.duckdb").is_file()


def test_a_restored_copy_that_lost_its_link_is_taken_over(published: Path) -> None:
    edition(published, FIRST)
    shutil.copytree(published, published.with_name("copy"))
    published.unlink()
    shutil.rmtree(published.with_name(".published"))
    published.with_name("copy").rename(published)
    edition(published, SECOND)
    assert sorted(path.name for path in (published / "report").iterdir()) == [
        FIRST.isoformat(),
        SECOND.isoformat(),
    ]


def test_a_link_lost_between_two_steps_is_put_back(published: Path) -> None:
    edition(published, FIRST)
    published.unlink()
    tidy(published)
    assert (published / "registry.duckdb").is_file()


def test_the_workspace_may_be_moved(published: Path, tmp_path: Path) -> None:
    edition(published, FIRST)
    moved = tmp_path.with_name(f"{tmp_path.name}_moved")
    tmp_path.rename(moved)
    assert (moved / "published" / "cases" / "latest" / "first.csv").is_file()


def test_the_files_of_an_earlier_night_cost_no_room(published: Path) -> None:
    edition(published, FIRST)
    edition(published, SECOND)
    assert os.stat(published / "cases" / FIRST.isoformat() / "first.csv").st_nlink == 2
