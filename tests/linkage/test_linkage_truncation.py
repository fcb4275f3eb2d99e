import numpy as np
import pytest
from pattern_worlds import IMPLIED, KEYS, STUDENTS, a_world, all_levels, model_of, row_of

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Cells, Layout
from detectors.identity.linkage.model import Level
from detectors.identity.linkage.strangers import evenly_stated
from detectors.identity.linkage.truncation import Truncation, said_by

# positions of levels: number, name, birth, phone, city
AGREES = 1


def truncation_of(keys: tuple = KEYS) -> Truncation:
    model = model_of(keys=keys)
    return Truncation(model, IMPLIED, evenly_stated({"number": 0.08, "phone": 0.1}, model))


def holds(*levels: int, keys: tuple = KEYS) -> bool:
    return bool(truncation_of(keys).holds(np.array([levels], np.uint8))[0])


def test_one_number_is_enough_whatever_else_differs() -> None:
    assert holds(1, 4, 3, 2, 2)
    assert not holds(2, 4, 3, 2, 2)


def test_a_level_is_found_by_what_it_implies() -> None:
    """One name is one sound, and one sound with one birth date is a key; a homophone's surname is not told."""
    assert holds(3, 1, 1, 2, 2)
    assert holds(3, 2, 1, 2, 2)
    assert holds(3, 3, 3, 1, 2)
    assert not holds(3, 2, 3, 1, 2)


def test_a_missing_field_finds_nothing() -> None:
    assert not holds(0, 1, 0, 0, 1)


def test_a_second_chance_is_not_certain() -> None:
    keys = (("phone.value", "city.value"), ("?number.value",), ("birth.day", "?name.sound"))
    assert holds(2, 4, 3, 1, 1, keys=keys)
    assert not holds(1, 1, 1, 2, 1, keys=keys)


def test_several_tests_imply_what_they_have_in_common() -> None:
    implied = {"full": frozenset({"sound", "surname"}), "sorted": frozenset({"sound"})}
    assert said_by(Level("both", ("same full", "same sorted")), implied) == frozenset({"sound"})
    assert said_by(Level("near", ("same full", "edits full 1")), implied) == frozenset()


def test_what_is_implied_is_followed_to_its_end() -> None:
    implied = {"day": frozenset({"month"}), "month": frozenset({"year"})}
    assert said_by(Level("same", ("same day",)), implied) == frozenset({"day", "month", "year"})


@pytest.mark.parametrize("name", ["m", "family", "u"])
def test_the_found_share_is_the_sum_over_all_found_patterns(name: str) -> None:
    model = model_of()
    layout, truncation = Layout.of(model), truncation_of()
    levels = all_levels(layout)
    shares = row_of(model, name)
    stated = evenly_stated({"number": 0.08, "phone": 0.1}, model)
    masks = sum((levels[:, at] == 0).astype(np.int64) << at for at in range(5))
    every = shares[levels + layout.starts].prod(axis=1) * stated.of(masks, (0, 1, 2, 3, 4))
    kept = truncation.holds(levels)
    told = truncation.of(shares)
    assert every.sum() == pytest.approx(1.0)
    assert told.share == pytest.approx(every[kept].sum(), rel=1e-9)
    # and by level
    found = Cells(levels, layout).sums(np.where(kept, every, 0.0)[None])[0]
    missed = Cells(levels, layout).sums(np.where(kept, 0.0, every)[None])[0]
    inside = layout.is_level & (told.found > 0)
    assert (told.found * shares)[inside] == pytest.approx(found[inside], rel=1e-9)
    assert (told.missed * shares)[inside] == pytest.approx(missed[inside], rel=1e-6, abs=1e-12)


def test_a_field_without_a_key_is_no_part_of_the_sum() -> None:
    truncation = truncation_of((("number.value",), ("birth.day", "name.sound")))
    assert truncation.fields == (0, 1, 2)


def test_only_levels_that_are_a_key_by_themselves_are_always_found() -> None:
    alone = truncation_of().alone()
    layout = Layout.of(model_of())
    assert np.flatnonzero(alone).tolist() == [int(layout.starts[0]) + AGREES]


def test_a_model_without_keys_is_refused() -> None:
    with pytest.raises(DetectorError, match="has no keys"):
        truncation_of(())


def test_worlds_hand_over_only_what_is_found() -> None:
    world = a_world(matches=100, families=10, strangers=1e6)
    assert world.truncation.holds(world.patterns.levels).all()
    assert len(STUDENTS) == world.patterns.levels.shape[1]
