"""Write deliveries anew with every fault marked where it stands, for those who have to put them right.

The workbooks hold what the deliveries hold: each is its owner's alone (0600), and the audit log says that they exist.
"""

import getpass
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import duckdb
import xlsxwriter

from pipeline.calendar import instant
from pipeline.cases.rules import Language
from pipeline.checking.findings import SheetCheck
from pipeline.checking.layout import laid_out
from pipeline.checking.looks import Looks
from pipeline.checking.marked_sheet import MarkedSheet
from pipeline.checking.marks import Mark, Marks
from pipeline.checking.overview import Overview, SheetResult
from pipeline.checking.wording import word
from pipeline.intake.archive import at_hand, contents
from pipeline.intake.inbox import Found
from pipeline.intake.reading import Status
from pipeline.privacy import audit
from pipeline.store.doctor import MARKED
from pipeline.workspace import Workspace

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
# Excel keeps this name for itself.
_TAKEN = frozenset(("history",))
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Marker:
    """Where and in which language marked workbooks are written."""

    folder: Path
    language: Language

    def write(
        self,
        con: duckdb.DuckDBPyConnection,
        found: Iterable[Found],
        checks: Sequence[SheetCheck],
    ) -> list[Path]:
        """Write a workbook for each delivery with findings; give their paths. `con` has the account."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken: set[Path] = set()
        with TemporaryDirectory(prefix=".unpacked-", dir=self.folder) as scratch:
            for file in _unpacked(found, Path(scratch)):
                own = {one.sheet: one for one in checks if one.source_file == file.source_file}
                if any(check.findings for check in own.values()):
                    path = self._place(file.source_file, taken)
                    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    with at_hand(file, Path(scratch)) as content:
                        self._write_one(con, path, replace(file, path=content), own)
                    taken.add(path)
        return sorted(taken)

    def _place(self, source_file: str, taken: set[Path]) -> Path:
        """Give the path of a workbook: that of the delivery, with its extension where two would meet."""
        named = PurePosixPath(source_file)
        inner = PurePosixPath(named.name) if named.is_absolute() or ".." in named.parts else named
        short = self.folder / inner.with_name(f"{inner.stem}{MARKED}")
        return short if short not in taken else self.folder / f"{inner}{MARKED}"

    def _write_one(
        self,
        con: duckdb.DuckDBPyConnection,
        path: Path,
        file: Found,
        checks: Mapping[str, SheetCheck],
    ) -> None:
        # Rows are spilled beside the workbook, never to a folder of all users.
        with TemporaryDirectory(prefix=".check-", dir=path.parent) as spool:
            unfinished = Path(spool) / path.name
            with _workbook(unfinished) as book:
                looks = Looks.of(book)
                titles = _Titles()
                first = book.add_worksheet(titles.free(word("title", self.language)))
                results = []
                for laid in laid_out(file.path, file.extension, file.source, Path(spool)):
                    title = titles.free(laid.name or PurePosixPath(file.source_file).stem)
                    sheet = MarkedSheet(book.add_worksheet(title), laid, looks, self.language)
                    check = checks[laid.name]
                    sheet.write(*_marks(con, check))
                    results.append(SheetResult(title, check, sheet.places))
                Overview(first, looks, self.language).write(file.source_file, results)
            unfinished.chmod(0o600)
            unfinished.replace(path)


def log_export(workspace: Workspace, folder: Path, checks: Iterable[SheetCheck]) -> None:
    """Note in the audit log that marked workbooks are written, and of how many rows."""
    rows = sum(check.rows_read for check in checks)
    audit.append(
        workspace.audit_log,
        audit.AuditEntry(
            instant(), getpass.getuser(), "export marked workbooks", str(folder), rows
        ),
    )


def _unpacked(found: Iterable[Found], scratch: Path) -> Iterator[Found]:
    """Give the deliveries, members of archives in place of these."""
    for file in found:
        if file.extension == ".zip" and not file.refusal:
            yield from (reading.file for reading in contents(file, scratch))
        else:
            yield file


def _marks(
    con: duckdb.DuckDBPyConnection, check: SheetCheck
) -> tuple[Marks | None, Sequence[Mark]]:
    """Give the faults of a sheet row by row, and those of whole columns; a sheet that was not read has none."""
    if check.status != Status.LOADED:
        return None, ()
    columns = [
        Mark(finding.kind, finding.column_name, finding.heading, finding.reason)
        for finding in check.findings
        if finding.kind == "column"
    ]
    return Marks(con, check), columns


def _workbook(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        },
    )
    book.set_properties({"created": _CREATED})
    return book


class _Titles:
    """Names that Excel takes for sheets, each once."""

    def __init__(self) -> None:
        self._taken = set(_TAKEN)

    def free(self, name: str) -> str:
        """Give a name for a sheet, as like `name` as may be."""
        plain = _FORBIDDEN.sub("_", name).strip("'")[:_LONGEST_NAME] or "_"
        title = plain
        for number in count(2):
            if title.casefold() not in self._taken:
                break
            end = f" ({number})"
            title = plain[: _LONGEST_NAME - len(end)] + end
        self._taken.add(title.casefold())
        return title
