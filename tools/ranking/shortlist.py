"""The shortlist: which items are worth ranking, from what the tools proposed and from the ranker's own sources.

Knows nothing of their order.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.workspace import Workspace

SMALL = 1000
"""Pools of at most this many items are ranked whole."""
_OF_LATE, _POPULAR, _TASTE, _CONTENT, _MEANING, _WORDS = 300, 100, 250, 120, 100, 100
_NAMED, _TOGETHER, _ANSWERED = 300, 150, 150
"""Items that each source adds at most; chosen for how many of the items wanted are among them."""


def shortlist(
    workspace: Workspace,
    request: RankingRequest,
    pool: Rows | None,
    proposed: Rows,
    conversations: ConversationModel | None,
) -> Rows:
    """Return the rows worth ranking, ascending, all from the pool.

    Args:
        workspace: where the items are.
        request: what the person wants.
        pool: rows that may be recommended, ascending; None for the whole catalogue.
        proposed: rows that tools have proposed already.
        conversations: what is known of past conversations, if anything.
    """
    everything = np.arange(len(workspace.catalogue), dtype=np.int64) if pool is None else pool
    if len(everything) <= SMALL:
        return everything
    found = [proposed, *_by_people(workspace, request, everything), *_by_text(workspace, request, everything, pool)]
    if conversations is not None:
        found += [*_by_conversations(workspace, conversations, request, everything)]
    return np.intersect1d(np.concatenate(found), everything)


def _by_people(workspace: Workspace, request: RankingRequest, pool: Rows) -> Iterator[Rows]:
    facts, taste = workspace.item_facts, workspace.taste
    yield _best(facts.popularity_of_late, pool, _OF_LATE)
    yield _best(facts.popularity, pool, _POPULAR)
    if len(request.named) or len(request.disliked):
        yield _best(taste.scores(request.named, request.disliked), pool, _TASTE)
    if len(request.named):
        yield _best(taste.liked_together(pool, request.named).mean(axis=1), pool, _TASTE, by_place=True)


def _by_conversations(
    workspace: Workspace, conversations: ConversationModel, request: RankingRequest, pool: Rows
) -> Iterator[Rows]:
    yield _best(conversations.named, pool, _NAMED)
    if request.said:
        yield _best(conversations.answered(workspace.encoder.encode_query(request.said)), pool, _ANSWERED)
    if len(request.named):
        yield _best(conversations.named_together(pool, request.named).sum(axis=1), pool, _TOGETHER, by_place=True)


def _by_text(workspace: Workspace, request: RankingRequest, everything: Rows, pool: Rows | None) -> Iterator[Rows]:
    index = workspace.vector_index
    if len(request.named):
        middle = index.vectors[request.named].mean(axis=0)
        yield index.search(middle / np.linalg.norm(middle), _CONTENT, pool)[0]
    for words in (request.said, request.query):
        if words.strip():
            yield index.search(workspace.encoder.encode_query(words), _MEANING, pool)[0]
    if request.query.strip():
        rows = workspace.text_index.search(request.query, _WORDS)[0]
        yield rows[np.isin(rows, everything)]


def _best(scores: NDArray[np.float64], pool: Rows, count: int, *, by_place: bool = False) -> Rows:
    """Return the rows of the pool with the highest scores above 0, scores by row or by place in the pool."""
    values = scores if by_place else scores[pool]
    if len(values) > count:
        best = np.argpartition(-values, count)[:count]
        return pool[best[values[best] > 0]]
    return pool[values > 0]
