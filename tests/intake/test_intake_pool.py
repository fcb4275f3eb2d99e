"""Readers in processes: what breaks one costs its file, and order and rows are as in one process."""

import os
import time
from pathlib import Path

import pytest
from delivered_files import HEADINGS, ROWS, SOURCE, put, table

from pipeline.intake import inbox
from pipeline.intake import spool as spool_of_parts
from pipeline.intake.delivery import Loading, read_file
from pipeline.intake.entrusted import Reading
from pipeline.intake.pool import Growing, Read, Readers, reading_all
from pipeline.intake.reading import Status

SIDE_BY_SIDE = Readers(processes=2)


def three_files(exports: Path) -> list[Reading]:
    content = table(HEADINGS, *ROWS).encode()
    put(exports, {f"{SOURCE}/{name}.csv": content for name in ("a", "b", "c")})
    return [Reading(file, inbox.fingerprint(file.path)) for file in inbox.scan(exports)]


def dies_on_b(reading: Reading, spool: Path) -> Loading:
    if reading.file.source_file.endswith("b.csv"):
        os._exit(1)
    return read_file(reading, spool)


def hangs_on_b(reading: Reading, spool: Path) -> Loading:
    while reading.file.source_file.endswith("b.csv"):
        time.sleep(0.05)
    return read_file(reading, spool)


def eats_memory_on_b(reading: Reading, spool: Path) -> Loading:
    if reading.file.source_file.endswith("b.csv"):
        bytearray(3 << 30)
    return read_file(reading, spool)


def all_read(
    readings: list[Reading], readers: Readers, spool: Path, read: Read = read_file
) -> list[Loading]:
    with reading_all(readings, readers, spool, read) as told:
        return [one.outcome() if isinstance(one, Growing) else one for one in told]


def outcomes(loadings: list[Loading]) -> list[tuple[str, Status, int]]:
    return [
        (Path(one.reading.file.source_file).name, one.reports[0].status, one.size)
        for one in loadings
    ]


def test_processes_give_the_files_in_order_with_all_rows(tmp_path: Path) -> None:
    readings = three_files(tmp_path / "exports")
    with SIDE_BY_SIDE.spool() as spool:
        read = all_read(readings, SIDE_BY_SIDE, spool)
        assert outcomes(read) == [(f"{name}.csv", Status.LOADED, len(ROWS)) for name in "abc"]
        names = [one.rows.open()["name"].to_pylist() for one in read if one.rows]
    assert names == [[row[1] for row in ROWS]] * 3


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        (dies_on_b, "breaks its reader"),
        (hangs_on_b, "takes too long"),
        (eats_memory_on_b, "more memory than is allowed"),
    ],
)
def test_a_file_that_breaks_its_reader_is_refused_and_the_others_are_read(
    tmp_path: Path, breaks: Read, told: str
) -> None:
    limits = Readers(processes=1, seconds=6, seconds_a_megabyte=0, memory_bytes=2 << 30)
    readings = three_files(tmp_path / "exports")
    with limits.spool() as spool:
        read = all_read(readings, limits, spool, breaks)
    assert [status for _, status, _ in outcomes(read)] == [
        Status.LOADED,
        Status.REFUSED,
        Status.LOADED,
    ]
    assert told in read[1].reports[0].message


def test_the_spool_is_gone_when_reading_is_over(tmp_path: Path) -> None:
    readings = three_files(tmp_path / "exports")
    readers = Readers(folder=tmp_path / "private" / "temp")
    with readers.spool() as spool:
        all_read(readings, readers, spool)
        assert len(list(spool.iterdir())) == 3
    assert list((tmp_path / "private" / "temp").iterdir()) == []


def rows_of_a_large_file(exports: Path, name: str, rows: int) -> list[Reading]:
    lines = "\n".join(",".join(ROWS[number % len(ROWS)]) for number in range(rows))
    put(exports, {f"{SOURCE}/{name}": f"{','.join(HEADINGS)}\n{lines}\n".encode()})
    return [Reading(file, inbox.fingerprint(file.path)) for file in inbox.scan(exports)]


def test_a_large_file_is_given_while_it_is_being_read_and_no_row_is_lost(tmp_path: Path) -> None:
    rows = 3 * spool_of_parts.PART_ROWS + 1
    readings = rows_of_a_large_file(tmp_path / "exports", "large.csv", rows)
    with SIDE_BY_SIDE.spool() as spool, reading_all(readings, SIDE_BY_SIDE, spool) as told:
        (one,) = told
        assert isinstance(one, Growing)
        parts = [len(part) for part in one.parts]
        loading = one.outcome()
        assert loading.rows is not None
        loading.rows.remove()
        assert list(spool.iterdir()) == []
    assert parts == [*3 * [spool_of_parts.PART_ROWS], 1]
    assert loading.rows.rows == rows
