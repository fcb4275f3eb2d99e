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

from pipeline.errors import DeliveryError
from pipeline.intake import Readers, collect
from pipeline.intake.reading import read_delivery
from pipeline.store.database import set_as_of

# status, message and reasons, rows read, rows loaded and rejected
Told = tuple[str, str, int, int]


def told_of(extension: str, content: bytes, memory_bytes: int) -> list[Told]:
    """Give what is said of each sheet of a file; whatever is raised but a refusal is a fault."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (2 * memory_bytes, hard))
    told: list[Told] = []
    with TemporaryDirectory() as folder:
        path = Path(folder, f"a{extension}")
        path.write_bytes(content)
        if extension == ".zip":
            return [report for reports in told_of_all_in(path).values() for report in reports]
        try:
            for sheet in read_delivery(path, extension, SOURCE):
                rows = sum(len(table) for table in sheet.tables)
                reasons = " ".join(reject.reason for reject in sheet.rejects)
                said = f"{sheet.message} {reasons}".strip()
                told.append((str(sheet.status), said, rows, rows))
        except DeliveryError as error:
            told.append(("refused", str(error), 0, 0))
    return told


def told_of_all_in(path: Path) -> dict[str, list[Told]]:
    """Give what a night says of one file."""
    folder = path.parent / "exports" / SOURCE
    folder.mkdir(parents=True)
    path.rename(folder / path.name)
    return told_of_all(folder.parent, 2 << 30)


def told_of_all(exports: Path, memory_bytes: int) -> dict[str, list[Told]]:
    """Give what a night says of every file below a folder, its rows read and what became of them."""
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    collect(con, exports, Readers(memory_bytes=memory_bytes, seconds=60))
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
    """Read every nasty file in a night of its own; print a report of each."""
    root = Path(sys.argv[1])
    wanted = sys.argv[2:] or list(NASTY)
    said = {}
    for number, name in enumerate(wanted):
        extension, make = NASTY[name]
        folder = root / str(number) / "exports" / SOURCE
        folder.mkdir(parents=True)
        (folder / f"a{extension}").write_bytes(make())
        began = time.monotonic()
        told = told_of_all(folder.parent, 2 << 30)
        said[name] = {
            "reports": [report for reports in told.values() for report in reports],
            "seconds": round(time.monotonic() - began, 1),
            "megabytes": _peak_megabytes(),
        }
    print(json.dumps(said, ensure_ascii=False, indent=1))  # noqa: T201


def _peak_megabytes() -> int:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, readers) // 1024


if __name__ == "__main__":
    main()
