"""Keys: a row is known by what it states."""

import numpy as np
import pytest
from coded_rows import a_model, a_table

from detectors.identity.linkage.keys import Key, key_codes, model_keys


def test_rows_that_state_the_same_codes_share_a_hash() -> None:
    table = a_table({"birth.day": [[20110301, 20110301, 20110302]], "name.given": [[7, 7, 7]]})
    hashes, rows = key_codes(table, Key(("birth.day", "name.given")))
    assert rows.tolist() == [0, 1, 2]
    assert hashes[0] == hashes[1] != hashes[2]


def test_codes_swapped_between_fields_are_another_key() -> None:
    table = a_table({"name.surname": [[5, 9]], "name.given": [[9, 5]]})
    hashes, _ = key_codes(table, Key(("name.surname", "name.given")))
    assert hashes[0] != hashes[1]


def test_a_row_that_misses_a_code_has_no_key() -> None:
    table = a_table({"birth.day": [[20110301, 0, 20110301]], "name.given": [[0, 7, 7]]})
    assert key_codes(table, Key(("birth.day", "name.given")))[1].tolist() == [2]


def test_each_stated_phone_of_a_row_is_a_key_of_its_own() -> None:
    table = a_table({"phone.value": [[11, 22, 0], [22, 0, 0]]})
    hashes, rows = key_codes(table, Key(("phone.value",)))
    assert rows.tolist() == [0, 0, 1]
    assert hashes[1] == hashes[2] != hashes[0]


def test_hashes_are_the_same_on_every_machine() -> None:
    table = a_table({"birth.day": [[20110301]], "name.given": [[7]]})
    assert key_codes(table, Key(("birth.day", "name.given")))[0].tolist() == [955409134049590553]


def test_neighbouring_dates_and_numbers_do_not_meet() -> None:
    days, places = np.meshgrid(np.arange(20110101, 20110401), np.arange(1, 3001))
    table = a_table({"birth.day": [days.ravel()], "place.code": [places.ravel()]})
    hashes, _ = key_codes(table, Key(("birth.day", "place.code")))
    assert len(np.unique(hashes)) == len(hashes)
    # the upper bits sort and part the rows: they must be as good
    assert len(np.unique(hashes >> np.uint64(19))) >= len(hashes) - 2


def test_a_key_marked_with_a_question_is_a_second_chance_of_its_field() -> None:
    plain, marked = model_keys(a_model([["number.value"], ["?number.first14", "name.surname"]]))
    assert plain == Key(("number.value",))
    assert marked == Key(("number.first14", "name.surname"), "number")


def test_a_key_is_the_second_chance_of_one_field_only() -> None:
    with pytest.raises(ValueError, match="the one field marked"):
        model_keys(a_model([["?number.first14", "?phone.value"]]))
