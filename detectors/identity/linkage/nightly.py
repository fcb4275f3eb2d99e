"""Tonight's persons from what the last night left, and the whole run's pairs for those who want to see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.compare import compare, patterns
from detectors.identity.linkage.delta import Night, link_changes
from detectors.identity.linkage.link import Compared, Linked, Reviews, joined
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.one_to_one import exclusive
from detectors.identity.linkage.pairs import Candidates
from detectors.identity.linkage.partitions import link_in_parts, ordered
from detectors.identity.linkage.state import load_state, save_state


def link_tonight(model: Model, table: Table, folder: Path, reviews: Reviews) -> Night:
    """Link a table by a trained model, by what changed if the folder holds a night of this model; leave tonight's."""
    before = load_state(model, folder)
    if before is None:
        _, night = link_in_parts(model, table, reviews)
    else:
        night = link_changes(model, table, before, reviews)
    save_state(night.state, model, folder)
    return night


def listed(model: Model, table: Table, night: Night, reviews: Reviews) -> Linked:
    """Give a night as a finished run whose pairs are the likely ones and all within a person."""
    whole = ordered(night.state.pairs.joined_by(night.quiet()))
    levels = compare(table, model, whole.one, whole.other)
    index, found = patterns(levels, model)
    keys = np.zeros(len(whole), np.uint32)
    compared = Compared(table, Candidates(whole.one, whole.other, keys, ()), levels, index, found)
    if model.one_to_one:
        whole = replace(whole, probability=exclusive(whole, table.sources))
    judged = whole.decided(reviews.together, reviews.apart)
    return Linked(model, compared, judged, joined(model, table, judged), ())


def night_summary(night: Night) -> list[str]:
    """Say what a night looked at, how many persons there are, and why pairs looked at were not joined."""
    of_row = night.state.of_row
    persons = int(np.count_nonzero(of_row == np.arange(len(of_row))))
    told = [
        f"{len(of_row):,} rows, {len(night.renewed):,} looked at anew, {night.compared:,} pairs compared",
        f"{persons:,} persons",
    ]
    counted = night.unjoined["reason"].value_counts().to_pylist()
    return told + [f"{one['counts']:,} pairs not joined: {one['values']}" for one in counted]
