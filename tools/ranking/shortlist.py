"""The shortlist: which items are worth ranking, from what the tools proposed and from the ranker's own signals.

Knows nothing of their order.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.ranking.signals import Signals

SMALL = 600
"""Pools of at most this many items are ranked whole."""
FIRST: Mapping[str, int] = {
    "popularity of late": 250,
    "popularity": 100,
    "taste": 150,
    "taste of likes": 50,
    "liked next": 100,
    "walk": 250,
    "liked together": 100,
    "named in conversations": 250,
    "named together": 150,
    "answered to words alike": 150,
    "words of query": 100,
}
"""How many items each signal brings in at most; chosen for how many of the items wanted come in."""
NEAREST = 80
"""How many items each of three vectors brings in: what was named, all that was said, and the query."""


def shortlist(signals: Signals, pool: Rows | None, proposed: Rows) -> Rows:
    """Return the rows worth ranking, ascending, all from the pool.

    Args:
        signals: what is known of the request.
        pool: rows that may be recommended, ascending; None for the whole catalogue.
        proposed: rows that tools have proposed already.
    """
    everything = np.arange(len(signals.workspace.catalogue), dtype=np.int64) if pool is None else pool
    if len(everything) <= SMALL:
        return everything
    found = [proposed, *_first(signals, everything), *_nearest(signals, pool)]
    return np.intersect1d(np.concatenate(found), everything)


def _first(signals: Signals, pool: Rows) -> Iterator[Rows]:
    facts, conversations = signals.workspace.item_facts, signals.conversations
    by_row = {**signals.by_row(), "popularity": facts.popularity, "popularity of late": facts.popularity_of_late}
    if conversations is not None:
        by_row["named in conversations"] = conversations.named
    for name, values in by_row.items():
        yield _best(values[pool], pool, FIRST[name])
    if signals.liked_together is not None:
        yield _best(signals.liked_together[pool].mean(axis=1), pool, FIRST["liked together"])
    if signals.named_together is not None:
        yield _best(signals.named_together[pool].sum(axis=1), pool, FIRST["named together"])


def _nearest(signals: Signals, pool: Rows | None) -> Iterator[Rows]:
    index, named = signals.workspace.vector_index, signals.request.named
    vectors = [signals.said, signals.query]
    if len(named):
        middle = index.vectors[named].mean(axis=0)
        vectors.append(middle / max(float(np.linalg.norm(middle)), 1e-9))
    for vector in vectors:
        if vector is not None:
            yield index.search(vector, NEAREST, pool)[0]


def _best(values: NDArray[np.float64], pool: Rows, count: int) -> Rows:
    """Return the rows of the pool with the highest values above 0, at most so many."""
    if len(values) <= count:
        return pool[values > 0]
    best = np.argpartition(-values, count)[:count]
    return pool[best[values[best] > 0]]
