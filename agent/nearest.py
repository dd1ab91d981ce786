"""The item that comes nearest to wishes that nothing meets, and which of them it breaks.

Knows conditions and the catalogue; nothing of what the person likes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.languages.speech import say, word
from tastemaker.agent.wording import join, say_condition
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import FieldType, shown_value
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.evidence import Evidence

_FAR = 10.0
"""Distance from a bound, in spreads of its field, beyond which nothing is told apart."""


@dataclass(frozen=True)
class Nearest:
    """An item that breaks as few wishes as can be."""

    item: Item
    broken: tuple[Constraint | Group, ...]
    """The `must` conditions that it breaks, in their order."""

    def said(self, catalogue: Catalogue) -> str:
        """Return the sentence that names it, and what it breaks."""
        schema = catalogue.schema
        parts = []
        for condition in self.broken:
            value = self._number(condition)
            unit = "" if value is None else f" {word(schema.field(_field(condition)).unit)}".rstrip()
            fact = "" if value is None else f" ({shown_value(value)}{unit})"
            parts.append(say("“{name}”", name=say_condition(condition, schema)) + fact)
        return say("The nearest is “{title}”, which does not keep {wishes}.", title=self.item.title, wishes=join(parts))

    def evidence(self, catalogue: Catalogue) -> tuple[Evidence, ...]:
        """Return the facts that the sentence rests on."""
        values: list[tuple[str, str | float]] = [(catalogue.schema.title.name, self.item.title)]
        for condition in self.broken:
            value = self._number(condition)
            if value is not None:
                values.append((_field(condition), value))
        return tuple(Evidence(source="catalogue", name=name, value=told, about=self.item.id) for name, told in values)

    def _number(self, condition: Constraint | Group) -> float | None:
        value = None if isinstance(condition, Group) else self.item.values.get(condition.field)
        return value if isinstance(value, int | float) else None


def nearest(catalogue: Catalogue, conditions: Sequence[Constraint | Group], excluded: Rows) -> Nearest | None:
    """Return the item that breaks the fewest wishes; None when none keeps any and none is near to a bound.

    Among items that break as many, the one nearest to the bounds that it breaks comes first, then the one that keeps
    more preferences, then the best known.

    Args:
        catalogue: where the items come from.
        conditions: all conditions in force.
        excluded: rows that are not to be named.
    """
    musts = [each for each in conditions if each.strength == "must"]
    rows = np.setdiff1d(np.arange(len(catalogue)), excluded)
    if not musts or not len(rows):
        return None
    broken = ~np.array([np.isin(rows, catalogue.rows_where([each])) for each in musts], dtype=bool)
    gaps = np.array([_gap(catalogue, each, rows) for each in musts])
    distance = np.where(broken, gaps, 0.0).sum(axis=0)
    preferred = np.zeros(len(rows))
    for each in conditions:
        if each.strength == "prefer":
            preferred += np.isin(rows, catalogue.rows_where([each]))
    order = np.lexsort((-catalogue.popularity[rows], -preferred, distance, broken.sum(axis=0)))
    best = int(order[0])
    if broken[:, best].all() and distance[best] >= _FAR:
        return None
    (item,) = catalogue.items([str(catalogue.ids[rows[best]])])
    return Nearest(item, tuple(each for each, breaks in zip(musts, broken[:, best], strict=True) if breaks))


def _gap(catalogue: Catalogue, condition: Constraint | Group, rows: Rows) -> NDArray[np.float64]:
    """Return how far each row is from a bound in spreads of its field; `_FAR` where that cannot be said."""
    far = np.full(len(rows), _FAR)
    if isinstance(condition, Group) or catalogue.schema.field(condition.field).type is not FieldType.NUMBER:
        return far
    numbers = catalogue.numbers(condition.field)
    known = numbers[np.isfinite(numbers)]
    if not len(known) or condition.op is Operator.NOT_EQUAL:
        return far
    low, high = np.quantile(known, [0.25, 0.75])
    ends = [float(each) for each in condition.value]
    least = -np.inf if condition.op in (Operator.AT_MOST, Operator.LESS_THAN) else min(ends)
    most = np.inf if condition.op in (Operator.AT_LEAST, Operator.MORE_THAN) else max(ends)
    here = numbers[rows]
    outside = np.maximum(np.maximum(least - here, here - most), 0.0)
    return np.where(np.isfinite(outside), np.minimum(outside / max(float(high - low), 1.0), _FAR), _FAR)


def _field(condition: Constraint | Group) -> str:
    return "" if isinstance(condition, Group) else condition.field
