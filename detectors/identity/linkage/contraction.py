"""Persons where the evidence is at odds with itself: groups joined surest first, never against what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np

from detectors.identity.linkage.coded import MISSING
from detectors.identity.linkage.judged import Bits, Chosen, Numbers, Refusal


@dataclass(frozen=True)
class Doubtful:
    """The compared pairs of doubtful components, their evidence in bits, and whose number each node carries."""

    one: Numbers
    other: Numbers
    bits: Bits
    contradicted: Chosen
    holders: Numbers


@dataclass
class Groups:
    """Groups of nodes that know how near they are to each other and whom they must not meet.

    Greedy additive edge contraction (Keuper et al. 2015): the two groups with the most evidence between
    them, taken together over all their pairs, are joined first.
    """

    holder: dict[int, int]
    near: dict[int, dict[int, float]] = field(default_factory=dict)
    enemies: dict[int, set[int]] = field(default_factory=dict)
    _parent: dict[int, int] = field(default_factory=dict)

    def root(self, node: int) -> int:
        """Find the group of a node."""
        parent = self._parent
        while (above := parent.get(node, node)) != node:
            parent[node] = parent.get(above, above)
            node = parent[node]
        return node

    def against(self, one: int, other: int) -> Refusal | None:
        """Say why two groups can never be one person, if they cannot."""
        if other in self.enemies.get(one, ()):
            return Refusal.CONTRADICTED
        held = {self.holder[root] for root in (one, other) if root in self.holder}
        return Refusal.TWO_NUMBERS if len(held) > 1 else None

    def join(self, one: int, other: int) -> tuple[int, dict[int, float]]:
        """Join two groups; give the new group and its evidence with every other group."""
        small, large = sorted((one, other), key=lambda root: (len(self.near.get(root, ())), -root))
        self._parent[small] = large
        mine = self.near.setdefault(large, {})
        mine.pop(small, None)
        for met, bits in self.near.pop(small, {}).items():
            if met != large:
                mine[met] = mine.get(met, 0.0) + bits
                theirs = self.near[met]
                theirs.pop(small)
                theirs[large] = mine[met]
        for enemy in self.enemies.pop(small, set()):
            self.enemies[enemy].discard(small)
            self.enemies[enemy].add(large)
            self.enemies.setdefault(large, set()).add(enemy)
        if small in self.holder:
            self.holder[large] = self.holder.pop(small)
        return large, mine


def contracted(pairs: Doubtful, needed: float) -> tuple[Numbers, list[Refusal | None]]:
    """Give each node its group, and for each pair why it is not in one group though near enough, if so.

    `needed` is the evidence in bits from which two groups are joined.
    """
    groups = _apart(pairs)
    waiting = [
        (-bits, one, other)
        for one, met in groups.near.items()
        for other, bits in met.items()
        if one < other and bits >= needed
    ]
    heapify(waiting)
    while waiting:
        bits, one, other = heappop(waiting)
        is_current = groups.near.get(one, {}).get(other) == -bits
        if not is_current or groups.against(one, other):
            continue
        joined, near = groups.join(one, other)
        for met, sum_bits in near.items():
            if sum_bits >= needed:
                heappush(waiting, (-sum_bits, min(joined, met), max(joined, met)))
    return _told(groups, pairs, needed)


def _apart(pairs: Doubtful) -> Groups:
    held = np.flatnonzero(pairs.holders != MISSING)
    groups = Groups(dict(zip(held.tolist(), pairs.holders[held].tolist(), strict=True)))
    rows: Sequence[list[object]] = (pairs.one.tolist(), pairs.other.tolist(), pairs.bits.tolist())
    for one, other, bits, is_enemy in zip(*rows, pairs.contradicted.tolist(), strict=True):
        if is_enemy:
            groups.enemies.setdefault(one, set()).add(other)
            groups.enemies.setdefault(other, set()).add(one)
        for a, b in ((one, other), (other, one)):
            met = groups.near.setdefault(a, {})
            met[b] = met.get(b, 0.0) + bits
    return groups


def _told(groups: Groups, pairs: Doubtful, needed: float) -> tuple[Numbers, list[Refusal | None]]:
    """Tell the groups and the refusals once nothing more can be joined."""
    roots = [groups.root(node) for node in range(len(pairs.holders))]
    refusals: list[Refusal | None] = []
    for one, other, bits in zip(
        pairs.one.tolist(), pairs.other.tolist(), pairs.bits.tolist(), strict=True
    ):
        a, b = roots[one], roots[other]
        is_left = a != b and bits >= needed
        refusals.append((groups.against(a, b) or Refusal.OUTWEIGHED) if is_left else None)
    return np.array(roots, dtype=np.int64), refusals
