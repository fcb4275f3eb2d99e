"""Generations of the published folder: a new one is built beside, and one rename of a link swaps it in.

`published` is a symbolic link to `.published/000012`. Whatever kills the program, the link points at a whole
generation: the one before, or the new one. What a killed night left behind is swept away by the next.
"""

import os
import shutil
from datetime import date
from pathlib import Path

from pipeline.errors import PublicationError

_DATED = ("cases", "report")
"""Folders that keep a folder of every night."""


def begin(published: Path, as_of: date) -> Path:
    """Make the folder in which the next generation is built; it holds what former nights published, by links."""
    tidy(published)
    building = _home(published) / f"building-{as_of.isoformat()}"
    building.mkdir(mode=0o750)
    for kind in _DATED:
        (building / kind).mkdir(mode=0o750)
        if (published / kind).is_dir():
            _carry_over(published / kind, building / kind, but=as_of)
    return building


def swap_in(published: Path, building: Path) -> None:
    """Make the generation that was built the published one, whole or not at all."""
    _point_at_newest(building / "cases")
    _make_durable(building)
    home = _home(published)
    numbers = _numbers(home)
    generation = home / f"{(numbers[-1] if numbers else 0) + 1:06d}"
    building.rename(generation)
    _sync_folder(home)
    _link(published, generation)
    _sweep(home, kept=_numbers(home)[-2:])


def tidy(published: Path) -> None:
    """Sweep away what a killed night left; afterwards `published`, if there is any, is a link to a whole generation."""
    home = _home(published)
    home.mkdir(mode=0o750, exist_ok=True)
    if published.is_dir() and not published.is_symlink():
        _adopt(published, home)
    numbers = _numbers(home)
    if not published.exists() and numbers:
        _link(published, home / f"{numbers[-1]:06d}")
    if published.is_symlink():
        current = int(published.resolve().name)
        _sweep(home, kept=[number for number in numbers if number <= current][-2:])
    else:
        _sweep(home, kept=[])


def _home(published: Path) -> Path:
    return published.with_name(".published")


def _numbers(home: Path) -> list[int]:
    return sorted(int(path.name) for path in home.iterdir() if path.name.isdigit())


def _adopt(published: Path, home: Path) -> None:
    """Take over a plain folder: an empty one of `qingji init`, or a restored copy that lost its link."""
    if not any(published.iterdir()):
        published.rmdir()
        return
    numbers = _numbers(home)
    published.rename(home / f"{(numbers[-1] if numbers else 0) + 1:06d}")


def _carry_over(old: Path, new: Path, *, but: date) -> None:
    for night in sorted(old.iterdir()):
        if (
            night.is_dir()
            and not night.is_symlink()
            and night.name not in {but.isoformat(), "latest"}
        ):
            shutil.copytree(night, new / night.name, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links: a copy costs room, nothing else
        shutil.copy2(source, target)


def _point_at_newest(folder: Path) -> None:
    nights = sorted(
        path.name for path in folder.iterdir() if path.is_dir() and path.name != "latest"
    )
    latest = folder / "latest"
    if latest.is_symlink():
        latest.unlink()
    if nights:
        try:
            latest.symlink_to(nights[-1])
        except OSError:
            shutil.copytree(folder / nights[-1], latest, copy_function=_link_or_copy)


def _link(published: Path, generation: Path) -> None:
    """Point the published link at a generation by one rename, which no reader can catch half-way."""
    fresh = _home(published) / "link"
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(Path(generation.parent.name) / generation.name)
    except OSError as error:
        raise PublicationError(
            f"{published}: this file system has no symbolic links, so files cannot be swapped in whole; "
            "put the workspace on a local disk (ext4, xfs, apfs)"
        ) from error
    fresh.replace(published)
    _sync_folder(published.parent)


def _sweep(home: Path, *, kept: list[int]) -> None:
    """Remove all but these generations; the one before the present stays for those who are reading it."""
    names = {f"{number:06d}" for number in kept}
    for path in sorted(home.iterdir()):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.name not in names:
            shutil.rmtree(path)


def _make_durable(folder: Path) -> None:
    """Have the disk hold every file and folder before anything points at them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        elif path.is_dir() and not path.is_symlink():
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
