"""`python -m pipeline.sample`: make the small nights, lay one into a workspace, check stories, keep score."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.sample import scorecard, stories
from pipeline.sample.card_table import render, render_misses
from pipeline.sample.lay import SAMPLE_DATA, SampleError, lay_night
from pipeline.sample.nights import make_small_nights
from pipeline.sample.stopwatch import time_groups

_USAGE = """\
usage: python -m pipeline.sample small              write sample_data/ anew
       python -m pipeline.sample lay NIGHT DIR      lay first_night or second_night into a workspace
       python -m pipeline.sample stories DIR        check the stories against the last night there
       python -m pipeline.sample score DIR          the last night there against its truth
       python -m pipeline.sample score DIR ID       what keeps a detector from its targets, a line each
       python -m pipeline.sample time DIR           score, and the families' detectors run anew against the clock
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
        case ["score", directory, *chosen] if len(chosen) < 2:
            return _score(Path(directory), chosen)
        case ["time", directory]:
            card = scorecard.score(Path(directory))
            sys.stdout.write(render(card, time_groups(Path(directory))) + "\n")
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


def _score(workspace: Path, chosen: list[str]) -> int:
    """Print the card, or the misses of the detector chosen."""
    try:
        if chosen:
            text = render_misses(scorecard.misses(workspace, chosen[0].upper()))
        else:
            text = render(scorecard.score(workspace))
    except scorecard.TruthError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
