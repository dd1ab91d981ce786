"""Signals: what each way of finding items says of the whole catalogue for one request, each worked out once.

The shortlist takes the first of each, and the features tell of every item on it what each says. Arrays are by row.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.workspace import Workspace

Values = NDArray[np.float64]
Vector = NDArray[np.float32]
_FOUND_BY_WORDS = 300
_LATEST = 12
"""Items liked or named from which a walk begins, and after which one comes next: the latest."""


class Signals:
    """The signals of one request, worked out when first asked for."""

    def __init__(
        self, workspace: Workspace, request: RankingRequest, conversations: ConversationModel | None = None
    ) -> None:
        """Prepare.

        Args:
            workspace: where the items are.
            request: what the person wants.
            conversations: what is known of past conversations, if anything.
        """
        self.workspace = workspace
        self.request = request
        self.conversations = conversations

    @cached_property
    def wanted(self) -> Rows:
        """Rows of the latest items that are liked or named, oldest first, each once, shape (n,)."""
        together = np.concatenate([self.request.liked, self.request.named])[::-1]
        _, first = np.unique(together, return_index=True)
        return together[np.sort(first)[:_LATEST]][::-1]

    @cached_property
    def taste(self) -> Values | None:
        """What the items named speak for and the dislikes against; None with neither."""
        named, disliked = self.request.named, self.request.disliked
        return self.workspace.taste.scores(named, disliked) if len(named) or len(disliked) else None

    @cached_property
    def taste_of_likes(self) -> Values | None:
        """What the likes alone speak for; None without any."""
        return self.workspace.taste.scores(self.request.liked) if len(self.request.liked) else None

    @cached_property
    def next(self) -> Values | None:
        """What people come to like after what is wanted; None where nothing is."""
        return self.workspace.sequence.scores(self.wanted) if len(self.wanted) else None

    @cached_property
    def walk(self) -> Values | None:
        """What a walk over names and likes comes to from what is wanted; None where nothing is."""
        if not len(self.wanted):
            return None
        graph, found = self.workspace.graph, np.zeros(len(self.workspace.catalogue))
        rows, scores = graph.scores(graph.walk(np.sort(self.wanted)))
        found[rows] = scores
        return found

    @cached_property
    def liked_together(self) -> Values | None:
        """How often people like items together with each one named, shape (items, named); None where none is."""
        named = self.request.named
        return self.workspace.taste.liked_together(self._everything, named) if len(named) else None

    @cached_property
    def named_together(self) -> Values | None:
        """How often conversations name items together with each one named here, shape (items, named).

        None without conversations or items named.
        """
        named = self.request.named
        if self.conversations is None or not len(named):
            return None
        return self.conversations.named_together(self._everything, named)

    @cached_property
    def answered(self) -> Values | None:
        """What was answered to words alike; None without conversations or words."""
        if self.conversations is None or self.said is None:
            return None
        return self.conversations.answered(self.said)

    @cached_property
    def words(self) -> Values | None:
        """BM25 of the query's words for the best items, 0 for the others; None without a query."""
        if not self.request.query.strip():
            return None
        found = np.zeros(len(self.workspace.catalogue))
        rows, scores = self.workspace.text_index.search(self.request.query, _FOUND_BY_WORDS)
        found[rows] = scores
        return found

    @cached_property
    def said(self) -> Vector | None:
        """Vector of all that was said, shape (dimensions,); None when nothing was."""
        return self._encoded(self.request.said)

    @cached_property
    def query(self) -> Vector | None:
        """Vector of the query, shape (dimensions,); None without one."""
        return self._encoded(self.request.query)

    def by_row(self) -> Mapping[str, Values]:
        """Return the signals that are numbers by row and are there, under the names of their features."""
        told = {
            "taste": self.taste,
            "taste of likes": self.taste_of_likes,
            "liked next": self.next,
            "walk": self.walk,
            "answered to words alike": self.answered,
            "words of query": self.words,
        }
        return {name: values for name, values in told.items() if values is not None}

    @property
    def _everything(self) -> Rows:
        return np.arange(len(self.workspace.catalogue), dtype=np.int64)

    def _encoded(self, text: str) -> Vector | None:
        return self.workspace.encoder.encode_query(text) if text.strip() else None
