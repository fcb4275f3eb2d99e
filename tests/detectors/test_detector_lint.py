"""Rules about detectors hold for every detector, and are themselves awake."""

from __future__ import annotations

import pytest

from detectors import header
from detectors.lint import lint, lint_all
from detectors.scaffold import new


def test_every_detector_keeps_the_rules() -> None:
    assert lint_all() == []


@pytest.fixture
def broken(tmp_path):
    """Say what the linter finds once a valid detector has been changed."""

    def change(old: str, new_text: str) -> list[str]:
        path, _ = new("DE190", "a long enrolment", tmp_path)
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new_text))
        return lint(header.read(path))

    return change


def test_the_scaffold_breaks_no_rule(tmp_path) -> None:
    new("DE190", "a long enrolment", tmp_path)
    assert lint_all(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new_text", "complaint"),
    [
        ('"a long enrolment"', "an enrolment that is long", "title: name the wrong"),
        ("疑似DE190情形", "违规", "message_zh: a finding is 疑似"),
        ('policy: ["', 'policy: ["no_such_', "policy:"),
        ("required: [core.enrolment]", "required: [core.enrolments]", "no table core.enrolments"),
        ("required: [core.enrolment]", "required: []", "reads: the query names core.enrolment"),
        ("key: [person_id,", "key: [person,", "key: person is not in evidence"),
        ("route: school_code", "route: region_code", "route: region_code"),
        ("evidence: [person_id,", "evidence: [verdict, person_id,", "returned by every detector"),
        ("subject: person", "subject: class", "needs subject_id"),
        ("{enrolled_days} days", "{days} days", "{days} is not in evidence"),
        ("> $longest_days", "> 2000", "longest_days is never used"),
        ("> $longest_days", "> $longest_days + $lag", "the query uses $lag"),
        ("from open_enrolment\n", "from open_enrolment as longest_days\n", "also a column"),
        ("default: 2000", 'default: "policy:no.such.key"', "no pack sets no.such.key"),
        ("-- X01_held", "-- held", "is the comment 'X01_held'"),
    ],
)
def test_a_broken_rule_is_named_with_its_key(broken, old, new_text, complaint) -> None:
    found = broken(old, new_text)
    assert any(complaint in one for one in found), found
    assert all(one.startswith("DE190_a_long_enrolment.sql: ") for one in found)


def test_an_unreadable_file_is_one_more_broken_rule(write_detector, tmp_path) -> None:
    write_detector(severity="Z")
    assert "severity" in lint_all(tmp_path)[0]


def test_a_model_that_glues_sql_is_found(write_detector) -> None:
    sql = write_detector()
    head = sql.read_text().split("/*\n", 1)[1].split("*/")[0]
    path = sql.with_suffix(".py")
    path.write_text(
        f'"""\n{head}"""\n# X01_held\nparams["longest_days"]; con.sql(f"select {{x}}")\n'
    )
    assert any("f-string" in one for one in lint(header.read(path)))
