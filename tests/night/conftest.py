"""Nights on the invented city, run once and looked at by many tests."""

import pytest
from sample_nights import FIRST, SAMPLE, SECOND, run_night

from pipeline.sample import lay_night
from pipeline.workspace import Workspace


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("first") / "city")
    lay_night(SAMPLE, "first_night", workspace.root)
    run_night(workspace, FIRST)
    return workspace


@pytest.fixture(scope="session")
def second_night(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("second") / "city")
    lay_night(SAMPLE, "first_night", workspace.root)
    run_night(workspace, FIRST)
    lay_night(SAMPLE, "second_night", workspace.root)
    run_night(workspace, SECOND)
    return workspace
