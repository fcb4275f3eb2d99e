"""What a night publishes: a masked database that explains itself, case files, a report."""

import stat
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from invented_night import FIRST, ID, NAME, SECOND, ZZ, Bureau, Finding

from pipeline.errors import PublicationError
from pipeline.intake import create_ledger
from pipeline.report import measure, write_edition
from pipeline.store.publish import publish
from schemas.catalog import sources


@pytest.fixture(scope="module")
def bureau() -> Iterator[Bureau]:
    bureau = Bureau(delivered=tuple(sources()))
    create_ledger(bureau.con)  # with its comments, which an invented bureau goes without
    bureau.enrol("a0", "vocational_students", "vocational", ZZ, row=3)
    bureau.night(FIRST, [Finding(amount_paid=500)])
    measure(bureau.con, timeliness_known=False)
    yield bureau
    bureau.con.close()


@pytest.fixture(scope="module")
def published(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("workspace") / "published"
    publish(
        bureau.con,
        place,
        as_of=FIRST,
        write_reports=lambda folder: write_edition(bureau.con, folder, [], as_of=FIRST),
    )
    return place


@pytest.fixture(scope="module")
def registry(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(str(published / "registry.duckdb"), read_only=True)
    yield con
    con.close()


def test_an_edition_holds_case_files_and_report(published: Path) -> None:
    night = FIRST.isoformat()
    assert (published / "cases" / "latest" / "cases.csv").samefile(
        published / "cases" / night / "cases.csv"
    )
    assert (published / "report" / night / "report.html").is_file()


def test_published_rows_stand_by_their_key_however_they_came(
    registry: duckdb.DuckDBPyConnection,
) -> None:
    ids = [id_ for (id_,) in registry.execute("select record_id from enrolments").fetchall()]
    assert [id_[-2:] for id_ in ids] == ["a0", "a1", "b1"]


def test_published_files_are_not_for_everybody(published: Path) -> None:
    loose = [
        path
        for path in published.rglob("*")
        if not path.is_symlink() and path.stat().st_mode & stat.S_IRWXO
    ]
    assert loose == []


def test_the_published_database_names_nobody(registry: duckdb.DuckDBPyConnection) -> None:
    told = "".join(
        str(registry.execute(f'from "{table}"').fetchall())
        for (table,) in registry.execute("select table_name from duckdb_tables()").fetchall()
    )
    assert [value for value in (NAME, ID) if value in told] == []
    assert registry.execute("select name, id_number from cases").fetchall() == [
        ("虚**", "990102********0029")
    ]


def test_every_published_table_and_column_says_what_it_is(
    registry: duckdb.DuckDBPyConnection,
) -> None:
    silent = registry.execute(
        """
        select table_name, column_name from duckdb_columns() where comment is null and not internal
        union all
        select table_name, '' from duckdb_tables() where comment is null
        """
    ).fetchall()
    assert silent == []


def test_the_published_tables_have_the_columns_that_others_rely_on(
    registry: duckdb.DuckDBPyConnection,
) -> None:
    columns = dict(
        registry.execute(
            "select table_name, list(column_name) from duckdb_columns() group by table_name"
        ).fetchall()
    )
    relied_on = {
        "cases": "case_id detector_id family severity certainty verdict status subject_kind subject_id person_id "
        "school_code school_name region_code other_registry other_school_code overlap_from overlap_to overlap_days "
        "match_probability amount_paid amount_estimated priority title explanation policy exceptions_tested "
        "missing_inputs first_seen_on last_seen_on due_on decision decided_on",
        "case_records": "case_id role source source_file sheet source_row",
        "person_records": "person_id source source_file sheet source_row match_probability match_reason",
        "persons": "person_id records registries birth_year sex",
        "enrolments": "person_id registry school_code student_no started_on ended_on status study_form source "
        "source_file sheet source_row",
        "data_quality": "metric value numerator denominator low high rank",
        "vocational_students": "name id_number school_code source_file sheet source_row",
    }
    lacking = {
        (table, name)
        for table, names in relied_on.items()
        for name in names.split()
        if name not in columns[table]
    }
    assert lacking == set()
    assert set(sources()) <= set(columns)


def test_a_full_disk_leaves_the_last_edition_and_the_warehouse_as_they_were(
    bureau: Bureau, published: Path
) -> None:
    before = sorted(published.rglob("*"))

    def half(folder: Path) -> None:
        (folder / "cases" / SECOND.isoformat()).mkdir()
        raise OSError(28, "No space left on device")

    with pytest.raises(PublicationError, match="stay as they were"):
        publish(bureau.con, published, as_of=SECOND, write_reports=half)
    assert sorted(published.rglob("*")) == before
    assert bureau.con.execute("select current_schema(), count(*) from main.cases").fetchall() == [
        ("main", 1)
    ]
