"""Running plans: order, failures, limits, and what is never proposed."""

from time import sleep

import pytest

from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.plan import Act, Plan, Rate, ToolCall
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.errors import UserError
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.tool import Tool

PLAN = Plan(act=Act.RECOMMEND)


@pytest.fixture
def executor(small_workspace):
    executor = Executor(small_workspace, tool_timeout=20)
    yield executor
    executor.close()


def run(executor, state, plan=PLAN, wanted=5):
    *_, execution = executor.run(plan, state, wanted)
    assert isinstance(execution, Execution)
    return execution


def steps(execution):
    return [(step.tool, step.outcome) for step in execution.steps]


def replaced(monkeypatch, name, function):
    old = TOOLS[name]
    other = Tool(old.name, old.kind, old.description, old.parameters, function)
    monkeypatch.setattr("tastemaker.agent.executor.TOOLS", {**TOOLS, name: other})


def test_the_standard_pipeline_calls_what_the_state_supports(executor, small_workspace):
    ids = small_workspace.catalogue.ids
    state = State(
        conditions=(Constraint(field="max_players", op=">=", value=2),),
        ratings=(Rate(opinion="anchor", item_id=str(ids[0]), title="x"),),
        query="trading spices",
    )
    assert [tool for tool, _ in steps(run(executor, state))] == [
        "filter_items",
        "search_text",
        "search_meaning",
        "similar_items",
        "score_taste",
        "popular_items",
        "popular_items",
    ]


def test_every_ranked_item_keeps_the_conditions(executor, small_workspace):
    execution = run(executor, State(conditions=(Constraint(field="playing_time", op="<=", value=45),), query="war"))
    items = small_workspace.catalogue.items(execution.ranked.ids)
    assert items
    assert all(item.values["playing_time"] <= 45 for item in items)
    assert execution.pool == len(items)


def test_named_shown_and_refused_items_are_never_proposed(executor, small_workspace):
    ids = [str(item) for item in small_workspace.catalogue.ids]
    state = State(
        shown=((ids[0], ids[1]),),
        ratings=(Rate(opinion="dislike", item_id=ids[2], title="x"), Rate(opinion="seen", item_id=ids[3], title="y")),
        mentioned=frozenset({ids[4]}),
        query="sea",
    )
    assert not set(ids[:5]) & set(run(executor, state).ranked.ids)


def test_a_plan_cannot_lose_the_conditions_of_the_state(executor, small_workspace):
    plan = Plan(act=Act.RECOMMEND, calls=(ToolCall(tool="search_text", arguments={"query": "war"}),))
    execution = run(executor, State(conditions=(Constraint(field="kinds", op="contains_none", value="War"),)), plan)
    assert all("War" not in item.values["kinds"] for item in small_workspace.catalogue.items(execution.ranked.ids))


def test_two_calls_of_one_tool_are_two_proposals(executor):
    calls = tuple(ToolCall(tool="search_text", arguments={"query": each}) for each in ("sea", "war"))
    execution = run(executor, State(), Plan(act=Act.RECOMMEND, calls=calls))
    assert [proposal.call for proposal in execution.proposals] == [
        "search_text#1",
        "search_text#2",
        "popular_items#1",
        "popular_items#2",
    ]


def test_a_failing_tool_is_reported_and_the_turn_goes_on(executor, monkeypatch):
    def broken(workspace, **arguments):
        raise ValueError("the index is on fire")

    replaced(monkeypatch, "search_text", broken)
    execution = run(executor, State(query="sea"))
    failed = next(step for step in execution.steps if step.tool == "search_text")
    assert failed.outcome == "failed"
    assert "on fire" in failed.note
    assert "on fire" in execution.warnings[0]
    assert len(execution.ranked)


def test_a_tool_that_takes_too_long_is_given_up(small_workspace, monkeypatch):
    def slow(workspace, **arguments):
        sleep(1.0)

    replaced(monkeypatch, "search_text", slow)
    executor = Executor(small_workspace, tool_timeout=0.2)
    calls = (ToolCall(tool="search_text", arguments={"query": "sea"}),)
    execution = run(executor, State(), Plan(act=Act.RECOMMEND, calls=calls))
    assert ("search_text", "timeout") in steps(execution)
    assert len(execution.ranked)
    executor.close()


def test_bad_arguments_fail_the_call_with_a_sentence(executor):
    calls = (ToolCall(tool="search_text", arguments={"question": "sea"}),)
    execution = run(executor, State(), Plan(act=Act.RECOMMEND, calls=calls))
    assert execution.steps[0].outcome == "failed"
    assert execution.steps[0].note.startswith("search_text: ")


@pytest.mark.parametrize("name", ["filter_items", "search_text", "search_meaning", "score_taste", "popular_items"])
def test_any_tool_can_be_switched_off(small_workspace, name):
    executor = Executor(small_workspace, disabled=frozenset({name}))
    first = str(small_workspace.catalogue.ids[0])
    state = State(
        conditions=(Constraint(field="max_players", op=">=", value=2),),
        ratings=(Rate(opinion="like", item_id=first, title="x"),),
        query="sea",
    )
    execution = run(executor, state)
    assert (name, "disabled") in steps(execution)
    assert name not in {proposal.candidates.source for proposal in execution.proposals}
    assert len(execution.ranked)
    executor.close()


def test_switching_off_a_tool_that_is_none_is_refused(small_workspace):
    with pytest.raises(UserError, match="the tools are"):
        Executor(small_workspace, disabled=frozenset({"search_tea_leaves"}))


def test_the_same_inputs_give_the_same_list(executor):
    state = State(query="trading by sea")
    assert run(executor, state).ranked.ids == run(executor, state).ranked.ids


def test_what_keeps_a_preference_that_gave_way_still_comes_first(executor, small_workspace):
    rare = Constraint(field="designers", op="contains_any", value="Ines Calder", strength="prefer")
    kept = {str(small_workspace.catalogue.ids[row]) for row in small_workspace.catalogue.rows_where([rare])}
    execution = run(executor, State(conditions=(rare,)), wanted=len(kept) + 1)
    assert execution.relaxation.dropped == (rare,)
    assert set(execution.ranked.ids[: len(kept)]) == kept
    assert len(execution.ranked) > len(kept)


def test_popular_items_vote_among_what_is_proposed_and_fill_only_the_end(executor):
    execution = run(executor, State(query="cannon"), Plan(act=Act.RECOMMEND, calls=(_search("cannon"),)))
    proposed, voted, filled = execution.proposals
    assert 0 < len(proposed.candidates) < len(filled.candidates)
    assert set(voted.candidates.ids) == set(proposed.candidates.ids)
    assert set(execution.ranked.ids[: len(proposed.candidates)]) == set(proposed.candidates.ids)
    assert set(execution.ranked.ids) == set(filled.candidates.ids)


def _search(query):
    return ToolCall(tool="search_text", arguments={"query": query})
