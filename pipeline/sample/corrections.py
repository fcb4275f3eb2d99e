"""What scenes change in the lists of others, all in one pass over each source."""

from __future__ import annotations

from collections import defaultdict

from pipeline.sample.exports.row import Cell, Cells, Rows
from pipeline.sample.stage import Stage


class Corrections:
    """An edit of one source: rows are known by some of their cells, and reworded or left out."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], dict[tuple[Cell, ...], Cells | None]] = defaultdict(dict)

    def add(self, told: Cells, anew: Cells | None) -> None:
        """Reword the rows whose cells are as told, on top of what is known of them; None leaves them out."""
        of_shape = self._known[tuple(told)]
        before = of_shape.get(tuple(told.values())) or {}
        of_shape[tuple(told.values())] = None if anew is None else {**before, **anew}

    def __call__(self, rows: Rows) -> Rows:
        """Give the rows as the scenes want them."""
        for row in rows:
            found = self._found(row.cells)
            if found is not None:
                yield row._replace(cells=row.cells | found)

    def _found(self, cells: Cells) -> Cells | None:
        anew: Cells = {}
        for names, known in self._known.items():
            key = tuple(cells.get(name) for name in names)
            if key in known:
                what = known[key]
                if what is None:
                    return None
                anew |= what
        return anew


def reword(stage: Stage, source: str, told: Cells, anew: Cells) -> None:
    """Say something else in those rows of a source whose cells are as told."""
    _corrections(stage, source).add(told, anew)


def leave_out(stage: Stage, source: str, told: Cells) -> None:
    """Drop those rows of a source whose cells are as told."""
    _corrections(stage, source).add(told, None)


def _corrections(stage: Stage, source: str) -> Corrections:
    for edit in stage.city.edits.get(source, []):
        if isinstance(edit, Corrections):
            return edit
    corrections = Corrections()
    stage.edit(source, corrections)
    return corrections
