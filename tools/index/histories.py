"""Histories: what every user likes in the order in which they came to like it, as one long array.

The sequence model, the complements and the graph of items are read off it. Knows the order and not the moments: how
much time lies between two likes is not kept. Knows nothing of what the items are.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import InteractionLog
from tastemaker.tools.index.array_file import reading_arrays, write_arrays


@dataclass(frozen=True)
class Histories:
    """Likes in order. A place is an index into `likes`; safe to share between threads."""

    items: int
    """Number of items of the catalogue."""
    likes: NDArray[np.int32]
    """Rows liked, each once a user: a user's oldest first, one user after another, shape (likes,)."""
    starts: NDArray[np.int64]
    """Place at which each user begins, and the number of likes at the end, shape (users + 1,)."""
    timed: float
    """Share of the likes whose time is known, from 0 to 1; the others stand in the order of the log, before those."""

    @classmethod
    def fit(cls, log: InteractionLog, items: int, like_at_least: float | None) -> Self:
        """Take the likes out of a log.

        Args:
            log: all interactions; where two have one time, or none, they count in this order.
            items: number of items of the catalogue.
            like_at_least: interactions with a lower value are not likes; None when every interaction is one.
        """
        liked = np.flatnonzero(log.liked(like_at_least))
        untimed = np.isnan(log.time[liked])
        order = liked[np.lexsort((np.where(untimed, -np.inf, log.time[liked]), log.user[liked]))]
        _, first = np.unique(log.user[order] * items + log.row[order], return_index=True)
        order = order[np.sort(first)]
        _, lengths = np.unique(log.user[order], return_counts=True)
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        timed = float((~np.isnan(log.time[order])).mean()) if len(order) else 0.0
        return cls(items, log.row[order].astype(np.int32), starts, timed)

    @cached_property
    def fans(self) -> NDArray[np.int64]:
        """How many users like each item, by row, shape (items,)."""
        return np.bincount(self.likes, minlength=self.items)

    @cached_property
    def user(self) -> NDArray[np.int64]:
        """Which user each place belongs to, shape (likes,)."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def places(self, row: int, most: int) -> NDArray[np.int64]:
        """Return where users like an item, ascending; every so many-th of them when there are more than `most`."""
        found = self._by_item[self._item_starts[row] : self._item_starts[row + 1]]
        return found[:: -(-len(found) // most)] if len(found) > most else found

    def save(self, path: Path) -> None:
        """Write the histories to a file; a reader sees the old one or the new one, never a part."""
        write_arrays(path, {"likes": self.likes, "starts": self.starts, "items": self.items, "timed": self.timed})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read histories that `save` wrote.

        Raises:
            WorkspaceError: the file is missing or corrupt.
        """
        with reading_arrays(path) as file:
            return cls(int(file["items"]), file["likes"], file["starts"], float(file["timed"]))

    @cached_property
    def _by_item(self) -> NDArray[np.int64]:
        """Places ordered by the item that is liked there, shape (likes,)."""
        return np.argsort(self.likes, kind="stable")

    @cached_property
    def _item_starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.fans)]).astype(np.int64)
