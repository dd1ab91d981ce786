"""The standard pipeline: which tools a turn calls when its plan names none, and how much each weighs in the fusion."""

from collections.abc import Mapping

from tastemaker.agent.plan import Plan, ToolCall
from tastemaker.agent.state import State

WEIGHTS: Mapping[str, float] = {
    "search_text": 0.7,
    "search_meaning": 0.5,
    "similar_items": 2.0,
    "score_taste": 1.0,
    "steer": 1.0,
    "suit_motive": 1.0,
    "suit_mood": 1.0,
    "popular_items": 0.7,
}
"""Weight of each retriever in the fusion, chosen on development dialogues; see decision 0004."""
RANKER_WEIGHT = 3.0
"""Weight of the learned ranker among those that vote beside it."""
BESIDE_THE_RANKER = frozenset({"steer", "suit_motive", "suit_mood"})
"""Tools that vote beside the learned ranker: those whose wishes it was not taught of."""
_OF_THE_STATE = frozenset({"suit_motive", "suit_mood", "popular_items"})
"""Tools that every turn calls where the state asks for it, whatever its plan says."""
_LONGEST_TASTE = 5000
"""The most likes, and the most dislikes, that the taste scorer is told of: the latest."""
FILL_WEIGHT = 1e-4
"""Weight of the last call: so small that what it proposes stands behind everything that another tool proposes."""


def calls_of(plan: Plan, state: State) -> list[ToolCall]:
    """Return the calls of a turn in order.

    The filter comes first and with the conditions of the state, whatever a plan's calls say, so that no plan can
    lose a condition; of a plan's other calls, those that propose candidates are run. Popular items come last: once
    to vote among what the others propose, and once to fill the list from the pool.

    Args:
        plan: the turn's plan.
        state: the state after the plan's changes.
    """
    calls = [call for call in plan.calls if call.tool in WEIGHTS.keys() - _OF_THE_STATE] or _standard(state)
    if state.motives:
        calls.append(ToolCall(tool="suit_motive", arguments={"motives": [each.name for each in state.motives]}))
    if state.mood:
        calls.append(ToolCall(tool="suit_mood", arguments={"names": {state.mood.field: list(state.mood.names)}}))
    conditions = [condition.model_dump(mode="json") for condition in state.conditions]
    filters = [ToolCall(tool="filter_items", arguments={"conditions": conditions})] if conditions else []
    popular = ToolCall(tool="popular_items")
    return [*filters, *calls, *([popular] if calls else []), popular]


def _standard(state: State) -> list[ToolCall]:
    calls = []
    if state.query:
        calls.append(ToolCall(tool="search_text", arguments={"query": state.query}))
        calls.append(ToolCall(tool="search_meaning", arguments={"query": state.query}))
    if anchors := state.opinions("anchor"):
        calls.append(ToolCall(tool="similar_items", arguments={"items": anchors}))
    disliked = state.opinions("dislike")
    if state.liked or disliked:
        told = {"liked": state.liked[-_LONGEST_TASTE:], "disliked": disliked[-_LONGEST_TASTE:]}
        calls.append(ToolCall(tool="score_taste", arguments=told))
        if state.avoid:
            leaning = {"more": [state.query] if state.query else [], "less": list(state.avoid)}
            calls.append(ToolCall(tool="steer", arguments=told | leaning))
    return calls
