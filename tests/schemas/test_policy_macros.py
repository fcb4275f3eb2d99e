"""The SQL macros answer as the Python look-up does, and fast enough for every row of a city."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas import policy, policy_setting
from schemas.catalog import tables
from schemas.policy_setting import Setting, best, write_settings

STANDS_IN = {"9901": "1409", "9902": "2202", "9903": "2308"}
KEYS = sorted({row.key for row in policy.settings_rows()})
PLACES = [
    "",
    "14",
    "140902",
    "2202",
    "220102",
    "230803",
    "450102",
    "990102",
    "990203",
    "9903",
    "99",
]
REGISTRIES = ["vocational", "technical", "k12", "higher", None]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    policy.load(connection, STANDS_IN)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def scratch() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config={"threads": 1})
    yield connection
    connection.close()


def in_sql(
    con: duckdb.DuckDBPyConnection,
    asked: tuple[str, str | None, str | None, date],
    *macros: str,
) -> tuple[object, ...]:
    """Ask one question of several macros at once."""
    calls = ", ".join(f"{macro}($key, $registry, $place, $day::date)" for macro in macros)
    named = dict(zip(("key", "registry", "place", "day"), asked, strict=True))
    answer: tuple[object, ...] = con.execute(f"select {calls}", named).fetchall()[0]
    return answer


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from(KEYS),
    registry=st.sampled_from(REGISTRIES),
    place=st.sampled_from(PLACES) | st.none(),
    day=st.dates(date(2006, 1, 1), date(2027, 12, 31)),
)
@example("registration.deadline.autumn", "vocational", "990102", date(2023, 9, 1))
@example("registration.deadline.autumn", "vocational", None, date(2023, 9, 1))
@example("expansion.due_on", "technical", "2308", date(2020, 1, 1))
def test_macros_and_python_give_the_same_answer(
    con: duckdb.DuckDBPyConnection, key: str, registry: str | None, place: str | None, day: date
) -> None:
    asked = (key, registry, place, day)
    found = policy.setting(key, registry=registry, place=place, day=day, stands_in=STANDS_IN)
    expected = (
        (found.number, found.text, found.day, found.pack, f"{found.pack}:{found.clause}")
        if found
        else (None, None, None, None, None)
    )
    macros = ("policy_number", "policy_text", "policy_date", "policy_pack", "policy_clause")
    assert in_sql(con, asked, *macros) == expected


@st.composite
def a_setting(draw: st.DrawFn) -> Setting:
    """Make a value of one invented key, bound and dated anyhow."""
    place = draw(st.sampled_from(["", "9", "99", "9901", "9902"]))
    began = draw(st.integers(2019, 2023))
    ended = draw(st.integers(began, 2024) | st.none())
    return Setting(
        key="invented.days",
        registry=draw(st.sampled_from(["vocational", None])),
        place=place,
        specificity=draw(st.integers(0, len(place))),
        valid_from=date(began, 1, 1),
        valid_to=date(ended, 12, 31) if ended else None,
        number=float(draw(st.integers(0, 5))),
        text=None,
        day=None,
        pack=draw(st.sampled_from(["first", "second"])),
        clause="one",
    )


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(a_setting(), max_size=8, unique_by=lambda row: row.rank),
    registry=st.sampled_from(["vocational", "k12", None]),
    place=st.sampled_from(["9901", "990203", "99", "22"]) | st.none(),
    day=st.dates(date(2019, 1, 1), date(2024, 12, 31)),
)
def test_any_settings_rank_alike_in_both(
    scratch: duckdb.DuckDBPyConnection,
    rows: list[Setting],
    registry: str | None,
    place: str | None,
    day: date,
) -> None:
    expected = best(row for row in rows if row.answers(registry, place, day))
    write_settings(scratch, rows)
    answer = in_sql(scratch, ("invented.days", registry, place, day), "policy_number")
    assert answer == (expected.number if expected else None,)


def test_the_rows_are_the_columns_of_the_table(con: duckdb.DuckDBPyConnection) -> None:
    columns = tuple(column.name for column in tables()["core.policy_setting"].columns)
    assert columns == Setting._fields
    stored = con.execute("from core.policy_setting").fetchall()
    assert sorted(map(str, stored)) == sorted(
        str(tuple(row)) for row in policy.settings_rows(STANDS_IN)
    )


def test_loading_twice_leaves_one_copy_and_what_is_no_longer_said_goes() -> None:
    with duckdb.connect() as con:
        first = policy.load(con, STANDS_IN)
        second = policy.load(con)
        stored = con.execute("select count(*) from core.policy_setting").fetchall()[0][0]
    assert first > second == stored


def test_a_load_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy_setting.sql").write_text("delete from core.policy_setting", "utf-8")
    (tmp_path / "policy_macros.sql").write_text("this is no SQL", "utf-8")
    with duckdb.connect() as con:
        rows = policy.load(con)
        monkeypatch.setattr(policy_setting, "HERE", tmp_path)
        with pytest.raises(duckdb.ParserException):
            policy.load(con)
        stored = con.execute("select count(*) from core.policy_setting").fetchall()
    assert stored == [(rows,)]


def test_a_list_comes_back_as_a_list(con: duckdb.DuckDBPyConnection) -> None:
    asked = ("monthly_report.months", "vocational", "1409", date(2023, 10, 1))
    assert in_sql(con, asked, "policy_list") == (["8", "9", "10", "11"],)


@pytest.mark.parametrize(
    ("entered_on", "deadline"),
    [
        (date(2023, 9, 1), date(2023, 11, 10)),
        (date(2023, 11, 10), date(2023, 11, 10)),
        (date(2023, 11, 11), date(2024, 11, 10)),
        (date(2024, 9, 1), date(2024, 11, 20)),
    ],
)
def test_the_deadline_is_the_first_such_day_from_the_entry_on(
    con: duckdb.DuckDBPyConnection, entered_on: date, deadline: date
) -> None:
    asked = ("registration.deadline.autumn", "vocational", "990102", entered_on)
    assert in_sql(con, asked, "policy_month_day") == (deadline,)


def test_columns_named_like_those_of_the_settings_are_the_callers_own(
    con: duckdb.DuckDBPyConnection,
) -> None:
    answers = con.execute(
        """
        with entered as (
            select 'vocational' as registry, '990102' as place, date '2023-09-01' as day,
                'dual.lag_days' as key, 'x' as text, 1 as number
        )
        select policy_text('registration.deadline.autumn', registry, place, day),
            policy_number(key, registry, place, day)
        from entered
        """
    ).fetchall()
    assert answers == [("11-10", 60.0)]


def test_three_hundred_thousand_enrolments_are_asked_within_the_allowance(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(
        """
        create or replace temp table entered as
        select
            ['vocational', 'technical', 'k12', 'higher'][1 + (i % 4)] as registry,
            '99' || lpad((hash(i) % 10000)::varchar, 4, '0') as region_code,
            date '2015-01-01' + (hash(i + 7) % 3600)::integer as started_on
        from range(300000) as numbered(i)
        """
    ).fetchall()
    begun = time.perf_counter()
    asked = con.execute(
        """
        select count(policy_text('registration.deadline.autumn', registry, region_code, started_on))
        from entered
        """
    ).fetchall()
    seconds = time.perf_counter() - begun
    assert asked[0][0] > 100_000
    assert seconds < 1.5
