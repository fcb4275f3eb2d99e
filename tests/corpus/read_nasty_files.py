"""Read files as a night does, and say what was said of each and how much memory the largest process took."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from bad_delivery import SOURCE
from nasty_files import NASTY

from pipeline.intake import Readers, collect, inbox
from pipeline.intake.archive import contents
from pipeline.intake.delivery import Loading, read_file
from pipeline.intake.entrusted import Reading
from pipeline.store.database import set_as_of

# status, message and reasons, rows read, rows loaded and rejected
Told = tuple[str, str, int, int]


def told_of(extension: str, content: bytes, memory_bytes: int) -> list[Told]:
    """Give what is said of each sheet of a file; what is raised is a fault, as is a row not accounted for."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
    with TemporaryDirectory() as folder:
        path = Path(folder, "exports", SOURCE, f"a{extension}")
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        scratch = Path(folder, "scratch")
        scratch.mkdir()
        (found,) = inbox.scan(path.parent.parent)
        readings = contents(found, scratch) if extension == ".zip" else [Reading(found, "digest")]
        return [
            told
            for at, reading in enumerate(readings)
            for told in _told(read_file(reading, scratch / f"{at}.arrow"))
        ]


def _told(loading: Loading) -> list[Told]:
    reasons = " ".join(
        reason for table in loading.rejects for reason in table["reason"].to_pylist()
    )
    read = sum(report.rows_read for report in loading.reports)
    return [
        (str(report.status), f"{report.message} {reasons}".strip(), read, loading.size)
        for report in loading.reports
    ]


def told_of_all(exports: Path, memory_bytes: int) -> dict[str, list[Told]]:
    """Give what a night says of every file below a folder, its rows read and what became of them."""
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    collect(con, exports, Readers(processes=1, memory_bytes=memory_bytes, seconds=60))
    lines = con.execute(
        """
        select source_file, status,
            concat_ws(' ', message, (
                select string_agg(reason, ' ') from rejected_rows as rejected
                where rejected.source_file = delivery.source_file
            )),
            rows_read, rows_loaded + rows_rejected
        from deliveries as delivery
        order by source_file, sheet
        """
    ).fetchall()
    con.close()
    told: dict[str, list[Told]] = {}
    for file, *report in lines:
        told.setdefault(file, []).append(tuple(report))
    return told


def main() -> None:
    """Read the nasty files in one night, or those named; print what was said of each, and the cost of it all."""
    exports = Path(sys.argv[1], "exports")
    folder = exports / SOURCE
    folder.mkdir(parents=True)
    names = sys.argv[2:] or list(NASTY)
    files = {f"{number}{NASTY[name][0]}": name for number, name in enumerate(names)}
    for file, name in files.items():
        (folder / file).write_bytes(NASTY[name][1]())
    began = time.monotonic()
    told = told_of_all(exports, 3 << 30)
    said = {
        "seconds": round(time.monotonic() - began, 1),
        "megabytes": _peak_megabytes(),
        "files": {name: told[f"{SOURCE}/{file}"] for file, name in files.items()},
    }
    print(json.dumps(said, ensure_ascii=False, indent=1))  # noqa: T201


def _peak_megabytes() -> int:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, readers) // 1024


if __name__ == "__main__":
    main()
