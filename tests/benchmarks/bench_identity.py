"""Persons in cities of several sizes and seeds: time, precision and recall by the state of the number.

Run with `pytest -s tests/benchmarks/bench_identity.py` or `make benchmark`; each city's last result is kept in
identity.md beside this file, so that a change which lowers a figure shows in the diff. A night on which one row in a
hundred is new, gone or amended is timed against a full one on the same rows. `QINGJI_BENCHMARK_LARGE=1` adds 300,000
students.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from measured import measured

sys.path.insert(0, str(Path(__file__).parents[1] / "identity"))

from student_world import a_world, lay

from detectors.identity.evaluate import BY_NUMBER, Evaluation, evaluate
from detectors.identity.resolution import Resolution, resolve
from pipeline import conform
from pipeline.night import begin, plan, take
from pipeline.sample import write_world
from pipeline.settings import load_settings
from pipeline.store.database import open_warehouse, set_as_of
from pipeline.workspace import Workspace

KEPT = Path(__file__).with_name("identity.md")
_HEADLINE = """\
# Persons of invented cities

Written by tests/benchmarks/bench_identity.py. `sample` is the city of `qingji sample`, read from its files; `student
world` (tests/identity) knows nothing of it. Pairs of rows; by the state of the number: pairs with at least one such
row. Worlds and matcher come from one house: the figures show that they agree, not how real deliveries score.
"""


@dataclass(frozen=True)
class City:
    """Which city: of which world, how large, and how many of its rows a clerk damages."""

    world: str
    students: int
    seed: int
    damage: float = 0.0

    def __str__(self) -> str:
        damaged = f", {self.damage:.0%} of rows damaged" if self.damage else ""
        return f"{self.world}, {self.students:,} students, seed {self.seed}{damaged}"


CITIES = [
    City("sample", 30_000, 7),
    City("sample", 30_000, 77),
    City("sample", 30_000, 2024),
    City("student world", 30_000, 9, 0.06),
    City("student world", 30_000, 11, 0.06),
    City("student world", 30_000, 10, 0.18),
]
CHANGING = [CITIES[0], CITIES[3]]
if os.environ.get("QINGJI_BENCHMARK_LARGE"):
    CITIES.append(City("sample", 300_000, 7))
    CHANGING.append(CITIES[-1])

# what a night hands on; the same, whether it works everything out anew or not
_HANDED_ON = (
    "core.person_link",
    "core.person",
    "identity.pair",
    "identity.refused",
    "identity.unjoined",
    "identity.split_block",
    "identity.person_history",
    "identity.person_change",
)
# One row in a hundred: a quarter each with another telephone, another name, gone, and moved with less said.
_CHANGES = """
create or replace macro as_of() as date '2024-04-16';
create temp table changed as
select record_id, row_number() over (order by md5(record_id)) as place
from core.person_record
qualify place <= (select count(*) // 100 from core.person_record);
update core.person_record set phone = '199' || right('0000000' || hash(record_id)::varchar, 8)
where record_id in (select record_id from changed where place % 4 = 0);
update core.person_record set name = left(name, 1) || '虚'
where record_id in (select record_id from changed where place % 4 = 1);
delete from core.person_record
where record_id in (select record_id from changed where place % 4 = 2);
update core.person_record
set record_id = 'moved ' || record_id, source_row = source_row + 1000000, guardian_phone = null
where record_id in (select record_id from changed where place % 4 = 3)
"""


def keep(section: str) -> None:
    """Print a city's section and put it in place of its last one; cities that were not run keep theirs."""
    print("\n" + section)  # noqa: T201 - a benchmark's purpose
    before = KEPT.read_text(encoding="utf-8").split("\n## ")[1:] if KEPT.exists() else []
    sections = {text.partition("\n")[0]: f"## {text.rstrip()}\n" for text in before}
    sections[section.removeprefix("## ").partition("\n")[0]] = section
    KEPT.write_text("\n".join([_HEADLINE, *sections.values()]), encoding="utf-8")


@pytest.mark.parametrize("city", CITIES, ids=str)
def test_persons_of_a_city(tmp_path: Path, city: City) -> None:
    database = tmp_path / "city.duckdb"
    if city.world == "sample":
        from_files(tmp_path / "city", database, city)
    else:
        from_student_world(database, city)
    told = measured(resolved, database)
    right = evaluated(database)
    keep(as_table(str(city), told.result, right, f"{told.seconds:.1f} s, {told.peak_mb:,.0f} MB"))
    assert right.precision >= 0.9995
    assert right.recall >= 0.995
    assert right.of_wrong_numbers.recall >= 0.95
    assert right.twins_merged == 0


@pytest.mark.parametrize("city", CHANGING, ids=str)
def test_a_night_on_which_little_changed(tmp_path: Path, city: City) -> None:
    building, anew = tmp_path / "building.duckdb", tmp_path / "anew.duckdb"
    if city.world == "sample":
        from_files(tmp_path / "city", building, city)
    else:
        from_student_world(building, city)
    first = measured(resolved, building)
    with duckdb.connect(str(building)) as con:
        con.execute(_CHANGES).fetchall()
    shutil.copy(building, anew)
    little, whole = measured(next_night, building), measured(anew_night, anew)
    differing = [name for name in _HANDED_ON if differs(building, anew, name)]
    keep(
        f"## {city}, a night with 1% of the rows changed\n\n"
        f"{first.result.records:,} rows. Building on the night before {little.seconds:.1f} s, "
        f"{little.peak_mb:,.0f} MB; everything anew "
        f"{whole.seconds:.1f} s, {whole.peak_mb:,.0f} MB; tables that differ: {', '.join(differing) or 'none'}.\n"
    )
    assert not differing


def next_night(database: Path) -> Resolution:
    """Resolve a city the day after, building on the night before, in a process of its own."""
    with duckdb.connect(str(database), config={"threads": 2}) as con:
        return resolve(con, threads=2)


def anew_night(database: Path) -> Resolution:
    """Resolve a city the day after, everything anew."""
    with duckdb.connect(str(database), config={"threads": 2}) as con:
        return resolve(con, threads=2, full=True)


def differs(building: Path, anew: Path, table: str) -> bool:
    """Whether two nights hand on different rows."""
    with duckdb.connect() as con:
        con.execute(
            f"attach '{building}' as building (read_only); attach '{anew}' as anew (read_only)"
        )
        ((count,),) = con.execute(
            f"""
            select count(*) from (
                (from building.{table} except all from anew.{table})
                union all
                (from anew.{table} except all from building.{table})
            )
            """
        ).fetchall()
    return bool(count)


def from_files(directory: Path, database: Path, city: City) -> None:
    """Write a city, read its files as a night does, and keep its rows and their truth."""
    world = write_world(directory, students=city.students, seed=city.seed)
    place = Workspace(world.directory.resolve())
    settings = load_settings(place.root)
    assert settings.run.as_of is not None
    night = begin(place, settings, settings.run.as_of, full=False)
    take(plan()[0], night)
    with open_warehouse(place.warehouse, settings, temp=place.temp) as con:
        set_as_of(con, night.as_of.isoformat())
        conform.build_person_records(con)
        con.execute(f"attach '{database}' as city").fetchall()
        con.execute("create schema city.core").fetchall()
        con.execute("create table city.core.person_record as from core.person_record").fetchall()
        con.execute(
            """
            create table city.truth as
            select record.record_id, told.true_person
            from read_csv($truth, all_varchar = true, nullstr = '\\N') as told
            inner join core.person_record as record
                on told.source = record.source
                and told.source_file = record.source_file
                and coalesce(told.sheet, '') = record.sheet
                and told.source_row::bigint = record.source_row
            """,
            {"truth": str(directory / "truth" / "persons.csv")},
        ).fetchall()


def from_student_world(database: Path, city: City) -> None:
    """Lay the other city."""
    with duckdb.connect(str(database)) as con:
        lay(con, a_world(city.students, city.seed, city.damage))
        con.execute("alter table truth rename person to true_person").fetchall()


def resolved(database: Path) -> Resolution:
    """Resolve the persons of a city, in a process of its own."""
    with duckdb.connect(str(database), config={"threads": 2}) as con:
        con.execute("create or replace macro as_of() as date '2024-04-15'").fetchall()
        return resolve(con, threads=2)


def evaluated(database: Path) -> Evaluation:
    """Hold the persons of a city against its truth."""
    with duckdb.connect(str(database), config={"threads": 2}) as con:
        truth: pa.Table = con.sql("select record_id, true_person from truth").to_arrow_table()
        return evaluate(con, truth)


def as_table(title: str, found: Resolution, right: Evaluation, cost: str) -> str:
    """Write a city's figures as Markdown."""
    rows = {"all rows": right.measured.persons, **right.measured.by_level[BY_NUMBER]}
    lines = [
        f"## {title}\n",
        f"{found.records:,} rows, {found.persons:,} persons (true: {right.true_persons:,}); {found.pairs:,} pairs of "
        f"profiles compared, {found.refused:,} refused, {right.twins_merged} with twins merged; {cost}. "
        f"Brier score of compared profiles {right.measured.brier:.5f}.\n",
        "| number | true pairs | wrongly joined | missed | precision | recall |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {one.true:,} | {one.joined - one.right:,} | {one.true - one.right:,} | "
        f"{one.precision:.6f} | {one.recall:.5f} |"
        for name, one in rows.items()
    ]
    return "\n".join(lines) + "\n"
