"""The smallest relaxation: which preferences must give way so that enough items remain. A `must` never does."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
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
    beyond: NDArray[np.int64]
    """How much each row keeps beyond what all rows keep, shape of `rows`: dropped preferences that it keeps all the
    same, and wishes that it keeps however they are read."""


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
        return Relaxed(everything, (), len(everything), _in_every_reading(catalogue, conditions, everything))
    chosen = _smallest(kept, target)
    rows = kept[[k for k in range(len(preferences)) if k not in chosen]].all(axis=0)
    beyond = kept[list(chosen)].sum(axis=0)[rows] + _in_every_reading(catalogue, musts, base[rows])
    return Relaxed(base[rows], tuple(preferences[k] for k in chosen), len(everything), beyond)


def _in_every_reading(catalogue: Catalogue, conditions: Sequence[Constraint | Group], rows: Rows) -> NDArray[np.int64]:
    """Return how many wishes each row keeps in every reading: "French" of language and of country."""
    found = np.zeros(len(rows), dtype=np.int64)
    for condition in conditions:
        strict = _strict(condition, catalogue.schema)
        if strict != condition:
            found += np.isin(rows, catalogue.rows_where([strict]))
    return found


def _strict(condition: Constraint | Group, schema: CatalogueSchema) -> Constraint | Group:
    """Return a condition with what can be read in several fields taken in all of them; people in either stay.

    Nobody who asks for an actor means the few items that the actor also made.
    """
    if isinstance(condition, Constraint) or condition.join == "none":
        return condition
    members = tuple(_strict(each, schema) for each in condition.members)
    fields = [each.field for each in members if isinstance(each, Constraint)]
    people = any(schema.field(name).role is Role.PERSON for name in fields)
    readings = condition.join == "any" and not people and len(set(fields)) == len(members)
    return condition.model_copy(update={"join": "all" if readings else condition.join, "members": members})


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
