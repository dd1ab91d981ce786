"""The smallest relaxation: which preferences must give way so that enough items remain. A `must` never does."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.catalogue.store import Catalogue, Rows

_MOST_SUBSETS = 4096


@dataclass(frozen=True)
class Relaxed:
    """What remains, and what had to go for it."""

    rows: Rows
    """Rows that keep every `must` and every preference not dropped, ascending."""
    dropped: tuple[Constraint | Group, ...]
    """Preferences dropped, in their order; empty when nothing had to go."""
    before: int
    """How many rows kept everything."""
    still_kept: NDArray[np.int64]
    """How many of the dropped preferences each row keeps all the same, shape of `rows`."""


def relax(catalogue: Catalogue, conditions: Sequence[Constraint | Group], excluded: Rows, wanted: int) -> Relaxed:
    """Drop as few preferences as leave `wanted` rows, or as many rows as can be had.

    Among sets of the same size the one that leaves the most rows is dropped; then the one whose preferences were
    said last.

    Args:
        catalogue: where the rows come from.
        conditions: all conditions in force.
        excluded: rows that cannot be shown whatever the conditions say.
        wanted: how many rows are enough.
    """
    musts = [each for each in conditions if each.strength == "must"]
    preferences = [each for each in conditions if each.strength == "prefer"]
    base = np.setdiff1d(catalogue.rows_where(musts), excluded)
    kept = np.array([np.isin(base, catalogue.rows_where([each])) for each in preferences], dtype=bool)
    everything = base[kept.all(axis=0)] if preferences else base
    target = min(wanted, len(base))
    if len(everything) >= target:
        return Relaxed(everything, (), len(everything), np.zeros(len(everything), dtype=np.int64))
    chosen = _smallest(kept, target)
    rows = kept[[k for k in range(len(preferences)) if k not in chosen]].all(axis=0)
    still_kept = kept[list(chosen)].sum(axis=0)[rows]
    return Relaxed(base[rows], tuple(preferences[k] for k in chosen), len(everything), still_kept)


def _smallest(kept: NDArray[np.bool_], target: int) -> tuple[int, ...]:
    """Return the preferences to drop so that at least `target` rows remain; all of them when too many must be tried.

    Args:
        kept: whether each preference keeps each row, shape (preferences, rows).
        target: rows that must remain; with every preference dropped they do.
    """
    everyone = tuple(range(len(kept)))
    tried = 0
    for size in range(1, len(kept)):
        best: tuple[int, tuple[int, ...]] | None = None
        for dropped in combinations(everyone, size):
            left = int(kept[[k for k in everyone if k not in dropped]].all(axis=0).sum())
            if left >= target and (best is None or (left, dropped) > best):
                best = (left, dropped)
            tried += 1
            if tried >= _MOST_SUBSETS:
                return everyone
        if best is not None:
            return best[1]
    return everyone


def blocking(catalogue: Catalogue, conditions: Sequence[Constraint | Group], excluded: Rows) -> tuple[int, int] | None:
    """Return which one `must` condition, left out, frees the most rows, and how many; None when no single one does.

    Returns:
        Pair of the condition's index in `conditions` and the number of rows that would remain.
    """
    freed = []
    for index, condition in enumerate(conditions):
        if condition.strength != "must":
            continue
        others = [each for each in conditions if each is not condition and each.strength == "must"]
        freed.append((len(np.setdiff1d(catalogue.rows_where(others), excluded)), -index))
    best = max(freed, default=(0, 0))
    return (-best[1], best[0]) if best[0] else None
