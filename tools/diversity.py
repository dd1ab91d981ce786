"""Diversity: a short list whose items are good and not all alike.

Maximal marginal relevance: Carbonell and Goldstein, "The use of MMR, diversity-based reranking for reordering
documents and producing summaries" (SIGIR 1998). Alike is what has near vectors; nothing else is known of the items.
How far it goes can be turned as a dial: `spread`.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.candidates import Candidates

_POOL_FACTOR = 5
_LEAST_POOL = 50
"""Items are picked from the first five times `count`, at least 50, so that none comes up for being odd alone."""
_DECIMALS = 6
TRADE_OFF = 0.7
"""What relevance counts where nobody turned the dial. A guess."""
_MOST_UNLIKE = 0.2
"""What relevance counts at the end of the dial. A guess."""
_STEPS = 10
"""Stops of the dial between neutral and either end."""


def diversify(
    candidates: Candidates, vectors: NDArray[np.float32], count: int, trade_off: float = TRADE_OFF
) -> Candidates:
    """Return the candidates with the first `count` picked one by one for relevance and for unlikeness to those before.

    Each pick is the candidate with the highest trade_off * relevance - (1 - trade_off) * likeness, where relevance is
    the score scaled to 0..1 over the pool and likeness the highest cosine to a picked item; ties go to the one that
    stood higher. The best candidate always stays first.

    Args:
        candidates: ranked items.
        vectors: unit vectors of the whole catalogue by row, shape (items, dimensions).
        count: how many places are picked; the others follow in their order.
        trade_off: from 0, unlikeness only, to 1, relevance only.

    Returns:
        The same items in their new order. A score belongs to the place, so that scores still fall along the list.
    """
    size = min(len(candidates), max(_POOL_FACTOR * count, _LEAST_POOL))
    if count < 2 or size < 3 or trade_off >= 1:
        return candidates
    scores = candidates.scores[:size]
    width = float(scores[0] - scores[-1])
    relevance = (scores - scores[-1]) / width if width else np.ones(size)
    pool = vectors[candidates.rows[:size]].astype(np.float64)
    likeness = np.full(size, -1.0)
    left = np.ones(size, dtype=bool)
    picked: list[int] = []
    for _ in range(min(count, size)):
        gain = (trade_off * relevance - (1 - trade_off) * likeness).round(_DECIMALS)
        best = int(np.argmax(np.where(left, gain, -np.inf))) if picked else 0
        picked.append(best)
        left[best] = False
        likeness = np.maximum(likeness, pool @ pool[best])
    order = np.concatenate([np.array(picked), np.flatnonzero(left), np.arange(size, len(candidates))]).astype(np.int64)
    return Candidates(
        candidates.source, candidates.rows[order], candidates.scores, candidates.catalogue_ids, candidates.note
    )


def spread(candidates: Candidates, vectors: NDArray[np.float32], count: int, level: float = 0.0) -> Candidates:
    """Return the candidates diversified as far as the dial of diversity stands.

    Greedy picking does not promise that less weight on relevance gives a list that differs more. So every stop of the
    dial from neutral to where it stands is tried, and of these lists the one that differs most (least, below neutral)
    is taken: turning the dial up never makes the first `count` items more alike.

    Args:
        candidates: ranked items.
        vectors: unit vectors of the whole catalogue by row, shape (items, dimensions).
        count: how many places are picked; the others follow in their order.
        level: from -1, with no regard to unlikeness, over 0, as `diversify` does by itself, to 1, with most.

    Returns:
        The same items in their new order; the note ends with how much the first `count` differ.
    """
    end = _MOST_UNLIKE if level > 0 else 1.0
    best, farthest = candidates, -np.inf
    for stop in range(round(abs(level) * _STEPS) + 1):
        trade_off = TRADE_OFF + (end - TRADE_OFF) * stop / _STEPS
        tried = diversify(candidates, vectors, count, trade_off)
        distance = (1 if level >= 0 else -1) * mean_distance(vectors[tried.rows[:count]])
        # Of lists that differ alike the first stays, so that nothing moves without a gain.
        if distance > farthest + 10.0**-_DECIMALS:
            best, farthest = tried, distance
    if min(count, len(best)) < 2:
        return best
    told = f"Mean distance among the first {min(count, len(best))}: {abs(farthest):.3f}."
    return replace(best, note=" ".join(filter(None, [best.note, told])))


def mean_distance(vectors: NDArray[np.float32]) -> float:
    """Return how much items differ from each other: the mean of 1 - cosine over their pairs, 0 for fewer than two.

    Args:
        vectors: their unit vectors, shape (items, dimensions).
    """
    size = len(vectors)
    if size < 2:
        return 0.0
    likeness = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    return float(1 - (likeness.sum() - np.trace(likeness)) / (size * (size - 1)))
