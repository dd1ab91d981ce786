"""The standard pipeline: which tools a turn calls when its plan names none, and how much each weighs in the fusion."""

from collections.abc import Mapping

from tastemaker.agent.plan import Plan, ToolCall
from tastemaker.agent.state import State

WEIGHTS: Mapping[str, float] = {
    "search_text": 0.7,
    "search_meaning": 1.0,
    "similar_items": 1.5,
    "score_taste": 1.0,
    "popular_items": 0.4,
}
"""Weight of each retriever in the fusion; a guess until the learned ranker replaces it."""


def calls_of(plan: Plan, state: State) -> list[ToolCall]:
    """Return the calls of a turn in order.

    The filter comes first and with the conditions of the state, whatever a plan's calls say, so that no plan can
    lose a condition; of a plan's other calls, those that propose candidates are run. Popular items come last, so
    that a list can always be filled from the pool.

    Args:
        plan: the turn's plan.
        state: the state after the plan's changes.
    """
    calls = [call for call in plan.calls if call.tool in WEIGHTS and call.tool != "popular_items"] or _standard(state)
    if state.conditions:
        conditions = [condition.model_dump(mode="json") for condition in state.conditions]
        calls.insert(0, ToolCall(tool="filter_items", arguments={"conditions": conditions}))
    return [*calls, ToolCall(tool="popular_items")]


def _standard(state: State) -> list[ToolCall]:
    calls = []
    if state.query:
        calls.append(ToolCall(tool="search_text", arguments={"query": state.query}))
        calls.append(ToolCall(tool="search_meaning", arguments={"query": state.query}))
    if anchors := state.opinions("anchor"):
        calls.append(ToolCall(tool="similar_items", arguments={"items": anchors}))
    disliked = state.opinions("dislike")
    if state.liked or disliked:
        calls.append(ToolCall(tool="score_taste", arguments={"liked": state.liked, "disliked": disliked}))
    return calls
