"""Which rows name the columns, and what they name: those that fit the contract of the source best.

Columns are taken by name, never by position. A table that fits another source clearly better than the one of
its folder is refused: a roll of one registry read as that of another would make every pupil enrolled twice.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from pipeline.errors import DeliveryError
from pipeline.intake.heading_rows import (
    Heading,
    could_be_heading,
    folded,
    headings,
    known,
    offers,
)
from pipeline.intake.sheet import Line
from pipeline.intake.titles import labelled
from pipeline.intake.units import foreign_unit, is_foreign, is_in_yuan, unit_for_all, units_below
from schemas.catalog import sources
from schemas.model import Column

# Fewer known headings in a row are a coincidence: a title that mentions 学校名称.
_HEADINGS_AT_LEAST = 2
# By so many columns must another source fit better than the one of the folder, to be taken for the true one.
_CLEARLY_BETTER = 2
# Headings that any list may have say nothing of what it is a list of.
_OF_ANY_LIST = frozenset(
    {"备注", "说明", "类型", "类别", "日期", "项目", "来源", "级别", "等级", "电话", "联系电话"}
    | {"学校", "专业", "形式", "截止日期", "结束日期"}
)
_ROWS_OF_A_HEADING = 3
_NEAR = 50
_QUOTABLE = re.compile(r"^[^:：\d]{1,20}$")
# Columns that are one and the same thing under whatever heading: of several, a row's filled one is taken.
_SAME_BY_ANY_NAME = frozenset({"id", "name", "birth", "phone", "address"})


@dataclass(frozen=True)
class Fit:
    """A heading as one source reads it: where its columns are, what is missing, what is over.

    `spares` are further columns for the same thing, `constants` what a line around the table says of all
    rows, `rows` the rows of the heading as they were delivered.
    """

    source: str
    heading: Line
    places: Mapping[str, int]
    missing: tuple[str, ...]
    rows: tuple[Line, ...] = ()
    spares: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def extra(self) -> Mapping[str, int]:
        """Where the columns are that the contract does not name, by heading, each heading once."""
        named: dict[str, int] = {}
        again: dict[str, int] = {}
        taken = set(self.places.values())
        for place, heading in enumerate(self.heading.cells):
            if place not in taken:
                label = heading or f"第{place + 1}列"
                again[label] = again.get(label, 0) + 1
                named[f"{label} #{again[label]}" if again[label] > 1 else label] = place
        return named


def is_quotable(heading: str) -> bool:
    """Whether a heading may be named in a message: a remark beside the headings may hold a name or number."""
    return bool(_QUOTABLE.match(heading))


def recognise(
    top: Sequence[Line], source: str, around: Callable[[Line], Iterable[Line]] = lambda _: ()
) -> Fit:
    """Give the heading of a table of this source; raise DeliveryError with what is wrong with it.

    `around` gives further lines that may name a value for all rows, if no line of `top` does.
    """
    own = best_fit(top, source) if source in sources() else None
    own = own and _with_constants(own, top)
    _refuse_another(top, source, own)
    if own is None:
        raise DeliveryError(
            f"has no heading row of {source} in its first rows; "
            "export it again with the column names in one row above the data"
        )
    if _may_stand_around(own):
        own = _with_constants(own, [*top, *around(own.heading)])
    if own.missing:
        raise DeliveryError(_missing_message(own))
    return own


def recognise_again(lines: Sequence[Line], first: Fit) -> Fit:
    """Give a further heading in a sheet that began with `first`; raise DeliveryError if it is of another table."""
    own = best_fit(lines, first.source)
    if own:
        own = replace(own, constants=first.constants)
        own = replace(own, missing=_missing(own))
    _refuse_another(lines, first.source, own)
    if own is None or own.missing:
        raise DeliveryError(_missing_message(own) if own else f"is not of {first.source}")
    return own


def best_fit(lines: Sequence[Line], source: str) -> Fit | None:
    """Give the first heading with all required columns, or the one with most columns; None if there is none.

    A row below it belongs to it if it names more columns.
    """
    best: Fit | None = None
    for heading in headings(lines, source):
        fit = _fit(heading, source)
        if best is None or best.missing:
            best = fit if fit and (best is None or _is_fuller(fit, best)) else best
        elif heading.line.row - best.heading.row >= _ROWS_OF_A_HEADING:
            break
        elif fit and best.rows[-1] in heading.rows and _adds_to(fit, best):
            best = fit
    return best and _without_foreign_money(best, lines)


def known_headings(cells: Sequence[str]) -> int:
    """Count the cells of a row that are a heading of any source."""
    return sum(folded(cell) in known() for cell in cells)


def _fit(heading: Heading, source: str) -> Fit | None:
    if len(heading.places) < _HEADINGS_AT_LEAST or not could_be_heading(heading.line):
        return None
    places = {column: ranked[0] for column, ranked in heading.places.items()}
    spares = {
        column: ranked[1:]
        for column, ranked in heading.places.items()
        if len(ranked) > 1 and sources()[source].column(column).personal in _SAME_BY_ANY_NAME
    }
    fit = Fit(source, heading.line, places, (), heading.rows, spares)
    return replace(fit, missing=_missing(fit))


def _missing(fit: Fit) -> tuple[str, ...]:
    here = fit.places.keys() | fit.constants.keys()
    return tuple(
        column.header for column in sources()[fit.source].required if column.name not in here
    )


def _is_fuller(fit: Fit, best: Fit) -> bool:
    return (not fit.missing, len(fit.places)) > (not best.missing, len(best.places))


def _adds_to(fit: Fit, best: Fit) -> bool:
    return fit.places.keys() > best.places.keys()


def _without_foreign_money(fit: Fit, lines: Sequence[Line]) -> Fit:
    """Leave out columns of money that are not in yuan: they go to `extra`, their unit in the heading."""
    contract = sources()[fit.source]
    money = [name for name in fit.places if contract.column(name).type == "money"]
    if not money:
        return fit
    for_all = unit_for_all(line for line in lines if line.row < fit.rows[0].row)
    below = units_below(fit.heading, lines)
    labels = list(fit.heading.cells)
    places = dict(fit.places)
    for name in money:
        place = fit.places[name]
        unit = below.cells[place] if below and place < len(below.cells) else ""
        if is_foreign(unit) or (for_all and not unit and not is_in_yuan(labels[place])):
            labels[place] += f"({unit.strip('()（）') or for_all})"
            del places[name]
    kept = replace(fit, heading=Line(fit.heading.row, tuple(labels)), places=places)
    return replace(kept, missing=_missing(kept))


def _may_stand_around(fit: Fit) -> list[Column]:
    return [
        column
        for column in sources()[fit.source].required
        if column.name not in fit.places and column.personal is None
    ]


def _with_constants(fit: Fit, lines: Sequence[Line]) -> Fit:
    """Take what lines around the table say of required columns that it lacks; never what is of a person."""
    wanted = _may_stand_around(fit)
    if not wanted:
        return fit
    rows = {line.row for line in fit.rows}
    said = labelled((line for line in lines if line.row not in rows), fit.source)
    constants: dict[str, str] = {}
    for column in wanted:
        values = said.get(column.name, frozenset())
        if len(values) > 1:
            raise DeliveryError(
                f"names more than one {column.header} in the lines around the table; "
                "give it a column of its own, or deliver a table for each"
            )
        if values:
            constants[column.name] = next(iter(values))
    found = replace(fit, constants=constants)
    return replace(found, missing=_missing(found))


def _refuse_another(top: Sequence[Line], source: str, own: Fit | None) -> None:
    """Raise DeliveryError if a table fits another source clearly better than its own."""
    lines = own.rows if own and not own.missing else top
    if not any(known_headings(line.cells) for line in lines):
        return
    fits = [fit for name in sources() if name != source and (fit := best_fit(lines, name))]
    better = [fit for fit in fits if not fit.missing and _is_clearly_better(fit, own)]
    if better:
        rival = max(better, key=lambda fit: len(fit.places)).source
        raise DeliveryError(
            f"has the headings of {rival} ({sources()[rival].title}), not of {source}; "
            f"move it to exports/{rival}/"
        )


def _is_clearly_better(rival: Fit, own: Fit | None) -> bool:
    if own is None or own.missing:
        return own is None or len(rival.places) >= len(own.places)
    if _telling(rival) >= _telling(own) + _CLEARLY_BETTER:
        return True
    # The rival knows all that its own source knows, and a column that no row of the rival is without.
    required = {column.name for column in sources()[rival.source].required}
    more = {place: name for name, place in rival.places.items()}
    for place in own.places.values():
        if more.pop(place, None) is None:
            return False
    return any(name in required and _tells(rival, place) for place, name in more.items())


def _telling(fit: Fit) -> int:
    return sum(_tells(fit, place) for place in fit.places.values())


def _tells(fit: Fit, place: int) -> bool:
    return folded(fit.heading.cells[place]) not in _OF_ANY_LIST


def _missing_message(fit: Fit) -> str:
    over = {folded(heading): heading for heading in fit.extra if is_quotable(heading)}
    named = []
    contract = sources()[fit.source]
    for column in contract.required:
        if column.header not in fit.missing:
            continue
        if unit := _unit_of(column, fit):
            return (
                f"gives {column.header} in {unit}, not in 元; convert it, or export it in 元, "
                "so that no amount is wrong by some digits"
            )
        near = process.extractOne(
            folded(column.header), list(over), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        named.append(f"{column.header} (nearest: {over[near[0]]})" if near else column.header)
    return (
        f"lacks required columns of {fit.source}: {', '.join(named)}; export it with them, "
        f"or add the heading as an alias to schemas/sources/{fit.source}.yml"
    )


def _unit_of(column: Column, fit: Fit) -> str:
    """Give the unit of a column of money that is there but not in yuan."""
    if column.type != "money":
        return ""
    for heading in fit.extra:
        unit = foreign_unit(heading)
        bare = (
            heading.rpartition("(")[0] or heading.rpartition("（")[0] or heading.removesuffix(unit)
        )
        offer = offers(fit.source).get(folded(bare))
        if unit and offer and offer.column == column.name:
            return unit
    return ""
