"""What a night leaves for the next one, so that only what changed is compared again.

Digests of rows, likely pairs and persons; no texts. It belongs to one trained model, told by its digest: with any
other the state is not used and the next run is a full one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import MISSING
from detectors.identity.linkage.crowds import Crowds
from detectors.identity.linkage.frozen import Frequencies
from detectors.identity.linkage.judged import Judged, Numbers
from detectors.identity.linkage.keys import Flags
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.terms import Held
from detectors.identity.linkage.texts import Words, mixed

# the layout of the folder, and all that the digests of rows depend on
VERSION = 1
_CURRENT, _ABOUT = "current", "about.json"


@dataclass(frozen=True)
class Seen:
    """A night's rows: digests of all that they state and of whose number they hold (0: nobody's).

    `reviewed` marks the rows that a review is about.
    """

    prints: Words
    holders: Words
    reviewed: Flags


@dataclass(frozen=True)
class State:
    """Rows in their order, crowds by key, row flags of second chances, likely pairs before reviews, persons."""

    rows: Seen
    crowds: Sequence[Crowds]
    met: Mapping[str, Flags]
    pairs: Judged
    of_row: Numbers
    frequencies: Frequencies


def model_digest(model: Model) -> str:
    """Tell models apart by all that weighs or finds a pair; the comment does not."""
    told = asdict(model) | {"comment": "", "version": VERSION}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def blinded(holders: Numbers) -> Words:
    """Give digests of the numbers that rows hold, equal where they are, MISSING where there is none."""
    return np.where(holders == MISSING, np.uint64(0), mixed(holders.view(np.uint64)))


def save_state(state: State, model: Model, folder: Path) -> None:
    """Write a state beside the one that is there and put it in its place; only its owner may read it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = _current(folder)
    name = f"{int(before.name.split('-')[1]) + 1 if before else 1:06d}"
    built = folder / f"building-{name}"
    whole = folder / f"state-{name}"
    for left_over in (path for path in (built, whole) if path.exists()):
        shutil.rmtree(left_over)
    built.mkdir(mode=0o700)
    for path, values in _arrays(state).items():
        _write(built / f"{path}.npy", values)
    about = {
        "model": model_digest(model),
        "terms": [list(key) for key in sorted(state.frequencies)],
    }
    _write_text(built / _ABOUT, json.dumps(about))
    built.rename(whole)
    _write_text(folder / f"{_CURRENT}.new", whole.name)
    # the moment at which tonight's state counts
    os.replace(folder / f"{_CURRENT}.new", folder / _CURRENT)
    if before:
        shutil.rmtree(before)


def load_state(model: Model, folder: Path) -> State | None:
    """Read the state that a run with this very model left, memory-mapped; None if there is none."""
    place = _current(folder)
    if place is None:
        return None
    about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
    if about["model"] != model_digest(model):
        return None
    arrays = {path.stem: np.load(path, mmap_mode="r") for path in place.glob("*.npy")}
    rows = Seen(*(arrays[name] for name in ("prints", "holders", "reviewed")))
    crowds = [
        Crowds(arrays[f"crowds_{at}"], arrays[f"crowd_digests_{at}"])
        for at in range(len(model.keys))
    ]
    met = {name.removeprefix("met_"): of for name, of in arrays.items() if name.startswith("met_")}
    pairs = Judged(*(arrays[name] for name in ("one", "other", "probability", "contradicted")))
    frequencies = {
        (field, code): Held(
            arrays[f"term_values_{at}"],
            arrays[f"term_rows_{at}"],
            float(arrays[f"term_total_{at}"]),
        )
        for at, (field, code) in enumerate(about["terms"])
    }
    return State(rows, crowds, met, pairs, arrays["of_row"], frequencies)


def _arrays(state: State) -> dict[str, NDArray[Any]]:
    told: dict[str, NDArray[Any]] = {
        **vars(state.rows),
        **vars(state.pairs),
        "of_row": state.of_row,
    }
    for at, crowds in enumerate(state.crowds):
        told |= {f"crowds_{at}": crowds.hashes, f"crowd_digests_{at}": crowds.digests}
    told |= {f"met_{name}": flags for name, flags in state.met.items()}
    for at, key in enumerate(sorted(state.frequencies)):
        held = state.frequencies[key]
        told |= {
            f"term_values_{at}": held.values,
            f"term_rows_{at}": held.rows,
            f"term_total_{at}": np.array(held.total),
        }
    return told


def _current(folder: Path) -> Path | None:
    pointer = folder / _CURRENT
    if not pointer.is_file():
        return None
    place = folder / pointer.read_text(encoding="utf-8").strip()
    return place if (place / _ABOUT).is_file() else None


def _write(path: Path, values: NDArray[Any]) -> None:
    with _private(path) as file:
        np.save(file, values)


def _write_text(path: Path, text: str) -> None:
    with _private(path) as file:
        file.write(text.encode())


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
