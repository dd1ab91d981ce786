"""The weights between items that a taste model scores by, in closed form: EASE, with rows of texts beside the people's.

EASE is the linear autoencoder of Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019). With the
rows-by-items matrix X and P = (XᵀX + λI)⁻¹, the weight from item i to item j is -P[i, j] / P[j, j], and 0 from an item
to itself. Where rows are fewer than items, P is never made: by the Woodbury identity it is (I - Xᵀ(XXᵀ + λI)⁻¹X) / λ,
and its product with a vector needs only X and a rows-by-rows matrix.

A row is what a person likes, or an axis of the items' texts, as if a person liked what is said there (Jeunen, Van
Balen, Goethals, "Closed-Form Models for Collaborative Filtering with Side-Information", RecSys 2020).

Knows items by their places alone; see `taste_model` for which these are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

from tastemaker.tools.catalogue.store import Rows

Likes = sparse.csr_array[np.float32]
"""Users by modelled items; 1 where the user likes the item."""
_BLOCK = 2_000


@dataclass(frozen=True)
class ItemWeights:
    """Fitted weights. Safe to share between threads."""

    likes: Likes
    """Users by items."""
    texts: NDArray[np.float32]
    """What the texts' rows say of each item, shape (items, axes); no axes where there are no texts."""
    inverse: NDArray[np.float32]
    """(XXᵀ + λI)⁻¹ where rows are fewer than items, else P."""
    diagonal: NDArray[np.float64]
    """Diagonal of P, shape (items,)."""
    regularisation: float
    """λ."""

    @classmethod
    def fit(cls, likes: Likes, texts: NDArray[np.float32], regularisation: float, *, through_rows: bool) -> Self:
        """Fit the weights.

        Args:
            likes: users by items.
            texts: rows of the texts, turned, shape (items, axes).
            regularisation: λ, above 0.
            through_rows: whether the rows-by-rows matrix is inverted, not the items-by-items one.
        """
        wide = texts.astype(np.float64)
        if not through_rows:
            square = (likes.T @ likes).toarray() + wide @ wide.T
            inverse, diagonal = _inverse_of(square, regularisation)
            return cls(likes, texts, inverse, diagonal, regularisation)
        mixed = likes @ wide
        square = np.block([[(likes @ likes.T).toarray(), mixed], [mixed.T, wide.T @ wide]])
        inverse, _ = _inverse_of(square, regularisation)
        return cls(likes, texts, inverse, _diagonal(likes, wide, inverse, regularisation), regularisation)

    @property
    def through_rows(self) -> bool:
        """Whether the rows-by-rows matrix was inverted."""
        return len(self.inverse) != self.likes.shape[1]

    @cached_property
    def by_item(self) -> Likes:
        """Items by users."""
        return self.likes.T.tocsr()

    def product(self, places: Rows, amounts: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return P t for given items, shape (items,).

        Args:
            places: places of the items given, distinct.
            amounts: how much each is liked, below 0 for a dislike.
        """
        if not self.through_rows:
            found: NDArray[np.float32] = amounts @ self.inverse[places]
            return found
        taste = np.zeros(self.likes.shape[1], dtype=np.float32)
        taste[places] = amounts
        return self._inverted(taste)

    def scores(self, places: Rows, amounts: NDArray[np.float32], product: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what given items say of every item, Bᵀt, shape (items,), from what `product` returned for them."""
        found = -product / self.diagonal
        found[places] += amounts
        return found

    def applied(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return B Y for a matrix Y, shape (items, n)."""
        scaled = (values / self.diagonal[:, None]).astype(np.float32)
        product = self._inverted(scaled) if self.through_rows else self.inverse @ scaled
        found: NDArray[np.float64] = values - product
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays that `of` makes the weights of again."""
        return {
            "user_starts": self.likes.indptr,
            "liked": self.likes.indices,
            "texts": self.texts,
            "inverse": self.inverse,
            "diagonal": self.diagonal,
            "regularisation": np.array(self.regularisation),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return the weights that `arrays` describes.

        Raises:
            KeyError: an array is missing.
            ValueError: the arrays do not fit together.
        """
        starts, liked, diagonal = arrays["user_starts"], arrays["liked"], arrays["diagonal"]
        likes: Likes = sparse.csr_array(
            (np.ones(len(liked), dtype=np.float32), liked, starts), shape=(len(starts) - 1, len(diagonal))
        )
        return cls(likes, arrays["texts"], arrays["inverse"], diagonal, float(arrays["regularisation"]))

    def _inverted(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return P times a vector or a matrix, through the rows."""
        people = self.likes.shape[0]
        seen = self.inverse @ np.concatenate([self.likes @ values, self.texts.T @ values])
        found: NDArray[np.float32] = values - self.by_item @ seen[:people] - self.texts @ seen[people:]
        return found / np.float32(self.regularisation)


def _inverse_of(square: NDArray[np.float64], regularisation: float) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the inverse of a symmetric matrix with λ added to its diagonal, and the inverse's diagonal.

    The matrix is overwritten: at the largest side one copy in double precision is what memory allows.
    """
    if not len(square):
        return square.astype(np.float32), np.zeros(0)
    square[np.diag_indices_from(square)] += regularisation
    # Symmetric, so the transposed view is the same matrix in the order that LAPACK works on in place.
    factor, failed = lapack.dpotrf(square.T, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise np.linalg.LinAlgError("the item matrix is not positive definite")
    single = inverse.astype(np.float32)
    for start in range(0, len(single), _BLOCK):
        stop = start + _BLOCK
        corner = np.tril(single[start:stop, start:stop])
        single[start:stop, start:stop] = corner + np.tril(corner, -1).T
        single[start:stop, stop:] = single[stop:, start:stop].T
    return np.ascontiguousarray(single), np.diag(inverse).copy()


def _diagonal(
    likes: Likes, texts: NDArray[np.float64], inverse: NDArray[np.float32], regularisation: float
) -> NDArray[np.float64]:
    """Return the diagonal of P, block by block of the items."""
    found = np.empty(likes.shape[1])
    columns, wide = likes.tocsc(), inverse.astype(np.float64)
    for start in range(0, len(found), _BLOCK):
        part = slice(start, start + _BLOCK)
        block = np.concatenate([columns[:, part].toarray(), texts[part].T])
        found[part] = (1.0 - np.einsum("ri,ri->i", block, wide @ block)) / regularisation
    return found
