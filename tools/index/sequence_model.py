"""The sequence model: from likes in order to a score for every item, by what people like shortly after such likes.

Session-based nearest neighbours reduced to their transitions (Ludewig and Jannach, "Evaluation of session-based
recommendation algorithms", 2018; there V-SKNN and SR): a user who likes a given item speaks for the items they like
next to it, the more the nearer these are, more for those after it than for those before, and the more the more recent
the given item is. Nothing is trained: the scores are read off the histories.

Knows nothing of what the items are, nor of the time between two likes. Figures and the choice of every number here:
docs/decisions/0008-sequence-and-graph.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.histories import Histories

MOST_GIVEN = 20
"""Likes that are looked at, the latest; what is older counts for less than a twentieth of the last."""
_RECENCY = 0.85
"""Weight of a like against the like that came after it."""
_WINDOW = 50
"""Likes before and after a given one that it speaks for."""
_BEFORE = 0.5
"""Weight of what people like before a given item, against 1 for what they like after it."""
_MOST_USERS = 500
"""Users that one item is followed through; of more, every so many-th, so that a famous item costs no more."""
_GIVEN_FAME = 0.5
"""Power of the number of users by which what an item says is divided."""
_FOUND_FAME = 0.25
"""Power of the number of users by which the score of an item is divided."""
_DECIMALS = 9
_OFFSETS = np.concatenate([np.arange(-_WINDOW, 0), np.arange(1, _WINDOW + 1)])
_WEIGHTS = np.where(_OFFSETS > 0, 1.0, _BEFORE) / np.sqrt(np.abs(_OFFSETS))


@dataclass(frozen=True)
class SequenceModel:
    """Scores by order. Safe to share between threads."""

    histories: Histories
    """What users like, in order."""

    def scores(self, liked: Rows) -> NDArray[np.float64]:
        """Return a score for every item, shape (items,), 0 or more; higher is more likely to be liked next.

        Items that nobody liked near one of those given score 0. An item given does not speak for itself.

        Args:
            liked: rows that the person likes, oldest first, each once.
        """
        histories = self.histories
        found: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
        weights: list[NDArray[np.float64]] = [np.zeros(0)]
        for age, row in enumerate(liked[::-1][:MOST_GIVEN].tolist()):
            places = histories.places(row, _MOST_USERS)
            if not len(places):
                continue
            users = histories.user[places]
            near = places[:, None] + _OFFSETS
            same = (near >= histories.starts[users, None]) & (near < histories.starts[users + 1, None])
            fans = int(histories.fans[row])
            weight = _RECENCY**age * fans ** (1 - _GIVEN_FAME) / len(places)
            found.append(histories.likes[near[same]])
            weights.append(weight * np.broadcast_to(_WEIGHTS, near.shape)[same])
        summed = np.bincount(np.concatenate(found), np.concatenate(weights), minlength=histories.items)
        scores: NDArray[np.float64] = summed / np.maximum(histories.fans, 1) ** _FOUND_FAME
        return scores.round(_DECIMALS)

    def known(self, rows: Rows) -> NDArray[np.bool_]:
        """Return which rows the model can speak from: those that somebody likes, shape (rows,)."""
        known: NDArray[np.bool_] = self.histories.fans[rows] > 0
        return known
