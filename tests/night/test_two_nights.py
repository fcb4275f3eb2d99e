"""The golden nights: what the invented city shows on its first night and on its second."""

from pathlib import Path

import duckdb
import pytest
from sample_nights import FIRST, SECOND, case_files, registry, run_night

from pipeline.sample import score
from pipeline.workspace import Workspace


def test_every_planted_wrong_is_found_and_no_look_alike_is_accused(first_night: Workspace) -> None:
    judged = score(first_night.root)
    assert {one.detector_id: one.recall for one in judged.detectors if one.recall < 1} == {}
    assert judged.lookalikes_flagged == 0


def test_a_second_run_about_the_same_day_writes_the_same_case_files(first_night: Workspace) -> None:
    before = case_files(first_night, FIRST)
    run_night(first_night, FIRST)
    assert case_files(first_night, FIRST) == before


def test_unchanged_files_are_not_opened_again(
    second_night: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(
        "pipeline.intake.reading.open_delivery", lambda *given: opened.append(given) or ()
    )
    run_night(second_night, SECOND)
    assert opened == []


def test_rows_read_are_rows_loaded_plus_rows_rejected(second_night: Workspace) -> None:
    with registry(second_night) as con:
        assert (
            con.execute(
                "select source_file from deliveries where rows_read <> rows_loaded + rows_rejected"
            ).fetchall()
            == []
        )


def test_the_second_night_knows_new_open_and_gone_cases(second_night: Workspace) -> None:
    with registry(second_night) as con:
        statuses = dict(
            con.execute("select status, count(*) from cases group by status").fetchall()
        )
    assert statuses["new"] >= 1
    assert statuses["gone"] >= 1
    assert statuses["open"] > statuses["new"]


def test_a_file_that_is_no_workbook_is_named_with_a_remedy(second_night: Workspace) -> None:
    with registry(second_night) as con:
        refused = con.execute(
            "select source_file, message from deliveries where status = 'refused' order by 1"
        ).fetchall()
    assert len(refused) >= 2
    assert all(message for _, message in refused)


def test_the_published_database_holds_no_full_identity_number(second_night: Workspace) -> None:
    warehouse = duckdb.connect(str(second_night.warehouse), read_only=True)
    numbers = {
        number
        for (number,) in warehouse.execute(
            "select distinct id_number from core.person where id_number is not null"
        ).fetchall()
    }
    warehouse.close()
    assert len(numbers) > 100
    published: set[str] = set()
    with registry(second_night) as con:
        listed = con.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in listed:
            for row in con.execute(f'select * from "{table}"').fetchall():
                published.update(str(value) for value in row if isinstance(value, str))
    text = "\n".join(sorted(published))
    assert [number for number in sorted(numbers) if number in text] == []


def test_private_files_are_for_their_owner_alone(second_night: Workspace) -> None:
    loose = [
        str(path)
        for path in [second_night.private, *second_night.private.rglob("*")]
        if not path.is_symlink() and path.stat().st_mode & 0o077
    ]
    assert loose == []


def test_every_published_table_and_column_has_a_comment(second_night: Workspace) -> None:
    with registry(second_night) as con:
        bare = con.execute(
            """
            select table_name, column_name from duckdb_columns()
            where not internal and comment is null
            union all
            select table_name, '' from duckdb_tables() where comment is null
            """
        ).fetchall()
    assert bare == []


def test_deliveries_are_never_changed(first_night: Workspace, tmp_path: Path) -> None:
    del tmp_path
    assert not any(path.suffix == ".duckdb" for path in first_night.exports.rglob("*"))
