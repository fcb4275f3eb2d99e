"""Which patterns the keys are certain to find, and what share of each class they find.

Only pairs that share a key are ever compared, so the counts are cut off. Every key is a function of the pattern:
whether a pair was certain to be found can be told from its levels alone, and the mass of what was not compared
is a sum over the fields that occur in keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Floats, Layout, Places
from detectors.identity.linkage.keys import model_keys
from detectors.identity.linkage.levels import Act, read_test
from detectors.identity.linkage.model import Field, Level, Model

Implied = Mapping[str, Mapping[str, frozenset[str]]]
"""By field: what equality of a code says about other codes of that field."""

_MOST_CELLS = 4_000_000


@dataclass(frozen=True)
class Statedness:
    """How often pairs state what: `masks` has a bit for every field that is missing, `shares` adds up to one."""

    masks: NDArray[np.int64]
    shares: Floats

    def of(self, masks: NDArray[np.int64], fields: tuple[int, ...]) -> Floats:
        """Give the share of comparable pairs that miss, of these fields, just those of each mask."""
        bits = np.int64(sum(1 << field for field in fields))
        known, which = np.unique(self.masks & bits, return_inverse=True)
        shares = np.bincount(which, self.shares)
        found = np.minimum(np.searchsorted(known, masks & bits), len(known) - 1)
        told: Floats = np.where(known[found] == masks & bits, shares[found], 0.0)
        return told


@dataclass(frozen=True)
class Found:
    """What a class shows to the keys: the share found, and by place what is found and not, per share of the level.

    `found[place]` is the share of the class that is found given the level of the place, its being stated included;
    `missed` is its counterpart; both are zero for fields that occur in no key.
    """

    share: float
    found: Floats
    missed: Floats


class Truncation:
    """The set of certainly found patterns of a model: those of second-chance keys are not among them."""

    def __init__(self, model: Model, implied: Implied, stated: Statedness) -> None:
        self._layout = Layout.of(model)
        needed = _needed(model)
        self.fields = tuple(at for at, field in enumerate(model.fields) if field.name in needed)
        if not self.fields:
            raise DetectorError(f"{model.name}: has no keys; name at least one under `keys`")
        kinds = [
            _groups(model.fields[at], needed[model.fields[at].name], implied) for at in self.fields
        ]
        self._groups = [groups for groups, _ in kinds]
        self._found = _found(model, self.fields, [says for _, says in kinds])
        self._stated = stated

    def holds(self, levels: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Tell of each pattern (patterns, fields) whether the keys were certain to find its pairs."""
        at = tuple(
            groups[levels[:, field]]
            for field, groups in zip(self.fields, self._groups, strict=True)
        )
        told: NDArray[np.bool_] = self._found[at]
        return told

    def alone(self) -> NDArray[np.bool_]:
        """Tell of each place whether its level is found whatever the other fields say."""
        told = np.zeros(self._layout.width, np.bool_)
        for axis, (field, groups) in enumerate(zip(self.fields, self._groups, strict=True)):
            others = tuple(other for other in range(len(self.fields)) if other != axis)
            always = np.asarray(self._found.all(axis=others))
            start = int(self._layout.starts[field])
            told[start : start + len(groups)] = always[groups]
        return told

    @cached_property
    def _tensor(self) -> Floats:
        """The share of pairs that state what each found cell states; nought where a cell is not found."""
        masks = np.zeros(self._found.shape, np.int64)
        for axis, field in enumerate(self.fields):
            along = [-1 if one == axis else 1 for one in range(self._found.ndim)]
            missing = (np.arange(self._found.shape[axis]) == 0).astype(np.int64) << field
            masks |= missing.reshape(along)
        told: Floats = np.where(self._found, self._stated.of(masks, self.fields), 0.0)
        return told

    @cached_property
    def _stated_shares(self) -> Floats:
        bits = np.array([1 << field for field in self.fields], np.int64)
        told: Floats = ((self._stated.masks[:, None] & bits) == 0).T @ self._stated.shares
        return told

    def of(self, shares: Floats) -> Found:
        """Measure one class by its shares, (width,)."""
        factors: list[Floats] = []
        for field, groups in zip(self.fields, self._groups, strict=True):
            start = int(self._layout.starts[field])
            own = np.bincount(groups[1:], shares[start + 1 : start + len(groups)])
            own[0] = 1.0
            factors.append(own.astype(np.float64))
        others = _but_one(self._tensor, factors)
        found, missed = np.zeros((2, self._layout.width))
        for axis, (field, groups) in enumerate(zip(self.fields, self._groups, strict=True)):
            start = int(self._layout.starts[field])
            here = slice(start + 1, start + len(groups))
            found[here] = others[axis][groups[1:]]
            missed[here] = np.maximum(self._stated_shares[axis] - found[here], 0.0)
        return Found(float(others[0] @ factors[0]), found, missed)


def _but_one(tensor: Floats, factors: list[Floats]) -> list[Floats]:
    """Sum the tensor over all its axes but one, weighted by the factors of those; for each axis in turn."""
    if tensor.ndim == 1:
        return [tensor]
    half = tensor.ndim // 2
    one, other = (reduce(np.multiply.outer, part) for part in (factors[:half], factors[half:]))
    matrix = tensor.reshape(one.size, other.size)
    return [
        *_but_one((matrix @ other.ravel()).reshape(one.shape), factors[:half]),
        *_but_one((one.ravel() @ matrix).reshape(other.shape), factors[half:]),
    ]


def _sure_keys(model: Model) -> list[list[tuple[str, str]]]:
    """Read the keys that find every pair which shares them, as (field, code); second chances do not."""
    told = []
    for key in model_keys(model):
        if key.second_chance_of is None:
            split = [path.split(".") for path in key.codes]
            told.append([(field, code) for field, code in split])
    return told


def _needed(model: Model) -> dict[str, set[str]]:
    needed: dict[str, set[str]] = {}
    for key in _sure_keys(model):
        for field, code in key:
            needed.setdefault(field, set()).add(code)
    return needed


def said_by(level: Level, implied: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Name the codes that are equal in every pair of a level: what all its tests have in common."""
    told = [_said_by_test(test, implied) for test in level.tests]
    return frozenset.intersection(*told) if told else frozenset()


def _said_by_test(test: str, implied: Mapping[str, frozenset[str]]) -> frozenset[str]:
    read = read_test(test)
    if read.act is not Act.SAME:
        return frozenset()
    told: frozenset[str] = frozenset()
    more = frozenset(read.codes)
    while more - told:
        told |= more
        more = frozenset().union(*(implied.get(code, frozenset()) for code in more))
    return told


def _groups(
    field: Field, needed: set[str], implied: Implied
) -> tuple[Places, list[frozenset[str]]]:
    """Put together the levels that say the same about keys; `missing` is a group by itself."""
    says = [said_by(level, implied.get(field.name, {})) & needed for level in field.levels]
    distinct = sorted(set(says), key=sorted)
    groups = [0, *(distinct.index(one) + 1 for one in says)]
    return np.array(groups, np.int64), [frozenset(), *distinct]


def _found(
    model: Model, fields: tuple[int, ...], says: list[list[frozenset[str]]]
) -> NDArray[np.bool_]:
    shape = tuple(len(one) for one in says)
    if np.prod(shape, dtype=np.float64) > _MOST_CELLS:
        raise DetectorError(f"{model.name}: has too many fields in its keys; use fewer of them")
    told = np.zeros(shape, np.bool_)
    for key in _sure_keys(model):
        holds = np.ones(shape, np.bool_)
        for axis, (field, groups) in enumerate(zip(fields, says, strict=True)):
            name = model.fields[field].name
            wanted = {code for owner, code in key if owner == name}
            along = np.array([wanted <= group for group in groups])
            if wanted:
                # without a wanted code even `missing` would pass
                holds &= along.reshape([-1 if one == axis else 1 for one in range(len(shape))])
        told |= holds
    return told
