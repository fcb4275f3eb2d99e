"""An empty workspace: templates that intake knows, a lock for one, and a doctor who complains with remedies."""

from __future__ import annotations

import stat
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline.conform.core import build_core, prepare
from pipeline.errors import WorkspaceBusyError
from pipeline.intake import collect
from pipeline.settings import Settings, render_settings
from pipeline.store.database import open_warehouse, set_as_of
from pipeline.store.doctor import examine
from pipeline.store.lock import held
from pipeline.store.scaffold import make_workspace
from pipeline.workspace import Workspace
from schemas.catalog import sources


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("made") / "bureau")
    assert make_workspace(workspace, render_settings()) == len(sources())
    return workspace


@pytest.fixture(scope="module")
def collected(made: Workspace) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    collect(con, made.exports)
    return con


def test_every_source_has_a_template_whose_headings_intake_recognises(
    collected: duckdb.DuckDBPyConnection,
) -> None:
    recognised = collected.execute(
        "select source from deliveries where message = 'the template, not filled in' order by source"
    ).fetchall()
    assert recognised == [(name,) for name in sources()]


def test_no_sheet_of_a_template_is_refused(collected: duckdb.DuckDBPyConnection) -> None:
    refused = "select source_file, sheet, message from deliveries where status = 'refused'"
    assert collected.execute(refused).fetchall() == []


def test_templates_that_nobody_filled_in_are_no_delivery(
    collected: duckdb.DuckDBPyConnection,
) -> None:
    prepare(collected)
    build_core(collected)
    assert collected.execute("from core.delivered").fetchall() == []


def test_a_template_keeps_long_numbers_as_text(made: Workspace) -> None:
    book = openpyxl.load_workbook(made.exports / "k12_students" / "k12_students.template.xlsx")
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["A"].width >= 12
    assert sheet["A1"].number_format == "@"


def test_init_keeps_what_is_there(made: Workspace) -> None:
    settings = made.root / "qingji.toml"
    settings.write_text('language = "en"\n', encoding="utf-8")
    make_workspace(made, render_settings())
    assert settings.read_text("utf-8") == 'language = "en"\n'


def test_only_one_may_hold_a_workspace(tmp_path: Path) -> None:
    with (
        held(tmp_path),
        pytest.raises(WorkspaceBusyError, match="wait for it to end"),
        held(tmp_path),
    ):
        pass
    with held(tmp_path):
        pass


def test_a_warehouse_is_private_and_knows_its_day(tmp_path: Path) -> None:
    path = tmp_path / "private" / "warehouse.duckdb"
    with open_warehouse(path, Settings(), temp=tmp_path / "private" / "temp") as con:
        set_as_of(con, "2024-04-15")
        assert con.execute("select as_of()::varchar").fetchall() == [("2024-04-15",)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_doctor_finds_a_new_workspace_lacking_only_a_night(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, render_settings())
    complaints = [said for said in examine(workspace) if "MB are free" not in said]
    assert complaints == ["nothing is published yet; `qingji run` runs a night"]


def test_the_doctor_names_what_is_wrong_and_the_remedy(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "colour = 1\n")
    (workspace.exports / "studnets").mkdir()
    (workspace.exports / "a.xlsx").touch()
    workspace.private.chmod(0o755)
    told = "\n".join(examine(workspace))
    assert "colour" in told
    assert "exports/studnets: no such source" in told
    assert "exports/a.xlsx: lies outside the folders" in told
    assert f"chmod 700 {workspace.private}" in told


def test_the_doctor_misses_a_workspace_that_was_never_made(tmp_path: Path) -> None:
    told = "\n".join(examine(Workspace(tmp_path)))
    assert "qingji.toml is missing" in told
    assert "exports is missing" in told


def published(workspace: Workspace, *deliveries: tuple[str, str, str, str]) -> None:
    """Publish an account of deliveries (source, file, status, message) and a night without detectors."""
    workspace.published.mkdir()
    with duckdb.connect(str(workspace.registry)) as con:
        con.execute(
            "create table deliveries (source text, source_file text, status text, message text, sheet text default '')"
        )
        con.executemany(
            "insert into deliveries (source, source_file, status, message) values (?, ?, ?, ?)",
            deliveries,
        )
        con.execute("create table runs (run_id int, started_at date)")
        con.execute(
            "create table detector_runs (run_id int, detector_id text, status text, reason text)"
        )


def test_an_empty_template_does_not_hide_that_a_list_was_never_delivered(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    published(
        workspace,
        ("schools", "schools/a.csv", "loaded", ""),
        ("graduates", "graduates/graduates.template.xlsx", "empty", "the template, not filled in"),
    )
    (said,) = [one for one in examine(workspace) if one.startswith("never delivered")]
    assert "graduates" in said
    assert "schools" not in said


def test_the_doctor_names_deliveries_that_were_not_read_or_came_twice(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    published(
        workspace,
        ("schools", "schools/a.xlsx", "refused", "is protected by a password; save it without one"),
        ("schools", "schools/c.csv", "copy", "is a copy of schools/b.csv; delete one of the two"),
        ("schools", "schools/d.csv", "replaced", "is replaced by schools/e.csv"),
    )
    told = [said for said in examine(workspace) if said.startswith("exports/")]
    assert told == [
        "exports/schools/a.xlsx: is protected by a password; save it without one",
        "exports/schools/c.csv: is a copy of schools/b.csv; delete one of the two",
    ]


def test_the_doctor_finds_workbooks_that_are_still_open(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "")
    (workspace.exports / "schools" / "~$名录.xlsx").touch()
    assert any("exports/schools/~$名录.xlsx: somebody has" in said for said in examine(workspace))


def test_an_archive_may_lie_beside_the_folders_it_holds(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "")
    (workspace.exports / "all.zip").touch()
    assert not any("all.zip" in said for said in examine(workspace))


def test_the_doctor_minds_marked_deliveries_that_others_can_read(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    make_workspace(workspace, "")
    marked = workspace.root / "checked" / "一班.checked.xlsx"
    marked.parent.mkdir()
    marked.touch(mode=0o600)
    assert not any("marked delivery" in said for said in examine(workspace))
    marked.chmod(0o640)
    assert any(f"chmod 600 {marked}" in said for said in examine(workspace))
