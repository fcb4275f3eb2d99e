"""Who is whom: each example is a situation from the field, the lawful look-alikes among them."""

from datetime import date

import pytest
from lin_haoran import HOME, A, number_with
from persons import a_database, a_number, groups, persons, together


def test_one_number_and_name_are_one_person() -> None:
    con = a_database(A, {**A, "id_number": f" {A['id_number']}"})
    assert persons(con) == {together("r1", "r2")}


def test_a_damaged_number_is_repaired_to_the_one_it_was() -> None:
    for at in (3, 9, 12, 15):
        con = a_database(A, {**A, "born_on": None, "id_number": number_with(at)})
        assert persons(con) == {together("r1", "r2")}, at


@pytest.mark.parametrize("damage", ["lost", "doubled", "swapped"])
def test_a_lost_doubled_or_swapped_digit_is_repaired(damage: str) -> None:
    number = str(A["id_number"])
    damaged = {
        "lost": number[:12] + number[13:],
        "doubled": number[:12] + number[12] * 2 + number[13:],
        "swapped": number[:9] + number[10] + number[9] + number[11:],
    }[damage]
    con = a_database(A, {**A, "id_number": damaged})
    assert persons(con) == {together("r1", "r2")}


def test_a_number_rounded_by_excel_meets_its_owner() -> None:
    con = a_database(A, {**A, "id_number": str(A["id_number"])[:15] + "000"})
    assert persons(con) == {together("r1", "r2")}


def test_x13_twins_are_two_people_whatever_they_share() -> None:
    twin = {**A, "name": "林浩天", "id_number": a_number(13)}
    con = a_database(
        {**A, **HOME, "school_code": "3699000001"}, {**twin, **HOME, "school_code": "3699000001"}
    )
    assert persons(con) == {together("r1"), together("r2")}
    assert con.execute("select reason from identity.refused").fetchall() != []


def test_x13_a_bad_row_does_not_chain_twins() -> None:
    twin = {**A, "name": "林浩天", "id_number": a_number(13)}
    bad = {**A, **HOME, "id_number": str(twin["id_number"])[:17] + "?", "name": "林浩然"}
    con = a_database({**A, **HOME}, {**twin, **HOME}, bad)
    assert together("r1", "r2", "r3") not in persons(con)
    assert together("r1", "r2") not in groups(con)


def test_x13_a_twin_without_a_number_is_not_taken_for_the_other() -> None:
    con = a_database({**A, **HOME}, {**A, **HOME, "name": "林浩天", "id_number": None})
    assert persons(con) == {together("r1"), together("r2")}


def test_x14_siblings_with_one_phone_are_two_people() -> None:
    sibling = {"name": "林雨桐", "sex": "female", "born_on": date(2008, 11, 2), "id_number": None}
    con = a_database({**A, **HOME}, {**sibling, **HOME})
    assert persons(con) == {together("r1"), together("r2")}


def test_x16_namesakes_born_on_one_day_are_two_people() -> None:
    con = a_database(A, {**A, "id_number": a_number(11, county="990104")})
    assert persons(con) == {together("r1"), together("r2")}


def test_x16_name_and_birth_date_alone_join_nobody() -> None:
    con = a_database(A, {**A, "id_number": None})
    assert persons(con) == {together("r1"), together("r2")}


def test_name_birth_date_and_guardian_join_a_row_without_a_number() -> None:
    con = a_database({**A, **HOME}, {**A, **HOME, "id_number": "无"})
    assert persons(con) == {together("r1", "r2")}


def test_scenario_22_a_temporary_number_gives_way_to_name_birth_and_guardian_phone() -> None:
    con = a_database({**A, **HOME}, {**A, **HOME, "id_number": "999369900000100007"})
    assert persons(con) == {together("r1", "r2")}


def test_x17_a_corrected_number_is_proven_by_the_lifelong_student_number() -> None:
    former = a_number(21)
    con = a_database(
        {**A, "student_no": f"G{former}"},
        {**A, "id_number": former},
    )
    assert persons(con) == {together("r1", "r2")}


def test_x17_a_changed_name_is_one_person_under_the_former_name() -> None:
    con = a_database({**A, "name": "周浩然", "former_name": "林浩然"}, A)
    assert persons(con) == {together("r1", "r2")}


def test_scenario_17_homophones_under_one_number_are_one_person() -> None:
    con = a_database({**A, "name": "李浩"}, {**A, "name": "李皓"})
    assert persons(con) == {together("r1", "r2")}


def test_scenario_18_one_number_two_names_two_sexes_are_two_people() -> None:
    con = a_database(
        {"name": "王芳", "sex": "female", "id_number": A["id_number"]},
        {"name": "赵强", "sex": "male", "id_number": A["id_number"]},
    )
    assert persons(con) == {together("r1"), together("r2")}
    assert "一号两人" in con.execute("select reason from identity.refused").fetchall()[0][0]


def test_x14_one_name_and_household_with_birth_dates_years_apart_join_nobody() -> None:
    con = a_database(
        {**A, **HOME, "id_number": None},
        {**A, **HOME, "id_number": None, "born_on": date(2009, 10, 17)},
    )
    assert persons(con) == {together("r1"), together("r2")}


@pytest.mark.parametrize("name", ["LIN HAORAN", "林?然", "林□然", "林浩然(转)", "林皓然"])
@pytest.mark.parametrize("twins", [True, False])
def test_a_name_in_pinyin_or_with_gaps_meets_its_owner_and_not_the_twin(
    name: str, *, twins: bool
) -> None:
    twin = {**A, **HOME, "name": "林浩天", "id_number": a_number(13)}
    written = {**A, **HOME, "name": name}
    con = a_database(written, {**A, **HOME}, *([twin] if twins else []))
    found = persons(con)
    assert together("r1", "r2") in found
    assert len(found) == 1 + twins


@pytest.mark.parametrize("name", ["林?", "林浩?", None])
def test_a_masked_number_that_fits_two_people_joins_neither_to_the_other(name: str | None) -> None:
    masked = str(A["id_number"])[:14] + "****"
    twin = {**A, **HOME, "name": "林浩天", "id_number": a_number(13)}
    con = a_database({**A, **HOME}, twin, {**A, **HOME, "name": name, "id_number": masked})
    persons(con)
    assert not [one for one in groups(con) if {"r1", "r2"} <= one]


def test_rows_that_name_nobody_in_particular_stay_apart() -> None:
    con = a_database({"name": "张伟"}, {"name": "张伟"}, {"name": "张伟", "phone": "0000000"})
    assert len(persons(con)) == 3


def test_unknown_values_are_no_agreement() -> None:
    con = a_database(
        *({"name": f"虚构{sign}", "id_number": "无"} for sign in "甲乙丙丁戊己庚辛壬癸")
    )
    assert len(persons(con)) == 10


def test_a_shared_office_phone_joins_nobody() -> None:
    pupils = [
        {
            "name": f"林{sign}",
            "born_on": date(2007, 5, day + 1),
            "phone": "19900009999",
            "id_number": None,
        }
        for day, sign in enumerate("甲乙丙丁戊己庚辛壬癸")
    ]
    con = a_database(*pupils, {**pupils[0], "born_on": None})
    assert together("r1", "r11") not in persons(con)
    assert con.execute("select kind, names from identity.shared_value").fetchall() == [
        ("phone", 10)
    ]
