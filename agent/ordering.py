"""Makes one order of what the tools propose: by the learned ranker where the workspace has one, else by rank fusion.

What the ranker was not taught of, moods, motives and themes to have less of, votes beside it.
"""

from dataclasses import dataclass

from tastemaker.agent.pipeline import BESIDE_THE_RANKER, RANKER_WEIGHT
from tastemaker.agent.state import State
from tastemaker.tools.candidates import CandidateBus, Candidates, Proposal
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.fusion import reciprocal_rank_fusion
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.ranking.ranking import Ranking, ranked
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.registry import RANKER
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class Order:
    """Candidates in one order."""

    candidates: Candidates
    heard: tuple[Proposal, ...]
    """The rankings that were fused, each with its weight."""
    ranking: Ranking | None = None
    """What the ranker saw and said; None where the workspace has none."""


def fused_order(bus: CandidateBus, workspace: Workspace) -> Order:
    """Return what the tools propose in the order of rank fusion."""
    heard = tuple(bus.proposals)
    return Order(reciprocal_rank_fusion(heard, workspace.catalogue.ids), heard)


def learned_order(
    bus: CandidateBus, ranker: Ranker, pool: Rows | None, state: State, words: str, workspace: Workspace
) -> Order:
    """Return the candidates in the ranker's order, with the votes of what it was not taught of.

    Args:
        bus: what the tools propose.
        ranker: who ranks.
        pool: rows that may be recommended, ascending; None for the whole catalogue.
        state: the state after the plan's changes.
        words: what the person said in this turn.
        workspace: where the items are.
    """
    request = request_of(state, words, workspace.catalogue)
    ranking = ranked(workspace, ranker, request, pool, bus.proposed_rows)
    beside = [each for each in bus.proposals if each.candidates.source in BESIDE_THE_RANKER]
    heard = (Proposal(RANKER, ranking.candidates, RANKER_WEIGHT), *beside)
    return Order(reciprocal_rank_fusion(heard, workspace.catalogue.ids), heard, ranking)


def request_of(state: State, words: str, catalogue: Catalogue) -> RankingRequest:
    """Return what the ranker is told of a turn.

    Args:
        state: the state after the plan's changes.
        words: what the person said in this turn; empty when a button was pressed.
        catalogue: where the items' ids are looked up.
    """
    return RankingRequest.of(
        catalogue,
        liked=state.liked,
        named=list(dict.fromkeys([*state.known, *state.named])),
        disliked=state.opinions("dislike"),
        said=[*state.said, words],
        query=state.query,
        conditions=state.conditions,
        turn=len(state.exchanges) + 1,
    )
