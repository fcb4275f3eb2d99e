"""`python -m pipeline.sample`: make the small nights, lay one into a workspace, check its stories."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.sample import stories
from pipeline.sample.lay import SAMPLE_DATA, SampleError, lay_night
from pipeline.sample.nights import make_small_nights

_USAGE = """\
usage: python -m pipeline.sample small              write sample_data/ anew
       python -m pipeline.sample lay NIGHT DIR      lay first_night or second_night into a workspace
       python -m pipeline.sample stories DIR        check the stories against the last night there
"""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; give the exit code."""
    match arguments:
        case ["small"]:
            make_small_nights(SAMPLE_DATA)
        case ["lay", night, directory]:
            return _lay(night, Path(directory))
        case ["stories", directory]:
            return _check(Path(directory))
        case _:
            sys.stderr.write(_USAGE)
            return 2
    return 0


def _lay(night: str, workspace: Path) -> int:
    try:
        lay_night(SAMPLE_DATA, night, workspace)
    except SampleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _check(workspace: Path) -> int:
    """Check the stories of the night whose settings the workspace has."""
    settings = (workspace / "qingji.toml").read_text(encoding="utf-8")
    second = (SAMPLE_DATA / "second_night" / "qingji.toml").read_text(encoding="utf-8")
    night = "second_night" if settings == second else "first_night"
    checked = stories.check(workspace, stories.read(SAMPLE_DATA), night)
    sys.stdout.write(stories.render(checked) + "\n")
    return 0 if all(one.holds for one in checked) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
