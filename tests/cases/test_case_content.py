"""What a case says: sentences, evidence, money, order."""

import json
from dataclasses import replace
from datetime import date

import pytest
from invented_night import FIRST, ID, NAME, SECOND, ZZ, Bureau, Finding, detector

from pipeline.cases import CaseRules
from pipeline.cases.sentences import fill, speaker


def test_codes_and_schools_are_named_in_the_sentence() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding(aid_items="grant,tuition_waiver")])
    assert bureau.case("explanation") == (
        f"{NAME}在虚构第一职业中专({ZZ})(中职)与另一学校同时在籍,自2023-09-01起120天;资助:国家助学金、免学费"
    )


def test_the_sentence_can_be_english() -> None:
    bureau = Bureau(rules=CaseRules(language="en"))
    bureau.night(FIRST, [Finding(aid_items="grant")])
    assert "(vocational) and another from 2023-09-01, 120 days; aid: grant" in str(
        bureau.case("explanation")
    )


def test_the_published_sentence_and_evidence_hold_no_personal_value() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    published = f"{bureau.case('explanation_masked')}{bureau.case('evidence_masked')}"
    assert NAME not in published
    assert "虚**" in published


def test_the_law_is_cited_with_document_and_section() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    assert "忻教函〔2023〕69号" in str(bureau.case("policy"))


def test_the_law_of_another_province_is_no_ground() -> None:
    bureau = Bureau(
        known={"DE101": detector(policy=["xinzhou_2023:anti-dual", "national:one-registration"])}
    )
    for pack, place in (("xinzhou_2023", "1409"), ("national", "")):
        bureau.insert("core.policy_setting", key="k", pack=pack, place=place)
    bureau.night(FIRST, [Finding()])
    assert "忻教函" not in str(bureau.case("policy"))
    bureau.insert("core.policy_setting", key="k", pack="xinzhou_2023", place="9901")
    bureau.night(FIRST, [Finding()])
    assert "忻教函" in str(bureau.case("policy"))


def test_commas_in_a_sentence_of_the_detector_stay() -> None:
    said = fill("{farthest}", {"farthest": "甲,乙"}, speaker({}, "zh"))
    assert said == "甲,乙"


def test_an_exception_that_could_not_be_tested_is_not_called_ruled_out() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding(verdict="needs_evidence", missing_inputs="status_changes")])
    assert bureau.case("exceptions_tested") == "X20 休学。"
    bureau.night(SECOND, [Finding()])
    assert bureau.case("exceptions_tested") == "X15 转学滞后；X20 休学。"


def test_a_case_names_the_rows_it_rests_on() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    assert bureau.con.execute(
        "select role, source_file, source_row from main.case_records order by 1"
    ).fetchall() == [
        ("other", "k12_students/a.xlsx", 7),
        ("subject", "vocational_students/a.xlsx", 2),
    ]


def test_a_training_institution_in_no_list_of_schools_is_called_what_the_delivery_calls_it() -> (
    None
):
    bureau = Bureau()
    trained = Finding(
        school_code="52990102MJ0000001Y",
        record_id="r0000000000000t1",
        institution_name="虚构焊工培训学校",
    )
    bureau.night(FIRST, [trained])
    assert bureau.case("school_code") == "52990102MJ0000001Y"
    assert bureau.case("school_name") == "虚构焊工培训学校"


def test_a_school_that_is_listed_keeps_its_listed_name() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding(institution_name="虚构焊工培训学校")])
    assert bureau.case("school_name") == "虚构第一职业中专"


def test_a_case_about_a_region_is_numbered_and_placed_by_it_and_names_nobody() -> None:
    about_regions = detector(
        subject="region", route="region_code", key=["region_code"], message_zh="{region_code}偏离"
    )
    bureau = Bureau(known={"DE101": about_regions})
    nobody = Finding(person_id=None, school_code=None, record_id=None, other_record_id=None)
    regions = [replace(nobody, region_code="990101"), replace(nobody, region_code="990102")]
    bureau.night(FIRST, regions)
    first = bureau.con.execute(
        "select case_id, subject_kind, subject_id, region_code, school_code, person_id, name"
        " from main.cases order by region_code"
    ).fetchall()
    assert [case[1:] for case in first] == [
        ("region", "990101", "990101", None, None, None),
        ("region", "990102", "990102", None, None, None),
    ]
    assert len({case[0] for case in first}) == 2
    bureau.night(SECOND, regions[1:])
    states = bureau.con.execute("select subject_id, status from main.cases order by 1").fetchall()
    assert states == [("990101", "gone"), ("990102", "open")]


def test_a_gone_case_still_says_what_it_was() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    before = bureau.case("explanation")
    bureau.con.execute("delete from core.person_record").fetchall()
    bureau.night(SECOND)
    assert (bureau.case(), bureau.case("explanation"), bureau.case("id_number")) == (
        "gone",
        before,
        ID,
    )


def test_a_night_that_says_the_same_is_not_kept_twice() -> None:
    bureau = Bureau(known={"DE101": detector()})
    bureau.night(FIRST, [Finding()])
    bureau.con.execute("update work.case_content set explanation = explanation").fetchall()
    bureau.night(SECOND)
    assert bureau.con.execute("select count(*) from work.case_content").fetchall() == [(1,)]


def test_cases_of_one_person_point_at_each_other() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding(), Finding(school_code="3499000001")])
    related = dict(
        bureau.con.execute("select case_id, related_case_ids from main.cases").fetchall()
    )
    one, another = related
    assert related == {one: [another], another: [one]}


@pytest.mark.parametrize(("said", "told"), [(None, 800), (300, 300)])
def test_aid_drawn_meanwhile_is_counted_where_the_detector_does_not_say(
    said: float | None, told: int
) -> None:
    bureau = Bureau()
    for number, (is_paid, amount) in enumerate([(True, 1000), (False, 500), (True, -200)]):
        bureau.insert(
            "core.aid",
            record_id=f"r00000000000aid{number}",
            person_id="P-0000000001",
            aid_item="grant",
            benefit_from=date(2023, 9, 1),
            benefit_to=date(2024, 1, 31),
            amount=amount,
            is_paid=is_paid,
        )
    bureau.night(FIRST, [Finding(amount_paid=said)])
    items = "grant" if said is None else None
    assert (bureau.case("amount_paid"), bureau.case("aid_items")) == (told, items)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Finding(amount_paid=1000), Finding(amount_paid=8000)),
        (Finding(match_probability=0.8), Finding()),
        (Finding(verdict="needs_evidence", missing_inputs="status_changes"), Finding()),
    ],
)
def test_more_money_a_better_match_and_better_evidence_go_first(
    less: Finding, more: Finding
) -> None:
    priorities = []
    for finding in (less, more):
        bureau = Bureau()
        bureau.night(FIRST, [finding])
        priorities.append(bureau.case("priority"))
    assert priorities[0] < priorities[1]  # type: ignore[operator]


def test_severity_does_not_follow_from_priority() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding(amount_paid=90000)])
    assert (bureau.case("severity"), bureau.case("priority")) == ("B", 99)


def test_a_detector_that_inspectors_confirm_goes_first_and_one_they_reject_last() -> None:
    def priority_after(decision: str) -> object:
        bureau = Bureau()
        several = [Finding(person_id=f"P-{number}") for number in range(8)]
        bureau.night(FIRST, [*several, Finding()])
        numbers = bureau.con.execute(
            "select case_id from main.cases where person_id <> 'P-0000000001'"
        ).fetchall()
        for (number,) in numbers:
            bureau.insert(
                "main.reviews",
                case_id=number,
                decision=decision,
                decided_on=FIRST,
                source_file="r.csv",
                sheet="",
                source_row=2,
            )
        bureau.night(SECOND, [*several, Finding()])
        return bureau.con.execute(
            "select priority from main.cases where person_id = 'P-0000000001'"
        ).fetchall()[0][0]

    assert priority_after("属实") > priority_after("不属实")  # type: ignore[operator]


def test_the_evidence_is_kept_as_json() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    assert json.loads(str(bureau.case("evidence")))["overlap_days"] == 120
