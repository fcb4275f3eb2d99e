"""How right linked pairs are: precision, recall and F1 at a threshold and at the best one, and by damage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Ints = NDArray[np.int64]
DAMAGES = ("number_damage", "name_damage", "birth_damage", "phone_damage")


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs by row (rows of all registries counted through) with the probability of a match."""

    one: Ints
    other: Ints
    probability: NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """A tool's run: pairs, the cluster of each row, seconds by stage, its own estimate of the matches if any."""

    pairs: Pairs
    clusters: Ints
    seconds: dict[str, float]
    estimated: float = 0.0


@dataclass(frozen=True)
class Truth:
    """The person of each row, the registry of each row, and what was done to it."""

    person: Ints
    source: Ints
    damage: Mapping[str, NDArray[np.str_]]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.person)

    def matches(self, *, across: bool) -> tuple[Ints, Ints]:
        """Give all pairs of rows of one person; `across` leaves out those within one registry."""
        order = np.argsort(self.person, kind="stable")
        person = self.person[order]
        found = []
        step = 1
        while True:
            together = np.flatnonzero(person[step:] == person[:-step])
            if not len(together):
                break
            found.append((order[together], order[together + step]))
            step += 1
        one = np.concatenate([pair[0] for pair in found])
        other = np.concatenate([pair[1] for pair in found])
        kept = self.source[one] != self.source[other] if across else np.ones(len(one), bool)
        return np.minimum(one, other)[kept], np.maximum(one, other)[kept]


@dataclass(frozen=True)
class Right:
    """Precision, recall and F1 of what was called a match."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        """Print precision, recall and F1 as the tables have them."""
        return f"{self.precision:.5f} / {self.recall:.5f} / **{self.f1:.5f}**"


def truth_of(paths: Sequence[Path]) -> Truth:
    """Read the truth beside registries, in the order of the registries."""
    tables = [pq.read_table(path) for path in paths]
    return Truth(
        np.concatenate([table["person"].to_numpy() for table in tables]),
        np.repeat(np.arange(len(tables)), [len(table) for table in tables]),
        {
            name: pa.chunked_array(
                [chunk for table in tables for chunk in table[name].cast(pa.string()).chunks]
            ).to_numpy()
            for name in DAMAGES
        },
    )


def right_at(pairs: Pairs, truth: Truth, matches: int, threshold: float) -> Right:
    """Judge the pairs at or above a threshold."""
    called = pairs.probability >= threshold
    hits = int((truth.person[pairs.one[called]] == truth.person[pairs.other[called]]).sum())
    return Right(hits / max(int(called.sum()), 1), hits / matches)


def best(pairs: Pairs, truth: Truth, matches: int) -> tuple[float, Right]:
    """Give the threshold with the highest F1, which nobody without the truth could choose, and the F1."""
    order = np.argsort(-pairs.probability, kind="stable")
    hit = truth.person[pairs.one[order]] == truth.person[pairs.other[order]]
    hits = np.cumsum(hit)
    called = np.arange(1, len(hits) + 1)
    ends = np.append(np.diff(pairs.probability[order]) != 0, True)
    f1 = np.where(ends, 2 * hits / (called + matches), 0)
    at = int(np.argmax(f1))
    return float(pairs.probability[order][at]), Right(hits[at] / called[at], hits[at] / matches)


def clustered(clusters: Ints, truth: Truth, *, across: bool) -> Right:
    """Judge all pairs of rows that share a cluster."""
    found = Truth(clusters, truth.source, {}).matches(across=across)
    hits = int((truth.person[found[0]] == truth.person[found[1]]).sum())
    return Right(hits / max(len(found[0]), 1), hits / len(truth.matches(across=across)[0]))


def by_damage(found: NDArray[np.bool_], one: Ints, other: Ints, truth: Truth) -> list[list[str]]:
    """Share of the true pairs (one, other) that were found, by what was done to either row."""
    lines = []
    whole = np.ones(len(one), bool)
    for name in DAMAGES:
        of_one, of_other = truth.damage[name][one], truth.damage[name][other]
        whole &= (of_one == "none") & (of_other == "none")
        for kind in sorted(set(of_one) | set(of_other) - {"none"}):
            if kind != "none":
                has = (of_one == kind) | (of_other == kind)
                lines.append(
                    [name.removesuffix("_damage"), kind, str(has.sum()), f"{found[has].mean():.5f}"]
                )
    lines.append(["all", "undamaged", str(whole.sum()), f"{found[whole].mean():.5f}"])
    lines.append(["all", "any", str(len(one)), f"{found.mean():.5f}"])
    return lines


def among(pairs: tuple[Ints, Ints], one: Ints, other: Ints, rows: int) -> NDArray[np.bool_]:
    """Say of each (one, other) whether it is among the pairs, in either order."""
    packed = np.sort(np.minimum(*pairs) * rows + np.maximum(*pairs))
    asked = np.minimum(one, other) * rows + np.maximum(one, other)
    if not len(packed):
        return np.zeros(len(asked), bool)
    at = np.minimum(np.searchsorted(packed, asked), len(packed) - 1)
    return packed[at] == asked
