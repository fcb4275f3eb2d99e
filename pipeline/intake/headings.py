"""Which row names the columns, and what it names: the row that fits the contract of the source best.

Columns are taken by name, never by position. A table that fits another source clearly better than the one of
its folder is refused: a roll of one registry read as that of another would make every pupil enrolled twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.errors import DeliveryError
from pipeline.intake.sheet import Line
from schemas.catalog import sources
from schemas.headings import columns_by_heading, fold_heading

# Fewer known headings in a row are a coincidence: a title that mentions 学校名称.
_HEADINGS_AT_LEAST = 2
# By so many columns must another source fit better than the one of the folder, to be taken for the true one.
_CLEARLY_BETTER = 2
_NEAR = 50
_QUOTABLE = re.compile(r"^[^:：\d]{1,20}$")
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Fit:
    """A heading row as one source reads it: where its columns are, what is missing, what is over."""

    source: str
    heading: Line
    places: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def extra(self) -> dict[str, int]:
        """Where the columns are that the contract does not name, by heading, each heading once."""
        named: dict[str, int] = {}
        taken = set(self.places.values())
        for place, heading in enumerate(self.heading.cells):
            if place not in taken:
                label = heading or f"第{place + 1}列"
                again = sum(other.partition(" #")[0] == label for other in named)
                named[f"{label} #{again + 1}" if again else label] = place
        return named


def is_quotable(heading: str) -> bool:
    """Whether a heading may be named in a message: a remark beside the headings may hold a name or number."""
    return bool(_QUOTABLE.match(heading))


def recognise(top: Sequence[Line], source: str) -> Fit:
    """Give the heading row of a table of this source; raise DeliveryError with what is wrong with it."""
    own = _best_fit(top, source) if source in sources() else None
    rows = [own.heading] if own and not own.missing else top
    rivals = [fit for name in sources() if name != source and (fit := _best_fit(rows, name))]
    better = [fit for fit in rivals if not fit.missing and _is_clearly_better(fit, own)]
    if better:
        best = max(better, key=lambda fit: len(fit.places))
        raise DeliveryError(
            f"has the headings of {best.source} ({sources()[best.source].title}), not of {source}; "
            f"move it to exports/{best.source}/"
        )
    if own is None:
        raise DeliveryError(
            f"has no heading row of {source} in its first rows; "
            "export it again with the column names in one row above the data"
        )
    if own.missing:
        raise DeliveryError(_missing_message(own))
    return own


def known_headings(cells: Sequence[str]) -> int:
    """Count the cells of a row that are a heading of any source."""
    return sum(_folded(cell) in _all_headings() for cell in cells)


def _best_fit(top: Sequence[Line], source: str) -> Fit | None:
    """Give the first complete heading row or the fullest, or that of two rows if it names more."""
    best: Fit | None = None
    for heading in top:
        best = _fuller(best, _fit(heading, source))
        if best and not best.missing:
            break
    for upper, lower in pairwise(top):
        if lower.row == upper.row + 1 and (best is None or best.heading in (upper, lower)):
            best = _fuller(best, _fit(_joined(upper, lower, source), source))
    return best


def _fuller(best: Fit | None, fit: Fit | None) -> Fit | None:
    if best is None or (fit and len(fit.places) > len(best.places)):
        return fit
    return best


def _joined(upper: Line, lower: Line, source: str) -> Line:
    """Read two rows as one heading: 监护人 over 姓名 and 电话 is 监护人姓名 and 监护人电话."""
    cells = []
    over = ""
    for above, below in zip(upper.cells, lower.cells, strict=False):
        over = above or over
        joined = over + below if below else above
        cells.append(joined if _folded(joined) in _offers(source) else below or above)
    return Line(lower.row, tuple(cells))


def _fit(heading: Line, source: str) -> Fit | None:
    places = _places(heading.cells, source)
    if len(places) < _HEADINGS_AT_LEAST:
        return None
    required = sources()[source].required
    missing = tuple(column.header for column in required if column.name not in places)
    return Fit(source, heading, places, missing)


@lru_cache(maxsize=1 << 14)
def _places(cells: tuple[str, ...], source: str) -> Mapping[str, int]:
    """Say which cell of a row names which column; of two headings of a column, the better one."""
    offers = _offers(source)
    chosen: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        if offer := offers.get(_folded(cell)):
            column, rank = offer
            chosen[column] = min((rank, place), chosen.get(column, (rank, place)))
    return {column: place for column, (_, place) in chosen.items()}


def _is_clearly_better(rival: Fit, own: Fit | None) -> bool:
    if own is None or own.missing:
        return own is None or len(rival.places) >= len(own.places)
    return len(rival.places) >= len(own.places) + _CLEARLY_BETTER


def _missing_message(fit: Fit) -> str:
    over = {_folded(heading): heading for heading in fit.extra if is_quotable(heading)}
    named = []
    for header in fit.missing:
        near = process.extractOne(
            _folded(header), list(over), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        named.append(f"{header} (nearest: {over[near[0]]})" if near else header)
    return (
        f"lacks required columns of {fit.source}: {', '.join(named)}; export it with them, "
        f"or add the heading as an alias to schemas/sources/{fit.source}.yml"
    )


@lru_cache(maxsize=1 << 16)
def _folded(cell: str) -> str:
    """Fold a heading; a cell that is a number or a long text is none."""
    return "" if len(cell) > _LONGEST_HEADING or cell.isdecimal() else fold_heading(cell)


@cache
def _offers(source: str) -> Mapping[str, tuple[str, int]]:
    """Give the column behind every folded heading of a source, with its rank among the headings."""
    headings = columns_by_heading(sources()[source])
    return {folded: (column, rank) for rank, (folded, column) in enumerate(headings.items())}


@cache
def _all_headings() -> frozenset[str]:
    return frozenset(heading for name in sources() for heading in _offers(name))
