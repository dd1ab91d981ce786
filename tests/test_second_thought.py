"""The second thought: when a planner is asked again, what may take the first plan's place, and what the trace keeps."""

from dataclasses import dataclass, field

import pytest

from tastemaker.agent.plan import Act, Plan, Rate, Require, StartOver, Unresolved
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.second_thought import completed, judged, same
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.agent.stream import Done, PlanMade, ToolFinished
from tastemaker.agent.trace import Tokens, Trace
from tastemaker.tools.catalogue.constraint import Constraint


@dataclass
class TwoPlans:
    """Plans one thing, and another when asked again."""

    first: Plan
    second: Plan | None = None
    name: str = "two"
    told: list = field(default_factory=list)

    def plan(self, words, state):
        return Planned(self.first, self.name, tokens=Tokens(calls=1))

    def replan(self, words, state, tried):
        self.told.append(tried)
        return None if self.second is None else Planned(self.second, self.name, tokens=Tokens(calls=1))


def wish(name, op, *values, said="", strength="must"):
    return Require(condition=Constraint(field=name, op=op, value=values, said=said, strength=strength))


def plan(*changes, act=Act.RECOMMEND, **others):
    return Plan(act=act, changes=changes, **others)


IMPOSSIBLE = plan(wish("designers", "contains_any", "War", said="war"), query="quiet")
ANOTHER = plan(wish("kinds", "contains_any", "War", said="war"), query="quiet")


@pytest.fixture
def events_of(small_workspace, tmp_path):
    def run(planner, words="a quiet war game"):
        recommender = Recommender(
            small_workspace, planner, Settings(), sessions=tmp_path / "s.db", owns_workspace=False
        )
        events = list(recommender.session("s").stream(words))
        recommender.close()
        return events

    return run


@pytest.fixture
def reply_to(events_of):
    return lambda planner, *words: events_of(planner, *words)[-1].reply


def test_after_an_empty_result_the_next_plan_differs_and_the_trace_shows_both(reply_to):
    planner = TwoPlans(IMPOSSIBLE, ANOTHER)
    reply = reply_to(planner)
    assert reply.act == "recommend"
    assert reply.trace.plan.changes == ANOTHER.changes
    first, second = reply.trace.attempts
    assert (first.found, first.taken, second.taken) == (0, False, True)
    assert second.found == len(reply.recommendations)
    assert not same(first.plan, second.plan)
    assert "leave no" in first.outcome
    assert first.steps
    assert reply.trace.tokens.calls == 2


def test_what_is_read_differently_is_told(reply_to):
    reply = reply_to(TwoPlans(IMPOSSIBLE, ANOTHER))
    assert "so I read it as “War”" in reply.text


def test_the_planner_is_asked_once_and_told_what_stands_in_the_way(reply_to):
    planner = TwoPlans(IMPOSSIBLE)
    assert reply_to(planner).act == "empty"
    ((tried,),) = planner.told
    assert tried.plan == IMPOSSIBLE
    assert "alone leaves 0" in tried.outcome


def test_a_plan_that_finds_what_it_wants_is_not_thought_over(reply_to):
    planner = TwoPlans(ANOTHER, IMPOSSIBLE)
    reply = reply_to(planner)
    assert not planner.told
    assert reply.trace.attempts == ()


def test_the_same_plan_again_is_no_second_attempt(reply_to):
    again = IMPOSSIBLE.model_copy(update={"changes": (wish("designers", "contains_any", "War", said="other words"),)})
    reply = reply_to(TwoPlans(IMPOSSIBLE, again))
    assert reply.act == "empty"
    assert reply.trace.attempts == ()
    assert reply.trace.tokens.calls == 2


def test_a_second_plan_that_leaves_out_what_must_hold_is_kept_in_the_trace_and_not_taken(reply_to):
    reply = reply_to(TwoPlans(IMPOSSIBLE, plan(query="quiet")))
    assert reply.act == "empty"
    assert reply.trace.plan == IMPOSSIBLE
    first, second = reply.trace.attempts
    assert (first.taken, second.taken) == (True, False)
    assert "must hold" in second.outcome


def test_a_second_plan_that_finds_no_more_is_not_taken(reply_to):
    other = plan(wish("publisher", "contains_any", "War", said="war"), query="quiet")
    reply = reply_to(TwoPlans(IMPOSSIBLE, other))
    assert reply.trace.plan == IMPOSSIBLE
    assert [each.taken for each in reply.trace.attempts] == [True, False]


def test_an_unknown_name_makes_the_planner_think_again(reply_to):
    missing = plan(unresolved=(Unresolved(name="quiet war", looked_in=("title",)),))
    planner = TwoPlans(missing, plan(query="quiet war"))
    reply = reply_to(planner)
    assert "“quiet war” is not in the catalogue" in planner.told[0][0].outcome
    assert reply.trace.plan.query == "quiet war"
    assert "“quiet war” is not in the catalogue" in reply.text


def test_a_button_is_not_thought_over(small_workspace, tmp_path):
    planner = TwoPlans(IMPOSSIBLE, ANOTHER)
    recommender = Recommender(small_workspace, planner, Settings(), sessions=tmp_path / "s.db", owns_workspace=False)
    session = recommender.session("s")
    session.say("a quiet war game")
    planner.told.clear()
    session.more_like("g03")
    assert not planner.told
    recommender.close()


def test_the_second_plan_is_streamed_and_remembered(events_of):
    events = events_of(TwoPlans(IMPOSSIBLE, ANOTHER))
    plans = [place for place, event in enumerate(events) if isinstance(event, PlanMade)]
    assert len(plans) == 2
    assert any(isinstance(event, ToolFinished) for event in events[plans[0] : plans[1]])
    assert isinstance(events[-1], Done)
    assert events[plans[1]].plan.changes == events[-1].reply.trace.plan.changes


def test_old_traces_without_attempts_still_load():
    old = {"session": "s", "turn": 1, "planner": "rules", "decided_by": "rules", "plan": {"act": "chat"}}
    assert Trace.model_validate(old).attempts == ()


@pytest.mark.parametrize(
    ("second", "left_out"),
    [
        (plan(wish("year", ">=", 1990)), "Strategy"),
        (plan(wish("kinds", "contains_any", "Strategy"), wish("year", ">=", 1980)), "1990"),
        (plan(wish("kinds", "contains_any", "Strategy"), wish("year", ">=", 1990), StartOver()), "Strategy"),
        (plan(act=Act.CHAT), "looks for nothing"),
    ],
)
def test_nothing_that_was_said_and_must_hold_may_go(small_workspace, second, left_out):
    first = plan(wish("kinds", "contains_any", "Strategy"), wish("year", ">=", 1990))
    judgement = judged(first, second, State(), "strategy, since 1990", small_workspace.schema)
    assert left_out in judgement.left_out


def test_what_the_model_invented_may_go(small_workspace):
    first = plan(wish("kinds", "contains_any", "Strategy", said="strategy"), wish("kinds", "contains_none", "War"))
    second = plan(wish("kinds", "contains_any", "Strategy", said="strategy"))
    assert not judged(first, second, State(), "a strategy game", small_workspace.schema).left_out


def test_wishes_of_earlier_turns_stay(small_workspace):
    earlier = State(conditions=(wish("kinds", "contains_any", "War").condition,))
    first, second = plan(query="x"), plan(StartOver(), query="x")
    assert "War" in judged(first, second, earlier, "x", small_workspace.schema).left_out


def test_a_field_that_the_person_named_is_not_read_as_another(small_workspace):
    first = plan(wish("designers", "contains_any", "War", said="designed by War"))
    second = plan(wish("kinds", "contains_any", "War", said="War"))
    schema = small_workspace.schema
    field = schema.field("designers")
    named = schema.model_copy(
        update={
            "fields": tuple(
                field.model_copy(update={"cues": ("designed by", "by")}) if each is field else each
                for each in schema.fields
            )
        }
    )
    assert judged(first, second, State(), "something designed by War", named).left_out
    assert not judged(
        plan(wish("designers", "contains_any", "War", said="by War")), second, State(), "something by War", named
    ).left_out


def test_opinions_counts_and_names_not_found_are_not_lost():
    dislike = Rate(opinion="dislike", item_id="g01", title="Ash Road", said="not Ash Road")
    first = plan(dislike, count=2, unresolved=(Unresolved(name="Zorblax"), Unresolved(name="Invented Name")))
    whole = completed(first, plan(query="quiet"), "two quiet ones, not Ash Road, like Zorblax")
    assert whole.changes == (dislike,)
    assert whole.count == 2
    assert [each.name for each in whole.unresolved] == ["Zorblax"]
