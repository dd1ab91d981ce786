"""The taste model: from any list of liked and disliked items to a score for every item, at once.

Items that people like are scored by closed-form weights between items (`item_weights`); a person who was not there when
these were fitted is scored from what they like alone (fold-in), so nothing is retrained. Items that nobody likes are
scored by their texts (`text_taste`). Likes and dislikes are two questions, and the answer to the second is taken from
the first at one spread, so that neither drowns the other when it is the longer list.

Knows nothing of who the users are or of what the items are.
Figures: docs/decisions/0003-taste-model.md, 0007-taste-scorer.md.
"""

from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.catalogue.store import InteractionLog, Rows
from tastemaker.tools.index.array_file import reading_arrays, write_arrays
from tastemaker.tools.index.item_weights import ItemWeights, Likes
from tastemaker.tools.index.tail_weights import TailWeights
from tastemaker.tools.index.text_taste import TextTaste, Vectors, coordinates

REGULARISATION = 200.0
"""λ, the best of 50 to 800 by NDCG@10 on the demo interactions."""
DISLIKE_WEIGHT = 0.2
"""How much what the dislikes speak for counts, against 1 for what the likes do, both brought to the same spread."""
TEXT_WEIGHT = 10.0
"""How much a row of the texts counts against a person's; more helps who gave many likes and harms who gave few."""
TEXT_ROWS = 64
"""Axes of the texts that are rows."""
TOGETHER_SHRINKAGE = 3.0
"""People added to every pair of items that nobody of them likes both of, so that one person makes no pair. A guess."""
LARGEST_SIDE = 8_000
"""Rows of the largest matrix inverted: 256 MB in single precision, about half a minute on two cores. With more users
and more items than this, the most liked items are modelled and the others that are liked are added one at a time."""
_DECIMALS = 9
_NO_ROWS: Rows = np.zeros(0, dtype=np.int64)


class TasteModel:
    """A fitted taste model. Safe to share between threads; a fold-in changes nothing."""

    def __init__(
        self,
        weights: ItemWeights,
        modelled: Rows,
        items: int,
        texts: TextTaste | None = None,
        tail: tuple[Rows, TailWeights] | None = None,
    ) -> None:
        self.items = items
        """Number of items of the catalogue."""
        self.modelled = modelled
        """Rows that the model speaks of, ascending: those that somebody likes, the most liked where there are many."""
        self._weights = weights
        self._texts = texts
        self._tail = tail
        self._place = np.full(items, -1, dtype=np.int64)
        self._place[modelled] = np.arange(len(modelled))
        liked = modelled if tail is None else np.concatenate([modelled, tail[0]])
        self._others = np.delete(np.arange(items), liked)

    @classmethod
    def fit(
        cls,
        log: InteractionLog,
        items: int,
        like_at_least: float | None,
        vectors: Vectors | None = None,
        regularisation: float = REGULARISATION,
        largest_side: int = LARGEST_SIDE,
    ) -> Self:
        """Fit the model.

        Args:
            log: all interactions.
            items: number of items of the catalogue.
            like_at_least: interactions with a lower value are not likes; None when every interaction is one.
            vectors: dense vectors of the items' texts, shape (items, dimensions); None where there are no texts.
            regularisation: λ, above 0.
            largest_side: rows of the largest matrix that may be inverted.
        """
        liked = log.liked(like_at_least)
        pairs = np.unique(np.stack([log.user[liked], log.row[liked]]), axis=1)
        users, user = np.unique(pairs[0], return_inverse=True)
        counts = np.bincount(pairs[1], minlength=items)
        modelled = np.flatnonzero(counts)
        texts = np.zeros((items, 0), dtype=np.float32) if vectors is None else coordinates(vectors)
        rows = len(users) + min(TEXT_ROWS, texts.shape[1])
        through_rows = rows < len(modelled) and rows <= largest_side
        if not through_rows and len(modelled) > largest_side:
            modelled = np.sort(np.argsort(-counts, kind="stable")[:largest_side])
        likes: Likes = sparse.csr_array(
            (np.ones(pairs.shape[1], dtype=np.float32), (user, pairs[1])), shape=(len(users), items)
        )
        told = texts[:, :TEXT_ROWS] * np.float32(TEXT_WEIGHT**0.5)
        weights = ItemWeights.fit(likes[:, modelled], told[modelled], regularisation, through_rows=through_rows)
        rest = np.setdiff1d(np.flatnonzero(counts), modelled)
        tail = (rest, TailWeights(likes[:, rest].T.tocsr(), told[rest])) if len(rest) else None
        by_text = (
            None
            if vectors is None
            else TextTaste.fit(texts, modelled, counts[modelled], np.flatnonzero(counts == 0), weights.applied)
        )
        return cls(weights, modelled, items, by_text, tail)

    def scores(self, liked: Rows, disliked: Rows = _NO_ROWS) -> NDArray[np.float64]:
        """Return a score for every item, shape (items,), always finite; higher is more to the taste.

        Items that nobody likes are scored by their texts, and 0 without these. An item given does not speak for itself;
        one that is given both ways is liked.

        Args:
            liked: rows that the person likes.
            disliked: rows that the person dislikes; they count against what is like them.
        """
        likes, dislikes = self._places(liked), self._places(disliked)
        dislikes = dislikes[~np.isin(dislikes, likes)]
        wanted = self._scores(likes)
        if len(dislikes):
            unwanted = self._scores(dislikes)
            if len(likes):
                spreads = [float(each[self.modelled].std()) for each in (wanted, unwanted)]
                unwanted *= DISLIKE_WEIGHT * spreads[0] / spreads[1] if spreads[1] else 0.0
            wanted -= unwanted
        return wanted.round(_DECIMALS) + 0.0

    def known(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which rows the model speaks of, shape (rows,): others are scored, and say nothing when given."""
        known: NDArray[np.bool_] = self._place[rows] >= 0
        return known

    def new(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which rows nobody likes, shape (rows,): those are scored by their texts alone."""
        tail = _NO_ROWS if self._tail is None else self._tail[0]
        return ~self.known(rows) & ~np.isin(rows, tail)

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
        common = (self._weights.by_item[right] @ self._weights.likes).toarray()[:, left].T.astype(np.float64)
        likers = np.diff(self._weights.by_item.indptr).astype(np.float64)
        found = common / (np.sqrt(np.outer(likers[left], likers[right])) + TOGETHER_SHRINKAGE)
        found[left[:, None] == right[None, :]] = 0.0
        together[np.ix_(of_rows, of_others)] = found
        return together

    @property
    def note(self) -> str:
        """What the model leaves out and which way it was fitted, in words for the manifest."""
        way, users = "users" if self._weights.through_rows else "items", self._weights.likes.shape[0]
        tail = 0 if self._tail is None else len(self._tail[0])
        unliked = len(self._others) if self._texts and users else 0
        each = f"; {tail} that fewer like, each by itself" if tail else ""
        others = f"; the other {unliked} by their texts" if unliked else ""
        return f"EASE through {way}: {len(self.modelled)} of {self.items} items, {users} users{each}{others}."

    @property
    def kept(self) -> int:
        """Bytes of memory that its arrays take."""
        arrays = [*self._weights.arrays().values(), self._place, self._others]
        texts = [] if self._texts is None else [self._texts.directions, self._texts.others]
        tail = [] if self._tail is None else list(self._tail[1].arrays().values())
        return sum(each.nbytes for each in (*arrays, *texts, *tail))

    def save(self, path: Path) -> None:
        """Write the model to a file; a reader sees the old one or the new one, never a part."""
        arrays = self._weights.arrays() | {"modelled": self.modelled, "items": np.array(self.items)}
        if self._texts is not None:
            arrays |= {"directions": self._texts.directions, "others": self._texts.others}
        if self._tail is not None:
            arrays |= self._tail[1].arrays() | {"tail": self._tail[0]}
        write_arrays(path, arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model that `save` wrote.

        Raises:
            WorkspaceError: the file is missing or corrupt.
        """
        with reading_arrays(path) as file:
            texts = TextTaste(file["directions"], file["others"]) if "directions" in file else None
            tail = (file["tail"], TailWeights.of(file)) if "tail" in file else None
            return cls(ItemWeights.of(file), file["modelled"], int(file["items"]), texts, tail)

    def _scores(self, places: Rows) -> NDArray[np.float64]:
        """Return what the items at some places, each once, say of every item, shape (items,)."""
        amounts = np.ones(len(places), dtype=np.float32)
        scores = np.zeros(self.items)
        product = self._weights.product(places, amounts)
        scores[self.modelled] = self._weights.scores(places, amounts, product)
        if self._texts is not None:
            scores[self._others] = self._texts.scores(places, amounts)
        if self._tail is not None:
            rows, tail = self._tail
            scores[rows] = tail.scores(self._weights, product)
        return scores

    def _places(self, rows: Rows) -> Rows:
        places = np.unique(self._place[rows])
        return places[places >= 0]
