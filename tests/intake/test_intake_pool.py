"""Readers in processes: what breaks one costs its file, and order and rows are as in one process."""

import os
import time
from pathlib import Path

import pytest
from delivered_files import HEADINGS, ROWS, SOURCE, put, table

from pipeline.intake import inbox
from pipeline.intake.delivery import Loading, read_file
from pipeline.intake.ledger import Reading
from pipeline.intake.pool import Read, Readers, read_all
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


def outcomes(loadings: list[Loading]) -> list[tuple[str, Status, int]]:
    return [
        (Path(one.reading.file.source_file).name, one.reports[0].status, one.size)
        for one in loadings
    ]


def test_processes_give_the_files_in_order_with_all_rows(tmp_path: Path) -> None:
    readings = three_files(tmp_path / "exports")
    with SIDE_BY_SIDE.spool() as spool:
        read = list(read_all(readings, SIDE_BY_SIDE, spool))
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
        read = list(read_all(readings, limits, spool, breaks))
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
        list(read_all(readings, readers, spool))
        assert len(list(spool.iterdir())) == 3
    assert list((tmp_path / "private" / "temp").iterdir()) == []
