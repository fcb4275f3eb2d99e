"""Registries of one invented province, written as Parquet with the truth beside them.

`python tests/benchmarks/linkage/worlds.py two_registries 1000000` lays one out; a second call finds it laid.
Two presets that share no custom and no mix of damage, so that nothing is tuned to one of them:

- `two_registries`: the setting of the issue; names are independent draws, errors of names are homophones.
- `villages`: names follow cohort and region, villages of one surname, shared phones, rounded columns,
  renamed children, lunar birthdays, temporary numbers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from registry_damage import Noise, damaged_births, damaged_names, damaged_numbers, kinds
from registry_people import Characters, Customs, Ints, People, people

FOLDER = Path(os.environ.get("QINGJI_BENCHMARKS", "build/benchmarks"))
PART = 2_000_000  # persons drawn at once
EDITION = 1  # to be raised when other rows are drawn: what lies on the disk is kept
REGISTRY_NOISE = Noise()
VILLAGE_NOISE = Noise(
    number=0.05,
    no_number=0.03,
    name=0.04,
    birth=0.02,
    phone=0.3,
    no_phone=0.1,
    other_parent=0.3,
    no_guardian=0.12,
    moved=0.12,
    numbers={
        "rounded": 30, "substitution": 20, "swap": 8, "lost_digit": 8, "doubled_digit": 4,
        "borrowed": 8, "x_form": 10, "four_digits": 3, "changed": 3, "temporary": 6,
    },
    names={"homophone": 40, "shape": 10, "variant": 15, "short": 12, "order": 6, "renamed": 10},
    births={"month_and_day": 4, "lunar": 4, "day": 4, "year": 3, "new_year": 2, "month": 2},
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Registries by name with the share of all persons they list, from a first to a last place.

    `again` is the share of a registry's persons that it lists twice.
    """

    registries: Mapping[str, tuple[float, float]]
    customs: Customs = field(default_factory=Customs)
    noise: Noise = REGISTRY_NOISE
    phone_changes_in: tuple[str, ...] = ("b",)
    again: float = 0.0

    def persons(self, rows: int) -> int:
        """Count the persons whose registries have `rows` rows together."""
        listed = sum(last - first for first, last in self.registries.values())
        return round(rows / listed / (1 + self.again))


# 30 % of each list are in the other: of 1.7 persons a list names 1.
TWO = {"a": (0.0, 1 / 1.7), "b": (0.7 / 1.7, 1.0)}
FIVE = {
    "schools": (0.0, 0.62), "vocational": (0.5, 0.7), "technical": (0.66, 0.76),
    "higher": (0.72, 1.0), "aid": (0.4, 0.73),
}  # fmt: skip
VILLAGE_CUSTOMS = Customs(
    first_year=2002, years=9, twins=0.009, siblings=0.08, name_fashions=0.35, region_tilt=0.6,
    village_surname=0.8, shared_phones=0.03,
)  # fmt: skip
WORLDS = {
    "two_registries": World(TWO),
    "three_times_the_noise": World(TWO, noise=REGISTRY_NOISE.times(3)),
    "no_families": World(TWO, customs=Customs(twins=0, siblings=0)),
    "three_times_the_families": World(TWO, customs=Customs(twins=0.036, siblings=0.15)),
    "villages": World(TWO, customs=VILLAGE_CUSTOMS, noise=VILLAGE_NOISE),
    "province": World(
        FIVE, customs=Customs(years=14, first_year=1998), again=0.004,
        phone_changes_in=("higher", "technical", "aid"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Laid:
    """Where the registries of a world lie, and the truth about their rows."""

    registries: tuple[Path, ...]
    truths: tuple[Path, ...]


def lay(name: str, rows: int, seed: int = 7) -> Laid:
    """Write a world's registries with `rows` rows each (of `province`: together), unless they are there."""
    world = WORLDS[name]
    folder = FOLDER / f"{name}-{rows}-{seed}-{EDITION}"
    laid = Laid(
        tuple(folder / f"{registry}.parquet" for registry in world.registries),
        tuple(folder / f"{registry}.truth.parquet" for registry in world.registries),
    )
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        together = rows if len(world.registries) > 2 else rows * len(world.registries)
        _write(world, world.persons(together), seed, laid)
        (folder / "complete").touch()
    return laid


def _write(world: World, persons: int, seed: int, laid: Laid) -> None:
    writers: dict[Path, pq.ParquetWriter] = {}
    listed = dict.fromkeys(world.registries, 0)
    parts = -(-persons // PART)
    for part in range(parts):
        rng = np.random.default_rng([seed, part])
        them = people(min(PART, persons - part * PART), world.customs, rng, part)
        place = rng.permutation(len(them))  # who is listed where, households torn apart
        for which, (registry, (first, last)) in enumerate(world.registries.items()):
            who = np.flatnonzero(
                (place >= round(first * len(them))) & (place < round(last * len(them)))
            )
            twice = rng.choice(who, round(world.again * len(who)), replace=False)
            who = rng.permutation(np.append(who, twice))
            rows, truth = registry_rows(
                them, who, world.noise, rng, changes_phones=registry in world.phone_changes_in
            )
            ids = _ids(registry, listed[registry], len(who))
            listed[registry] += len(who)
            truth["person"] = pa.array(who + part * PART)
            for path, columns in (
                (laid.registries[which], rows),
                (laid.truths[which], truth),
            ):
                table = pa.table({"record_id": ids, **columns})
                if path not in writers:
                    writers[path] = pq.ParquetWriter(path, table.schema, compression="snappy")
                writers[path].write_table(table, row_group_size=250_000)
    for writer in writers.values():
        writer.close()


def _ids(registry: str, start: int, rows: int) -> pa.Array:
    counted = pc.utf8_lpad(pc.cast(pa.array(np.arange(start, start + rows)), pa.string()), 8, "0")
    return pc.binary_join_element_wise(registry[0], counted, "")


def registry_rows(
    them: People, who: Ints, noise: Noise, rng: np.random.Generator, *, changes_phones: bool
) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
    """Write down persons as a registry would: its columns, and what was done to each row."""
    rows = len(who)
    number_kind = kinds(rows, noise.number, noise.numbers, rng)
    number_kind = _or(number_kind, "missing", noise.no_number, rng)
    name_kind = kinds(rows, noise.name, noise.names, rng)
    birth_kind = _or(kinds(rows, noise.birth, noise.births, rng), "missing", noise.no_birth, rng)
    changed = noise.phone if changes_phones else 0
    phone_kind = _or(kinds(rows, changed, {"changed": 1}, rng), "missing", noise.no_phone, rng)
    surname, given, name_kind = damaged_names(them.surname[who], them.given[who], name_kind, rng)
    born, birth_kind = damaged_births(them.born[who], birth_kind, rng)
    phone = np.where(
        phone_kind == "changed", rng.integers(50_000_000, 100_000_000, rows), them.phone[who]
    )
    parent = them.parents[who].reshape(rows, 2, 4)[
        np.arange(rows), (rng.random(rows) < noise.other_parent).astype(int)
    ]
    girl = them.is_girl[who] ^ (rng.random(rows) < noise.sex)
    cities = rng.permutation(them.city[who])
    city = np.where(rng.random(rows) < noise.moved, cities, them.city[who])
    columns = {
        "id_number": _number_text(
            damaged_numbers(them, who, number_kind, rng), number_kind == "missing"
        ),
        "name": _text(np.hstack([surname, given]), None),
        "birth_date": pa.array(born.astype("datetime64[D]"), mask=birth_kind == "missing"),
        "sex": pc.if_else(pa.array(girl), "女", "男"),
        "phone": _digits(19_900_000_000 + phone, phone_kind == "missing"),
        "guardian_name": _text(parent, rng.random(rows) < noise.no_guardian),
        "city_code": _digits(990_000 + city * 100, None),
    }
    truth = {
        "number_damage": _class(number_kind),
        "name_damage": _class(name_kind),
        "birth_damage": _class(birth_kind),
        "phone_damage": _class(phone_kind),
    }
    return columns, truth


def _or(
    kind: NDArray[np.str_], other: str, share: float, rng: np.random.Generator
) -> NDArray[np.str_]:
    """Set a kind on a share of the rows that are not damaged otherwise."""
    among = share / max(float((kind == "none").mean()), share)
    return np.where((kind == "none") & (rng.random(len(kind)) < among), other, kind)


def _class(kind: NDArray[np.str_]) -> pa.Array:
    return pa.array(kind.astype(str)).dictionary_encode()


def _digits(values: Ints, missing: NDArray[np.bool_] | None) -> pa.Array:
    return pc.cast(pa.array(values, mask=missing), pa.string())


def _number_text(written: NDArray[np.uint8], missing: NDArray[np.bool_]) -> pa.Array:
    plain = np.ascontiguousarray(written).view(f"S{written.shape[1]}")[:, 0]
    text = pc.cast(pa.array(plain, pa.binary(), mask=missing), pa.string())
    return pc.replace_substring(pc.replace_substring(text, "#", "Ｘ"), "$", "Х")


def _text(characters: Characters, missing: NDArray[np.bool_] | None) -> pa.Array:
    """Join the code points of each row, skipping the empty places."""
    order = np.argsort(characters == 0, axis=1, kind="stable")
    packed = np.ascontiguousarray(np.take_along_axis(characters, order, 1))
    return pa.array(packed.view(f"U{packed.shape[1]}")[:, 0], pa.string(), mask=missing)


if __name__ == "__main__":
    for path in lay(sys.argv[1], int(sys.argv[2])).registries:
        print(path)  # noqa: T201 - what the command is for
