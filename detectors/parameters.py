"""What a detector's parameters are worth: numbers of its header, or the law of place and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from duckdb import DuckDBPyConnection

from detectors.contract import Detector, DetectorError, Parameter, Value
from detectors.placeholders import replaced


class NoPolicyError(DetectorError):
    """No policy pack answers for this place and day, so the detector has no threshold."""


def resolve(con: DuckDBPyConnection, detector: Detector, place: str) -> dict[str, Value]:
    """Give every parameter its value on the as-of day; NoPolicyError names what nothing sets."""
    return {name: _value(con, parameter, place) for name, parameter in detector.params.items()}


def overridden(
    detector: Detector, values: Mapping[str, Value], by: Mapping[str, Value]
) -> dict[str, Value]:
    """Turn some parameters; DetectorError where the detector has no such one."""
    if unknown := sorted(by.keys() - values.keys()):
        known = ", ".join(sorted(values)) or "none"
        raise DetectorError(f"{detector.id} has no parameter {unknown[0]}; it has: {known}")
    return {**values, **by}


def as_of(con: DuckDBPyConnection) -> date:
    """Read the day that the night is about."""
    (day,) = con.execute("select as_of()").fetchall()[0]
    assert isinstance(day, date)
    return day


def macro_statement(detector: Detector, values: Mapping[str, Value]) -> str:
    """Write the table macro by which an analyst calls the query: `from de101(grace_days := 30)`.

    The tables that the query names must exist where it is run: DuckDB binds macros at once.
    """
    if not detector.is_sql:
        raise DetectorError(f"{detector.id} is fitted in Python and cannot be called from SQL")
    arguments = ", ".join(f"{name} := {literal(values[name])}" for name in detector.params)
    body = replaced(detector.body, {name: name for name in detector.params})
    return f"create or replace macro {detector.id.lower()}({arguments}) as table (\n{body}\n)"


def literal(value: Value) -> str:
    """Write a value as SQL does."""
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def _value(con: DuckDBPyConnection, parameter: Parameter, place: str) -> Value:
    key = parameter.policy_key
    if key is None:
        return parameter.default
    asked = {"key": key, "registry": parameter.registry, "place": place}
    query = "select policy_{kind}($key, $registry, $place, as_of())"
    for kind in ("number", "text", "date"):
        ((answer,),) = con.execute(query.format(kind=kind), asked).fetchall()
        if answer is not None:
            return _whole(answer)
    raise NoPolicyError(f"no policy pack sets {key} for place {place} on this day")


def _whole(answer: Value) -> Value:
    return int(answer) if isinstance(answer, float) and answer.is_integer() else answer
