"""Check deliveries: read them as a night would, tell what is wrong, and mark it where it stands if asked to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.checking.account import account_of
from pipeline.checking.chosen import chosen_files
from pipeline.checking.findings import SheetCheck, sheet_checks
from pipeline.checking.marked import Marker, log_export
from pipeline.errors import UsageError
from pipeline.settings import load_settings
from pipeline.workspace import Workspace

_TEMPLATE = ".template.xlsx"


@dataclass(frozen=True)
class Checked:
    """What a check came to: every sheet, and the marked workbooks that were written."""

    sheets: tuple[SheetCheck, ...]
    workbooks: tuple[Path, ...] = ()

    @property
    def is_unreadable(self) -> bool:
        """Whether there are deliveries and none of them could be read."""
        statuses = {check.status for check in self.sheets}
        return "refused" in statuses and statuses <= {"refused", "empty"}


def check_deliveries(
    workspace: Workspace,
    files: Sequence[Path] = (),
    *,
    source: str = "",
    marked: Path | None = None,
) -> Checked:
    """Read the named files, or all deliveries; write marked workbooks to the folder `marked`, if there is one.

    A file outside exports/ is read as a delivery of `source`, or of the source its headings fit. Nothing is
    changed. Raises UsageError for files that are not there, and for a folder that workbooks must not lie in.
    """
    settings = load_settings(workspace.root)
    if marked:
        _assert_private(workspace, marked)
    found = chosen_files(workspace, files, source)
    with account_of(workspace, settings, found) as con:
        every = sheet_checks(con)
        checks = [one for one in every if not _is_blank_template(one)] or (every if files else [])
        if not marked or not any(check.findings for check in checks):
            return Checked(tuple(checks))
        # Before the files: an export that nobody logged is worse than a log of one that did not come about.
        log_export(workspace, marked, checks)
        written = Marker(marked, settings.language).write(con, found, checks)
    return Checked(tuple(checks), tuple(written))


def _assert_private(workspace: Workspace, folder: Path) -> None:
    """Keep marked workbooks from where they would be read as deliveries or reviews, or be published."""
    for kept in (workspace.exports, workspace.reviews, workspace.published):
        if folder.resolve().is_relative_to(kept.resolve()):
            raise UsageError(
                f"--marked {folder}: lies in {kept.name}/; name a folder that is only for marked workbooks, "
                f"such as {workspace.private / 'checked'}"
            )


def _is_blank_template(check: SheetCheck) -> bool:
    return check.status == "empty" and check.source_file.endswith(_TEMPLATE)
