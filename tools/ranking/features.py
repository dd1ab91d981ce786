"""Features of candidates for a request: what each tool would say of them, what they share with what was named.

All can be computed for any rows, so that an item which one tool proposed is judged by every tool. Nothing here is
learned; see `tastemaker.tools.ranking.ranker`.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.feature_names import FEATURES
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.signals import Signals
from tastemaker.tools.workspace import Workspace

Values = NDArray[np.float64]
Vectors = NDArray[np.float32]
_PLACES = {
    "place by popularity of late": "popularity of late",
    "place by taste": "taste",
    "place by walk": "walk",
    "place by liked together": "liked together",
    "place by content": "content",
    "place by kinds": "kinds",
    "place by all said": "meaning of all said",
}
_AGREED = 50
"""A way of ranking speaks for the items among its first so many."""
_LAST = 2
"""How many of the items named last count as last where people's likes are compared."""


def features_of(signals: Signals, rows: Rows) -> NDArray[np.float32]:
    """Return the features of items for a request, shape (rows, features), columns as in `FEATURES`.

    A fact that is not known is NaN. What compares with something that is not there, named items or words, is 0. Places
    and agreement are among `rows`, so they depend on which other items are candidates.

    Args:
        signals: what is known of the request.
        rows: the candidates.
    """
    workspace, request = signals.workspace, signals.request
    found: dict[str, Values] = {name: np.zeros(len(rows)) for name in FEATURES}
    found |= {name: values[rows] for name, values in signals.by_row().items()}
    found |= _of_items(workspace, rows)
    # Gathered once: the vectors are on the disk, and reading them costs more than all that is done with them.
    vectors = workspace.vector_index.vectors[rows]
    if len(request.disliked):
        found["content of dislikes"] = _cosines(vectors, workspace.vector_index.vectors[request.disliked]).max(axis=1)
    if len(request.named):
        found |= _of_named(signals, rows, vectors)
    for name, vector in (("meaning of all said", signals.said), ("meaning of query", signals.query)):
        if vector is not None:
            found[name] = _cosines(vectors, vector[None])[:, 0]
    if signals.conversations is not None:
        found |= _of_conversations(signals, signals.conversations, rows)
    for preference in request.preferences:
        found["preferences kept"] += np.isin(rows, workspace.catalogue.rows_where([preference]))
    for name, source in _PLACES.items():
        found[name] = _places(found[source])
        found["agreement"] += (found[name] < _AGREED) & (found[source] > 0)
    for name, value in _of_request(workspace, request).items():
        found[name] = np.full(len(rows), value)
    return np.stack([found[name] for name in FEATURES], axis=1).astype(np.float32)


def _of_items(workspace: Workspace, rows: Rows) -> dict[str, Values]:
    facts = workspace.item_facts
    return {
        "popularity": facts.popularity[rows],
        "popularity of late": facts.popularity_of_late[rows],
        "quality": facts.quality[rows],
        "year": facts.year[rows],
    }


def _of_request(workspace: Workspace, request: RankingRequest) -> Mapping[str, float]:
    facts, named = workspace.item_facts, request.named
    return {
        "items named": len(named),
        "items disliked": len(request.disliked),
        "wishes": request.wishes,
        "words said": len(request.said.split()),
        "turn": request.turn,
        "year of named": _middle(facts.year[named]),
        "popularity of named": float(facts.popularity[named].mean()) if len(named) else np.nan,
    }


def _of_named(signals: Signals, rows: Rows, vectors: Vectors) -> dict[str, Values]:
    """Return what items have in common with those named: people's likes, content, kinds, makers, age."""
    workspace, named = signals.workspace, signals.request.named
    facts = workspace.item_facts
    assert signals.liked_together is not None
    together = signals.liked_together[rows]
    content = _cosines(vectors, workspace.vector_index.vectors[named])
    kinds = (facts.kinds[rows] @ facts.kinds[named].T).toarray()
    people = (facts.people[rows] @ facts.people[named].T).toarray()
    years = facts.year[named]
    return {
        "liked together": together.mean(axis=1),
        "liked together at most": together.max(axis=1),
        "liked together with last": together[:, -_LAST:].max(axis=1),
        "content": content.mean(axis=1),
        "content at most": content.max(axis=1),
        "content of last": content[:, -1],
        "kinds": kinds.mean(axis=1),
        "kinds at most": kinds.max(axis=1),
        "people": people.sum(axis=1),
        "people at most": people.max(axis=1),
        "years apart": np.abs(facts.year[rows] - _middle(years)),
        "years apart from last": np.abs(facts.year[rows] - years[-1]),
    }


def _of_conversations(signals: Signals, conversations: ConversationModel, rows: Rows) -> dict[str, Values]:
    found = {"named in conversations": np.log1p(conversations.named[rows])}
    if signals.named_together is not None:
        together = signals.named_together[rows]
        found["named together"] = together.sum(axis=1)
        found["named together at most"] = together.max(axis=1)
        found["named together with last"] = together[:, -_LAST:].max(axis=1)
    return found


def _cosines(vectors: Vectors, others: Vectors) -> Values:
    """Return the products of unit vectors with other unit vectors, shape (vectors, others)."""
    return (vectors @ others.T).astype(np.float64)


def _middle(values: Values) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else np.nan


def _places(values: Values) -> Values:
    """Return the place of each value among all, from 0, the highest; equals share the first of their places."""
    return np.searchsorted(np.sort(-values), -values).astype(np.float64)
