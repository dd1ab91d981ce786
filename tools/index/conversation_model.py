"""The conversation model: which items come up when people talk about them, and which together.

Learned from past conversations, of which it keeps counts alone: in how many an item was named, and in how many two were
named together. What people talk about is not what people rated, so it stands beside the taste model. Knows no words.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.catalogue.store import Rows

SHRINKAGE = 3.0
"""Conversations added to every pair of items, in which only one of them is named. A guess."""

Table = NDArray[np.float64]


class ConversationModel:
    """Counts of conversations. Safe to share between threads."""

    def __init__(self, named: Table, together: "sparse.csr_array[np.float64]", size: int) -> None:
        """Keep counts; `fit` and `from_json` make them."""
        self.named = named
        """Conversations in which each item was named, by row, shape (items,)."""
        self.size = size
        """Number of conversations."""
        self._together = together

    @classmethod
    def fit(cls, conversations: Sequence[Rows], items: int) -> Self:
        """Count.

        Args:
            conversations: of each, the rows of the items that anybody named.
            items: number of items of the catalogue.
        """
        named = _incidence(conversations, items)
        together = sparse.csr_array(named.T @ named)
        together.setdiag(0)
        together.eliminate_zeros()
        together.sort_indices()
        return cls(named.sum(axis=0), together, len(conversations))

    def named_together(self, rows: Rows, others: Rows) -> Table:
        """Return how often items are named in the same conversations, shape (rows, others), from 0 to below 1.

        The cosine of the conversations in which they are named, less the fewer conversations that is known from. An
        item with itself counts 0.
        """
        common = self._together[others].toarray()[:, rows].T
        found: Table = common / (np.sqrt(np.outer(self.named[rows], self.named[others])) + SHRINKAGE)
        return found

    def as_json(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return the counts under the items' ids, so that they fit any build of the catalogue.

        Args:
            ids: item ids by row.
        """
        kept = np.flatnonzero(self.named)
        place = {int(row): k for k, row in enumerate(kept)}
        upper = sparse.triu(self._together, k=1).tocoo()
        pairs = zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
        return {
            "conversations": self.size,
            "items": [str(ids[row]) for row in kept],
            "named": self.named[kept].astype(int).tolist(),
            "together": sorted((place[a], place[b], int(count)) for a, b, count in pairs),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any], row_of: Mapping[str, int]) -> Self:
        """Return the counts that `as_json` made; those of items that the catalogue does not have are left out.

        Raises:
            ValueError, KeyError, TypeError, IndexError: it is not what `as_json` makes.
        """
        rows = np.array([row_of.get(each, -1) for each in told["items"]], dtype=np.int64)
        named = np.zeros(len(row_of))
        known = rows >= 0
        named[rows[known]] = np.array(told["named"], dtype=np.float64)[known]
        pairs = np.array(told["together"], dtype=np.int64).reshape(-1, 3)
        left, right = rows[pairs[:, 0]], rows[pairs[:, 1]]
        both = (left >= 0) & (right >= 0)
        counts, shape = pairs[both, 2].astype(np.float64), (len(row_of), len(row_of))
        together = sparse.csr_array((counts, (left[both], right[both])), shape=shape)
        return cls(named, sparse.csr_array(together + together.T), int(told["conversations"]))


def _incidence(conversations: Sequence[Rows], items: int) -> "sparse.csr_array[np.float64]":
    """Return conversations by items, 1 where an item comes up."""
    distinct = [np.unique(each) for each in conversations]
    conversation = np.repeat(np.arange(len(distinct)), [len(each) for each in distinct])
    column = np.concatenate([np.zeros(0, dtype=np.int64), *distinct])
    return sparse.csr_array((np.ones(len(column)), (conversation, column)), shape=(len(distinct), items))
