"""The reward of an answer, by hand, and the best of several plans of a model."""

import pytest

from tastemaker.agent.executor import Executor
from tastemaker.agent.planners.chat import ChatPlanner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.scripted_model import ScriptedModel
from tastemaker.agent.state import State
from tastemaker.agent.turn import TurnMaker
from tastemaker.eval.best_of import best_reply, measure
from tastemaker.eval.dialogue import Dialogue, Turn
from tastemaker.eval.reward import Reward, best_of


def wish(kind):
    return {"act": "recommend", "wishes": [{"field": "kinds", "op": "contains_any", "value": [kind]}]}


WAR, FAMILY, CHAT = wish("War"), wish("Family"), {"act": "chat", "talk": "greeting"}
EXPECT = {
    "constraints": [{"field": "kinds", "op": "contains_any", "value": "War"}],
    "behaviour": "recommend",
    "min_items": 1,
}
TURN = Turn.model_validate({"user": "a war game", "relevant": ["g02"], "expect": EXPECT})


@pytest.fixture
def turns(small_workspace):
    executor = Executor(small_workspace)

    def make(*replies):
        planner = ChatPlanner(small_workspace, ScriptedModel(replies=list(replies)), RulesPlanner(small_workspace))
        return TurnMaker(small_workspace, planner, executor, None, 5)

    yield make
    executor.close()


def test_an_answer_that_keeps_all_and_has_the_hit_on_top_is_worth_all():
    assert Reward(valid=1, kept=1, act=1, hit=1, rank=1).value == pytest.approx(1)
    assert Reward(valid=1, kept=1, act=1).value == 1


@pytest.mark.parametrize("part", ["valid", "kept", "act"])
def test_an_answer_that_is_not_sound_is_worth_nothing_whatever_it_hits(part):
    parts = {"valid": 1.0, "kept": 1.0, "act": 1.0, part: 0.0}
    assert Reward(**parts, hit=1, rank=1).value == 0


def test_a_hit_is_worth_more_than_none_and_more_the_nearer_to_the_top():
    values = [Reward(1, 1, 1, hit, rank).value for hit, rank in ((0, 0), (1, 0.3), (1, 0.6), (1, 1))]
    assert values == sorted(set(values))
    assert values[0] > 0


def test_the_parts_come_from_the_scores_of_a_turn():
    scores = {"constraint_satisfaction": 0.8, "hit@10": 1.0, "ndcg@10": 0.5, "behaviour_accuracy": 1.0, "errors": 0.0}
    assert Reward.of(scores) == Reward(valid=1, kept=0.8, act=1, hit=1, rank=0.5)
    assert Reward.of({**scores, "items_not_in_catalogue": 1.0}).value == 0
    assert Reward.of({**scores, "exclusion_violations": 1.0}).value == 0
    assert Reward.of({"errors": 1.0}).value == 0


def test_the_first_of_equals_is_the_best():
    best = best_of(["a", "b", "c"], lambda each: Reward(1, 1, float(each != "a")))
    assert (best.thing, best.number, best.gain) == ("b", 1, 1)
    with pytest.raises(ValueError, match="nothing to choose"):
        best_of([], lambda each: Reward(1, 1, 1))


def test_of_several_plans_of_a_model_the_one_that_keeps_the_wish_is_chosen(turns):
    best = best_reply(turns(CHAT, FAMILY, WAR), TURN, State(), 3)
    assert best.number == 2
    assert all("War" in each.item.values["kinds"] for each in best.thing.recommendations)
    assert best.rewards[0].value == 0
    assert best.rewards[1].value < best.rewards[2].value


def test_plans_that_do_not_hold_are_mended_like_any_other(turns):
    best = best_reply(turns("no", WAR, WAR), TURN, State(), 2)
    assert best.number == 0
    assert best.thing.trace.repairs


def test_over_dialogues_the_best_is_told_beside_the_first_and_the_mean(turns):
    dialogue = Dialogue(id="d", history=("g05", "gone"), turns=(TURN,))
    found = measure(turns(FAMILY, WAR, WAR, WAR), [dialogue, dialogue], 2)
    assert found.best[0] > found.first[0]
    assert found.best[1] == found.first[1]
    figures = found.figures(seed=7)
    assert figures["first"].mean < figures["mean"].mean < figures["best"].mean
    assert figures["best above first"].mean > 0
