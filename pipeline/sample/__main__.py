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
    """Do what the arguments ask; give the exit code: 2 where there is nothing to do it on."""
    try:
        return _do(arguments)
    except (SampleError, scorecard.TruthError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _do(arguments: list[str]) -> int:
    match arguments:
        case ["small"]:
            make_small_nights(SAMPLE_DATA)
        case ["lay", night, directory]:
            lay_night(SAMPLE_DATA, night, Path(directory))
        case ["stories", directory]:
            return _check(Path(directory))
        case ["score", directory]:
            _say(render(scorecard.score(Path(directory))))
        case ["score", directory, id_]:
            _say(render_misses(scorecard.misses(Path(directory), id_.upper())))
        case ["time", directory]:
            card = scorecard.score(Path(directory))
            _say(render(card, time_groups(Path(directory))))
        case _:
            sys.stderr.write(_USAGE)
            return 2
    return 0


def _check(workspace: Path) -> int:
    """Check the stories of the night whose settings the workspace has."""
    toml = workspace / "qingji.toml"
    if not toml.is_file():
        raise SampleError(f"{toml}: missing; `python -m pipeline.sample lay` lays a night")
    settings = toml.read_text(encoding="utf-8")
    second = (SAMPLE_DATA / "second_night" / "qingji.toml").read_text(encoding="utf-8")
    night = "second_night" if settings == second else "first_night"
    checked = stories.check(workspace, stories.read(SAMPLE_DATA), night)
    _say(stories.render(checked))
    return 0 if all(one.holds for one in checked) else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
