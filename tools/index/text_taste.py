"""Taste from texts alone: what somebody's likes say of items that no model of likes knows, by what these are like.

A linear map, fitted in closed form: the scores that a taste model gives the items it knows are regressed (ridge) on the
coordinates of their texts, so that any likes become a direction among texts, and an unknown item's score is how far its
text lies that way. Because both steps are linear, each known item has a direction of its own, made once; the
direction of several likes is the sum of theirs.

Knows neither the likes nor the words; `TasteModel` gives it the first, dense vectors stand for the second.
Figures: docs/decisions/0007-taste-scorer.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from tastemaker.tools.catalogue.store import Rows

Vectors = NDArray[np.float32]
Weights = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""The taste model's weights between its items, B, applied to a matrix: given Y, shape (modelled, n), returns B Y."""

LARGEST = 20_000_000
"""Numbers kept for all items together, 80 MB: what 384 coordinates take up to 52,000 items; of more items fewer."""
_RIDGE = 10.0
"""Regularisation of the map, the best of 1, 3 and 10 for held-out items; the texts have length 1."""
_BLOCK = 20_000


def coordinates(vectors: Vectors, most: int = LARGEST) -> Vectors:
    """Return the texts' coordinates along their principal axes, shape (items, axes), the widest axis first.

    The vectors are centred and brought to length 1 before, a vector equal to the mean to 0.

    Args:
        vectors: dense vectors of the texts, shape (items, dimensions); at least one item.
        most: numbers in the result; the narrowest axes are left out beyond it, at least one stays.
    """
    items, dimensions = vectors.shape
    mean = vectors.mean(axis=0, dtype=np.float64)
    blocks = range(0, items, _BLOCK)
    spread = np.zeros((dimensions, dimensions))
    for start in blocks:
        block = _directions(vectors[start : start + _BLOCK], mean)
        spread += block.T @ block
    kept = min(dimensions, max(1, most // items))
    axes = linalg.eigh(spread)[1][:, ::-1][:, :kept]
    found = np.empty((items, kept), dtype=np.float32)
    for start in blocks:
        found[start : start + _BLOCK] = _directions(vectors[start : start + _BLOCK], mean) @ axes
    return found


@dataclass(frozen=True)
class TextTaste:
    """A fitted map from likes to the scores of items that nobody likes."""

    directions: Vectors
    """The direction among texts that liking each modelled item means, shape (modelled, axes)."""
    others: Vectors
    """Coordinates of the texts of the items that nobody likes, ascending by row, shape (others, axes)."""

    @classmethod
    def fit(cls, texts: Vectors, modelled: Rows, fans: NDArray[np.int64], others: Rows, weights: Weights) -> Self:
        """Fit the map.

        An item counts by the square root of its fans: the scores of items with few are little but noise.

        Args:
            texts: coordinates of all texts, shape (items, axes).
            modelled: rows that the taste model speaks of, ascending.
            fans: people who like each of them, at least 1, shape (modelled,).
            others: rows that nobody likes, ascending.
            weights: the taste model's weights.
        """
        known = texts[modelled].astype(np.float64)
        count = np.sqrt(fans)
        weighted = known * (count / (count.mean() if len(count) else 1.0))[:, None]
        square = weighted.T @ known
        square[np.diag_indices_from(square)] += _RIDGE
        directions = linalg.solve(square, weights(weighted).T, assume_a="pos").T
        return cls(np.ascontiguousarray(directions, dtype=np.float32), texts[others])

    def scores(self, places: Rows, amounts: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the scores of the items that nobody likes, ascending by row.

        Args:
            places: places of the given items among the modelled ones.
            amounts: how much each is liked, below 0 for a dislike.
        """
        found: NDArray[np.float64] = (self.others @ (amounts @ self.directions[places])).astype(np.float64)
        return found


def _directions(vectors: Vectors, mean: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = vectors - mean
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    found: NDArray[np.float64] = np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-6)
    return found
