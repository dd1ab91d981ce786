"""Baselines: one retriever each, without a planner, over the same workspace and tools as the agent.

A baseline takes the words at face value: it knows no conditions, no dislikes and no acts. Its query is all that the
person has said so far, the latest first; the items it takes for liked are the history and every item that is
named, by either side. With nothing to go on, or nothing found, it answers with what is popular.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tastemaker.eval.systems import Answer, Conversation
from tastemaker.tools.candidates import Candidates, Proposal
from tastemaker.tools.fusion import reciprocal_rank_fusion
from tastemaker.tools.popular_items import popular_items
from tastemaker.tools.score_taste import score_taste
from tastemaker.tools.search_meaning import search_meaning
from tastemaker.tools.search_text import search_text
from tastemaker.tools.workspace import Workspace

_LIMIT = 200


@dataclass
class Heard:
    """What a baseline has taken in of a conversation."""

    liked: list[str]
    """Ids of the history and of the items named so far, oldest first."""
    words: list[str] = field(default_factory=list)
    """What the person has said, oldest first."""

    @property
    def query(self) -> str:
        """All that the person has said, the latest first: encoders cut the end off."""
        return " ".join(reversed([each for each in self.words if each.strip()]))


Ranker = Callable[[Workspace, Heard], Candidates]


def popular(workspace: Workspace, heard: Heard) -> Candidates:
    """Rank by how often items were interacted with."""
    return popular_items(workspace, limit=_LIMIT)


def bm25(workspace: Workspace, heard: Heard) -> Candidates:
    """Rank by the words of the query."""
    return search_text(workspace, heard.query, limit=_LIMIT) if heard.query else popular(workspace, heard)


def dense(workspace: Workspace, heard: Heard) -> Candidates:
    """Rank by the meaning of the query."""
    return search_meaning(workspace, heard.query, limit=_LIMIT) if heard.query else popular(workspace, heard)


def taste(workspace: Workspace, heard: Heard) -> Candidates:
    """Rank by the collaborative filter, from the items liked."""
    return score_taste(workspace, heard.liked, limit=_LIMIT) if heard.liked else popular(workspace, heard)


def fusion(workspace: Workspace, heard: Heard) -> Candidates:
    """Rank by reciprocal rank fusion of words, meaning and taste."""
    parts = [ranker(workspace, heard) for ranker in (bm25, dense, taste)]
    proposals = [Proposal(f"{part.source}#{number}", part) for number, part in enumerate(parts, start=1)]
    return reciprocal_rank_fusion(proposals, workspace.catalogue.ids)


BASELINES: Mapping[str, Ranker] = {"popular": popular, "bm25": bm25, "dense": dense, "taste": taste, "fusion": fusion}
"""Baselines by name."""


class Baseline:
    """A ranker as a system."""

    def __init__(self, name: str, workspace: Workspace, count: int) -> None:
        """Prepare.

        Args:
            name: name of a baseline.
            workspace: what it ranks.
            count: items shown in a turn.
        """
        self.name = name
        self._workspace = workspace
        self._count = count

    def begin(self, user: str | None, history: Sequence[str]) -> Conversation:
        """Begin a conversation."""
        least = self._workspace.schema.like_at_least
        known = [] if user is None else self._workspace.catalogue.interactions_of(user)
        liked = [each.item for each in known if least is None or each.value >= least]
        return _BaselineConversation(BASELINES[self.name], self._workspace, self._count, [*liked, *history])

    def close(self) -> None:
        """Do nothing: the workspace is the caller's."""


class _BaselineConversation:
    def __init__(self, ranker: Ranker, workspace: Workspace, count: int, liked: Sequence[str]) -> None:
        self._ranker = ranker
        self._workspace = workspace
        self._count = count
        self._heard = Heard(list(dict.fromkeys(liked)))
        self._shown: list[tuple[str, ...]] = []

    def say(self, words: str) -> Answer:
        self._heard.words.append(words)
        self._take_in(words)
        found = self._ranker(self._workspace, self._heard)
        row_of = self._workspace.catalogue.row_of
        earlier = {*self._heard.liked, *(item for ids in self._shown for item in ids)}
        ranked = found.without(row_of[item] for item in earlier).ids
        if not ranked:
            ranked = popular(self._workspace, self._heard).without(row_of[item] for item in earlier).ids
        shown = tuple(ranked[: self._count])
        self._shown.append(shown)
        titles = [item.title for item in self._workspace.catalogue.items(shown)]
        text = "\n".join(f"{rank}. {title}" for rank, title in enumerate(titles, start=1))
        return Answer(text, "recommend" if shown else "empty", shown, tuple(ranked))

    def heard(self, text: str) -> None:
        self._shown[-1:] = []
        self._take_in(text)

    def _take_in(self, text: str) -> None:
        named = self._workspace.resolver.items_in(text)
        self._heard.liked = list(dict.fromkeys([*self._heard.liked, *named]))
