"""Scores of the items beyond the largest matrix: each as if it alone were added to the weights between the others.

What added alone, item j gets by the formula of `item_weights` is the weight (P Xᵀx)ⱼ from each modelled item, where x
says who likes j; so the score of all of them is Yᵀ(X (P t)), Y the rows-by-items matrix of the tail. That is two
products with sparse matrices, and nothing is kept but the likes themselves. As items given, the tail says nothing.

Knows items by their places alone; see `taste_model` for which these are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.index.item_weights import ItemWeights, Likes


@dataclass(frozen=True)
class TailWeights:
    """The items that people like and that are not modelled. Safe to share between threads."""

    by_item: Likes
    """Tail items by users; 1 where the user likes the item."""
    texts: NDArray[np.float32]
    """What the texts' rows say of each, shape (items, axes), as in the weights."""

    def scores(self, weights: ItemWeights, product: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the score of every tail item.

        Args:
            weights: those of the modelled items, with the same users and axes.
            product: P t, as the weights give it for the items given.
        """
        seen = self.by_item @ (weights.likes @ product)
        told = self.texts @ (weights.texts.T @ product)
        found: NDArray[np.float64] = (seen + told).astype(np.float64)
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays that `of` makes the same again of."""
        starts, users = self.by_item.indptr, self.by_item.indices
        return {
            "tail_starts": starts,
            "tail_users": users,
            "tail_texts": self.texts,
            "tail_of": np.array(self.by_item.shape[1]),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return what `arrays` describes.

        Raises:
            KeyError: an array is missing.
            ValueError: the arrays do not fit together.
        """
        starts, users = arrays["tail_starts"], arrays["tail_users"]
        ones = np.ones(len(users), dtype=np.float32)
        by_item: Likes = sparse.csr_array((ones, users, starts), shape=(len(starts) - 1, int(arrays["tail_of"])))
        return cls(by_item, arrays["tail_texts"])
