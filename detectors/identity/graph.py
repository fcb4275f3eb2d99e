"""Profiles and the links between them as arrays: components, and the surest path to a person's anchor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Chosen = NDArray[np.bool_]

UNLINKED = -1


@dataclass(frozen=True)
class Edges:
    """Links between profiles with their weights, strongest first."""

    one: Numbers
    other: Numbers
    weight: Bits

    def only(self, chosen: Chosen) -> Edges:
        """Keep the chosen links, in their order."""
        return Edges(self.one[chosen], self.other[chosen], self.weight[chosen])


def components(edges: Edges, nodes: int) -> Numbers:
    """Number the connected components; one label a node."""
    ones = np.ones(len(edges.one))
    graph = coo_array((ones, (edges.one, edges.other)), shape=(nodes, nodes))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


@dataclass(frozen=True)
class Sureness:
    """For each profile the weakest link on its path to the anchor: where in `Edges`, or UNLINKED."""

    weakest: Numbers


def sureness(links: Edges, anchors: Numbers, nodes: int) -> Sureness:
    """Walk from each anchor along the strongest links; a chain is as sure as its weakest link."""
    hub = nodes
    top = float(links.weight.max(initial=0.0)) + 1.0
    cost = coo_array((top - links.weight, (links.one, links.other)), shape=(nodes + 1, nodes + 1))
    tree = minimum_spanning_tree(cost.tocsr()).tocoo()
    spokes = np.full(len(anchors), hub)
    walk = coo_array(
        (
            np.ones(len(tree.row) + len(anchors)),
            (np.concatenate([tree.row, spokes]), np.concatenate([tree.col, anchors])),
        ),
        shape=(nodes + 1, nodes + 1),
    )
    order, before = breadth_first_order(walk.tocsr(), hub, directed=False)
    place = {
        (min(a, b), max(a, b)): at
        for at, (a, b) in enumerate(zip(links.one.tolist(), links.other.tolist(), strict=True))
    }
    weakest = np.full(nodes + 1, UNLINKED, dtype=np.int64)
    linked = order[(order != hub) & (before[order] != hub)]
    for profile in linked.tolist():
        nearer = int(before[profile])
        link = place[min(profile, nearer), max(profile, nearer)]
        # links are sorted strongest first: the later one is the weaker
        weakest[profile] = max(link, weakest[nearer])
    return Sureness(weakest[:nodes])
