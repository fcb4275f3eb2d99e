"""Detectors written for a test: a valid file, in which a test changes what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from duckdb import DuckDBPyConnection

HEADER = {
    "id": "DE190",
    "title": "a long enrolment",
    "title_zh": "在籍过久",
    "severity": "B",
    "certainty": "probable",
    "subject": "person",
    "policy": ["national:any"],
    "reads": {"required": ["core.enrolment"]},
    "evidence": ["person_id", "school_code", "enrolled_days"],
    "key": ["person_id", "school_code"],
    "route": "school_code",
    "message": "On the roll of {school_code} for {enrolled_days} days.",
    "message_zh": "在 {school_code} 在籍 {enrolled_days} 天。",
    "next": "Ask for the register.",
    "next_zh": "核查点名册。",
    "params": {"longest_days": {"default": 60, "unit": "days", "comment": "Longer is unusual."}},
    "exceptions": [
        {
            "name": "X01_held",
            "says": "The place is held.",
            "says_zh": "保留学籍。",
            "proof": "core.enrolment",
        }
    ],
    "history": [{"on": "2026-11-21", "note": "First written."}],
}

QUERY = """
select
    person_id,
    school_code,
    date_diff('day', started_on, as_of()) as enrolled_days,
    'suspected' as verdict,
    '' as missing_inputs
from core.enrolment
where
    date_diff('day', started_on, as_of()) > $longest_days
    -- X01_held
    and standing <> 'held'
"""

WriteDetector = Callable[..., Path]


@pytest.fixture
def write_detector(tmp_path: Path) -> WriteDetector:
    """Write a detector file; keywords replace header fields, None removes one."""

    def write(query: str = QUERY, name: str = "DE190_long.sql", **changes: object) -> Path:
        header = {key: value for key, value in (HEADER | changes).items() if value is not None}
        text = yaml.safe_dump(header, allow_unicode=True, sort_keys=False)
        path = tmp_path / "dual_enrolment" / name
        path.parent.mkdir(exist_ok=True)
        explained = "Why it matters\n  It does.\nWhat to check first\n  The register."
        path.write_text(f"/*\n{text}---\n{explained}\n*/\n{query}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def a_night() -> Iterator[DuckDBPyConnection]:
    """A database with two enrolments, as the steps before the detectors leave it."""
    with duckdb.connect() as con:
        con.execute(
            """
            create schema core;
            create table core.delivered (source varchar, rows bigint);
            create table core.enrolment
                (person_id varchar, school_code varchar, started_on date, standing varchar);
            insert into core.enrolment values
                ('P-2', '3699000001', date '2023-09-01', 'active'),
                ('P-1', '3699000001', date '2023-09-01', 'active'),
                ('P-3', '3699000001', date '2024-01-01', 'active');
            create macro as_of() as date '2024-01-15';
            create macro is_delivered(wanted) as
                exists (select 1 from core.delivered where source = wanted);
            """
        )
        yield con
