"""Popularity: proposes what most people interacted with.

The same for everybody; the baseline of every comparison, and what remains when nothing is known of a wish.
"""

import numpy as np

from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def popular_items(workspace: Workspace, within: Candidates | None = None, limit: Limit = 200) -> Candidates:
    """Find the items that most people interacted with; of equally many, those of the higher mean value first.

    Args:
        workspace: where to look.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The most popular items. The whole part of a score is the number of interactions, the fraction orders equals.
    """
    catalogue = workspace.catalogue
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    scores = _scores(workspace)
    silent = int((catalogue.popularity[rows] == 0).sum())
    note = f"{silent} of the {len(rows)} candidates have no interactions." if silent else ""
    return Candidates.ranked("popular_items", rows, scores[rows], catalogue.ids, limit, note)


def _scores(workspace: Workspace) -> Scores:
    counts, quality = workspace.catalogue.popularity, workspace.item_facts.quality
    width = float(np.ptp(quality)) if len(quality) else 0.0
    return counts + 0.999 * (quality - quality.min()) / width if width else counts
