"""Reordering: a ranking blended with other values of its items, so that more weight never means less of a value.

The list that maximises `keep * base + weight * value` holds, in its first k places, no less of the value as the weight
rises, and no more of the base, for every k: the top of a sum is monotone in the weight of a part. Knows nothing of what
the values mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.candidates import Candidates, Scores

SHORT = 10
"""Items whose loss of score is told."""
_DECIMALS = 9


@dataclass(frozen=True)
class Pull:
    """One value of the items, and how much it counts."""

    values: Scores
    """One value an item, in the order of the ranking, from 0 to 1; shape (n,)."""
    weight: float
    """How much it counts; below 0 it pushes down."""


def reordered(ranked: Candidates, pulls: Sequence[Pull], keep: float = 1.0, base: Scores | None = None) -> Candidates:
    """Return the candidates in the order of what they were ranked by and their values together.

    Args:
        ranked: a ranking.
        pulls: values of its first items, all of one length; what stands behind them stays.
        keep: how much the base counts.
        base: what the items were ranked by, from 0 to 1, as long as the values; when None their place in the ranking,
            which is 1 for the first and falls evenly towards 0, whatever the scores.

    Returns:
        The same items. A score belongs to the place, so that scores still fall along the list. The note ends with what
        the change cost.
    """
    size = len(pulls[0].values) if pulls else 0
    if size < 2:
        return ranked
    gain = keep * (1.0 - np.arange(size) / size if base is None else base)
    for pull in pulls:
        gain = gain + pull.weight * pull.values
    order = np.argsort(-gain.round(_DECIMALS), kind="stable")
    rows = np.concatenate([ranked.rows[:size][order], ranked.rows[size:]])
    note = " ".join(filter(None, [ranked.note, _cost(ranked.scores, order)]))
    return Candidates(ranked.source, rows, ranked.scores, ranked.catalogue_ids, note)


def places(values: NDArray[np.float64]) -> Scores:
    """Return where each value stands among all, from 0 to 1, equals alike; missing ones (NaN) in the middle."""
    found = np.full(len(values), 0.5)
    known = ~np.isnan(values)
    if known.sum() > 1:
        _, group, size = np.unique(values[known], return_inverse=True, return_counts=True)
        # Equals share the middle of the places that they take up together.
        middle = np.cumsum(size) - (size + 1) / 2
        found[known] = middle[group] / (known.sum() - 1)
    return found


def scaled(values: NDArray[np.float64]) -> Scores:
    """Return values from 0, the lowest, to 1, the highest; missing ones (NaN) as the mean of the others."""
    known = values[~np.isnan(values)]
    width = float(np.ptp(known)) if len(known) else 0.0
    if not width:
        return np.full(len(values), 0.5)
    found: Scores = (np.where(np.isnan(values), known.mean(), values) - known.min()) / width
    return found


def _cost(scores: Scores, order: NDArray[np.int64]) -> str:
    """Return in words what mean score the first items lost."""
    count = min(SHORT, len(order))
    before, after = float(scores[:count].mean()), float(scores[order[:count]].mean())
    return f"Mean score of the first {count}: {before:.4g} before, {after:.4g} after."
