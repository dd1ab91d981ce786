"""The complement model: which items people like together with given ones more often than chance.

Chance is what would be if each user liked as many other items as they do, drawn by how many people like each: so
neither a famous item nor the taste of those who like everything makes a complement. The score is the logarithm of how
often two items are liked together over how often that would happen by chance, both raised by a constant so that few
likes say little (a shrunk pointwise mutual information; Church and Hanks, "Word association norms", 1990).

Knows nothing of what the items are: that a complement is not just alike is seen to by `tastemaker.tools.complements`.
Figures: docs/decisions/0008-sequence-and-graph.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.index.histories import Histories

LEAST_TOGETHER = 3
"""Users who must like two items together for the one to go with the other."""
_SHRINKAGE = 5.0
"""Users added to those who do like two items together and to those who would by chance."""
_MOST_USERS = 1000
"""Users that one item is followed through; of more, every so many-th."""
_DECIMALS = 9


@dataclass(frozen=True)
class ComplementModel:
    """What is liked together beyond chance. Safe to share between threads."""

    histories: Histories
    """What users like."""

    def scores(self, row: int) -> NDArray[np.float64]:
        """Return by row how far beyond chance an item is liked together with another, shape (items,), 0 or more.

        0 for the item itself, for items that fewer than `LEAST_TOGETHER` of its users like, and for what lies within
        one standard deviation of chance.
        """
        histories = self.histories
        users = histories.user[histories.places(row, _MOST_USERS)]
        lengths = histories.starts[users + 1] - histories.starts[users]
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(users) else lengths
        places = np.arange(int(lengths.sum())) + np.repeat(histories.starts[users] - before, lengths)
        together = np.bincount(histories.likes[places], minlength=histories.items)
        together[row] = 0
        others = len(histories.likes) - int(histories.fans[row])
        by_chance = histories.fans * (float((lengths - 1).sum()) / max(others, 1))
        scores = np.log((together + _SHRINKAGE) / (by_chance + _SHRINKAGE))
        scores[(together < LEAST_TOGETHER) | (together <= by_chance + np.sqrt(by_chance))] = 0.0
        return scores.round(_DECIMALS)
