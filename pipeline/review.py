"""`qingji review`: put reviewed case files where every night reads them, and let them count at once."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.cases.reviews import read_reviews
from pipeline.errors import UsageError
from pipeline.night import settle_again
from pipeline.settings import Settings
from pipeline.workspace import Workspace


def take_in(workspace: Workspace, settings: Settings, files: Iterable[Path]) -> list[str]:
    """Copy the files into reviews/, settle the last night's cases anew and publish; give what to tell."""
    chosen = list(files)
    missing = [path for path in chosen if not path.is_file()]
    if missing:
        raise UsageError(f"{missing[0]}: no such file")
    found = read_reviews((path, path.name) for path in chosen)
    if not found.reviews:
        reasons = (
            "; ".join(sorted({issue.message for issue in found.issues})) or "no row is filled in"
        )
        raise UsageError(f"no decision in {', '.join(path.name for path in chosen)}: {reasons}")
    workspace.reviews.mkdir(exist_ok=True)
    for path in chosen:
        target = workspace.reviews / path.name
        if path.resolve() != target.resolve():
            shutil.copyfile(path, target)
    told = [str(found)]
    told += [
        f"{one.source_file} row {one.source_row or '-'}: {one.message}" for one in found.issues
    ]
    told.append(settle_again(workspace, settings))
    return told
