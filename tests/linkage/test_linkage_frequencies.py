from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from detectors.contract import DetectorError
from detectors.identity.linkage.coded import Coded, Table
from detectors.identity.linkage.compare import compare
from detectors.identity.linkage.frequencies import (
    agreeing_pairs,
    comparable_pairs,
    statedness,
    strangers,
)
from detectors.identity.linkage.model import Field, Level, LinkType, Model

IMPLIED = {
    "name": {"full": frozenset({"sound", "surname"})},
    "birth": {"day": frozenset({"year_month", "month_day"})},
}


def a_field(name: str, base: str, *levels: tuple[str, ...]) -> Field:
    told = [Level(one[0], tuple(one[1:])) for one in levels] + [Level("different", ("otherwise",))]
    return Field(name, "code", {"value": (name,)}, base, tuple(told))


def a_model(link_type: LinkType) -> Model:
    fields = (
        a_field(
            "name",
            "full",
            ("same", "same full"),
            ("homophone", "same sound"),
            ("same_surname", "same surname"),
        ),
        a_field(
            "birth",
            "day",
            ("same", "same day"),
            ("two_of_three", "same year_month", "same month_day"),
        ),
        a_field("phone", "value", ("same", "same value")),
    )
    return Model("m", "", link_type, fields, (("phone.value",),))


def a_table(rows: int = 120, seed: int = 2) -> Table:
    random = np.random.default_rng(seed)
    surname, given = random.integers(1, 8, rows), random.integers(1, 25, rows)
    year, month, day = (
        random.integers(1, 4, rows),
        random.integers(1, 5, rows),
        random.integers(1, 6, rows),
    )
    phones = random.integers(1, 60, (2, rows))
    phones[:, random.random(rows) < 0.2] = 0
    codes = {
        "name": {
            "full": surname * 100 + given,
            "sound": (surname // 2) * 100 + given + 1,
            "surname": surname,
        },
        "birth": {
            "day": year * 100 + month * 10 + day,
            "year_month": year * 10 + month,
            "month_day": month * 10 + day,
        },
    }
    fields = {
        name: Coded(
            name, {code: values[None].astype(np.int64) for code, values in told.items()}, {}
        )
        for name, told in codes.items()
    }
    fields["phone"] = Coded("phone", {"value": phones.astype(np.int64)}, {})
    sources = np.sort(random.integers(0, 3, rows)).astype(np.uint8)
    return Table(fields, sources, pa.chunked_array([pa.array([str(at) for at in range(rows)])]))


def all_pairs(table: Table, link_type: LinkType) -> tuple[np.ndarray, np.ndarray]:
    pairs = [
        (one, other)
        for one, other in combinations(range(len(table)), 2)
        if link_type is not LinkType.LINK_ONLY or table.sources[one] != table.sources[other]
    ]
    told = np.array(pairs, np.int32).T
    return told[0], told[1]


@pytest.mark.parametrize("link_type", [LinkType.LINK_ONLY, LinkType.LINK_AND_DEDUPE])
def test_pairs_are_counted_without_listing_them(link_type: LinkType) -> None:
    table = a_table()
    one, other = all_pairs(table, link_type)
    assert comparable_pairs(table.sources, link_type) == len(one)
    full = table.code("name.full")[0]
    assert agreeing_pairs(table, ("name.full",), link_type) == (full[one] == full[other]).sum()


@pytest.mark.parametrize("link_type", [LinkType.LINK_ONLY, LinkType.LINK_AND_DEDUPE])
def test_rates_of_equal_codes_are_those_of_all_pairs(link_type: LinkType) -> None:
    """Levels take what those before them leave: counted by inclusion and exclusion, as if all pairs were compared."""
    table, model = a_table(), a_model(link_type)
    levels = compare(table, model, *all_pairs(table, link_type))
    # nothing is drawn, so that all is counted
    known = strangers(table, model, IMPLIED, drawn=1)
    for at, field in enumerate(model.fields[:2]):
        stated = levels[at][levels[at] > 0]
        for number, level in enumerate(field.levels[:-1], start=1):
            share = (stated == number).mean()
            assert known.rates[field.name, level.name] == pytest.approx(share, rel=1e-9), level.name


def test_a_swap_that_goes_both_ways_is_counted_once() -> None:
    table = a_table()
    year, month = table.code("birth.day")[0] // 100, table.code("birth.year_month")[0] % 10
    day = table.code("birth.day")[0] % 10
    swapped = np.where(day == month, 0, year * 100 + day * 10 + month)
    codes = {"day": table.code("birth.day"), "swapped": swapped[None]}
    field = a_field("birth", "day", ("same", "same day"), ("swapped", "cross day swapped"))
    model = Model("m", "", LinkType.LINK_ONLY, (field,), (("birth.day",),))
    dates = Table({"birth": Coded("birth", codes, {})}, table.sources, table.ids)
    levels = compare(dates, model, *all_pairs(dates, LinkType.LINK_ONLY))
    known = strangers(dates, model, IMPLIED, drawn=1)
    assert known.rates["birth", "swapped"] == pytest.approx((levels == 2).mean(), rel=1e-9)


def test_rates_of_a_field_with_two_slots_are_close() -> None:
    table, model = a_table(rows=600), a_model(LinkType.LINK_ONLY)
    levels = compare(table, model, *all_pairs(table, LinkType.LINK_ONLY))
    share = (levels[2] == 1).sum() / (levels[2] > 0).sum()
    known = strangers(table, model, IMPLIED, drawn=1)
    assert known.rates["phone", "same"] == pytest.approx(share, rel=0.05)


def test_common_levels_are_drawn_by_lot_the_same_way_every_time() -> None:
    table, model = a_table(rows=600), a_model(LinkType.LINK_ONLY)
    known = strangers(table, model, IMPLIED)
    assert known.rates == strangers(table, model, IMPLIED).rates
    counted = strangers(table, model, IMPLIED, drawn=1)
    assert known.rates["name", "same_surname"] == pytest.approx(
        counted.rates["name", "same_surname"], rel=0.03
    )


def test_what_pairs_state_is_counted_mask_by_mask() -> None:
    table, model = a_table(), a_model(LinkType.LINK_ONLY)
    levels = compare(table, model, *all_pairs(table, LinkType.LINK_ONLY))
    told = statedness(table, model)
    without_phone = dict(zip(told.masks.tolist(), told.shares.tolist(), strict=True))[0b100]
    assert told.shares.sum() == pytest.approx(1.0)
    assert without_phone == pytest.approx((levels[2] == 0).mean(), rel=1e-9)


def test_one_input_alone_has_no_pairs_between_inputs() -> None:
    table = a_table()
    alone = Table(table.fields, np.zeros(len(table), np.uint8), table.ids)
    with pytest.raises(DetectorError, match="no two rows to compare"):
        strangers(alone, a_model(LinkType.LINK_ONLY), IMPLIED)
