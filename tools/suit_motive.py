"""Suiting a motive: proposes what, by the schema's guesses, suits the person's purpose, company or occasion.

A soft score that never leaves an item out: what suits nothing of a motive is only not proposed. Of items that suit
alike, the better known come first. Knows nothing of how a motive was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.catalogue.constraint import Constraint, ItemValue, Operator
from tastemaker.tools.catalogue.item import names_in
from tastemaker.tools.catalogue.motive import Motive
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace

_BOUND_KEPT = 0.5
"""What a number within its bounds adds, against 1 for a name that is preferred."""
_AVOIDED = 2.0
"""What a name that is avoided takes away."""
_KNOWN_BETTER = 0.05
"""Most that being well known adds: so little that it only orders what suits alike."""


@dataclass(frozen=True)
class Suits:
    """What of one item suits a motive."""

    names: Mapping[str, tuple[str, ...]]
    """Preferred names that it carries, by field, as the item has them."""
    numbers: Mapping[str, float]
    """Numbers within their bounds, by field."""
    against: bool
    """Whether it carries a name that the motive avoids."""

    @property
    def facts(self) -> list[tuple[str, str | float | tuple[str, ...]]]:
        """What suits, as pairs of field and value."""
        return [*self.names.items(), *self.numbers.items()]

    @classmethod
    def of(cls, motive: Motive, values: Mapping[str, ItemValue]) -> "Suits":
        """Compare an item's values with a motive."""

        def common(told: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
            keys = {field: {normalise(name) for name in names} for field, names in told.items()}
            found = {
                field: tuple(each for each in names_in(values, field) if normalise(each) in keys[field])
                for field in keys
            }
            return {field: names for field, names in found.items() if names}

        numbers = {field: value for field in motive.bounds if isinstance(value := values.get(field), int | float)}
        kept = {field: value for field, value in numbers.items() if _within(value, *motive.bounds[field])}
        return cls(common(motive.prefers), kept, bool(common(motive.avoids)))


@tool(ToolKind.RETRIEVER)
def suit_motive(
    workspace: Workspace,
    motives: Annotated[Sequence[str], Field(min_length=1, max_length=10)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items that suit what they are wanted for: a purpose, a company, an occasion; a guess, never a filter.

    Args:
        workspace: where to look.
        motives: names of motives of the catalogue's schema; what suits all of them comes first.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items for which more speaks than against, by how much; of equals the better known first.

    Raises:
        RetryableToolError: the schema has no motive of a name.
    """
    found = []
    for name in motives:
        motive = workspace.schema.motive(name)
        if motive is None:
            known = ", ".join(each.name for each in workspace.schema.motives) or "none"
            raise RetryableToolError(f"There is no motive '{name[:60]}'; the motives are: {known}.")
        found.append(motive)
    return suited(workspace, found, "suit_motive", within, limit)


def suited(
    workspace: Workspace, motives: Sequence[Motive], source: str, within: Candidates | None, limit: int
) -> Candidates:
    """Return the items for which more speaks than against, the better known of equals first.

    Args:
        workspace: where to look.
        motives: what they should suit; what suits all comes first.
        source: name of the tool that proposes them.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.
    """
    catalogue = workspace.catalogue
    scores: Scores = np.zeros(len(catalogue))
    for motive in motives:
        scores += _suit(catalogue, motive)
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    rows = rows[scores[rows] > 0]
    scores = scores + _KNOWN_BETTER * _fame(catalogue)
    return Candidates.ranked(source, rows, scores[rows], catalogue.ids, limit, "What suits is a guess.")


def _suit(catalogue: Catalogue, motive: Motive) -> Scores:
    """Return how much speaks for each item by row, 1 for the best."""
    scores: Scores = np.zeros(len(catalogue))
    for field, name, good in motive.names:
        scores[catalogue.rows_named(field).get(normalise(name), np.zeros(0, dtype=np.int64))] += (
            1.0 if good else -_AVOIDED
        )
    for field, number in motive.at_least.items():
        scores[_rows(catalogue, field, Operator.AT_LEAST, number)] += _BOUND_KEPT
    for field, number in motive.at_most.items():
        scores[_rows(catalogue, field, Operator.AT_MOST, number)] += _BOUND_KEPT
    best = float(scores.max()) if len(scores) else 0.0
    return scores / best if best > 0 else scores


def _rows(catalogue: Catalogue, field: str, op: Operator, number: float) -> Rows:
    return catalogue.rows_where([Constraint(field=field, op=op, value=(number,))])


def _fame(catalogue: Catalogue) -> Scores:
    """Return from 0 to 1 how well known each item is."""
    known = np.log1p(catalogue.popularity)
    most = float(known.max()) if len(known) else 0.0
    return known / most if most else known


def _within(value: float, least: float, most: float) -> bool:
    return least <= value <= most
