"""Edges of a graph between numbered nodes, by the node they leave, and sums of weights over sparse sets of nodes.

What a step costs depends on the edges it takes and not on the number of nodes. Knows nothing of what the nodes are.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Nodes = NDArray[np.int64]
Weights = NDArray[np.float64]
_DENSE = 8
"""Numbers of nodes for each node summed, up to which a sum for every number is cheaper than sorting."""


@dataclass(frozen=True)
class Edges:
    """Edges; those that leave one node lie side by side."""

    starts: NDArray[np.int64]
    """Where the edges of each node begin, and their number at the end, shape (nodes + 1,)."""
    ends: NDArray[np.int32]
    """Node that each edge leads to, shape (edges,)."""
    targets: int
    """Number of nodes that edges may lead to."""
    chances: NDArray[np.float32] | None = None
    """Share of a node's weight that goes over each edge, shape (edges,); all of it over each when None."""

    def counts(self, nodes: Nodes) -> NDArray[np.int64]:
        """Return how many edges leave each of some nodes."""
        found: NDArray[np.int64] = self.starts[nodes + 1] - self.starts[nodes]
        return found

    def leaving(self, nodes: Nodes, most: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the edges that leave some nodes, and for each the position of its node among these.

        Args:
            nodes: nodes to leave.
            most: edges taken of one node, its first; all when None.
        """
        counts = self.counts(nodes) if most is None else np.minimum(self.counts(nodes), most)
        position = np.repeat(np.arange(len(nodes)), counts)
        first = self.starts[nodes] - (np.cumsum(counts) - counts)
        return np.arange(len(position)) + first[position], position

    def spread(self, nodes: Nodes, weights: Weights, most: int | None = None) -> tuple[Nodes, Weights]:
        """Return where the weight of some nodes goes, each node once, ascending, and how much comes to it.

        Args:
            nodes: nodes to leave.
            weights: weight of each.
            most: edges taken of one node, its first; all when None.
        """
        edges, position = self.leaving(nodes, most)
        carried = weights[position] if self.chances is None else weights[position] * self.chances[edges]
        return summed(self.ends[edges].astype(np.int64), carried)

    def gathered(self, weights: Weights, nodes: Nodes | None = None) -> Weights:
        """Return for each of some nodes the sum of the weights of the nodes that its edges lead to.

        Args:
            weights: weight of every node that an edge may lead to, shape (targets,).
            nodes: nodes whose edges are read; all when None.
        """
        return np.asarray((self._matrix if nodes is None else self._matrix[nodes]) @ weights, dtype=np.float64)

    @cached_property
    def _matrix(self) -> sparse.csr_array[np.float32]:
        """One at each edge, from nodes to every node that an edge leads to."""
        ones = np.ones(len(self.ends), dtype=np.float32)
        return sparse.csr_array((ones, self.ends, self.starts), shape=(len(self.starts) - 1, self.targets))


def summed(nodes: Nodes, weights: Weights) -> tuple[Nodes, Weights]:
    """Return each of some nodes once, ascending, with the sum of its weights; those without any are left out."""
    if len(nodes) and nodes.max() < _DENSE * len(nodes):
        sums = np.bincount(nodes, weights).astype(np.float64, copy=False)
        found = np.flatnonzero(sums).astype(np.int64, copy=False)
        return found, sums[found]
    found, position = np.unique(nodes, return_inverse=True)
    sums = np.bincount(position, weights, minlength=len(found)).astype(np.float64, copy=False)
    return found[sums > 0], sums[sums > 0]
