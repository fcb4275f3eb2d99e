"""Lay the deliveries of a sample night into a workspace, as the offices of the city would."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"
REMOVED = "removed.txt"


class SampleError(ValueError):
    """There is no such sample night."""


def lay_night(sample_dir: Path, night: str, workspace: Path) -> None:
    """Lay one night into a workspace.

    A night folder holds the files that are new or differ from the night before; `removed.txt` names
    those that were taken away. Settings and truth are replaced by the night's own.
    """
    source = sample_dir / night
    if not (source / "exports").is_dir():
        raise SampleError(
            f"{source}: no such sample night; `python -m pipeline.sample small` makes them"
        )
    (workspace / "reviews").mkdir(parents=True, exist_ok=True)
    shutil.copytree(source / "exports", workspace / "exports", dirs_exist_ok=True)
    clear(workspace / "truth")
    shutil.copytree(source / "truth", workspace / "truth")
    shutil.copyfile(source / "qingji.toml", workspace / "qingji.toml")
    for name in _removed(source):
        (workspace / "exports" / name).unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take a folder away with all it holds, if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder)


def _removed(source: Path) -> list[str]:
    listing = source / REMOVED
    return listing.read_text(encoding="utf-8").split("\n")[:-1] if listing.is_file() else []
