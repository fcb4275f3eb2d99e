"""`qingji identity … --model FILE`: any tables linked by a model file, measured and explained."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from numpy.typing import NDArray

from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.history import name_persons
from detectors.identity.linkage.judged import Numbers
from detectors.identity.linkage.link import Linked, Reviews, compare_all, link, train
from detectors.identity.linkage.model import Model, load_model
from detectors.identity.linkage.nightly import link_tonight, listed, night_summary
from detectors.identity.linkage.partitions import link_in_parts
from detectors.identity.linkage.reading import read_columns
from detectors.identity.linkage.results import (
    pairs_table,
    persons_table,
    summary,
)
from detectors.identity.linkage.splink_export import (
    scored_pairs,
    slots_of,
    splink_settings,
    standardised,
)
from detectors.identity.linkage.table import read_table
from pipeline.errors import UsageError

PERSONS, CHANGES, REVIEWS = "persons.parquet", "changes.parquet", "reviews.csv"
# what the last night left for the next, beside the persons
LAST_NIGHT = "last_night"
# above it a run keeps its pairs on disk
_MANY_ROWS = 5_000_000
_LABELS = ("record_a", "record_b", "is_match")
_TRUE, _FALSE = ("true", "1"), ("false", "0")


@dataclass(frozen=True)
class Asked:
    """The files of a run, one input each, and the model file."""

    files: tuple[Path, ...]
    model: Path

    def table(self) -> tuple[Model, Table]:
        """Read the model and the rows; UsageError for a file that is not there."""
        for path in (*self.files, self.model):
            if not path.is_file():
                raise UsageError(f"{path}: no such file")
        if not self.files:
            raise UsageError("name at least one file of rows, .csv or .parquet")
        model = load_model(self.model)
        return model, read_table(model, self.files)

    def linked(self) -> Linked:
        """Link the rows; an untrained model is trained on them."""
        return link(*self.table())

    @property
    def inputs(self) -> list[str]:
        """Call each input by its file; files of one name by their number too."""
        names = [path.name for path in self.files]
        if len(set(names)) == len(names):
            return names
        return [f"{number}:{name}" for number, name in enumerate(names, 1)]


@dataclass(frozen=True)
class Wanted:
    """Where the tables of a run go, and the folder that keeps person ids; None: nowhere."""

    pairs: Path | None = None
    persons: Path | None = None
    state: Path | None = None


def score_files(asked: Asked, wanted: Wanted) -> str:
    """Link files by a model; write what is wanted, and say what it came to."""
    model, table = asked.table()
    if wanted.state and not model.is_trained:
        raise UsageError(
            f"{asked.model}: has no shares yet, and --state needs the same ones in every run; "
            "train it first: qingji identity train FILES --model MODEL --out TRAINED"
        )
    ran = _run(model, table, wanted)
    told, ids = [*trained_on_the_way(asked), *ran.told], None
    if wanted.state:
        ids, changes = _lasting_ids(table, ran.of_row, asked.inputs, wanted.state)
        told.append(changes)
    if wanted.pairs:
        write_table(pairs_table(ran.linked(), asked.inputs), wanted.pairs)
    if wanted.persons:
        write_table(persons_table(table, ran.of_row, asked.inputs, ids), wanted.persons)
    return "\n".join(told)


@dataclass(frozen=True)
class _Ran:
    """What a run tells, the person of each row, and on demand its pairs."""

    told: list[str]
    of_row: Numbers
    linked: Callable[[], Linked]


def _run(model: Model, table: Table, wanted: Wanted) -> _Ran:
    reviews = _reviews(table, wanted.state)
    if wanted.state:
        night = link_tonight(model, table, wanted.state / LAST_NIGHT, reviews)
    elif len(table) > _MANY_ROWS:
        model, night = link_in_parts(model, table, reviews)
    else:
        linked = link(model, table, reviews)
        return _Ran(summary(linked), linked.clusters.of_row, lambda: linked)
    list_pairs = partial(listed, model, table, night, reviews)
    return _Ran(night_summary(night), night.state.of_row, list_pairs)


def train_files(asked: Asked, output: Path) -> str:
    """Learn a model from the rows of files into a file for review."""
    model, table = asked.table()
    learned = train(model, compare_all(model, table))
    learned.model.save(output)
    match, family, *_ = learned.pairs
    told = [
        f"{output}: shares for review; about {match:,.0f} pairs are one person, {family:,.0f} one household"
    ]
    return "\n".join([*told, *learned.notes])


def read_rows(path: Path) -> pa.Table:
    """Read a whole file as texts; UsageError if it is not there."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return read_columns(path)


def place_of(table: Table, record: str) -> int:
    """Find a row by its id; where several inputs have it, by `2:id`, the number of the input first."""
    ids = table.ids.cast(pa.string())
    found = np.flatnonzero(pc.equal(ids, record).to_numpy(zero_copy_only=False))
    if not len(found) and record.split(":", maxsplit=1)[0].isdecimal():
        number, _, rest = record.partition(":")
        equal = pc.equal(ids, rest).to_numpy(zero_copy_only=False)
        found = np.flatnonzero(equal & (table.sources == int(number) - 1))
    if len(found) != 1:
        remedy = (
            "no row has this id"
            if not len(found)
            else "several inputs have it; write 2:ID for the second"
        )
        raise UsageError(f"record {record}: {remedy}")
    return int(found[0])


def export_to_splink(asked: Asked, folder: Path) -> str:
    """Write a run as Splink 5 reads it: settings.json, rows.parquet and pairs.parquet."""
    linked = asked.linked()
    table, model = linked.compared.table, linked.model
    found, judged = linked.compared.candidates, linked.judged
    folder.mkdir(parents=True, exist_ok=True)
    settings = json.dumps(splink_settings(model, slots_of(table)), ensure_ascii=False, indent=2)
    (folder / "settings.json").write_text(settings + "\n", encoding="utf-8")
    pairs = scored_pairs(
        table, model, (found.one, found.other), linked.compared.levels, judged.probability
    )
    pa_parquet.write_table(standardised(table, model), folder / "rows.parquet")
    pa_parquet.write_table(pairs, folder / "pairs.parquet")
    return f"{folder}: settings.json, rows.parquet and pairs.parquet for Splink 5"


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table as .parquet or .csv, as its name says; UsageError for any other."""
    if path.suffix == ".parquet":
        pa_parquet.write_table(table, path)
    elif path.suffix == ".csv":
        pa_csv.write_csv(_plain(table), path)
    else:
        raise UsageError(f"{path}: name it .csv or .parquet")


def _plain(table: pa.Table) -> pa.Table:
    """Write coded columns out; CSV knows no codes."""
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            plain = table.column(at).cast(field.type.value_type)
            table = table.set_column(at, field.name, plain)
    return table


def trained_on_the_way(asked: Asked) -> list[str]:
    """Say so if the model file has no shares of its own."""
    if load_model(asked.model).is_trained:
        return []
    return [f"{asked.model.name} has no shares yet; trained on these rows for this run only"]


def labelled_pairs(file: Path, rows: Table) -> tuple[tuple[Rows, Rows], NDArray[np.bool_]]:
    """Read labelled pairs (see `read_labels`) as rows, one < other, and which of them are one person."""
    labels = read_labels(file)
    places = [_places_of(rows, labels[side]) for side in ("record_a", "record_b")]
    pairs = np.sort(np.stack(places), axis=0).astype(np.int32)
    if (pairs[0] == pairs[1]).any():
        raise UsageError(f"{file}: a pair names one row twice; name two rows")
    return (pairs[0], pairs[1]), labels["is_match"].to_numpy().astype(bool)


def read_labels(file: Path) -> pa.Table:
    """Read pairs that somebody decided on: record_a, record_b, and is_match as a boolean (true, 1, false or 0).

    UsageError names the column that is missing, or the row where nobody can tell what was decided.
    """
    labels = read_rows(file)
    if missing := sorted({*_LABELS} - set(labels.column_names)):
        raise UsageError(f"{file}: the column {missing[0]} is missing")
    said = pc.utf8_lower(pc.utf8_trim_whitespace(labels["is_match"]))
    unclear = pc.invert(pc.is_in(said, pa.array([*_TRUE, *_FALSE])))
    if pc.any(unclear).as_py():
        row = pc.index(unclear, pa.scalar(value=True)).as_py() + 2
        raise UsageError(
            f"{file} row {row}, is_match: neither true, 1, false nor 0; correct it, or take the row out"
        )
    is_match = pc.is_in(said, pa.array(_TRUE))
    return labels.select(_LABELS[:2]).append_column(_LABELS[2], is_match)


def _places_of(table: Table, records: pa.ChunkedArray) -> NDArray[np.int64]:
    """Find rows by their ids, all at once where every id is stated once."""
    ids = table.ids.cast(pa.string()).combine_chunks()
    if pc.count_distinct(ids).as_py() == len(ids):
        found = pc.index_in(records, ids)
        if not found.null_count:
            return np.asarray(found.to_numpy(), dtype=np.int64)
    return np.array([place_of(table, record) for record in records.to_pylist()], dtype=np.int64)


def _reviews(table: Table, state: Path | None) -> Reviews:
    """Read what was decided about pairs from the state folder; it holds in every run."""
    if state is None or not (state / REVIEWS).is_file():
        return Reviews()
    (one, other), is_one = labelled_pairs(state / REVIEWS, table)
    pairs = np.stack([one, other], axis=1)
    return Reviews(pairs[is_one], pairs[~is_one])


def _lasting_ids(
    table: Table, of_row: Numbers, inputs: Sequence[str], state: Path
) -> tuple[pa.Array, str]:
    """Name the persons as in the last run, and add what changed to the state folder."""
    named_inputs = pa.array(inputs).take(pa.array(table.sources))
    records = pc.binary_join_element_wise(named_inputs, table.ids.cast(pa.string()), "/")
    persons, changes = state / PERSONS, state / CHANGES
    before = pa_parquet.read_table(persons) if persons.is_file() else None
    named = name_persons(records, of_row, before)
    past = pa_parquet.read_table(changes) if changes.is_file() else None
    run = 1 + (pc.max(past["run"]).as_py() or 0) if past is not None else 1
    more = named.changes.add_column(0, "run", pa.array([run] * len(named.changes), pa.int64()))
    state.mkdir(parents=True, exist_ok=True)
    pa_parquet.write_table(pa.concat_tables([past, more]) if past is not None else more, changes)
    pa_parquet.write_table(named.persons, persons)
    counted = {row["values"]: row["counts"] for row in more["event"].value_counts().to_pylist()}
    told = ", ".join(f"{count:,} {event}" for event, count in sorted(counted.items()))
    return named.persons["person_id"], f"run {run} in {state}: {told or 'no change'}"
