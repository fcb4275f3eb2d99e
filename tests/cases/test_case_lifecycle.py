"""What becomes of a case from night to night."""

from datetime import date

from invented_night import FIRST, GH, SECOND, THIRD, Bureau, Finding


def test_a_finding_never_seen_before_is_a_new_case() -> None:
    bureau = Bureau()
    counts = bureau.night(FIRST, [Finding()])
    assert counts.new == 1
    assert (bureau.case(), bureau.case("first_seen_on"), bureau.case("nights_seen")) == (
        "new",
        FIRST,
        1,
    )


def test_a_case_found_again_the_next_night_is_open_under_the_same_number() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    number = bureau.case_id()
    bureau.night(SECOND, [Finding(overlap_days=121)])
    assert (bureau.case_id(), bureau.case()) == (number, "open")
    assert (bureau.case("first_seen_on"), bureau.case("last_seen_on")) == (FIRST, SECOND)


def test_the_number_of_a_case_does_not_depend_on_rows_days_or_amounts() -> None:
    one, another = Bureau(), Bureau()
    one.night(FIRST, [Finding()])
    another.night(THIRD, [Finding(record_id="r0000000000000b1", overlap_days=9, amount_paid=5)])
    assert one.case_id() == another.case_id()


def test_a_case_not_found_any_more_is_gone() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    assert bureau.night(SECOND).gone == 1
    assert (bureau.case(), bureau.case("priority"), bureau.case("last_changed_on")) == (
        "gone",
        0,
        SECOND,
    )


def test_a_gone_case_that_comes_back_is_reopened_with_a_new_deadline() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.night(SECOND)
    bureau.night(THIRD, [Finding()])
    assert (bureau.case(), bureau.case("status_reason")) == ("reopened", "found_again")
    assert bureau.case("due_on") == date(2024, 1, 29)


def test_a_skipped_detector_closes_nothing() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.night(SECOND, ran=False)
    assert (bureau.case(), bureau.case("status_reason")) == ("open", "not_vouched")
    bureau.night(THIRD, [Finding()])
    assert bureau.case() == "open"


def test_a_case_stays_open_while_the_list_of_its_school_is_missing() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.con.execute(
        "delete from core.enrolment where school_code = $school", {"school": GH}
    ).fetchall()
    bureau.night(SECOND)
    assert (bureau.case(), bureau.case("status_reason")) == ("open", "not_vouched")


def test_the_deadline_runs_from_the_night_the_case_was_opened() -> None:
    bureau = Bureau()
    for as_of in (FIRST, SECOND, THIRD):
        bureau.night(as_of, [Finding()])
    assert bureau.case("due_on") == date(2024, 1, 27)


def test_the_same_night_run_twice_says_the_same() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.night(SECOND, [Finding(overlap_days=121)])
    once = bureau.con.execute("from main.cases").fetchall()
    bureau.night(SECOND, [Finding(overlap_days=121)])
    assert bureau.con.execute("from main.cases").fetchall() == once
    bureau.night(FIRST, [Finding()])
    assert bureau.case() == "new"


def test_a_lawful_decision_settles_the_case() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.night(SECOND, [Finding(overlap_days=121)])
    assert (bureau.case(), bureau.case("decision"), bureau.case("priority")) == (
        "decided",
        "不属实",
        0,
    )


def test_days_that_pass_and_rows_that_move_do_not_undo_a_decision() -> None:
    bureau = Bureau()
    bureau.enrol("c1", "vocational_students", "vocational", "3699000001", row=9)
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.night(SECOND, [Finding(record_id="r0000000000000c1", overlap_days=200)])
    assert bureau.case() == "decided"


def test_changed_evidence_reopens_a_case_that_was_called_unfounded() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.night(SECOND, [Finding(amount_paid=1000, severity="A")])
    assert (bureau.case(), bureau.case("status_reason")) == ("reopened", "evidence_changed")
    assert issues(bureau) == ["evidence_changed"]


def test_an_expired_review_reopens_its_case() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST, valid_until=SECOND)
    bureau.night(SECOND, [Finding()])
    assert bureau.case() == "decided"
    bureau.night(THIRD, [Finding()])
    assert (bureau.case(), bureau.case("due_on")) == ("reopened", date(2024, 1, 29))
    assert issues(bureau) == ["expired"]


def test_a_decision_without_an_end_date_holds_a_year() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.night(date(2025, 1, 11), [Finding()])
    assert bureau.case() == "decided"
    bureau.night(date(2025, 1, 12), [Finding()])
    assert bureau.case() == "reopened"


def test_a_pending_decision_keeps_the_case_open() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("待核", FIRST)
    bureau.night(SECOND, [Finding()])
    assert (bureau.case(), bureau.case("decision")) == ("open", "待核")


def test_the_latest_decision_counts() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.review("属实", SECOND)
    bureau.night(THIRD, [Finding()])
    assert (bureau.case("decision"), bureau.case("decided_on")) == ("属实", SECOND)


def test_two_conclusions_of_one_day_count_for_nothing_and_are_reported() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("不属实", FIRST)
    bureau.review("属实", FIRST)
    bureau.night(SECOND, [Finding()])
    assert (bureau.case(), bureau.case("decision"), bureau.case("decision_state")) == (
        "open",
        None,
        "conflict",
    )
    assert issues(bureau) == ["conflict", "conflict"]


def test_a_case_reported_as_put_right_but_still_found_is_reopened_after_a_month() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("属实", FIRST, closed=True)
    bureau.night(date(2024, 2, 11), [Finding()])
    assert bureau.case() == "decided"
    bureau.night(date(2024, 2, 12), [Finding()])
    assert (bureau.case(), bureau.case("status_reason")) == ("reopened", "closed_but_found")


def test_a_decision_about_a_case_nobody_knows_is_reported_not_lost() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("属实", FIRST, case_id="DE101-00000000")
    bureau.night(SECOND, [Finding()])
    assert issues(bureau) == ["unknown_case"]
    assert bureau.con.execute("select count(*) from main.reviews").fetchall() == [(1,)]


def test_a_decision_dated_after_the_night_waits() -> None:
    bureau = Bureau()
    bureau.night(FIRST, [Finding()])
    bureau.review("属实", THIRD)
    bureau.night(SECOND, [Finding()])
    assert (bureau.case(), issues(bureau)) == ("open", ["decided_later"])


def issues(bureau: Bureau) -> list[str]:
    return [
        one
        for (one,) in bureau.con.execute(
            "select issue from main.review_issues order by 1"
        ).fetchall()
    ]
