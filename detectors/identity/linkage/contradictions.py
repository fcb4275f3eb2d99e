"""What one person cannot show: patterns that a model names, and two valid numbers of one kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import MISSING, Table
from detectors.identity.linkage.judged import Chosen, Numbers
from detectors.identity.linkage.model import MISSING_LEVEL, Contradiction, Model

_BOTH = "both "


def contradicted(model: Model, levels: NDArray[np.uint8]) -> Chosen:
    """Mark the patterns, levels of shape (patterns, fields), that two rows of one person cannot show."""
    marked = np.zeros(len(levels), dtype=np.bool_)
    for contradiction in model.contradictions:
        marked |= shown(model, contradiction, levels)
    return marked


def shown(model: Model, contradiction: Contradiction, levels: NDArray[np.uint8]) -> Chosen:
    """Mark the patterns that show one contradiction and none of its excuses."""
    marked = np.ones(len(levels), dtype=np.bool_)
    for field, names in contradiction.levels.items():
        marked &= _at(model, levels, field, names)
    for field, names in contradiction.unless.items():
        marked &= ~_at(model, levels, field, names)
    return marked


def holders(table: Table, model: Model) -> Numbers:
    """Give the number that each row holds as its own (MISSING: none): its code, of shape (rows,).

    Whose two values contradict each other is told by the first contradiction of one field at a level `both C`; a
    row that states several values of C holds none of them.
    """
    for contradiction in model.contradictions:
        path = _held(model, contradiction)
        if path:
            codes = table.code(path)
            alone = (codes != MISSING).sum(axis=0) == 1
            return np.where(alone, codes.max(axis=0), MISSING) if len(codes) > 1 else codes[0]
    return np.full(len(table), MISSING, dtype=np.int64)


def _held(model: Model, contradiction: Contradiction) -> str | None:
    if len(contradiction.levels) != 1:
        return None
    ((name, levels),) = contradiction.levels.items()
    field = next(field for field in model.fields if field.name == name)
    for level in field.levels:
        if level.name in levels:
            for test in level.tests:
                if test.startswith(_BOTH):
                    return f"{name}.{test.removeprefix(_BOTH)}"
    return None


def _at(model: Model, levels: NDArray[np.uint8], name: str, wanted: tuple[str, ...]) -> Chosen:
    place = [field.name for field in model.fields].index(name)
    names = [MISSING_LEVEL, *(level.name for level in model.fields[place].levels)]
    return np.isin(levels[:, place], [at for at, level in enumerate(names) if level in wanted])
