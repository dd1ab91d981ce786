"""Similarity to items: proposes what is like them, by who likes them and by what they are, together.

Several items are taken as one wish: what is like all of them comes first. Knows nothing of the person.
Figures for the fusion of both: docs/decisions/0003-taste-model.md.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates, Proposal
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.fusion import reciprocal_rank_fusion
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace

_DEPTH = 1000
"""How far down each of the two rankings is read."""


@tool(ToolKind.RETRIEVER)
def similar_items(
    workspace: Workspace,
    items: Annotated[Sequence[str], Field(min_length=1, max_length=50)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items like given ones ("more like this", "like X"), by the same people's likes and by content together.

    Args:
        workspace: where to look.
        items: ids of the items to be like; several are taken together.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items most like those given, which are left out, with the fused score of both rankings.

    Raises:
        RetryableToolError: no item is given, or an id is not in the catalogue.
    """
    catalogue = workspace.catalogue
    seeds = rows_of(catalogue, items)
    if not len(seeds):
        raise RetryableToolError("No item is given; give the id of at least one.")
    pool = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    pool = pool[~np.isin(pool, seeds)]
    depth = max(limit, _DEPTH)
    people, content = _by_people(workspace, seeds, pool, depth), _by_content(workspace, seeds, pool, depth)
    fused = reciprocal_rank_fusion([Proposal("people", people), Proposal("content", content)], catalogue.ids)
    return Candidates.ranked("similar_items", fused.rows, fused.scores, catalogue.ids, limit, _note(workspace, seeds))


def _by_people(workspace: Workspace, seeds: Rows, pool: Rows, depth: int) -> Candidates:
    # Items without likes are scored by their texts there, which content does here.
    pool = pool[workspace.taste.known(pool)]
    scores = workspace.taste.scores(seeds)[pool]
    return Candidates.ranked("people", pool[scores > 0], scores[scores > 0], workspace.catalogue.ids, depth)


def _by_content(workspace: Workspace, seeds: Rows, pool: Rows, depth: int) -> Candidates:
    middle = workspace.vector_index.vectors[seeds].mean(axis=0)
    length = float(np.linalg.norm(middle))
    if not length:
        return Candidates.ranked("content", pool[:0], np.zeros(0), workspace.catalogue.ids)
    rows, scores, _ = workspace.vector_index.search(middle / length, depth, pool)
    return Candidates.ranked("content", rows, scores, workspace.catalogue.ids)


def _note(workspace: Workspace, seeds: Rows) -> str:
    known = workspace.taste.known(seeds)
    if known.all():
        return ""
    if not known.any():
        return "By content alone: nobody liked the items given yet."
    return f"Nobody liked {int((~known).sum())} of the {len(seeds)} items given yet; these count by content alone."
