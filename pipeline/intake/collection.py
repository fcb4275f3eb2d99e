"""Bring the raw tables level with the files: read what is new or changed, forget what vanished."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline.conform.typing import install_macros
from pipeline.errors import DeliveryError
from pipeline.intake import inbox
from pipeline.intake.delivery import Loading
from pipeline.intake.inbox import Found
from pipeline.intake.ledger import (
    Known,
    Reading,
    contract_digest,
    create_ledger,
    files_by_status,
    forget,
    known_files,
    touch,
)
from pipeline.intake.load import prepare_source, write
from pipeline.intake.pool import Readers, read_all
from pipeline.intake.reading import Status
from pipeline.store.database import transaction
from schemas.catalog import sources

OnFile = Callable[[str, int, int], None]

# A commit waits for the disk: some files share one, within what memory holds easily.
_BATCH_FILES = 100
_BATCH_ROWS = 200_000


@dataclass(frozen=True)
class Collected:
    """What tonight's files came to.

    `read`, `unchanged` and `vanished` files and `rows` read are those of tonight; `loaded` and `refused` count
    the files of the whole account that have a sheet of that status.
    """

    read: int
    unchanged: int
    vanished: int
    refused: int
    loaded: int
    rows: int


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
    create_ledger(con)
    install_macros(con)
    known = known_files(con)
    found = inbox.scan(exports)
    named = {file.source for file in found} | {file.source for file in known.values()}
    for source in sorted(named & sources().keys()):
        prepare_source(con, source)
    gone = _forget_vanished(con, known, found)
    readings = _without_copies([_reading(file, known.get(file.source_file)) for file in found])
    wanted = [reading for reading in readings if full or not _is_as_before(con, reading, known)]
    rows = _read_all(con, wanted, readers, on_file)
    by_status = files_by_status(con)
    return Collected(
        read=sum(not reading.refusal for reading in wanted),
        unchanged=len(readings) - len(wanted),
        vanished=len(gone),
        refused=by_status[Status.REFUSED],
        loaded=by_status[Status.LOADED],
        rows=rows,
    )


def _forget_vanished(
    con: duckdb.DuckDBPyConnection, known: Mapping[str, Known], found: Sequence[Found]
) -> list[Known]:
    gone = [known[path] for path in sorted(known.keys() - {file.source_file for file in found})]
    with transaction(con):
        forget(con, gone)
    return gone


def _reading(file: Found, before: Known | None) -> Reading:
    """Fingerprint a file; size and date as before vouch for the content as before."""
    if file.refusal:
        return Reading(file)
    if (
        before
        and before.digest
        and (before.size, before.modified_ns) == (file.size, file.modified_ns)
    ):
        return Reading(file, before.digest)
    try:
        return Reading(file, inbox.fingerprint(file.path))
    except DeliveryError as error:
        return Reading(replace(file, refusal=str(error)))


def _without_copies(readings: Sequence[Reading]) -> list[Reading]:
    """Mark files of equal content in one source: counted twice, every payment would be a double one."""
    first: dict[tuple[str, str], str] = {}
    marked = []
    for reading in readings:
        file = reading.file
        original = file.source_file
        if reading.digest and file.size:
            original = first.setdefault((file.source, reading.digest), file.source_file)
        marked.append(
            replace(reading, copy_of=original) if original != file.source_file else reading
        )
    return marked


def _is_as_before(
    con: duckdb.DuckDBPyConnection, reading: Reading, known: Mapping[str, Known]
) -> bool:
    """Whether what the ledger says of a file still holds; one that was not opened is tried again."""
    file = reading.file
    before = known.get(file.source_file)
    if before is None or reading.digest is None:
        return False
    now = (reading.digest, contract_digest(), reading.copy_of)
    if now != (before.digest, before.contract, before.copy_of):
        return False
    if (file.size, file.modified_ns) != (before.size, before.modified_ns):
        touch(con, file)
    return True


def _read_all(
    con: duckdb.DuckDBPyConnection,
    wanted: Sequence[Reading],
    readers: Readers,
    on_file: OnFile | None,
) -> int:
    """Read and write the files, some at a time; give the number of rows read."""
    rows = 0
    batch: list[Loading] = []
    with readers.spool() as spool:
        for place, loading in enumerate(read_all(wanted, readers, spool), 1):
            if on_file:
                on_file(loading.reading.file.source_file, place, len(wanted))
            batch.append(loading)
            rows += loading.size
            if len(batch) == _BATCH_FILES or sum(one.size for one in batch) >= _BATCH_ROWS:
                _settle(con, batch)
        _settle(con, batch)
    return rows


def _settle(con: duckdb.DuckDBPyConnection, batch: list[Loading]) -> None:
    """Write a batch and drop what was spooled of it."""
    if batch:
        write(con, batch)
    for loading in batch:
        if loading.rows:
            loading.rows.path.unlink()
    batch.clear()
