"""A casebook that proves nothing does not pass."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from detectors import casebook, casebook_model, header, registry
from detectors.casebook_match import differs
from detectors.contract import DetectorError, Verdict

LONG = {"started_on": date(2023, 9, 1)}
FLAG = {"name": "long", "given": {"core.enrolment": [LONG]}, "flags": 1}
NEAR_MISS = {
    "name": "short",
    "given": {"core.enrolment": [{"started_on": date(2024, 1, 10)}]},
    "flags": 0,
}
EXCUSED = {
    "name": "held",
    "given": {"core.enrolment": [LONG | {"standing": "held"}]},
    "flags": 0,
    "exception": "X01_held",
    "without": {"set": {"core.enrolment": {0: {"standing": "active"}}}},
}


@pytest.fixture
def prove(write_detector):
    """Write a detector with the examples and run them: the problem of each, by name."""

    def run(*examples, given=None, **changes):
        detector = header.read(write_detector(**changes))
        book = {"examples": list(examples)} | ({"given": given} if given else {})
        detector.casebook_path.write_text(yaml.safe_dump(book, allow_unicode=True))
        return {outcome.example: outcome.problem for outcome in casebook.prove(detector)}

    return run


def test_a_true_casebook_passes(prove) -> None:
    assert prove(FLAG, NEAR_MISS, EXCUSED) == {"long": "", "short": "", "held": ""}


def test_an_example_leaves_nothing_behind_for_the_next(prove) -> None:
    again = FLAG | {"name": "again"}
    assert prove(FLAG, again, NEAR_MISS) == {"long": "", "again": "", "short": ""}


def test_an_exception_that_is_never_consulted_is_found_out(prove) -> None:
    idle = EXCUSED | {
        "given": {"core.enrolment": [{"started_on": date(2024, 1, 10), "standing": "held"}]}
    }
    assert "never consulted" in prove(idle)["held"]


def test_an_excuse_may_be_a_parameter(prove) -> None:
    excused = NEAR_MISS | {"exception": "X01_held", "without": {"params": {"longest_days": 1}}}
    assert prove(excused) == {"short": ""}


def test_a_missing_finding_is_told(prove) -> None:
    assert prove(NEAR_MISS | {"flags": 1}) == {"short": "expected 1 findings, got 0"}


def test_a_wrong_column_is_told_by_name(prove) -> None:
    wrong = FLAG | {"flags": [{"person_id": "P-0000000001", "enrolled_days": 1}]}
    assert "enrolled_days" in prove(wrong)["long"]


def test_an_expectation_names_columns_that_are_returned(prove) -> None:
    assert "no column days" in prove(FLAG | {"flags": [{"days": 1}]})["long"]


def test_a_known_miss_passes_until_it_is_found(prove) -> None:
    missed = NEAR_MISS | {"flags": 1, "known_miss": True}
    found = FLAG | {"known_miss": True}
    assert prove(missed, found) == {
        "short": "",
        "long": "the known miss is found now: remove known_miss",
    }


def test_a_query_cannot_read_what_it_does_not_declare(prove, write_detector) -> None:
    query = write_detector().read_text().split("*/")[1].replace("core.enrolment", "core.aid")
    assert "core.aid" not in prove(FLAG)["long"]
    assert "aid" in prove(FLAG, query=query)["long"]


def test_rows_of_an_undeclared_table_are_refused(prove) -> None:
    strange = FLAG | {"given": {"core.aid": [{}]}}
    assert "core.aid is not in the detector's reads" in prove(strange)["long"]


def test_a_column_that_no_table_has_is_refused(prove) -> None:
    strange = FLAG | {"given": {"core.enrolment": [{"colour": "red"}]}}
    assert "no column colour" in prove(strange)["long"]


LISTED = """
select
    person_id,
    school_code,
    $longest_days as enrolled_days,
    case when is_delivered('internships') then 'suspected' else 'needs_evidence' end as verdict,
    case when is_delivered('internships') then '' else 'internships' end as missing_inputs
from core.enrolment
"""
READS = {"required": ["core.enrolment"], "optional": ["internships"]}


def test_an_empty_list_is_delivered_and_an_absent_one_is_not(prove) -> None:
    delivered = FLAG | {"verdict": "suspected"}
    absent = FLAG | {
        "name": "absent",
        "given": {"core.enrolment": [LONG], "internships": None},
        "verdict": "needs_evidence",
    }
    outcome = prove(delivered, absent, given={"internships": []}, query=LISTED, reads=READS)
    assert outcome == {"long": "", "absent": ""}


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ({}, "without the excuse no verdict is 'suspected'; if that is meant, state without_flags"),
        ({"without_flags": 1}, ""),
        ({"without_flags": 2}, "without the excuse: expected 2 findings, got 1"),
    ],
)
def test_an_excuse_whose_loss_raises_but_a_question_says_so(prove, stated, problem) -> None:
    given = EXCUSED["given"] | {"internships": None}
    query = f"{LISTED}where standing <> 'held'"
    outcome = prove(EXCUSED | {"given": given} | stated, query=query, reads=READS)
    assert outcome == {"held": problem}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"flag": 1}, "flag"),
        ({"exception": "X01_held"}, "exception and without go together"),
        ({"without": {}}, "say what to take away"),
        ({"flags": 1, "exception": "X01_held", "without": {"params": {"a": 1}}}, "flags 0"),
    ],
)
def test_a_malformed_example_is_refused_with_file_and_key(prove, changes, complaint) -> None:
    with pytest.raises(DetectorError, match=complaint) as refused:
        prove(NEAR_MISS | changes)
    assert "DE190_long.cases.yml" in str(refused.value)


def test_taking_away_a_row_that_is_not_there_is_an_error(prove) -> None:
    excused = EXCUSED | {"without": {"rows": {"core.enrolment": [3]}}}
    assert "no row 3" in prove(excused)["held"]


@pytest.mark.parametrize(
    ("examples", "gap"),
    [
        ([NEAR_MISS, EXCUSED], "no example flags"),
        ([FLAG, EXCUSED], "no near miss"),
        ([FLAG, NEAR_MISS], "no example proves X01_held"),
        ([FLAG, NEAR_MISS, EXCUSED | {"exception": "X02_other"}], "knows no exception X02_other"),
        ([FLAG, FLAG, NEAR_MISS, EXCUSED], "two examples are called 'long'"),
    ],
)
def test_a_gap_in_a_casebook_is_named(write_detector, examples, gap) -> None:
    book = casebook_model.Casebook.model_validate({"examples": examples})
    assert gap in "; ".join(casebook_model.gaps(header.read(write_detector()), book))


def test_expectations_are_paired_with_findings_in_any_order() -> None:
    rows = [
        {"a": "1", "b": Decimal("2.50"), "verdict": "suspected"},
        {"a": "1", "b": Decimal("3.00"), "verdict": "suspected"},
    ]
    # The first expectation fits both findings; only one pairing leaves room for the second.
    assert differs(rows, ({"a": 1}, {"a": 1, "b": 2.5}), None) == ""
    assert differs(rows, ({"b": 3}, {"b": 3}), None) == "two expectations fit the same finding only"
    assert differs(rows, 2, Verdict.NEEDS_EVIDENCE) != ""


def test_the_command_line_shows_what_a_failing_example_returned(
    prove, write_detector, monkeypatch, capsys
) -> None:
    prove(FLAG | {"flags": 0}, NEAR_MISS, EXCUSED)
    monkeypatch.setattr(registry, "detector", lambda _: header.read(write_detector()))
    assert casebook.main(["DE190"]) == 1
    told = capsys.readouterr().out
    assert "✗ long" in told
    assert "expected 0 findings, got 1" in told
    assert "'enrolled_days': '136'" in told
    assert "✓ held" in told


def test_a_missing_casebook_fails_alone(write_detector, monkeypatch, capsys) -> None:
    monkeypatch.setattr(registry, "detectors", lambda: {"DE190": header.read(write_detector())})
    assert casebook.main([]) == 1
    assert "DE190_long.cases.yml: missing" in capsys.readouterr().out
