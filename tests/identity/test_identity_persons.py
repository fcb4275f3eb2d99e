"""Who is whom: each example is a situation from the field, the lawful look-alikes among them."""

from datetime import date

import pytest
from persons import BORN, a_database, a_number, add, groups, persons, together

from detectors.identity import explain, resolve
from detectors.identity.judgement import Finding

A = {"name": "林浩然", "sex": "male", "born_on": BORN, "id_number": a_number(11)}
HOME = {"guardian_name": "林建国", "guardian_phone": "19900001234", "address": "青禾市虚构路一号"}


def number_with(digit_changed_at: int) -> str:
    number = str(A["id_number"])
    changed = str((int(number[digit_changed_at]) + 1) % 10)
    return number[:digit_changed_at] + changed + number[digit_changed_at + 1 :]


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


def test_inspectors_must_not_link_holds() -> None:
    con = a_database(A, A)
    con.execute(
        "create schema identity; create table identity.must_not_link as select 'r1' as record_id_a, 'r2' as record_id_b"
    ).fetchall()
    assert persons(con) == {together("r1"), together("r2")}


def test_inspectors_must_link_holds() -> None:
    con = a_database(A, {"name": "周平", "id_number": a_number(31, date(2006, 1, 1))})
    con.execute(
        "create schema identity; create table identity.must_link as select 'r1' as record_id_a, 'r2' as record_id_b"
    ).fetchall()
    assert persons(con) == {together("r1", "r2")}


def test_a_person_keeps_the_id_when_rows_come_and_go() -> None:
    con = a_database(A, {**A, "name": "林皓然"}, as_of=date(2024, 4, 15))
    persons(con)
    before = con.execute("select distinct person_id from core.person_link").fetchall()
    con.execute("create or replace macro as_of() as date '2024-04-16'").fetchall()
    con.execute("delete from core.person_record where record_id = 'r1'").fetchall()
    add(con, {**A, "record_id": "r0", "source": "a", "name": "林浩然", "phone": "19900001111"})
    persons(con)
    assert con.execute("select distinct person_id from core.person_link").fetchall() == before


def test_a_night_run_twice_gives_the_same_persons() -> None:
    con = a_database(
        A,
        {**A, **HOME, "id_number": None},
        {**A, **HOME},
        {"name": "王芳", "id_number": a_number(2)},
    )
    resolve(con, threads=1)
    first = con.execute("select * from core.person_link order by all").fetchall()
    history = con.execute("select * from identity.person_history order by all").fetchall()
    resolve(con, threads=2)
    assert con.execute("select * from core.person_link order by all").fetchall() == first
    assert con.execute("select * from identity.person_history order by all").fetchall() == history


def test_a_link_says_why_without_a_value() -> None:
    con = a_database({**A, **HOME}, {**A, **HOME, "id_number": number_with(15)})
    persons(con)
    reasons = {
        reason for (reason,) in con.execute("select match_reason from core.person_link").fetchall()
    }
    assert (
        "证件号差一位且另一号校验不合格,姓名、出生日期、性别、监护人、住址一致,家庭电话一致"
        in reasons
    )
    assert not any(str(A["name"]) in reason for reason in reasons)


def test_an_explanation_adds_up_to_its_weight() -> None:
    con = a_database(
        {**A, **HOME},
        {**A, **HOME, "id_number": number_with(15)},
        {"name": "赵强", "born_on": BORN},
    )
    persons(con)
    compared, unmet = explain(con, "r1", "r2"), explain(con, "r1", "r3")
    for told in (compared, unmet):
        assert told.steps[-1].total == pytest.approx(told.judgement.weight)
    assert compared.is_same_person
    assert compared.judgement.finding is Finding.LINK
    assert not unmet.is_same_person
    assert unmet.judgement.finding is not Finding.LINK


def test_a_person_is_known_by_the_most_frequent_name_and_a_valid_number() -> None:
    con = a_database(
        {**A, "registry": "k12"},
        {**A, "registry": "vocational"},
        {**A, "name": "林皓然", "registry": "k12"},
    )
    persons(con)
    assert con.execute(
        "select records, registries, name, id_number, born_on, birth_year, sex from core.person"
    ).fetchall() == [(3, "k12,vocational", "林浩然", A["id_number"], BORN, 2007, "male")]


def test_an_oversized_block_is_split_and_reported() -> None:
    pupils = [
        {
            "name": f"林{chr(0x4E00 + at)}",
            "id_number": "E1234567",
            "sex": "male",
            "born_on": date(2007, 1, 1),
        }
        for at in range(80)
    ]
    con = a_database(*pupils)
    assert resolve(con, threads=1).split_blocks >= 1
