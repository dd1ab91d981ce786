"""The conversation model: which items come up when people talk, which together, and in answer to which words.

Learned from past conversations, of which it keeps no words: in how many an item was named, in how many two were named
together, and for each answer that named items what had been said before it, as a vector. What people talk about is not
what people rated, so it stands beside the taste model.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.catalogue.store import Rows

SHRINKAGE = 3.0
"""Conversations added to every pair of items, in which only one of them is named. A guess."""
NEAREST = 100
"""Answers whose words count: those to the words nearest to what is said."""
_SHARPNESS = 3
"""Power of the nearness with which an answer counts. A guess."""
_STEPS = 127
"""A vector is kept in whole steps of 1 / 127, as a byte a dimension."""

Table = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Conversation:
    """What is learned from one conversation."""

    named: Rows
    """Rows of the items that anybody named."""
    words: Sequence[Vectors] = ()
    """For each answer that named items, what had been said before it, as a unit vector."""
    answers: Sequence[Rows] = ()
    """Rows of the items that each of these answers named."""


class ConversationModel:
    """What past conversations tell. Safe to share between threads."""

    def __init__(
        self,
        named: Table,
        together: "sparse.csr_array[np.float64]",
        words: Vectors,
        answers: "sparse.csr_array[np.float64]",
        size: int,
    ) -> None:
        """Keep counts and vectors; `fit` and `from_json` make them."""
        self.named = named
        """Conversations in which each item was named, by row, shape (items,)."""
        self.size = size
        """Number of conversations."""
        self._together = together
        self._words = words
        self._answers = answers

    @classmethod
    def fit(cls, conversations: Sequence[Conversation], items: int) -> Self:
        """Learn.

        Args:
            conversations: past conversations.
            items: number of items of the catalogue.
        """
        named = _incidence([each.named for each in conversations], items)
        together = sparse.csr_array(named.T @ named)
        together.setdiag(0)
        together.eliminate_zeros()
        together.sort_indices()
        words = [vector for each in conversations for vector in each.words]
        answers = _incidence([rows for each in conversations for rows in each.answers], items)
        kept = _stepped(np.stack(words)) if words else np.zeros((0, 0), dtype=np.float32)
        return cls(named.sum(axis=0), together, kept, answers, len(conversations))

    def named_together(self, rows: Rows, others: Rows) -> Table:
        """Return how often items are named in the same conversations, shape (rows, others), from 0 to below 1.

        The cosine of the conversations in which they are named, less the fewer conversations that is known from. An
        item with itself counts 0.
        """
        common = self._together[others].toarray()[:, rows].T
        found: Table = common / (np.sqrt(np.outer(self.named[rows], self.named[others])) + SHRINKAGE)
        return found

    def answered(self, words: Vectors) -> Table:
        """Return how much the answers to the nearest words name each item, by row, shape (items,), from 0 to 1.

        Args:
            words: what is said, as a unit vector, shape (dimensions,).
        """
        if not len(self._words):
            return np.zeros(len(self.named))
        nearness = np.clip(self._words @ words, 0.0, 1.0).astype(np.float64)
        nearest = np.argsort(-nearness, kind="stable")[:NEAREST]
        weights = nearness[nearest] ** _SHARPNESS
        found: Table = self._answers[nearest].T @ weights / max(float(weights.sum()), 1e-9)
        return found

    def as_json(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return all under the items' ids, so that it fits any build of the catalogue.

        Args:
            ids: item ids by row.
        """
        kept = np.flatnonzero(self.named + self._answers.sum(axis=0))
        place = {int(row): k for k, row in enumerate(kept)}
        upper = sparse.triu(self._together, k=1).tocoo()
        pairs = zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
        steps = np.round(self._words * _STEPS).astype(np.int8)
        starts, columns = self._answers.indptr.tolist(), self._answers.indices.tolist()
        answers = [columns[start:end] for start, end in pairwise(starts)]
        return {
            "conversations": self.size,
            "items": [ids[row] for row in kept.tolist()],
            "named": self.named[kept].astype(int).tolist(),
            "together": sorted((place[a], place[b], int(count)) for a, b, count in pairs),
            "answers": [sorted(place[row] for row in rows) for rows in answers],
            "dimensions": self._words.shape[1],
            "words": b64encode(steps.tobytes()).decode("ascii"),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any], row_of: Mapping[str, int]) -> Self:
        """Return what `as_json` made; items that the catalogue does not have are left out.

        Raises:
            ValueError, KeyError, TypeError, IndexError: it is not what `as_json` makes.
        """
        items = len(row_of)
        rows = np.array([row_of.get(each, -1) for each in told["items"]], dtype=np.int64)
        named = np.zeros(items)
        named[rows[rows >= 0]] = np.array(told["named"], dtype=np.float64)[rows >= 0]
        pairs = np.array(told["together"], dtype=np.int64).reshape(-1, 3)
        left, right = rows[pairs[:, 0]], rows[pairs[:, 1]]
        both = (left >= 0) & (right >= 0)
        together = sparse.csr_array(
            (pairs[both, 2].astype(np.float64), (left[both], right[both])), shape=(items, items)
        )
        known = [rows[np.array(each, dtype=np.int64)] for each in told["answers"]]
        answers = _incidence([each[each >= 0] for each in known], items)
        steps = np.frombuffer(b64decode(told["words"]), dtype=np.int8).reshape(len(known), told["dimensions"])
        words = steps.astype(np.float32) / np.float32(_STEPS)
        return cls(named, sparse.csr_array(together + together.T), words, answers, int(told["conversations"]))


def _stepped(vectors: Vectors) -> Vectors:
    """Return vectors as they are kept in a file, so that a model read is the model written."""
    return np.round(vectors * _STEPS).astype(np.int8).astype(np.float32) / np.float32(_STEPS)


def _incidence(sets: Sequence[Rows], items: int) -> "sparse.csr_array[np.float64]":
    """Return sets by items, 1 where an item is in a set."""
    distinct = [np.unique(each) for each in sets]
    index = np.repeat(np.arange(len(distinct)), [len(each) for each in distinct])
    column = np.concatenate([np.zeros(0, dtype=np.int64), *distinct])
    return sparse.csr_array((np.ones(len(column)), (index, column)), shape=(len(distinct), items))
