"""What grows with the invented city: a wrong stays as rare, and as plain to see, as in a small one."""

from datetime import date

import pytest

from pipeline.sample import enrol, neighbours
from pipeline.sample.city import City, found_city
from pipeline.sample.stage import Stage, play
from pipeline.sample.wrongs import padded

AS_OF = date(2024, 4, 15)


@pytest.mark.parametrize(("students", "schools"), [(1_200, 3), (30_000, 4), (300_000, 40)])
def test_a_larger_city_has_larger_neighbours(students: int, schools: int) -> None:
    stage = Stage(found_city(7, students, AS_OF), "town")
    town = neighbours.town(stage, stage.year)
    assert len(town) == schools
    assert neighbours.town(stage, stage.year) == town


def padded_city(entrants: int) -> City:
    city = found_city(7, 240, AS_OF)
    for school in city.schools.vocational:
        for _ in range(entrants):
            enrol.enter_vocational(city, city.population.pupil(city.year), city.year, school)
    play(Stage(city, "padding"), (padded.a_class_that_vanished,), 1)
    return city


@pytest.mark.parametrize(("entrants", "block"), [(60, 40), (279, 93)])
def test_a_padded_school_is_padded_by_a_quarter_however_large(entrants: int, block: int) -> None:
    city = padded_city(entrants)
    [wrong] = city.wrongs
    there = [spell for spell in city.spells if spell.school is wrong.school]
    assert len(there) == entrants + block
    assert all(spell.left_on is None or spell.left_on < AS_OF for spell in there)
