"""`qingji review`: put reviewed case files where every night reads them, and let them count at once."""

import shutil
from collections.abc import Iterable, Sequence
from itertools import chain, count
from pathlib import Path

import duckdb

from pipeline.cases.reviews import ReviewIntake, read_reviews
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
    found = _read(chosen)
    if not found.reviews:
        reasons = (
            "; ".join(sorted({issue.message for issue in found.issues})) or "no row is filled in"
        )
        raise UsageError(f"no decision in {', '.join(path.name for path in chosen)}: {reasons}")
    kept_as = [_keep(path, workspace.reviews) for path in chosen]
    settled = settle_again(workspace, settings)
    return [str(found), *_problems(workspace.registry, kept_as), settled]


def _read(files: Sequence[Path]) -> ReviewIntake:
    return read_reviews((path, path.name) for path in files)


def _keep(path: Path, reviews: Path) -> str:
    """Copy a file into the folder and give its name there; it holds full values, so it is its owner's alone.

    Every school sends a ledger.xlsx: a file that leaves out what one of the same name decided is put beside
    it, one that decides all of it again is its correction and takes its place.
    """
    reviews.mkdir(mode=0o750, exist_ok=True)
    if path.resolve().is_relative_to(reviews.resolve()):
        return path.resolve().relative_to(reviews.resolve()).as_posix()
    decided = _cases(path)
    places = chain(
        [reviews / path.name],
        (reviews / f"{path.stem}-{number}{path.suffix}" for number in count(2)),
    )
    target = next(one for one in places if not one.exists() or _cases(one) <= decided)
    shutil.copyfile(path, target)
    target.chmod(0o600)
    return target.name


def _cases(path: Path) -> set[str]:
    return {review.case_id for review in _read([path]).reviews}


def _problems(registry: Path, names: Sequence[str]) -> list[str]:
    """Tell what is wrong with these files, what only the night's cases could show included."""
    con = duckdb.connect(str(registry), read_only=True)
    try:
        rows = con.execute(
            """
            select source_file, source_row, message from review_issues
            where list_contains($names, source_file)
            order by source_file, source_row, message
            """,
            {"names": list(names)},
        ).fetchall()
    finally:
        con.close()
    return [f"{file} row {row or '-'}: {message}" for file, row, message in rows]
