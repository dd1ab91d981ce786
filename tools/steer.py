"""Steering: proposes what a person's taste speaks for, leaning towards some words and away from others.

"More hopeful, less violent" is a direction among the vectors of meaning; the strength says how much it counts beside
the taste scores. After: Carroll et al., "CTRL-Rec: Controlling recommender systems with natural language" (2025), with
a query vector in the place of their trained one. What is near to a word by meaning is a guess. Knows no conversation.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.reordering import Pull, reordered, scaled
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace

Phrases = Annotated[Sequence[Annotated[str, Field(max_length=400)]], Field(max_length=20)]
Ids = Annotated[Sequence[str], Field(max_length=5000)]
WINDOW = 1000
"""Best items by taste among which the order changes; what is farther down is not to the taste any more."""


@tool(ToolKind.RETRIEVER)
def steer(
    workspace: Workspace,
    more: Phrases = (),
    less: Phrases = (),
    liked: Ids = (),
    disliked: Ids = (),
    strength: Annotated[float, Field(ge=0, le=1)] = 0.5,
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items to a person's taste that lean towards some words and away from others: more hopeful, less violent.

    Args:
        workspace: where to look.
        more: words for what there should be more of.
        less: words for what there should be less of.
        liked: ids of items that the person likes; without any, what is well known stands for taste.
        disliked: ids of items that the person dislikes.
        strength: how much the words count, from 0, taste alone, to 1, the words alone.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items, best first, without those given. The note says what mean taste score the first ten lost to the words.

    Raises:
        RetryableToolError: there is no word to lean by, or an id is not in the catalogue.
    """
    if not any(each.strip() for each in (*more, *less)):
        raise RetryableToolError("There is nothing to lean by; give at least one word under more or less.")
    catalogue = workspace.catalogue
    likes, dislikes = rows_of(catalogue, liked), rows_of(catalogue, disliked)
    given = np.concatenate([likes, dislikes])
    taste = workspace.taste.scores(likes, dislikes) if len(given) else np.log1p(catalogue.popularity)
    rows = np.arange(len(catalogue), dtype=np.int64) if within is None else within.rows
    rows = rows[~np.isin(rows, given)]
    base = Candidates.ranked("steer", rows, taste[rows], catalogue.ids, max(WINDOW, limit))
    match = scaled(matches(workspace, base.rows, more, less))
    # By scores and not by places, which would make little of what the first items are ahead: see decision 0009.
    return reordered(base, [Pull(match, strength)], 1.0 - strength, scaled(base.scores)).top(max(limit, 0))


def matches(workspace: Workspace, rows: Rows, more: Sequence[str] = (), less: Sequence[str] = ()) -> Scores:
    """Return how far each item lies in the direction from some words to others, higher for more.

    Args:
        workspace: where the vectors come from.
        rows: the items.
        more: words for what there should be more of.
        less: words for what there should be less of; with `more`, at least one of both that is not blank.

    Returns:
        Cosine with the words wanted less the one with those unwanted, between -2 and 2, by item, shape (rows,).
    """
    found: Scores = np.zeros(len(rows))
    vectors = workspace.vector_index.vectors[rows].astype(np.float64)
    for sign, phrases in ((1.0, more), (-1.0, less)):
        told = ", ".join(each.strip() for each in phrases if each.strip())
        if told:
            found += sign * (vectors @ workspace.encoder.encode_query(told).astype(np.float64))
    return found
