"""A night of detectors: each held to its word, none able to silence the others."""

from __future__ import annotations

import pytest

from detectors import header
from detectors.contract import DetectorError
from detectors.run import RunStatus, run_all, run_one

PYTHON = '''"""
{header}---
Why it matters
  It does.
What to check first
  The register.
"""

import pyarrow as pa

# X01_held


def find(con, params):
    {body}
'''


def run(con, *paths, threads=2):
    chosen = {path.name: header.read(path) for path in paths}
    return run_all(con, place="990102", threads=threads, chosen=chosen)


def test_findings_are_kept_in_the_order_of_their_keys(write_detector, a_night) -> None:
    (done,) = run(a_night, write_detector())
    assert (done.status, done.findings) == (RunStatus.RAN, 2)
    found = a_night.execute("select person_id from work.finding_de190").fetchall()
    assert found == [("P-1",), ("P-2",)]


def test_a_night_leaves_each_query_as_a_table_macro(write_detector, a_night) -> None:
    run(a_night, write_detector())
    assert len(a_night.execute("from de190(longest_days := 5)").fetchall()) == 3
    # The macro holds no table back from being made anew the next night.
    a_night.execute("create or replace table core.enrolment as from core.enrolment limit 1")
    assert len(a_night.execute("from de190()").fetchall()) == 1


def test_one_detector_runs_by_itself(write_detector, a_night) -> None:
    table = run_one(a_night, header.read(write_detector()), {"longest_days": 5})
    assert a_night.execute(f"select count(*) from {table}").fetchall() == [(3,)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("school_code,", "school_code as school,", "lacking: school_code"),
        ("person_id,", "null::varchar as person_id,", "key person_id is null in 2 rows"),
        ("person_id,", "'P-1' as person_id,", "1 rows repeat the key"),
        ("'suspected' as", "'guilty' as", "verdict: 2 rows"),
        ("'suspected' as", "'needs_evidence' as", "need evidence but name no list"),
        ("'' as missing_inputs", "null as missing_inputs", "missing_inputs: null"),
    ],
)
def test_a_broken_word_is_refused_and_leaves_nothing(
    write_detector, a_night, old, new, complaint
) -> None:
    path = write_detector()
    path.write_text(path.read_text().replace(f"    {old}", f"    {new}", 1))
    with pytest.raises(DetectorError, match=complaint):
        run_one(a_night, header.read(path), {"longest_days": 60})
    assert (
        a_night.execute("select * from duckdb_tables() where schema_name = 'work'").fetchall() == []
    )


def test_a_failing_detector_does_not_stop_the_others(write_detector, a_night) -> None:
    good = write_detector()
    bad = write_detector(name="DE191_bad.sql", id="DE191", query="select nothing from nowhere")
    runs = run(a_night, good, bad)
    assert [(done.detector_id, done.status) for done in runs] == [
        ("DE190", RunStatus.RAN),
        ("DE191", RunStatus.FAILED),
    ]
    assert "nowhere" in runs[1].reason


def test_a_reason_names_the_column_but_not_the_value_that_did_not_convert(
    write_detector, a_night
) -> None:
    path = write_detector()
    path.write_text(
        path.read_text().replace("started_on, as_of()) as", "person_id::date, as_of()) as")
    )
    (done,) = run(a_night, path)
    assert done.status is RunStatus.FAILED
    assert "ConversionException" in done.reason
    assert "P-" not in done.reason


def test_a_detector_out_of_force_is_skipped_with_its_reason(write_detector, a_night) -> None:
    path = write_detector(in_force={"from": "2025-01-01"})
    (done,) = run(a_night, path)
    assert (done.status, done.reason) == (RunStatus.SKIPPED, "not in force on 2024-01-15")


def test_a_list_never_delivered_skips_what_cannot_do_without_it(write_detector, a_night) -> None:
    path = write_detector(reads={"required": ["core.enrolment"], "needs_sources": ["k12_students"]})
    (done,) = run(a_night, path)
    assert (done.status, done.reason) == (RunStatus.SKIPPED, "not delivered: k12_students")
    a_night.execute("insert into core.delivered values ('k12_students', 0)")
    assert run(a_night, path)[0].status is RunStatus.RAN


def test_findings_of_a_former_night_do_not_outlive_a_skip(write_detector, a_night) -> None:
    run(a_night, write_detector())
    run(a_night, write_detector(in_force={"until": "2020-01-01"}))
    left = a_night.execute("select * from duckdb_tables() where schema_name = 'work'").fetchall()
    assert left == []


def test_a_threshold_that_no_policy_sets_skips_the_detector(write_detector, a_night) -> None:
    for kind, type_ in (("number", "double"), ("text", "varchar"), ("date", "date")):
        a_night.execute(
            f"create macro policy_{kind}(key, registry, place, day) as"
            f" case when key = 'lag' and {kind == 'number'} then 60 end::{type_}"
        )
    known = {"longest_days": {"default": "policy:lag", "comment": "From the law."}}
    unknown = {"longest_days": {"default": "policy:nothing", "comment": "From the law."}}
    assert run(a_night, write_detector(params=known))[0].findings == 2
    (done,) = run(a_night, write_detector(params=unknown))
    assert done.status is RunStatus.SKIPPED
    assert "nothing" in done.reason


def test_many_detectors_at_once_find_the_same_as_one_by_one(write_detector, a_night) -> None:
    paths = [write_detector(name=f"DE{n}_x.sql", id=f"DE{n}") for n in range(200, 240)]
    runs = run(a_night, *paths, threads=8)
    assert [done.findings for done in runs] == [2] * 40


def a_python_detector(write_detector, body: str):
    sql = write_detector(name="DE192_fitted.sql", id="DE192")
    text = sql.read_text().split("/*\n", 1)[1].split("---", 1)[0]
    sql.unlink()
    path = sql.with_suffix(".py")
    path.write_text(PYTHON.format(header=text, body=body))
    return path


def test_a_detector_in_python_is_held_to_the_same_word(write_detector, a_night) -> None:
    query = (
        "select person_id, school_code, $longest_days as enrolled_days,"
        " 'suspected' as verdict, '' as missing_inputs from core.enrolment"
    )
    body = f'return con.sql("{query}", params=dict(params)).to_arrow_table()'
    path = a_python_detector(write_detector, body)
    (done,) = run(a_night, path)
    assert (done.status, done.findings) == (RunStatus.RAN, 3)


def test_what_a_python_detector_raises_is_recorded_without_its_words(
    write_detector, a_night
) -> None:
    path = a_python_detector(write_detector, 'raise KeyError("虚构甲")')
    (done,) = run(a_night, path)
    assert done.status is RunStatus.FAILED
    assert "KeyError in find" in done.reason
    assert "虚构甲" not in done.reason
