"""The values of all packs as one table, core.policy_setting, and which of its rows answers.

The row that answers binds the registry, covers the day and begins the place asked for; among several
the narrowest place wins, then the one for that registry, then the latest. `best` and the macros of
policy_macros.sql say so in Python and in SQL, and tests hold them to the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import duckdb
import pyarrow as pa

from schemas.catalog import tables
from schemas.ddl import create_table
from schemas.policy_model import EVER, Parameter, Policy, Scalar

NO_STAND_INS: Mapping[str, str] = MappingProxyType({})
HERE = Path(__file__).parent

_ARROW_TYPES = pa.schema(
    {
        "key": pa.string(),
        "registry": pa.string(),
        "place": pa.string(),
        "specificity": pa.int32(),
        "valid_from": pa.date32(),
        "valid_to": pa.date32(),
        "number": pa.float64(),
        "text": pa.string(),
        "day": pa.date32(),
        "pack": pa.string(),
        "clause": pa.string(),
    }
)


class Setting(NamedTuple):
    """A row of core.policy_setting, in the order of its columns."""

    key: str
    registry: str | None
    place: str
    specificity: int
    valid_from: date
    valid_to: date | None
    number: float | None
    text: str | None
    day: date | None
    pack: str
    clause: str

    @property
    def value(self) -> float | str | date:
        """The value, whichever of the three columns holds it."""
        for held in (self.number, self.text, self.day):
            if held is not None:
                return held
        raise AssertionError(f"{self.key}: a setting without a value")

    def answers(self, registry: str | None, place: str | None, day: date) -> bool:
        """Tell whether it binds a registry in a place on a day; no place means the nation."""
        binds = self.registry is None or self.registry == registry
        covers = self.valid_from <= day <= (self.valid_to or EVER)
        return binds and covers and (place or "").startswith(self.place)

    @property
    def rank(self) -> tuple[int, bool, date, int, str]:
        """What decides between several settings that answer: the greatest prevails."""
        in_particular = self.registry is not None
        return (self.specificity, in_particular, self.valid_from, len(self.place), self.pack)


def settings_of(pack: Policy, stands_in: Mapping[str, str]) -> Iterator[Setting]:
    """Give the settings of a pack, once for its own places and once for each place standing in."""
    for parameter in pack.parameters:
        for place in _places(parameter, stands_in):
            for key, value in parameter.settings():
                yield _setting(pack.name, parameter, place, (key, value))


def best(settings: Iterable[Setting]) -> Setting | None:
    """Give the setting that prevails among those that answer, if any does."""
    return max(settings, key=lambda setting: setting.rank, default=None)


def write_settings(con: duckdb.DuckDBPyConnection, settings: Iterable[Setting]) -> int:
    """Replace core.policy_setting and its macros, all or nothing; give the number of rows."""
    rows = [setting._asdict() for setting in settings]
    con.register("policy_setting_rows", pa.Table.from_pylist(rows, schema=_ARROW_TYPES))
    con.execute("begin transaction").fetchall()
    try:
        create_table(con, tables()["core.policy_setting"])
        con.execute((HERE / "policy_setting.sql").read_text(encoding="utf-8")).fetchall()
        con.execute((HERE / "policy_macros.sql").read_text(encoding="utf-8")).fetchall()
    except BaseException:
        con.execute("rollback").fetchall()
        raise
    else:
        con.execute("commit").fetchall()
    finally:
        con.unregister("policy_setting_rows")
    return len(rows)


def _places(parameter: Parameter, stands_in: Mapping[str, str]) -> Iterator[str]:
    """Give the place of a parameter and the invented places whose model lies in it."""
    yield parameter.place
    if parameter.place:
        yield from (
            invented
            for invented, model in sorted(stands_in.items())
            if model.startswith(parameter.place)
        )


def _setting(pack: str, parameter: Parameter, place: str, valued: tuple[str, Scalar]) -> Setting:
    key, value = valued
    return Setting(
        key=key,
        registry=parameter.registry,
        place=place,
        specificity=len(parameter.place),
        valid_from=parameter.valid_from,
        valid_to=parameter.valid_to,
        number=float(value) if isinstance(value, int | float) else None,
        text=value if isinstance(value, str) else None,
        day=value if isinstance(value, date) else None,
        pack=pack,
        clause=parameter.clause,
    )
