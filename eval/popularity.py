"""How far a system leans on what is popular anyway: mean popularity, long tail and coverage of what it shows.

After: Abdollahpouri, Burke and Mobasher, "Managing popularity bias in recommender systems with personalized re-ranking"
(FLAIRS 2019). Knows no relevance: a list of unknown items is not good for that alone.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Catalogue

HEAD_SHARE = 0.8
"""Share of all interactions that the head of the catalogue holds; the other items are the long tail."""


def long_tail(popularity: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which items are in the long tail: all but the fewest that hold `HEAD_SHARE` of the interactions.

    Args:
        popularity: number of interactions by row, shape (items,).
    """
    order = np.argsort(-popularity, kind="stable")
    held = np.cumsum(popularity[order])
    # An item is of the head as long as those before it do not hold the share yet.
    before = np.concatenate([[0.0], held[:-1]])
    tail = np.empty(len(popularity), dtype=bool)
    tail[order] = before >= HEAD_SHARE * popularity.sum()
    return tail


def popularity_scores(shown: Sequence[str], catalogue: Catalogue, tail: NDArray[np.bool_]) -> dict[str, float]:
    """Return `average_popularity` and `long_tail_share` of the items shown in a turn; nothing where none are.

    Args:
        shown: ids; those that the catalogue does not have are left out.
        catalogue: where the numbers of interactions come from.
        tail: which items are in the long tail, by row.
    """
    rows = [catalogue.row_of[item] for item in shown if item in catalogue.row_of]
    if not rows:
        return {}
    return {
        "average_popularity": float(catalogue.popularity[rows].mean()),
        "long_tail_share": float(tail[rows].mean()),
    }


def coverage(shown: Collection[str], catalogue: Catalogue) -> float:
    """Return the share of the catalogue that some ids make up.

    Args:
        shown: all ids that a system showed; they may repeat, and those that the catalogue does not have count nothing.
        catalogue: the whole.
    """
    return len({item for item in shown if item in catalogue.row_of}) / len(catalogue) if len(catalogue) else 0.0
