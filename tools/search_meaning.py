"""Dense search: proposes the items whose descriptions mean what a query means.

Knows no numbers or names: "under two hours" and "by Kubrick" are conditions.
"""

from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def search_meaning(
    workspace: Workspace,
    query: Annotated[str, Field(max_length=2000)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items by meaning (sentence vectors): moods, themes, plots, said in other words than the items' own.

    Args:
        workspace: where to look.
        query: what is looked for, as a phrase or sentence.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The nearest items, with the cosines of their vectors to the query's; the note tells the route of the search.
    """
    catalogue = workspace.catalogue
    if not query.strip():
        nothing = np.zeros(0, dtype=np.int64)
        return Candidates.ranked("search_meaning", nothing, np.zeros(0), catalogue.ids, note="The query is empty.")
    vector = workspace.encoder.encode_query(query)
    rows, scores, route = workspace.vector_index.search(vector, limit, None if within is None else within.rows)
    return Candidates.ranked("search_meaning", rows, scores, catalogue.ids, note=f"Route: {route}.")
