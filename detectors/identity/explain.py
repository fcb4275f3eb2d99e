"""Two rows side by side: field by field, how far they agree, what that weighs, and the sum as it grows."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from detectors.contract import DetectorError
from detectors.identity.alone import compare_all, world_of
from detectors.identity.judgement import Finding, Judgement, judge
from detectors.identity.model import Model, among_rows, load, probability
from detectors.identity.pattern import FIELD_WORDS, FIELDS, Pattern, words
from detectors.identity.statements import text

_ALIKE_BITS = 60.0
_HOUSEHOLD = ("household", "同户可能", "", "同户、同乡的两人也可能如此一致")


@dataclass(frozen=True)
class Step:
    """One field of the comparison."""

    field: str
    title: str
    level: str
    words: str
    weight: float
    total: float


@dataclass(frozen=True)
class Explanation:
    """Why two rows are held to be one person, or two; `prior` is where the running total starts."""

    record_id_a: str
    record_id_b: str
    steps: tuple[Step, ...]
    prior: float
    judgement: Judgement
    is_same_person: bool


def explain(con: duckdb.DuckDBPyConnection, record_id_a: str, record_id_b: str) -> Explanation:
    """Explain any two rows of the last resolved night, whether they were compared that night or not.

    Reads only. Raises DetectorError when a row is not known.
    """
    model = among_rows(con, load())
    profiles = _profiles(con, record_id_a, record_id_b)
    same = _are_one_person(con, record_id_a, record_id_b)
    if profiles[0] == profiles[1]:
        alike = Judgement(Finding.LINK, _ALIKE_BITS, probability(_ALIKE_BITS), "号码与姓名写法相同")
        return Explanation(record_id_a, record_id_b, (), model.prior_bits, alike, same)
    pattern = _compared(con, profiles) or _compare_alone(con, record_id_a, record_id_b, model)
    return Explanation(
        record_id_a,
        record_id_b,
        steps(pattern, model),
        model.prior_bits,
        judge(pattern, model),
        same,
    )


def steps(pattern: Pattern, model: Model) -> tuple[Step, ...]:
    """Lay a pattern out as a waterfall: each field's words, weight in bits and running total.

    Fields are weighed against strangers; the last step takes off what a household or near strangers explain as well.
    """
    total = model.prior_bits
    laid = []
    for field, level in pattern.levels():
        weight = model.weight(field, level)
        total += weight
        laid.append(Step(field, FIELD_WORDS[field], level, words(field, level), weight, total))
    whole = model.total(pattern)
    return (*laid, Step(*_HOUSEHOLD, whole - total, whole))


def _profiles(
    con: duckdb.DuckDBPyConnection, record_id_a: str, record_id_b: str
) -> tuple[int, int]:
    found = [
        con.execute(text("placed"), {"record_id": record_id}).fetchall()
        for record_id in (record_id_a, record_id_b)
    ]
    if not all(found):
        raise DetectorError(
            "one of the two records names no person tonight; take record ids from core.person_link"
        )
    profiles = [rows[0][0] for rows in found]
    return min(profiles), max(profiles)


def _are_one_person(con: duckdb.DuckDBPyConnection, record_id_a: str, record_id_b: str) -> bool:
    persons = con.execute(
        "select count(distinct person_id) from core.person_link where record_id in (?, ?)",
        [record_id_a, record_id_b],
    ).fetchall()
    return bool(persons[0][0] == 1)


def _compared(con: duckdb.DuckDBPyConnection, profiles: tuple[int, int]) -> Pattern | None:
    levels = ", ".join(FIELDS)
    rows = con.execute(
        f"select {levels} from identity.agreement where profile_a = ? and profile_b = ?",  # noqa: S608 - our fields
        profiles,
    ).fetchall()
    return Pattern(*rows[0]) if rows else None


def _compare_alone(
    con: duckdb.DuckDBPyConnection, record_id_a: str, record_id_b: str, model: Model
) -> Pattern:
    """Compare two rows, with all that their profiles say, in a world of their own."""
    profile_a, profile_b = _profiles(con, record_id_a, record_id_b)
    both = {"profile_a": profile_a, "profile_b": profile_b}
    rows = con.sql(text("profile_records"), params=both).to_arrow_table()
    with world_of(rows) as alone:
        alone.execute(
            "insert into identity.asked values ($a, $b, 'explain')",
            {"a": record_id_a, "b": record_id_b},
        ).fetchall()
        compare_all(alone, model)
        found = _compared(alone, _profiles(alone, record_id_a, record_id_b))
    if found is None:
        raise DetectorError("the two records cannot be compared; please report it")
    return found
