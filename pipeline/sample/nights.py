"""Make the two small nights that the repository carries, with their stories."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from pathlib import Path

from pipeline.sample import second_night, stories
from pipeline.sample.city import City
from pipeline.sample.lay import REMOVED, clear
from pipeline.sample.world import build_city, write_city

STUDENTS = 900
SEED = 20240415


def make_small_nights(sample_dir: Path) -> None:
    """Write first_night/ whole, second_night/ as differences, stories.yml and README.md."""
    today, tomorrow = _city(), _city()
    second_night.live_on(tomorrow)
    first = sample_dir / "first_night"
    clear(first)
    write_city(first, today)
    (first / "reviews").rmdir()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder)
        write_city(whole, tomorrow)
        shutil.rmtree(whole / "exports" / second_night.VANISHED)
        second_night.spoil(whole / "exports")
        _keep_differences(first, whole, sample_dir / "second_night")
    stories.write(sample_dir, today, tomorrow)


def _city() -> City:
    return build_city(students=STUDENTS, seed=SEED)


def _keep_differences(before: Path, after: Path, target: Path) -> None:
    """Keep what was delivered again and differs, and what is new; list what is gone.

    The other offices delivered nothing that day, so their files and truth stay as they were.
    """
    clear(target)
    old, new = _files(before / "exports"), _files(after / "exports")
    for name in sorted(new):
        is_kept = name in old and not _is_delivered_again(name)
        if is_kept or (name in old and filecmp.cmp(old[name], new[name], shallow=False)):
            continue
        place = target / "exports" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(new[name], place)
    shutil.copytree(after / "truth", target / "truth")
    _mend_persons(before / "truth", after / "truth", target / "truth")
    shutil.copyfile(after / "qingji.toml", target / "qingji.toml")
    gone = sorted(set(old) - set(new))
    (target / REMOVED).write_text("".join(f"{name}\n" for name in gone), encoding="utf-8")


def _is_delivered_again(name: str) -> bool:
    return name.split("/", maxsplit=1)[0] in second_night.DELIVERED_AGAIN


def _mend_persons(before: Path, after: Path, target: Path) -> None:
    """Take each row's truth from the night on which its file was last delivered."""
    lines = {
        folder: (folder / "persons.csv").read_text("utf-8").splitlines()
        for folder in (before, after)
    }
    kept = [
        line
        for line in lines[before][1:]
        if not _is_delivered_again(line.replace(",", "/", 1))
        and not line.startswith(second_night.VANISHED)
    ]
    renewed = [line for line in lines[after][1:] if _is_delivered_again(line.replace(",", "/", 1))]
    listing = [lines[before][0], *renewed, *kept]
    (target / "persons.csv").write_text("\n".join(listing) + "\n", encoding="utf-8")


def _files(exports: Path) -> dict[str, Path]:
    return {
        path.relative_to(exports).as_posix(): path for path in exports.rglob("*") if path.is_file()
    }
