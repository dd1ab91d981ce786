"""What came of a plan, in words that a planner can learn from, where it contradicts what the plan wanted.

Knows the catalogue and the conditions; not who plans, and not what is done about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tastemaker.agent.executor import excluded_rows
from tastemaker.agent.opening import not_found
from tastemaker.agent.plan import Plan
from tastemaker.agent.relaxation import blocking
from tastemaker.agent.state import State
from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.tools.catalogue.store import Catalogue

_ENOUGH = 0.5
"""Share of the items wanted below which a list is too short to be what was meant. A guess."""


@dataclass(frozen=True)
class Contradiction:
    """A result that is not what its plan wanted."""

    words: str
    """What came of the plan, and what stands in the way."""
    empty: bool
    """Whether nothing is left to show."""
    missing: bool
    """Whether a name was looked for in vain."""


def contradiction(plan: Plan, state: State, found: int, wanted: int, catalogue: Catalogue) -> Contradiction | None:
    """Return how a result contradicts its plan; None when it does not.

    Args:
        plan: the plan that was carried out.
        state: the state after the plan's changes.
        found: how many items it shows.
        wanted: how many it should show.
        catalogue: where they were looked for.
    """
    few = bool(state.conditions) and found < wanted * _ENOUGH
    if not (few or not found or plan.unresolved):
        return None
    told = [not_found(plan)]
    if few or not found:
        told += _counts(state, found, catalogue)
    return Contradiction(" ".join(filter(None, told)), empty=not found, missing=bool(plan.unresolved))


def _counts(state: State, found: int, catalogue: Catalogue) -> Sequence[str]:
    schema, excluded = catalogue.schema, excluded_rows(state, catalogue)
    if not state.conditions:
        return [f"No {schema.noun} is left that was not shown before."]
    alone = [
        f"“{say_condition(each, schema)}” alone leaves {len(np.setdiff1d(catalogue.rows_where([each]), excluded)):,}"
        for each in state.conditions
    ]
    told = [f"All wishes together leave {counted(found, schema) if found else f'no {schema.noun}'}.", f"{join(alone)}."]
    freed = blocking(catalogue, state.conditions, excluded)
    if freed is not None:
        told.append(f"Without “{say_condition(state.conditions[freed[0]], schema)}” there would be {freed[1]:,}.")
    return told
