"""School years and terms of the invented city: autumn from 1 September, spring from 1 March."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A school term; ordered by time."""

    year: int  # first calendar year of the school year
    season: int  # 0 autumn, 1 spring

    @property
    def school_year(self) -> str:
        """The school year as exports write it."""
        return f"{self.year}-{self.year + 1}"

    @property
    def name(self) -> str:
        """The term as the code list calls it."""
        return "spring" if self.season else "autumn"

    @property
    def first_day(self) -> date:
        """The day the term begins."""
        return date(self.year + 1, 3, 1) if self.season else date(self.year, 9, 1)

    @property
    def last_day(self) -> date:
        """The day the term ends."""
        return date(self.year + 1, 7, 15) if self.season else date(self.year + 1, 1, 31)

    @property
    def following(self) -> Term:
        """The next term."""
        return Term(self.year + self.season, 1 - self.season)


def school_year_of(day: date) -> int:
    """Tell the first calendar year of the school year that a day belongs to."""
    return day.year if day.month >= 8 else day.year - 1


def terms_between(first: Term, last: Term) -> list[Term]:
    """List the terms from the first to the last, both included."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].following)
    return found
