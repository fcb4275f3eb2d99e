"""The invented city as deliveries: repeatable, complete, recognisably invented, clean but for what was planted."""

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from pipeline.sample import write_world
from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.world import AS_OF, build_city
from pipeline.sample.wrongs import OF_PERSONS
from pipeline.sample.wrongs.consequences import paid_twice, paid_without_student
from schemas import catalog

STUDENTS = 240
PERSON_DETECTORS = ("DE101", "DE102", "DE103", "DE106", "RD204", "RD206", "SA401", "SA402", "SA405")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown_people(city: City) -> set[Person]:
    wronged = {person for wrong in city.wrongs for person in wrong.people}
    founded = {spell.person for spell in city.spells if spell.school in city.schools.founded}
    return wronged | founded | {one.person for one in city.look_alikes if one.person is not None}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, students=STUDENTS, seed=3)
    return folder


@pytest.fixture(scope="module")
def city() -> City:
    return build_city(students=1500, seed=8)


def test_the_same_seed_writes_the_same_bytes(world: Path, tmp_path: Path) -> None:
    write_world(tmp_path, students=STUDENTS, seed=3)
    assert digests(tmp_path) == digests(world)


def test_another_seed_writes_another_city(world: Path, tmp_path: Path) -> None:
    write_world(tmp_path, students=STUDENTS, seed=4)
    assert digests(tmp_path) != digests(world)


def test_every_source_is_delivered_with_rows(world: Path) -> None:
    delivered = {path.parent.name for path in (world / "exports").rglob("*") if path.is_file()}
    assert delivered == set(catalog.sources())


def test_deliveries_come_in_every_container(world: Path) -> None:
    suffixes = {path.suffix for path in (world / "exports").rglob("*") if path.is_file()}
    assert suffixes == {".csv", ".txt", ".xlsx", ".parquet"}


def test_every_detector_has_planted_wrongs_and_more_look_alikes(city: City) -> None:
    planted = Counter(
        wrong.detector_id
        for wrong in city.wrongs
        if wrong.scene in {scene.__name__ for scene in OF_PERSONS.get(wrong.detector_id, ())}
        or wrong.detector_id not in OF_PERSONS
    )
    alike = Counter(name for one in city.look_alikes for name in one.detector_ids)
    assert all(planted[name] >= 2 for name in (*PERSON_DETECTORS, "SC501", "RQ601"))
    assert planted["OM701"] == 1
    assert [name for name in PERSON_DETECTORS if alike[name] < 2 * planted[name]] == []


def test_only_those_who_play_a_scene_are_paid_wrongly(city: City) -> None:
    shown = shown_people(city)
    plain = [line for line in city.aid if line.spell.person not in shown]
    assert len(plain) > 1000
    assert paid_twice(plain) == {}
    assert paid_without_student(plain) == {}


def test_only_those_who_play_a_scene_are_on_two_rolls(city: City) -> None:
    plain = Counter(
        spell.person
        for spell in city.spells
        if spell.is_open and spell.study_form == "full_time" and spell.is_delivered
    )
    assert {p for p, rolls in plain.items() if rolls > 1} <= shown_people(city)


def test_only_those_who_play_a_scene_stay_beyond_their_course(city: City) -> None:
    overdue = {
        spell.person for spell in city.spells if spell.is_open and spell.expected_end < AS_OF
    }
    assert overdue <= shown_people(city)


def test_nobody_recruited_by_a_common_school_is_in_a_major_it_did_not_file(city: City) -> None:
    everyone = city.schools.everyone()
    filed = {
        school: {
            major for one in everyone if school in (one, one.successor) for major in one.majors
        }
        for school in city.schools.vocational
    }
    moved = {change.spell for change in city.changes if change.kind == "transfer_in"}
    entrants = [
        spell for spell in city.spells if spell.registry == "vocational" and spell not in moved
    ]
    assert len(entrants) > 1000
    astray = {(spell.school, spell.major) for spell in entrants if spell.school in filed}
    assert {major for school, major in astray if major not in filed[school]} == set()


def test_a_four_year_course_outside_the_chains_is_filed_as_one(city: City) -> None:
    filed = {
        (row.cells["school_code"], row.cells["year"], row.cells["major_code"])
        for row in city.more_rows["filed_majors"]
        if row.cells["program_years"] == 4
    }
    longer = {
        (spell.school.code, spell.cohort, spell.major.code)
        for spell in city.spells
        if (spell.registry, spell.years, spell.segment) == ("vocational", 4, "无") and spell.major
    }
    assert longer
    assert longer <= filed


def test_people_are_recognisably_invented(city: City) -> None:
    assert all(
        re.fullmatch(r"99\d{15}[\dX]", person.id_number) for person in city.population.people
    )
    assert all(person.phone.startswith("1990") for person in city.population.people)
    assert all(re.search("青禾|虚构", school.name) for school in city.schools.everyone())


def test_nobody_shares_a_number_but_by_design(city: City) -> None:
    numbers = Counter(person.id_number for person in city.population.people)
    assert max(numbers.values()) == 1


def test_twins_share_home_and_birthday_and_differ_in_sequence(city: City) -> None:
    twins = [person for person in city.population.people if person.twin is not None]
    assert twins
    for person in twins:
        twin = person.twin
        assert twin is not None
        assert (twin.born_on, twin.household) == (person.born_on, person.household)
        assert twin.id_number[:14] == person.id_number[:14]
        assert twin.id_number[14:17] != person.id_number[14:17]


def test_truth_names_the_row_that_a_person_sees_on_opening_the_file(world: Path) -> None:
    entries = rows(world / "truth" / "persons.csv")
    workbook_rows = [e for e in entries if e["source_file"].endswith(".xlsx")]
    entry = workbook_rows[-1]
    book = CalamineWorkbook.from_path(str(world / "exports" / entry["source_file"]))
    sheet = book.get_sheet_by_name(entry["sheet"]).to_python(skip_empty_area=False)
    others = [e for e in entries if e["source_file"] == entry["source_file"]]
    assert len(sheet) >= int(entry["source_row"])
    assert int(others[0]["source_row"]) in (2, 3)
    assert any(str(cell) for cell in sheet[int(entry["source_row"]) - 1])


def test_truth_counts_parquet_columns_as_row_one(world: Path) -> None:
    entries = rows(world / "truth" / "persons.csv")
    name = next(e["source_file"] for e in entries if e["source_file"].endswith(".parquet"))
    mine = [int(e["source_row"]) for e in entries if e["source_file"] == name]
    assert mine == list(range(2, pq.read_table(world / "exports" / name).num_rows + 2))


def test_the_settings_let_real_policies_bind_the_invented_city(world: Path) -> None:
    settings = (world / "qingji.toml").read_text("utf-8")
    assert 'stands_in = { "9901" = "1409", "9902" = "2202", "9903" = "2308" }' in settings
    assert 'as_of = "2024-04-15"' in settings
