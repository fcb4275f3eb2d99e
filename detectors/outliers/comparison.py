"""Put every school's shares of a school year beside its peers'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.outliers.peers import Floats, funnel, peer_groups

Column = NDArray[np.generic]
Columns = Mapping[str, Column]
"""Equally long: school_code, school_year, measure, numerator, denominator, kind, owner."""


@dataclass(frozen=True)
class Mark:
    """One measure of one school beside its peers'; z is None where the school is too small to judge."""

    school_code: str
    school_year: str
    measure: str
    value: float
    numerator: int
    denominator: int
    peers_value: float | None
    z: float | None
    peer_group: str
    peers: int

    @property
    def distance(self) -> float:
        """Give how far the school lies above its peers; 0 where it lies below or is not judged."""
        return max(self.z or 0.0, 0.0)

    @property
    def excess(self) -> int:
        """Count the students beyond what the peers' share would give."""
        return round(self.numerator - (self.peers_value or 0.0) * self.denominator)


@dataclass(frozen=True)
class _Distances:
    z: Floats
    peers_value: Floats
    groups: NDArray[np.object_]
    sizes: NDArray[np.int64]


def compare(rows: Columns, least_students: int, least_peers: int) -> list[Mark]:
    """Compare schools year by year and measure by measure, in the order of the rows."""
    years, measures = rows["school_year"], rows["measure"]
    marks: list[Mark] = []
    for year, measure in sorted(set(zip(years.tolist(), measures.tolist(), strict=True))):
        at = np.flatnonzero((years == year) & (measures == measure))
        some = {name: column[at] for name, column in rows.items()}
        marks += _marks(some, _distances(some, least_students, least_peers))
    return marks


def _distances(rows: Columns, least_students: int, least_peers: int) -> _Distances:
    numerators, denominators = _floats(rows["numerator"]), _floats(rows["denominator"])
    schools = len(denominators)
    found = _Distances(
        z=np.full(schools, np.nan),
        peers_value=np.full(schools, np.nan),
        groups=np.full(schools, "", dtype=object),
        sizes=np.zeros(schools, dtype=np.int64),
    )
    large = np.flatnonzero(denominators >= least_students)
    kinds, owners = rows["kind"][large].tolist(), rows["owner"][large].tolist()
    names = np.array(peer_groups(kinds, owners, least_peers), dtype=object)
    for name in sorted(set(names.tolist())):
        members = large[_belonging(name, kinds, owners)]
        mine = large[names == name]
        found.z[mine] = funnel(numerators[members], denominators[members]).z[np.isin(members, mine)]
        found.peers_value[mine] = np.median(numerators[members] / denominators[members])
        found.groups[mine], found.sizes[mine] = name, len(members)
    return found


def _belonging(name: str, kinds: list[str], owners: list[str]) -> NDArray[np.bool_]:
    return np.array(
        [
            name in {"all", kind, f"{kind} {owner}".strip()}
            for kind, owner in zip(kinds, owners, strict=True)
        ]
    )


def _marks(rows: Columns, found: _Distances) -> list[Mark]:
    numerators, denominators = _floats(rows["numerator"]), _floats(rows["denominator"])
    return [
        Mark(
            school_code=str(rows["school_code"][i]),
            school_year=str(rows["school_year"][i]),
            measure=str(rows["measure"][i]),
            value=float(numerators[i] / denominators[i]),
            numerator=int(numerators[i]),
            denominator=int(denominators[i]),
            peers_value=_known(found.peers_value[i]),
            z=_known(found.z[i]),
            peer_group=str(found.groups[i]),
            peers=int(found.sizes[i]),
        )
        for i in range(len(denominators))
    ]


def _known(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)


def _floats(column: Column) -> Floats:
    return np.asarray(column, dtype=np.float64)
