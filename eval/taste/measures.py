"""How well scores rank what is to be found: NDCG@10, Recall@20, NDCG@100, and NDCG over the whole ranking.

Recall is over at most 20 items, so that it can be 1. Ties are ranked by row. Knows no scorer.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tastemaker.eval.taste.splits import Held
from tastemaker.tools.catalogue.store import Rows

MEASURES = ("NDCG@10", "Recall@20", "NDCG@100", "NDCG")
Figures = dict[str, NDArray[np.float64]]
"""One value a person by measure, shape (people,)."""


def measure(scores: NDArray[np.floating[Any]], held: Held) -> Figures:
    """Return the measures of every person.

    Args:
        scores: people by items; what is given is left out of the ranking here.
        held: the people.
    """
    scores = np.array(scores, dtype=np.float64)
    scores[held.given.nonzero()] = -np.inf
    values = [figures(places(row, wanted)) for row, wanted in zip(scores, held.wanted, strict=True)]
    return {name: np.array([each[k] for each in values]) for k, name in enumerate(MEASURES)}


def places(scores: NDArray[np.float64], wanted: Rows) -> Rows:
    """Return the places, from 0 and ascending, of some rows in the ranking by scores."""
    ascending = np.sort(scores)
    above = len(scores) - np.searchsorted(ascending, scores[wanted], side="right")
    ties = np.array([int((scores[:row] == scores[row]).sum()) for row in wanted], dtype=np.int64)
    return np.sort(above + ties)


def figures(found: Rows) -> tuple[float, float, float, float]:
    """Return the measures, in the order of `MEASURES`, of items found at some places, ascending.

    >>> figures(np.array([0, 1]))
    (1.0, 1.0, 1.0, 1.0)
    """
    gains = 1 / np.log2(found + 2.0)
    ideal = np.cumsum(1 / np.log2(np.arange(len(found)) + 2.0))

    def ndcg(depth: int) -> float:
        return float(gains[found < depth].sum() / ideal[min(depth, len(found)) - 1])

    recall = float((found < 20).sum() / min(20, len(found)))
    return ndcg(10), recall, ndcg(100), float(gains.sum() / ideal[-1])
