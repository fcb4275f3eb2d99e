"""What `qingji explain` and `qingji doctor` say where things are not as they should be."""

from pathlib import Path

import pytest
from sample_nights import registry
from small_night import DAY, a_bureau, night

from pipeline.errors import PipelineError, UsageError
from pipeline.explain import explain_case
from pipeline.settings import Settings
from pipeline.store.database import open_warehouse
from pipeline.store.doctor import examine
from pipeline.store.scaffold import make_workspace
from pipeline.workspace import Workspace


def test_an_explanation_tells_which_excuse_could_not_be_tested(tmp_path: Path) -> None:
    workspace = a_bureau(tmp_path / "bureau")
    night(workspace, DAY)
    with registry(workspace) as con:
        (case, missing), *_ = con.execute("select case_id, missing_inputs from cases").fetchall()
    told = explain_case(workspace, Settings(), case)
    assert ("NOT TESTED" in told) == bool(missing)
    assert "which does not show it" in told


def test_a_case_of_a_workspace_whose_first_night_broke_is_a_matter_of_usage(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with open_warehouse(workspace.warehouse, Settings(), temp=workspace.temp):
        pass
    with pytest.raises(UsageError, match="no night has come to its end"):
        explain_case(workspace, Settings(), "DE101-00000000")


def test_a_damaged_warehouse_is_told_with_what_replacing_it_costs(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.private.mkdir()
    workspace.warehouse.write_bytes(b"no database" * 1000)
    with (
        pytest.raises(PipelineError, match="put a backup in its place"),
        open_warehouse(workspace.warehouse, Settings(), temp=workspace.temp),
    ):
        pass


def test_the_doctor_minds_deliveries_that_everybody_can_read(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "")
    assert not any("read by everybody" in one for one in examine(workspace))
    workspace.exports.chmod(0o755)
    assert any("chmod o-rwx" in one for one in examine(workspace))
