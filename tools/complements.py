"""What goes with items: proposes what the same people like far more often than chance, though it is of another kind.

What is alike in content or carries the same kinds is left to `tastemaker.tools.similar_items`: it counts for less here
the more alike it is. Where too few people like the items given, nothing is proposed and the note says so.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.index.complement_model import LEAST_TOGETHER
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace

_LEAST_USERS = 5
"""Users who must like an item before anything is said of what goes with it."""
_SAME_KINDS = 0.5
"""What is left away of an item that carries the very same kinds."""


@tool(ToolKind.RETRIEVER)
def complements(
    workspace: Workspace,
    items: Annotated[Sequence[str], Field(min_length=1, max_length=50)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find what goes with items and is not just like them: liked by the same people more often than chance.

    Args:
        workspace: where to look.
        items: ids of the items to go with; several are taken together.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that go with those given, which are left out, with scores above 0; none where too few people like
        the items given.

    Raises:
        RetryableToolError: no item is given, or an id is not in the catalogue.
    """
    catalogue, histories = workspace.catalogue, workspace.sequence.histories
    given = rows_of(catalogue, items)
    if not len(given):
        raise RetryableToolError("No item is given; give the id of at least one.")
    supported = np.sort(given[histories.fans[given] >= _LEAST_USERS])
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    rows = rows[~np.isin(rows, given)]
    scores: Scores = np.zeros(len(rows))
    for row in supported.tolist():
        beyond_chance = workspace.complements.scores(row)[rows]
        found = np.flatnonzero(beyond_chance)
        scores[found] += beyond_chance[found] * _otherness(workspace, row, rows[found]) / len(given)
    note = _note(len(given), len(supported), found=bool((scores > 0).any()))
    return Candidates.ranked("complements", rows[scores > 0], scores[scores > 0], catalogue.ids, limit, note)


def _otherness(workspace: Workspace, row: int, others: Rows) -> Scores:
    """Return how unlike an item some others are, from 1 for wholly other to 0, in content and in kinds."""
    vectors = workspace.vector_index.vectors
    alike = np.clip(vectors[others] @ vectors[row], 0.0, 1.0).astype(np.float64)
    kinds = np.zeros(len(others))
    for field in workspace.schema.with_role(Role.GENRE):
        kinds = np.maximum(kinds, workspace.graph.shared(row, others, field.name))
    otherness: Scores = (1.0 - alike) * (1.0 - _SAME_KINDS * kinds)
    return otherness.round(6)


def _note(given: int, supported: int, *, found: bool) -> str:
    if not supported:
        return f"Fewer than {_LEAST_USERS} people like any item given: the interactions do not say what goes with it."
    if not found:
        return f"Nothing is liked together with the items given by {LEAST_TOGETHER} people and more often than chance."
    if supported < given:
        return (
            f"Fewer than {_LEAST_USERS} people like {given - supported} of the {given} items given; they say nothing."
        )
    return ""
