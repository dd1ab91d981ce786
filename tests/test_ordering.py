"""The order of a list: the ranker's where there is one, fusion's where there is none, and every score explained."""

from dataclasses import replace

import numpy as np
import pytest

from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.ordering import request_of
from tastemaker.agent.placement import placements
from tastemaker.agent.plan import Act, Plan, Rate
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.ranking import synthesis
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.ranking.synthesis import synthesised

PLAN = Plan(act=Act.RECOMMEND)


@pytest.fixture(scope="module")
def ranked_workspace(small_workspace):
    """The board games with a ranker taught on the plays."""
    least, synthesis.LEAST_PEOPLE = synthesis.LEAST_PEOPLE, 5
    examples = synthesised(small_workspace, small_workspace.catalogue.interaction_log(), requests=90)
    synthesis.LEAST_PEOPLE = least
    return replace(small_workspace, ranker=Ranker.fit(examples, "90 requests made from the plays", rounds=30))


@pytest.fixture
def executor(ranked_workspace):
    executor = Executor(ranked_workspace, tool_timeout=20)
    yield executor
    executor.close()


def liking(workspace, *rows, **more):
    ids = [str(workspace.catalogue.ids[row]) for row in rows]
    state = State(**more)
    for item in ids:
        state = state.changed(Rate(opinion="like", item_id=item, title=item))
    return state


def run(executor, state, words="something clever"):
    *_, execution = executor.run(PLAN, state, 5, words)
    assert isinstance(execution, Execution)
    return execution


def shown(execution, workspace):
    return [(item, workspace.catalogue.row_of[item]) for item in execution.ranked.ids[:5]]


def test_the_ranker_is_a_step_that_says_what_it_was_taught_on(executor, ranked_workspace):
    step = run(executor, liking(ranked_workspace, 3)).steps[-1]
    assert (step.tool, step.outcome) == ("ranker", "ok")
    assert step.note == "taught on 90 requests made from the plays"


def test_every_ranked_item_keeps_the_conditions(executor, ranked_workspace):
    short = Constraint(field="playing_time", op="<=", value=45)
    ids = run(executor, liking(ranked_workspace, 3, conditions=(short,))).ranked.ids
    assert ids
    assert all(item.values["playing_time"] <= 45 for item in ranked_workspace.catalogue.items(ids))


def test_the_same_turn_gives_the_same_list(executor, ranked_workspace):
    state = liking(ranked_workspace, 3, 8, query="trains")
    first, second = run(executor, state), run(executor, state)
    assert first.ranked.ids == second.ranked.ids
    assert first.ranked.scores.tolist() == second.ranked.scores.tolist()


def test_every_score_can_be_computed_again_from_what_is_told(executor, ranked_workspace):
    execution = run(executor, liking(ranked_workspace, 3, 8, query="trains"))
    fused = dict(zip(execution.order.candidates.ids, execution.order.candidates.scores, strict=True))
    for placed in placements(execution.order, ranked_workspace.ranker, shown(execution, ranked_workspace)):
        assert placed.score == pytest.approx(fused[placed.item], abs=1e-6)
        assert placed.score == pytest.approx(sum(vote.weight / (60 + vote.place) for vote in placed.votes), abs=1e-6)
        told = placed.learned.base + sum(each.adds for each in placed.learned.contributions) + placed.learned.others
        row = ranked_workspace.catalogue.row_of[placed.item]
        features = execution.order.ranking.features[execution.order.ranking.rows == row]
        assert told == pytest.approx(ranked_workspace.ranker.scores(features)[0], abs=1e-6)


def test_without_a_ranker_tools_vote_and_their_votes_are_told(small_workspace):
    executor = Executor(small_workspace, tool_timeout=20)
    execution = run(executor, liking(small_workspace, 3, query="trains"))
    executor.close()
    assert "ranker" not in [step.tool for step in execution.steps]
    placed = placements(execution.order, None, shown(execution, small_workspace))
    assert all(each.learned is None for each in placed)
    assert {vote.call for each in placed for vote in each.votes} >= {"search_text#1", "score_taste#1"}


def test_a_ranker_that_is_switched_off_leaves_the_order_to_fusion_and_the_step_says_so(ranked_workspace):
    executor = Executor(ranked_workspace, tool_timeout=20, disabled=frozenset({"ranker"}))
    execution = run(executor, liking(ranked_workspace, 3))
    executor.close()
    assert (execution.steps[-1].tool, execution.steps[-1].outcome) == ("ranker", "disabled")
    assert execution.order.ranking is None
    assert execution.ranked.ids


def test_a_ranker_that_fails_is_told_and_fusion_orders_the_list(ranked_workspace):
    broken = replace(ranked_workspace, ranker=Ranker("no model", "nothing"))
    executor = Executor(broken, tool_timeout=20)
    execution = run(executor, liking(broken, 3))
    executor.close()
    assert execution.ranked.ids
    assert any("ranker failed" in warning for warning in execution.warnings)


def test_the_ranker_is_told_what_was_named_by_anybody_but_the_agent_itself(small_workspace):
    ids = [str(each) for each in small_workspace.catalogue.ids[:4]]
    state = replace(liking(small_workspace, 1), named=(ids[2], ids[1]), shown=((ids[3],),), said=("hello",))
    request = request_of(state, "more", small_workspace.catalogue)
    assert request.named.tolist() == [2, 1]
    assert request.liked.tolist() == [1]
    assert request.said == "more hello"
    assert not np.isin(3, request.named)
