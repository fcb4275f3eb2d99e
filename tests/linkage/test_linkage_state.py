"""What a night leaves for the next: read back whole, private, and only by the model that wrote it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from changing_worlds import as_table, changing_model

from detectors.identity.linkage.delta import link_changes
from detectors.identity.linkage.model import LinkType
from detectors.identity.linkage.partitions import link_in_parts
from detectors.identity.linkage.state import State, load_state, save_state

MODEL = changing_model(LinkType.LINK_AND_DEDUPE)
WANG = (0, 1, 5, 5, 1, 1, 7, 11, 12, 2)
WANG_AGAIN = (1, 2, 5, 5, 1, 1, 7, 13, 0, 2)
LI = (0, 3, 6, 6, 2, 2, 8, 21, 0, 2)


def a_state() -> State:
    return link_in_parts(MODEL, as_table([WANG, LI, WANG_AGAIN]))[1].state


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    save_state(a_state(), MODEL, tmp_path / "state")
    read = load_state(MODEL, tmp_path / "state")
    assert read is not None
    assert read.of_row.tolist() == [0, 1, 0]
    assert read.pairs.packed().tolist() == a_state().pairs.packed().tolist()
    assert read.rows.prints.tolist() == a_state().rows.prints.tolist()
    assert len(read.crowds) == len(MODEL.keys)
    assert set(read.frequencies) == set(a_state().frequencies)


def test_the_next_night_goes_on_from_a_state_that_was_read(tmp_path: Path) -> None:
    save_state(a_state(), MODEL, tmp_path)
    read = load_state(MODEL, tmp_path)
    assert read is not None
    night = link_changes(MODEL, as_table([WANG, LI]), read)
    assert night.state.of_row.tolist() == [0, 1]
    save_state(night.state, MODEL, tmp_path)
    again = load_state(MODEL, tmp_path)
    assert again is not None
    assert again.of_row.tolist() == [0, 1]
    assert len(list(tmp_path.glob("state-*"))) == 1


def test_a_state_of_another_model_is_not_used(tmp_path: Path) -> None:
    save_state(a_state(), MODEL, tmp_path)
    assert load_state(replace(MODEL, threshold=0.9), tmp_path) is None
    assert load_state(replace(MODEL, comment="reviewed"), tmp_path) is not None


def test_a_state_that_was_never_finished_does_not_count(tmp_path: Path) -> None:
    save_state(a_state(), MODEL, tmp_path)
    (tmp_path / "building-000002").mkdir()
    assert load_state(MODEL, tmp_path) is not None
    save_state(a_state(), MODEL, tmp_path)
    assert load_state(MODEL, tmp_path) is not None
    assert load_state(MODEL, tmp_path / "nowhere") is None


def test_only_its_owner_may_read_a_state(tmp_path: Path) -> None:
    save_state(a_state(), MODEL, tmp_path / "state")
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    folders = [path for path in (tmp_path / "state").rglob("*") if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_a_state_holds_nobodys_number(tmp_path: Path) -> None:
    number = 990101200901011234
    rows = [(0, 1, number, number, 1, 1, 7, 11, 12, 2), (1, 2, number, number, 1, 1, 7, 0, 0, 2)]
    save_state(link_in_parts(MODEL, as_table(rows))[1].state, MODEL, tmp_path)
    kept = [np.load(path).ravel().tolist() for path in tmp_path.rglob("*.npy")]
    assert len(kept) > 3
    assert [values for values in kept if number in values] == []
