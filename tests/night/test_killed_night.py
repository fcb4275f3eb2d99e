"""Whatever kills a night, what is published stays whole, and the next night needs no cleaning up."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_nights import FIRST, case_files, registry, run_night

from pipeline.workspace import Workspace


@pytest.mark.parametrize("after_seconds", [1.5, 2.5, 3.5, 5.0])
def test_a_killed_night_leaves_the_published_files_whole(
    first_night: Workspace, tmp_path: Path, after_seconds: float
) -> None:
    workspace = Workspace(tmp_path / "city")
    shutil.copytree(first_night.root, workspace.root, symlinks=True)
    before = case_files(workspace, FIRST)
    night = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "pipeline",
            "run",
            str(workspace.root),
            "--plain",
            "--full",
            "--as-of",
            FIRST.isoformat(),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after_seconds)
    night.send_signal(signal.SIGKILL)
    night.wait()

    assert case_files(workspace, FIRST) == before
    with registry(workspace) as con:
        assert con.execute("select count(*) > 0 from cases").fetchall() == [(True,)]

    run_night(workspace, FIRST)
    assert case_files(workspace, FIRST) == before
