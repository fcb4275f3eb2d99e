"""A heading over one to three rows as one label a column: a group's label with what stands below it.

监护人 over 姓名 and 电话 is 监护人姓名 and 监护人电话; 学生基本信息 over 姓名 is 姓名. A label below 父亲 or 家长
that the contract does not know together with it is never taken for the pupil's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from types import MappingProxyType

from pipeline.intake.sheet import Line
from pipeline.intake.units import is_unit
from schemas.catalog import sources
from schemas.headings import columns_by_heading, fold_heading

_ROWS_AT_MOST = 3
_LONGEST_HEADING = 60
_LONGEST_GROUP = 20
_DIGITS = re.compile(r"\d{4}")
_PAIR = re.compile(r"[:：]\s*\S")

# What a group is of stands before 信息 or 情况: 家长信息 over 姓名 is 家长姓名.
_OF = re.compile(r"(?:[12一二]|(?:基本|详细|主要|相关|个人)*(?:信息|情况|资料|部分|栏))$")
_SOMEBODY_ELSE = re.compile(
    "父|母|家长|监护|成员|亲属|配偶|联系人|班主任|经办|负责人|介绍人|招生人|教师|老师|持卡|开户|担保"
)
_OF_A_PERSON = frozenset({"sex", "ethnicity", "id_type"})


@dataclass(frozen=True)
class Offer:
    """The column behind a heading, how good the heading is among its headings, whether it is of a person."""

    column: str
    rank: int
    is_of_a_person: bool


@dataclass(frozen=True)
class Heading:
    """The rows of a heading as delivered, and as the one line of labels that a source makes of them."""

    line: Line
    rows: tuple[Line, ...]
    places: Mapping[str, tuple[int, ...]]


def headings(lines: Sequence[Line], source: str) -> Iterator[Heading]:
    """Give each line as a heading of a source, read together with the rows above that change its meaning."""
    for bottom, line in enumerate(lines):
        chosen = Heading(line, (line,), _places(line.cells, source))
        for height in range(2, _ROWS_AT_MOST + 1):
            rows = tuple(lines[bottom + 1 - height : bottom + 1]) if height <= bottom + 1 else ()
            if not rows or rows[0].row + 1 != rows[1].row or not _is_of_groups(rows[0], line):
                break
            labels = _labels(tuple(row.cells for row in rows), source)
            if (places := _places(labels, source)) != chosen.places:
                chosen = Heading(Line(line.row, labels), rows, places)
        yield chosen


def could_be_heading(line: Line) -> bool:
    """Whether a row may belong to a heading: no long text and no number that a date or a code would have."""
    return not any(
        _DIGITS.search(folded(cell) or cell) or len(cell) > _LONGEST_HEADING for cell in line.cells
    )


@lru_cache(maxsize=1 << 16)
def folded(cell: str) -> str:
    """Fold a heading; a cell that is a number or a long text is none, and comes out empty."""
    return "" if len(cell) > _LONGEST_HEADING or cell.isdecimal() else fold_heading(cell)


@cache
def offers(source: str) -> Mapping[str, Offer]:
    """Give what a source offers to take, by folded heading."""
    contract = sources()[source]
    offered = {}
    for rank, (heading, name) in enumerate(columns_by_heading(contract).items()):
        is_personal = contract.column(name).personal is not None or name in _OF_A_PERSON
        offered[heading] = Offer(name, rank, is_personal)
    return MappingProxyType(offered)


@cache
def known() -> frozenset[str]:
    """Give the folded headings of all sources."""
    return frozenset(heading for name in sources() for heading in offers(name))


@lru_cache(maxsize=1 << 14)
def _places(cells: tuple[str, ...], source: str) -> Mapping[str, tuple[int, ...]]:
    """Say which cells of a row name which column; of several headings of a column, the better ones first."""
    offered = offers(source)
    found: dict[str, list[tuple[int, int]]] = {}
    for place, cell in enumerate(cells):
        if offer := offered.get(folded(cell)):
            found.setdefault(offer.column, []).append((offer.rank, place))
    return {column: tuple(place for _, place in sorted(ranked)) for column, ranked in found.items()}


def _is_of_groups(above: Line, heading: Line) -> bool:
    """Whether a row above a heading divides it into groups; one text at its beginning is a title."""
    filled = [place for place, cell in enumerate(above.cells) if cell]
    if len({above.cells[place] for place in filled}) < 2:
        first = next((place for place, cell in enumerate(heading.cells) if cell), 0)
        if not filled or filled[0] <= first:
            return False
    return not any(
        len(cell) > _LONGEST_GROUP or _PAIR.search(cell) or _DIGITS.search(cell)
        for cell in above.cells
    )


@lru_cache(maxsize=1 << 12)
def _labels(rows: tuple[tuple[str, ...], ...], source: str) -> tuple[str, ...]:
    """Give one label a column; a group reaches to the right as far as the next label in its row or above."""
    over = [""] * (len(rows) - 1)
    labels = []
    for column in zip_longest(*rows, fillvalue=""):
        for level, cell in enumerate(column[:-1]):
            if cell:
                over[level:] = [cell, *[""] * (len(over) - level - 1)]
        lowest = max((level for level, cell in enumerate(column) if cell), default=-1)
        groups = [group for group in over[: max(lowest, 0)] if group]
        labels.append(_label(groups, column[lowest], source) if lowest >= 0 else "")
    return tuple(labels)


def _label(groups: Sequence[str], own: str, source: str) -> str:
    """Read a label with its groups, the nearest first; alone only if it cannot be somebody else's."""
    offered = offers(source)
    groups = [group for group in groups if group != own]
    for group in (*reversed(groups), "".join(groups)):
        for joined in _joined(group, own):
            if folded(joined) in offered:
                return joined
    offer = offered.get(folded(own))
    is_of_another = any(_SOMEBODY_ELSE.search(group) for group in groups)
    if is_of_another and (offer is None or offer.is_of_a_person):
        return f"{groups[-1]}{own}"
    return own if folded(own) and not is_unit(own) else f"{''.join(groups[-1:])}{own}"


def _joined(group: str, own: str) -> Iterator[str]:
    for above in dict.fromkeys((group, _OF.sub("", group))):
        yield above + own
        shared = next(
            (size for size in range(len(own) - 1, 1, -1) if above.endswith(own[:size])), 0
        )
        if shared:
            yield above + own[shared:]
