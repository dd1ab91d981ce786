"""The taste scorer: proposes what people with the same likes like, and what is new by what its text has of these.

Knows nothing of the items' facts. Items that nobody liked yet are scored by their texts alone; the note counts them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def score_taste(
    workspace: Workspace,
    liked: Annotated[Sequence[str], Field(max_length=5000)],
    disliked: Annotated[Sequence[str], Field(max_length=5000)] = (),
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items to a person's taste from the items they like and dislike (collaborative filtering, any list, at once).

    Args:
        workspace: where to look.
        liked: ids of items that the person likes.
        disliked: ids of items that the person dislikes; they count against what is like them.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that the likes speak for, without those given, with the taste model's scores, above 0; the note tells
        how many of them nobody liked yet.

    Raises:
        RetryableToolError: no item is given, or an id is not in the catalogue.
    """
    catalogue, taste = workspace.catalogue, workspace.taste
    if not liked and not disliked:
        raise RetryableToolError("Nothing is liked or disliked; give the id of at least one item.")
    likes, dislikes = rows_of(catalogue, liked), rows_of(catalogue, disliked)
    given = np.concatenate([likes, dislikes])
    unknown = int((~taste.known(given)).sum())
    few = "Nobody" if taste.new(given[~taste.known(given)]).all() else "Too few people"
    notes = [f"{few} liked {unknown} of the {len(given)} items given; they say nothing."] if unknown else []
    scores = taste.scores(likes, dislikes)
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    rows = rows[(scores[rows] > 0) & ~np.isin(rows, given)]
    found = Candidates.ranked("score_taste", rows, scores[rows], catalogue.ids, limit)
    new = int(taste.new(found.rows).sum())
    if new:
        notes.append(f"Nobody liked {new} of the {len(found)} items found yet; they are scored by their texts alone.")
    return replace(found, note=" ".join(notes))
