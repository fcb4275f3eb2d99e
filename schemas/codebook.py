"""Reference lists: administrative divisions with their history, school categories, groups of majors."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from schemas.model import SchemaError
from schemas.reading import AnyModel, as_mapping, build, read_mapping

REFERENCE = Path(__file__).parent / "codes" / "reference"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str


class Division(_Entry):
    """An administrative division under one code and name, with the days on which they held."""

    code: str = Field(pattern=r"^\d{6}$")
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    is_current: bool = True

    def held_on(self, day: date) -> bool:
        """Tell whether code and name were in use on `day`, as far as it is recorded."""
        begun = self.valid_from is None or self.valid_from <= day
        over = self.valid_to is not None and self.valid_to < day
        return begun and not over and (self.is_current or self.valid_to is not None)


class SchoolCategory(_Entry):
    """What the first two digits of a ten-digit school code say; `kind` is of code list school_kind."""

    kind: str | None = None


class MajorGroup(_Entry):
    """A group of majors: the first two digits of a major code, and the level they belong to."""

    level: str
    agricultural: bool = False
    valid_to: date | None = None


@cache
def divisions() -> tuple[Division, ...]:
    """Give the divisions we know, those out of use included."""
    return _entries(Division, REFERENCE / "divisions.yml")


@cache
def school_categories() -> tuple[SchoolCategory, ...]:
    """Give the categories of schools by the first two digits of their code."""
    return _entries(SchoolCategory, REFERENCE / "school_categories.yml")


@cache
def major_groups() -> tuple[MajorGroup, ...]:
    """Give the groups of majors by the first two digits of a major code."""
    return _entries(MajorGroup, REFERENCE / "major_groups.yml")


def division_name(code: str, day: date) -> str | None:
    """Name a division as it was called on `day`, by its last known name if it was gone by then."""
    known = [division for division in divisions() if division.code == code]
    holding = [division for division in known if division.held_on(day)]
    return (holding or known)[-1].name if known else None


def _entries(model: type[AnyModel], path: Path) -> tuple[AnyModel, ...]:
    content = read_mapping(path)
    if content.get("reference") != path.stem or not isinstance(content.get("entries"), list):
        raise SchemaError(f"{path.name}: keys reference ({path.stem}) and entries were expected")
    return tuple(
        build(model, as_mapping(entry, where), where)
        for number, entry in enumerate(content["entries"], start=1)
        for where in (f"{path.name}, entry {number}",)
    )
