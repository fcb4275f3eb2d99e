"""The pairs of a night, listed, are those that a full run lists."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
from changing_worlds import Nights, as_table, changing_model, nights
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.delta import link_changes
from detectors.identity.linkage.link import Reviews, link
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.nightly import listed
from detectors.identity.linkage.partitions import link_in_parts
from detectors.identity.linkage.results import pairs_table

INPUTS = ("schools", "colleges", "aid", "more")
WEIGHED = ["weight", "probability"]


def without_rarity(link_type: LinkType, *, one_to_one: bool) -> Model:
    """Take a model by which a pair's probability is the same on every night."""
    model = changing_model(link_type, one_to_one=one_to_one)
    return replace(model, fields=tuple(replace(field, frequency=None) for field in model.fields))


MODELS = [
    *(without_rarity(link_type, one_to_one=False) for link_type in LinkType),
    without_rarity(LinkType.LINK_ONLY, one_to_one=True),
]


def reviewed(table: Table) -> Reviews:
    if len(table) < 4:
        return Reviews()
    return Reviews(np.array([[0, 3]], np.int32), np.array([[1, 2]], np.int32))


def alike(one: pa.Table, other: pa.Table) -> None:
    assert one.drop(WEIGHED).to_pylist() == other.drop(WEIGHED).to_pylist()
    assert np.allclose(one["probability"], other["probability"], rtol=1e-9, atol=0)


@settings(max_examples=60, deadline=None)
@given(nights(), st.sampled_from(MODELS))
def test_a_list_of_pairs_is_whole_on_every_night(told: Nights, model: Model) -> None:
    before = None
    for table in told.tables:
        reviews = reviewed(table)
        if before is None:
            _, night = link_in_parts(model, table, reviews)
        else:
            night = link_changes(model, table, before, reviews)
        full = pairs_table(link(model, table, reviews), INPUTS)
        alike(pairs_table(listed(model, table, night, reviews), INPUTS), full)
        before = night.state


def test_a_first_night_lists_rare_values_as_a_full_run_does() -> None:
    model = changing_model(LinkType.LINK_AND_DEDUPE)
    table = as_table([(0, at, at // 2, at // 2, 1, 1, 7, at, 12, 2) for at in range(6)])
    _, night = link_in_parts(model, table)
    full = pairs_table(link(model, table), INPUTS)
    alike(pairs_table(listed(model, table, night, Reviews()), INPUTS), full)
