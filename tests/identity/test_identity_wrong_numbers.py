"""Rows with somebody else's number, or one of two: whose they are, and that they join nobody to a stranger."""

from datetime import date

import pytest
from lin_haoran import HOME, A, number_with
from persons import BORN, a_database, a_number, persons, together


def test_a_parents_number_does_not_make_child_and_parent_one() -> None:
    parent = {
        "name": "林建国",
        "id_number": a_number(5, date(1979, 3, 3)),
        "born_on": date(1979, 3, 3),
        "sex": "male",
    }
    child_with_it = {**A, **HOME, "id_number": parent["id_number"]}
    con = a_database(parent, parent, parent, child_with_it, {**A, **HOME})
    found = persons(con)
    assert together("r1", "r2", "r3") in found
    assert together("r4", "r5") in found


def test_x13_a_row_with_the_guardians_number_does_not_chain_twins() -> None:
    own, of_twin, of_guardian = a_number(12), a_number(14), a_number(6, date(1979, 3, 3))
    twin = {**HOME, "sex": "female", "born_on": BORN, "phone": "19900005555"}
    con = a_database(
        {**twin, "name": "马丹莹", "id_number": of_twin, "student_no": f"G{of_twin}"},
        {**twin, "name": "马丹", "id_number": of_guardian, "student_no": f"G{own}"},
    )
    assert persons(con) == {together("r1"), together("r2")}


def test_a_row_with_the_guardians_number_is_known_by_its_student_number() -> None:
    own, of_guardian = a_number(11), a_number(5, date(1979, 3, 3))
    con = a_database(
        {**A, "id_number": own},
        {"name": A["name"], "id_number": of_guardian, "student_no": f"G{own}"},
        {"name": A["name"], "id_number": of_guardian, "sex": "male"},
    )
    assert persons(con) == {together("r1", "r2", "r3")}


def test_a_slip_that_leads_to_another_persons_number_is_read_by_the_rows_own_student_number() -> (
    None
):
    # one digit from either: May 2008 typed as June, sequence 054; and 004 of June
    own, of_other = "990104200805280545", "990104200806280045"
    con = a_database(
        {
            "name": "王慧",
            "sex": "female",
            "born_on": date(2008, 6, 28),
            "id_number": of_other,
            "student_no": f"G{of_other}",
        },
        {
            "name": "王慧璇",
            "sex": "female",
            "born_on": date(2008, 5, 28),
            "id_number": "990104200806280545",
            "student_no": f"G{own}",
        },
    )
    assert persons(con) == {together("r1"), together("r2")}


def test_x17_a_slip_in_the_corrected_number_is_not_read_as_the_former_one() -> None:
    former, corrected = a_number(37), str(A["id_number"])
    slip = {**A, "id_number": number_with(15), "student_no": f"G{former}"}
    con = a_database({**A, "id_number": corrected}, slip)
    assert persons(con) == {together("r1", "r2")}


def test_x16_a_namesakes_number_on_one_row_does_not_join_the_namesakes() -> None:
    other = a_number(13)
    con = a_database(
        {**A, "student_no": f"G{A['id_number']}"},
        {**A, "id_number": other, "student_no": f"G{other}", "school_code": "3699000001"},
        {**A, "student_no": f"G{other}", "school_code": "3699000001"},
    )
    assert persons(con) == {together("r1"), together("r2", "r3")}


def test_x13_a_twins_number_on_one_row_does_not_join_the_twins() -> None:
    first = {**HOME, "name": "胡永梅", "born_on": BORN, "id_number": a_number(12)}
    second = {**HOME, "name": "胡永龙", "born_on": BORN, "id_number": a_number(14)}
    exam = {"exam_no": "21990105028709", "school_code": "JG99073", "student_no": "20238709"}
    con = a_database(
        first,
        second | exam,
        second | exam | {"id_number": first["id_number"]},
    )
    assert persons(con) == {together("r1"), together("r2", "r3")}


def test_x13_a_twins_number_in_a_short_list_is_refused_and_not_merged() -> None:
    first = {**HOME, "name": "何雨峰", "born_on": BORN, "id_number": a_number(12), "sex": "female"}
    second = {**first, "name": "何雨辉", "id_number": a_number(14)}
    listed = {"name": "何雨辉", "id_number": first["id_number"], "sex": "female", "born_on": BORN}
    con = a_database(first, first, second, second, listed)
    assert not [one for one in persons(con) if {"r1", "r5"} <= one]


def test_a_changed_name_keeps_its_number_in_a_short_list() -> None:
    before = {**HOME, **A, "name": "林俊杰"}
    con = a_database(before, {**before}, before, {**A, "name": "林子豪"})
    assert persons(con) == {together("r1", "r2", "r3", "r4")}


def test_a_student_number_issued_without_papers_contradicts_no_identity_number() -> None:
    con = a_database(
        {**A, **HOME},
        {**A, **HOME, "id_number": "999369900000100007", "student_no": f"L{a_number(31)}"},
    )
    assert persons(con) == {together("r1", "r2")}


def test_a_changed_name_does_not_dispute_the_number_in_its_own_student_number() -> None:
    number = str(A["id_number"])
    former = {**A, **HOME, "name": "林子豪", "student_no": f"G{number}"}
    namesake_brother = {**HOME, "name": "林子豪", "sex": "male", "born_on": date(2010, 8, 8)}
    con = a_database(former, *[{"name": "林春英", "id_number": number}] * 3, namesake_brother)
    assert together("r1", "r5") not in {frozenset({"r1", "r5"} & one) for one in persons(con)}


def test_scenario_48_one_number_one_name_two_households_are_two_people() -> None:
    household = {
        "guardian_name": "林志强",
        "guardian_phone": "19900007777",
        "address": "青禾市虚构村二号",
    }
    con = a_database({**A, **HOME}, {**A, **household, "born_on": date(2007, 11, 23)})
    assert persons(con) == {together("r1"), together("r2")}
    assert "一号两人" in con.execute("select reason from identity.refused").fetchall()[0][0]


def test_a_namesake_of_other_sex_and_birth_date_is_not_merged_by_a_wrongly_typed_number() -> None:
    con = a_database(A, {**A, "sex": "female", "born_on": date(2005, 12, 24)})
    assert persons(con) == {together("r1"), together("r2")}


OTHER_HOME = {
    "guardian_name": "赵国强",
    "guardian_phone": "19900007777",
    "address": "青禾市虚构村二号",
}


@pytest.mark.parametrize("name", ["赵子轩", "林子轩"])
@pytest.mark.parametrize("letter", ["G", "L"])
def test_x31_what_follows_from_one_number_does_not_make_two_households_one_person(
    name: str, letter: str
) -> None:
    enrolled = {"student_no": f"{letter}{A['id_number']}", "school_code": "3699000001"}
    con = a_database({**A, **HOME, **enrolled}, {**A, **OTHER_HOME, **enrolled, "name": name})
    assert persons(con) == {together("r1"), together("r2")}
    assert "一号两人" in con.execute("select reason from identity.refused").fetchall()[0][0]


def test_x31_one_number_one_school_and_two_households_are_refused_without_an_address() -> None:
    home = {key: value for key, value in HOME.items() if key != "address"} | {"school_code": "1"}
    other = {**OTHER_HOME, "address": None, "school_code": "1", "name": "林子轩"}
    con = a_database({**A, **home}, {**A, **other})
    assert persons(con) == {together("r1"), together("r2")}
    assert "一号两人" in con.execute("select reason from identity.refused").fetchall()[0][0]


def test_a_changed_name_with_the_same_guardian_keeps_its_student_number() -> None:
    enrolled = {"student_no": f"G{A['id_number']}"}
    con = a_database({**A, **HOME, **enrolled}, {**A, **HOME, **enrolled, "name": "赵子轩"})
    assert persons(con) == {together("r1", "r2")}


def test_a_new_surname_and_a_new_guardian_after_a_remarriage_stay_one_person() -> None:
    enrolled = {"student_no": f"G{A['id_number']}"}
    con = a_database(
        {**A, **HOME, **enrolled},
        {**A, **enrolled, "name": "赵浩然", "guardian_name": "赵国强", "address": HOME["address"]},
    )
    assert persons(con) == {together("r1", "r2")}


def test_a_student_number_of_its_own_still_proves_a_changed_name() -> None:
    enrolled = {"student_no": f"G{a_number(37)}"}
    con = a_database({**A, **HOME, **enrolled}, {**A, **HOME, **enrolled, "name": "赵子轩"})
    assert persons(con) == {together("r1", "r2")}
