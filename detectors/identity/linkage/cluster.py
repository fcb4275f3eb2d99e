"""From judged pairs to persons: components of links, and the careful path where a component contradicts itself.

Nearly all components hold no contradiction and are done at once. In the others the surest groups are joined first,
so a bad row that resembles two twins joins the nearer one; a row equally near to two people joins neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.identity.linkage.coded import MISSING
from detectors.identity.linkage.contraction import Doubtful, contracted
from detectors.identity.linkage.judged import (
    Chosen,
    Judged,
    Numbers,
    Refusal,
    evidence,
    unjoined,
)

# A row without a number of its own that is as near as this to two holders belongs to neither.
AMBIGUITY_BITS = 3.0
# A compared pair below this speaks against its component loudly enough to look again.
AGAINST = 0.05


@dataclass(frozen=True)
class Clusters:
    """Each row's cluster, called by its first row; and the links that joined nobody, with why."""

    of_row: Numbers
    unjoined: pa.Table

    @property
    def persons(self) -> int:
        """Count the clusters, rows that are alone among them."""
        return int(np.count_nonzero(self.of_row == np.arange(len(self.of_row))))


@dataclass(frozen=True)
class _Linked:
    """The judged pairs between rows that have a link, in a dense numbering of these rows (nodes)."""

    nodes: Numbers
    pairs: Judged
    is_link: Chosen
    holders: Numbers
    component: Numbers


def clusters(judged: Judged, holders: Numbers, threshold: float) -> Clusters:
    """Give each row its cluster: rows joined by links of at least `threshold`, none of them contradicted.

    `holders` is the code of the valid number that each row carries (MISSING: none); two numbers that a link
    proves one person's are one. No cluster holds two numbers, a contradiction, or a pair reviewed as two.
    """
    of_row = np.arange(len(holders))
    alike = judged.only(judged.contradicted & (judged.probability >= threshold))
    reasons = [Refusal.CONTRADICTED] * len(alike)
    linked = _linked(judged, holders, threshold)
    if not len(linked.nodes):
        return Clusters(of_row, unjoined(alike, reasons))
    doubtful = _doubtful(linked)
    group = _firsts(linked.component)[linked.component]
    if doubtful.any():
        apart, left, why = _careful(linked, doubtful[linked.component], threshold)
        held = np.flatnonzero(doubtful[linked.component])
        group[held] = held[_firsts(apart)[apart]]
        alike, reasons = alike.joined_by(left.renumbered(linked.nodes)), reasons + why
    of_row[linked.nodes] = linked.nodes[group]
    return Clusters(of_row, unjoined(alike, reasons))


def components(
    one: NDArray[np.signedinteger[Any]], other: NDArray[np.signedinteger[Any]], nodes: int
) -> Numbers:
    """Number the connected components of an undirected graph; one number a node."""
    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(nodes, nodes))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _linked(judged: Judged, holders: Numbers, threshold: float) -> _Linked:
    is_link = (judged.probability >= threshold) & ~judged.contradicted
    has_link = np.zeros(len(holders), dtype=np.bool_)
    has_link[judged.one[is_link]] = True
    has_link[judged.other[is_link]] = True
    nodes = np.flatnonzero(has_link)
    node_of = np.zeros(len(holders), dtype=np.int32)
    node_of[nodes] = np.arange(len(nodes), dtype=np.int32)
    between = has_link[judged.one] & has_link[judged.other]
    met = judged.only(between)
    pairs = Judged(node_of[met.one], node_of[met.other], met.probability, met.contradicted)
    is_link = is_link[between]
    component = components(pairs.one[is_link], pairs.other[is_link], len(nodes))
    proven = _proven(holders[nodes], pairs, is_link)
    return _Linked(nodes, pairs, is_link, proven, component)


def _proven(holders: Numbers, pairs: Judged, is_link: Chosen) -> Numbers:
    """Take two numbers that a link proves one person's (a changed number) for one."""
    one, other = holders[pairs.one[is_link]], holders[pairs.other[is_link]]
    changed = (one != other) & (one != MISSING) & (other != MISSING)
    if not changed.any():
        return holders
    known = np.unique(np.concatenate([one[changed], other[changed]]))
    same = components(
        np.searchsorted(known, one[changed]), np.searchsorted(known, other[changed]), len(known)
    )
    called = known[_firsts(same)[same]]
    place = np.searchsorted(known, holders).clip(max=len(known) - 1)
    return np.where(known[place] == holders, called[place], holders)


def _firsts(numbers: Numbers) -> Numbers:
    """Give for each number (dense, or any index) the first place where it stands."""
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return first


def _doubtful(linked: _Linked) -> Chosen:
    """Mark the components with two numbers, or with a pair inside that was compared and found at odds."""
    parts = int(linked.component.max()) + 1
    marked = np.zeros(parts, dtype=np.bool_)
    pairs = linked.pairs
    inside = linked.component[pairs.one]
    at_odds = pairs.contradicted | (pairs.probability < AGAINST)
    at_odds &= inside == linked.component[pairs.other]
    marked[inside[at_odds]] = True
    known = linked.holders != MISSING
    of_one = np.zeros(parts, dtype=np.int64)
    of_one[linked.component[known]] = linked.holders[known]
    marked[linked.component[known & (of_one[linked.component] != linked.holders)]] = True
    return marked


def _careful(
    linked: _Linked, held: Chosen, threshold: float
) -> tuple[Numbers, Judged, list[Refusal]]:
    """Contract the pairs of doubtful components; give the groups, and the links left with the reasons."""
    place = np.cumsum(held) - 1
    inside = held[linked.pairs.one] & (
        linked.component[linked.pairs.one] == linked.component[linked.pairs.other]
    )
    pairs, is_link = linked.pairs.only(inside), linked.is_link[inside]
    torn = near_to_two(pairs, is_link, linked.holders)
    clear = pairs.only(~torn)
    doubts = Doubtful(
        place[clear.one],
        place[clear.other],
        evidence(clear.probability),
        clear.contradicted,
        linked.holders[held],
    )
    groups, refusals = contracted(doubts, float(evidence(np.array([threshold]))[0]))
    refused = [
        at
        for at, (why, no) in enumerate(zip(refusals, clear.contradicted.tolist(), strict=True))
        if why is not None and not no
    ]
    met = pairs.only(torn)
    met = met.only(groups[place[met.one]] != groups[place[met.other]])
    left = clear.only(np.array(refused, dtype=np.int64)).joined_by(met)
    reasons = [why for at in refused if (why := refusals[at])] + [Refusal.NEAR_TO_TWO] * len(met)
    return groups, left, reasons


def near_to_two(pairs: Judged, is_link: Chosen, holders: Numbers) -> Chosen:
    """Mark the links of a node without a number of its own that is as near to two holders."""
    links = np.flatnonzero(is_link)
    bare = np.concatenate([pairs.one[links], pairs.other[links]])
    met = holders[np.concatenate([pairs.other[links], pairs.one[links]])]
    bits = np.tile(evidence(pairs.probability[links]), 2)
    place = np.tile(links, 2)
    torn = (holders[bare] == MISSING) & (met != MISSING)
    bare, met, bits, place = bare[torn], met[torn], bits[torn], place[torn]
    order = np.lexsort((-bits, bare))
    bare, met, bits, place = bare[order], met[order], bits[order], place[order]
    best = np.searchsorted(bare, bare, side="left")
    rival = (met != met[best]) & (bits[best] - bits <= AMBIGUITY_BITS)
    marked = np.zeros(len(pairs), dtype=np.bool_)
    marked[place[np.isin(bare, bare[rival])]] = True
    return marked
