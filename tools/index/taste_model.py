"""The taste model: from any list of liked and disliked items to a score for every item, at once.

EASE, the closed-form linear autoencoder of Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019):
the weights between items come from the inverse of the regularised item-item matrix, and a person who was not there
when it was fitted is scored from what they like alone (fold-in), so nothing is retrained.

With the users-by-items matrix X and P = (XᵀX + λI)⁻¹, the weight from item i to item j is -P[i, j] / P[j, j], and 0
from an item to itself. Where users are fewer than items, P is never made: by the Woodbury identity it is
(I - Xᵀ(XXᵀ + λI)⁻¹X) / λ, and its product with a vector needs only X and a users-by-users matrix.

Knows nothing of who the users are or of what the items are. Figures: docs/decisions/0003-taste-model.md.
"""

from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from tastemaker.tools.catalogue.store import InteractionLog, Rows
from tastemaker.tools.errors import WorkspaceError

REGULARISATION = 200.0
"""λ, the best of 50 to 800 by NDCG@10 on the demo interactions."""
DISLIKE_WEIGHT = 0.5
"""How much a disliked item counts, against 1 for a liked one; measured on the demo interactions."""
TOGETHER_SHRINKAGE = 3.0
"""People added to every pair of items that nobody of them likes both of, so that one person makes no pair. A guess."""
LARGEST_SIDE = 8_000
"""Rows of the largest matrix inverted: 256 MB in single precision, about half a minute on two cores. With more users
and more items than this, the most liked items are modelled and the others score 0."""
_BLOCK = 2_000
_DECIMALS = 9
_CURE = "build the workspace again with `tastemaker build`."
_NO_ROWS: Rows = np.zeros(0, dtype=np.int64)

Likes = sparse.csr_array[np.float32]
"""Users by modelled items; 1 where the user likes the item."""


class TasteModel:
    """A fitted taste model. Safe to share between threads; a fold-in changes nothing."""

    def __init__(
        self,
        likes: Likes,
        inverse: NDArray[np.float32],
        diagonal: NDArray[np.float64],
        modelled: Rows,
        items: int,
        regularisation: float,
    ) -> None:
        self.items = items
        """Number of items of the catalogue."""
        self.modelled = modelled
        """Rows that the model speaks of, ascending: those that somebody likes, the most liked where there are many."""
        self.regularisation = regularisation
        """λ."""
        self._likes = likes
        self._by_item = likes.T.tocsr()
        self._inverse = inverse
        self._diagonal = diagonal
        self._place = np.full(items, -1, dtype=np.int64)
        self._place[modelled] = np.arange(len(modelled))

    @classmethod
    def fit(
        cls,
        log: InteractionLog,
        items: int,
        like_at_least: float | None,
        regularisation: float = REGULARISATION,
        largest_side: int = LARGEST_SIDE,
    ) -> Self:
        """Fit the model.

        Args:
            log: all interactions.
            items: number of items of the catalogue.
            like_at_least: interactions with a lower value are not likes; None when every interaction is one.
            regularisation: λ, above 0.
            largest_side: rows of the largest matrix that may be inverted.
        """
        liked = np.ones(len(log.value), dtype=bool) if like_at_least is None else log.value >= like_at_least
        pairs = np.unique(np.stack([log.user[liked], log.row[liked]]), axis=1)
        users, user = np.unique(pairs[0], return_inverse=True)
        counts = np.bincount(pairs[1], minlength=items)
        modelled = np.flatnonzero(counts)
        through_users = len(users) < len(modelled) and len(users) <= largest_side
        if not through_users and len(modelled) > largest_side:
            modelled = np.sort(np.argsort(-counts, kind="stable")[:largest_side])
        place = np.full(items, -1, dtype=np.int64)
        place[modelled] = np.arange(len(modelled))
        kept = place[pairs[1]] >= 0
        likes: Likes = sparse.csr_array(
            (np.ones(int(kept.sum()), dtype=np.float32), (user[kept], place[pairs[1]][kept])),
            shape=(len(users), len(modelled)),
        )
        square = likes @ likes.T if through_users else likes.T @ likes
        inverse = _inverse_of(square.toarray().astype(np.float64), regularisation)
        diagonal = _diagonal(likes, inverse, regularisation) if through_users else np.diag(inverse).copy()
        return cls(likes, inverse.astype(np.float32), diagonal, modelled, items, regularisation)

    def scores(self, liked: Rows, disliked: Rows = _NO_ROWS) -> NDArray[np.float64]:
        """Return a score for every item, shape (items,), always finite; higher is more to the taste.

        Items that nobody likes, and those beyond the model's limit, score 0. An item given does not speak for itself.

        Args:
            liked: rows that the person likes.
            disliked: rows that the person dislikes; they count against what is like them.
        """
        taste = np.zeros(len(self.modelled), dtype=np.float32)
        taste[self._places(disliked)] = -DISLIKE_WEIGHT
        taste[self._places(liked)] = 1.0
        scores = np.zeros(self.items)
        if self._through_users:
            product = (taste - self._by_item @ (self._inverse @ (self._likes @ taste))) / self.regularisation
        else:
            given = np.flatnonzero(taste)
            product = taste[given] @ self._inverse[given]
        scores[self.modelled] = (self._diagonal * taste - product) / self._diagonal
        return scores.round(_DECIMALS) + 0.0

    def known(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which rows the model speaks of, shape (rows,)."""
        known: NDArray[np.bool_] = self._place[rows] >= 0
        return known

    def liked_together(self, rows: Rows, others: Rows) -> NDArray[np.float64]:
        """Return how often items are liked by the same people, shape (rows, others), from 0 to below 1.

        The cosine of who likes them, less the fewer people that is known from (ItemKNN with shrinkage). An item with
        itself, and items that the model does not speak of, count 0.
        """
        together = np.zeros((len(rows), len(others)))
        left, right = self._place[rows], self._place[others]
        of_rows, of_others = np.flatnonzero(left >= 0), np.flatnonzero(right >= 0)
        if not len(of_rows) or not len(of_others):
            return together
        left, right = left[of_rows], right[of_others]
        common = (self._by_item[right] @ self._likes).toarray()[:, left].T.astype(np.float64)
        likers = np.diff(self._by_item.indptr).astype(np.float64)
        found = common / (np.sqrt(np.outer(likers[left], likers[right])) + TOGETHER_SHRINKAGE)
        found[left[:, None] == right[None, :]] = 0.0
        together[np.ix_(of_rows, of_others)] = found
        return together

    @property
    def note(self) -> str:
        """What the model leaves out and which way it was fitted, in words for the manifest."""
        way = "users" if self._through_users else "items"
        return f"EASE through {way}: {len(self.modelled)} of {self.items} items, {self._likes.shape[0]} users."

    def save(self, path: Path) -> None:
        """Write the model to a file; a reader sees the old one or the new one, never a part."""
        partial = path.with_name(f"{path.name}.partial")
        with partial.open("wb") as file:
            np.savez(
                file,
                user_starts=self._likes.indptr,
                liked=self._likes.indices,
                inverse=self._inverse,
                diagonal=self._diagonal,
                modelled=self.modelled,
                sizes=np.array([self.items, self.regularisation]),
            )
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model that `save` wrote.

        Raises:
            WorkspaceError: the file is missing or corrupt.
        """
        try:
            with np.load(path) as file:
                starts, liked, modelled = file["user_starts"], file["liked"], file["modelled"]
                likes: Likes = sparse.csr_array(
                    (np.ones(len(liked), dtype=np.float32), liked, starts), shape=(len(starts) - 1, len(modelled))
                )
                items, regularisation = file["sizes"]
                return cls(likes, file["inverse"], file["diagonal"], modelled, int(items), float(regularisation))
        except FileNotFoundError as error:
            raise WorkspaceError(f"{path} is missing; {_CURE}") from error
        except (ValueError, KeyError, TypeError, IndexError, EOFError, BadZipFile) as error:
            raise WorkspaceError(f"{path} is corrupt; {_CURE}") from error

    @property
    def _through_users(self) -> bool:
        return len(self._inverse) != len(self.modelled)

    def _places(self, rows: Rows) -> NDArray[np.int64]:
        places = self._place[rows]
        return places[places >= 0]


def _inverse_of(square: NDArray[np.float64], regularisation: float) -> NDArray[np.float64]:
    """Return the inverse of a symmetric matrix with λ added to its diagonal."""
    square[np.diag_indices_from(square)] += regularisation
    if not len(square):
        return square
    found: NDArray[np.float64] = linalg.cho_solve(linalg.cho_factor(square), np.eye(len(square)))
    return found


def _diagonal(likes: Likes, inverse: NDArray[np.float64], regularisation: float) -> NDArray[np.float64]:
    """Return the diagonal of P, block by block of the items."""
    found = np.empty(likes.shape[1])
    columns = likes.tocsc()
    for start in range(0, len(found), _BLOCK):
        block = columns[:, start : start + _BLOCK].toarray().astype(np.float64)
        found[start : start + _BLOCK] = (1.0 - np.einsum("ui,ui->i", block, inverse @ block)) / regularisation
    return found
