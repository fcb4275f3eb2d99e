"""Bring the warehouse level with the files: read what is new or changed, forget what vanished or was replaced."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.conform.typing import install_macros
from pipeline.intake import inbox
from pipeline.intake.delivery import Loading
from pipeline.intake.entrusted import Reading
from pipeline.intake.inbox import Found
from pipeline.intake.ledger import (
    Known,
    create_ledger,
    files_by_status,
    forget,
    known_files,
    touch,
)
from pipeline.intake.load import prepare_source, write, write_growing
from pipeline.intake.pool import Growing, Readers, reading_all
from pipeline.intake.reading import Status
from pipeline.intake.redelivery import settle_redeliveries
from pipeline.intake.survey import is_as_before, is_in_place, survey
from pipeline.store.database import transaction
from schemas.catalog import sources

OnFile = Callable[[str, int, int], None]

# A commit waits for the disk: some files share one, within what memory holds easily.
_BATCH_FILES = 100
_BATCH_ROWS = 200_000


@dataclass(frozen=True)
class Collected:
    """What tonight's files came to.

    `read`, `unchanged` and `vanished` files and `rows` read are those of tonight; `loaded`, `refused`, `copies` and
    `replaced` count the files of the whole account that have a sheet of that status.
    """

    read: int
    unchanged: int
    vanished: int
    refused: int
    loaded: int
    copies: int
    replaced: int
    rows: int


@dataclass(frozen=True)
class _Desk:
    """What reading needs: the warehouse, the readers, a folder for their rows, and who is told of progress."""

    con: duckdb.DuckDBPyConnection
    readers: Readers
    spool: Path
    on_file: OnFile | None


def collect(
    con: duckdb.DuckDBPyConnection,
    exports: Path,
    readers: Readers = Readers(),  # noqa: B008 - frozen
    *,
    on_file: OnFile | None = None,
    full: bool = False,
) -> Collected:
    """Read what changed below `exports` into main.<source>; with `full`, everything anew.

    Needs the macro `as_of()`. `on_file` is told each file read, its place among those to read, and their number.
    """
    return collect_files(con, inbox.scan(exports), readers, on_file=on_file, full=full)


def collect_files(
    con: duckdb.DuckDBPyConnection,
    found: Sequence[Found],
    readers: Readers,
    *,
    on_file: OnFile | None = None,
    full: bool = False,
) -> Collected:
    """Read files as `collect` does, and forget all others."""
    create_ledger(con)
    known = known_files(con)
    with readers.spool() as spool:
        desk = _Desk(con, readers, spool, on_file)
        readings = survey(found, {} if full else known, spool)
        _prepare_sources(con, readings, known)
        gone = _forget_vanished(con, known, readings)
        wanted = [one for one in readings if full or not _stands(one, known)]
        _touch_moved(con, readings, wanted, known)
        rows = _read_all(desk, wanted)
        rows += _settle_redeliveries(desk, readings)
    by_status = files_by_status(con)
    return Collected(
        read=sum(not (reading.file.refusal or reading.copy_of) for reading in wanted),
        unchanged=len(readings) - len(wanted),
        vanished=len(gone),
        refused=by_status[Status.REFUSED],
        loaded=by_status[Status.LOADED],
        copies=by_status[Status.COPY],
        replaced=by_status[Status.REPLACED],
        rows=rows,
    )


def _prepare_sources(
    con: duckdb.DuckDBPyConnection, readings: Iterable[Reading], known: Mapping[str, Known]
) -> None:
    named = {one.file.source for one in readings} | {file.source for file in known.values()}
    for source in sorted(named & sources().keys()):
        prepare_source(con, source)


def _forget_vanished(
    con: duckdb.DuckDBPyConnection, known: Mapping[str, Known], readings: Iterable[Reading]
) -> list[Known]:
    there = {reading.file.source_file: reading.file.source for reading in readings}
    gone = [
        before
        for path, before in sorted(known.items())
        # Where an archive lies beside the source folders, a member may move from source to source.
        if there.get(path) != before.source
    ]
    with transaction(con):
        forget(con, gone)
    return gone


def _stands(reading: Reading, known: Mapping[str, Known]) -> bool:
    before = known.get(reading.file.source_file)
    is_there = before is not None and before.source == reading.file.source
    return is_there and is_as_before(reading, before)


def _touch_moved(
    con: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    wanted: Iterable[Reading],
    known: Mapping[str, Known],
) -> None:
    """Note the new dates of files that stand, all in one statement."""
    anew = {reading.file.source_file for reading in wanted}
    standing = (one.file for one in readings if one.file.source_file not in anew)
    touch(con, [file for file in standing if not is_in_place(file, known[file.source_file])])


def _settle_redeliveries(desk: _Desk, readings: Sequence[Reading]) -> int:
    """Set aside what newer exports replace, and read again what none replaces any more; give the rows read."""
    rows = 0
    by_path = {reading.file.source_file: reading for reading in readings}
    while again := settle_redeliveries(desk.con):
        rows += _read_all(desk, [by_path[path] for path in again])
    return rows


def _read_all(desk: _Desk, wanted: Sequence[Reading]) -> int:
    """Read and write the files, some at a time; give the number of rows read."""
    rows = 0
    batch: list[Loading] = []
    if not wanted:
        return rows
    with reading_all(wanted, desk.readers, desk.spool) as told:
        install_macros(desk.con)
        for place, one in enumerate(told, 1):
            if desk.on_file:
                desk.on_file(one.reading.file.source_file, place, len(wanted))
            if isinstance(one, Growing):
                _settle(desk.con, batch)
                loading = write_growing(desk.con, one)
                _drop(loading)
            else:
                loading = one
                batch.append(loading)
            rows += loading.size
            if len(batch) == _BATCH_FILES or sum(one.size for one in batch) >= _BATCH_ROWS:
                _settle(desk.con, batch)
        _settle(desk.con, batch)
    return rows


def _settle(con: duckdb.DuckDBPyConnection, batch: list[Loading]) -> None:
    """Write a batch and drop what was spooled of it."""
    if batch:
        write(con, batch)
    for loading in batch:
        _drop(loading)
    batch.clear()


def _drop(loading: Loading) -> None:
    if loading.rows:
        loading.rows.remove()
