"""Our engine on files or tables by a model file, with the seconds of each stage."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scores import Pairs, Run

from detectors.identity.linkage import link
from detectors.identity.linkage.delta import Night, link_changes
from detectors.identity.linkage.model import Model, load_model
from detectors.identity.linkage.partitions import link_in_parts
from detectors.identity.linkage.table import from_arrow, read_table

MODELS = Path(__file__).parent / "models"


def link_files(model: str, registries: Sequence[Path], classes: int = 3) -> Run:
    """Link files by an untrained model of ours; training is part of the run."""
    started = time.perf_counter()
    used = replace(load_model(MODELS / f"{model}.json"), classes=classes)
    table = read_table(used, registries)
    return _linked(used, table, {"read": time.perf_counter() - started})


def link_tables(model: str, tables: Sequence[object]) -> Run:
    """Link Arrow tables by an untrained model of ours; training is part of the run."""
    started = time.perf_counter()
    used = load_model(MODELS / f"{model}.json")
    table = from_arrow(used, tables)
    return _linked(used, table, {"read": time.perf_counter() - started})


def _linked(model: Model, table: link.Table, seconds: dict[str, float]) -> Run:
    since = time.perf_counter()

    def stop(stage: str) -> None:
        nonlocal since
        seconds[stage], since = time.perf_counter() - since, time.perf_counter()

    compared = link.compare_all(model, table)
    stop("compare")
    learned = link.train(model, compared)
    stop("train")
    judged = link.judge(learned.model, compared, link.Reviews())
    stop("judge")
    found = link.joined(learned.model, table, judged)
    stop("cluster")
    pairs = Pairs(judged.one.astype(np.int64), judged.other.astype(np.int64), judged.probability)
    return Run(
        pairs,
        np.asarray(found.of_row, np.int64),
        {stage: round(taken, 2) for stage, taken in seconds.items()},
        float(learned.pairs[0]),
    )


def link_province(model: str, registries: Sequence[Path]) -> Run:
    """Link files in parts, as the night does with many rows; training is part of the run."""
    started = time.perf_counter()
    used = load_model(MODELS / f"{model}.json")
    table = read_table(used, registries)
    seconds = {"read": round(time.perf_counter() - started, 2)}
    _, night = link_in_parts(used, table)
    seconds["link"] = round(time.perf_counter() - started - seconds["read"], 2)
    return _of_night(night, seconds)


@dataclass(frozen=True)
class TwoNights:
    """Seconds of each stage, and the person of every row of the second night, by three ways.

    `by_changes` alone, `in_full` by what was learned in the first night, and `anew`: with term frequencies counted on
    the second.
    """

    seconds: Mapping[str, float]
    by_changes: NDArray[np.int64]
    in_full: NDArray[np.int64]
    anew: NDArray[np.int64]


def link_two_nights(model: str, first: Sequence[Path], second: Sequence[Path]) -> TwoNights:
    """Link a night in full, the next by its changes and in full."""
    used = load_model(MODELS / f"{model}.json")
    trained, night = link_in_parts(used, read_table(used, first))
    clock = [time.perf_counter()]
    table = read_table(trained, second)
    clock.append(time.perf_counter())
    by_changes = link_changes(trained, table, night.state)
    clock.append(time.perf_counter())
    _, in_full = link_in_parts(trained, table, known=night.state.frequencies)
    clock.append(time.perf_counter())
    _, anew = link_in_parts(trained, table)
    stages = ("read", "changes", "in full")
    return TwoNights(
        dict(zip(stages, np.diff(clock).round(2).tolist(), strict=True)),
        by_changes.state.of_row,
        in_full.state.of_row,
        anew.state.of_row,
    )


def _of_night(night: Night, seconds: dict[str, float]) -> Run:
    found = night.state.pairs
    pairs = Pairs(found.one.astype(np.int64), found.other.astype(np.int64), found.probability)
    return Run(pairs, np.asarray(night.state.of_row, np.int64), seconds)
