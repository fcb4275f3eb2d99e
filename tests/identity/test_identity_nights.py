"""What inspectors decided holds, persons keep their ids, and links and persons say what they are made of."""

from datetime import date

import pytest
from lin_haoran import HOME, A, number_with
from persons import BORN, a_database, a_number, add, persons, together

from detectors.identity.explain import explain
from detectors.identity.judgement import Finding
from detectors.identity.resolution import resolve


def test_inspectors_must_not_link_holds() -> None:
    con = a_database(A, A)
    con.execute(
        "create schema identity; create table identity.must_not_link as select 'r1' as record_id_a, 'r2' as record_id_b"
    ).fetchall()
    assert persons(con) == {together("r1"), together("r2")}


def test_inspectors_must_not_link_holds_when_the_rows_have_moved() -> None:
    con = a_database(A, A)
    con.execute(
        "create schema identity; create table identity.must_not_link as select 'r1' as record_id_a, 'r2' as record_id_b"
    ).fetchall()
    persons(con)
    con.execute("update core.person_record set record_id = 'moved ' || record_id").fetchall()
    assert persons(con) == {together("moved r1"), together("moved r2")}


def test_a_decision_does_not_pass_to_the_row_that_took_the_place() -> None:
    wang = {"name": "王芳", "id_number": a_number(2)}
    con = a_database(A, A)
    con.execute(
        "create schema identity; create table identity.must_not_link as select 'r1' as record_id_a, 'r2' as record_id_b"
    ).fetchall()
    persons(con)
    con.execute("delete from core.person_record").fetchall()
    add(con, {**wang, "record_id": "r1"}, {**wang, "record_id": "r2"})
    assert persons(con) == {together("r1", "r2")}


def test_persons_that_become_one_and_persons_that_part_are_recorded() -> None:
    wang = {"name": "王芳", "id_number": a_number(2)}
    con = a_database(A, wang, as_of=date(2024, 4, 15))
    persons(con)
    con.execute("create or replace macro as_of() as date '2024-04-16'").fetchall()
    con.execute(
        "create table if not exists identity.must_link (record_id_a varchar, record_id_b varchar)"
    ).fetchall()
    con.execute("insert into identity.must_link values ('r1', 'r2')").fetchall()
    persons(con)
    con.execute("create or replace macro as_of() as date '2024-04-17'").fetchall()
    con.execute("delete from identity.must_link").fetchall()
    persons(con)
    assert con.execute(
        "select changed_on, event from identity.person_change order by all"
    ).fetchall() == [
        (date(2024, 4, 16), "merged"),
        (date(2024, 4, 17), "split"),
    ]


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
