"""The sequence scorer: proposes what people like next, after likes in this order.

What the person came to like last counts most. Knows nothing of the items' facts; items that nobody liked yet are
never proposed.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.index.sequence_model import MOST_GIVEN
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def next_items(
    workspace: Workspace,
    items: Annotated[Sequence[str], Field(min_length=1, max_length=5000)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find what people come to like next, after items in this order; the latest count most.

    Args:
        workspace: where to look.
        items: ids of items that the person likes or asks for, oldest first; one given twice counts where it is last.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that people like shortly after those given or, for less, before; without those given, above 0.

    Raises:
        RetryableToolError: no item is given, or an id is not in the catalogue.
    """
    catalogue, sequence = workspace.catalogue, workspace.sequence
    given = rows_of(catalogue, items[::-1])[::-1]
    if not len(given):
        raise RetryableToolError("No item is given; give the id of at least one.")
    scores = sequence.scores(given)
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    rows = rows[(scores[rows] > 0) & ~np.isin(rows, given)]
    return Candidates.ranked("next_items", rows, scores[rows], catalogue.ids, limit, _note(workspace, given))


def _note(workspace: Workspace, given: Rows) -> str:
    latest = given[-MOST_GIVEN:]
    unknown = int((~workspace.sequence.known(latest)).sum())
    timed = workspace.sequence.histories.timed
    notes = []
    if unknown:
        notes.append(f"Nobody liked {unknown} of the {len(latest)} items looked at; they say nothing.")
    if len(given) > MOST_GIVEN:
        notes.append(f"Only the last {MOST_GIVEN} of {len(given)} items are looked at.")
    if not len(workspace.sequence.histories.likes):
        notes.append("There are no likes to learn an order from.")
    elif timed == 0:
        notes.append("No like has a time: the order is that of the log.")
    elif timed < 1:
        notes.append(f"{1 - timed:.0%} of the likes have no time and count as the oldest, in the order of the log.")
    return " ".join(notes)
