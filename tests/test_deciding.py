"""A learner's answers over the rules' plan."""

import pytest

from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.agent.planners.deciding import act_of, decided, sure_role
from tastemaker.agent.planners.marks import marks, role_in
from tastemaker.agent.planners.role_judge import Judged
from tastemaker.agent.state import Exchange, State
from tastemaker.tools.catalogue.constraint import Constraint, Operator

WORDS = "a strategy game, no war"
STRATEGY = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_ANY, value=("Strategy",), said="strategy"))
NO_WAR = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_NONE, value=("War",), said="no war"))
RULES = Plan(act=Act.RECOMMEND, changes=(STRATEGY, NO_WAR), query="calm")
BARE = Plan(act=Act.RECOMMEND, query="calm")
SAID = State(exchanges=(Exchange("hello", "hi"),), shown=(("g04",),))


@pytest.fixture
def decide(small_workspace):
    def decide(act, *roles, plan=RULES, words=WORDS, state=SAID):
        found = marks(words, plan, state, small_workspace)
        judged = Judged({act: 0.9, "other": 0.1}, tuple({role: 0.9, "other": 0.1} for role in roles))
        decision = decided(words, plan, found, judged, state, small_workspace, act_from=0.6, role_from=0.6)
        return decision.act, [role_in(decision, each) for each in found], decision

    return decide


def test_a_sure_role_takes_the_place_of_the_rules(decide):
    assert decide("recommend", "refused", "refused")[1] == ["refused", "refused"]
    assert decide("recommend", "ignored", "forgotten")[1] == ["ignored", "forgotten"]


def test_an_unsure_role_does_not(decide):
    assert sure_role({"refused": 0.55, "wanted": 0.45}, "wanted", 0.6) == "wanted"
    assert sure_role({"refused": 0.65, "wanted": 0.35}, "wanted", 0.6) == "refused"


@pytest.mark.parametrize("role", ["wanted", "preferred"])
def test_what_was_plainly_refused_never_becomes_a_wish(decide, role):
    assert decide("recommend", "wanted", role)[1] == ["wanted", "refused"]
    assert sure_role({"liked": 1.0}, "disliked", 0.5) == "disliked"


def test_marks_that_the_learner_leaves_out_keep_their_roles(decide):
    assert decide("recommend", "refused")[1] == ["refused", "refused"]


@pytest.mark.parametrize("act", ["chat", "ask", "undo", "explain"])
def test_a_turn_that_states_wishes_is_never_passed_over(decide, act):
    assert decide(act, "wanted", "refused")[2] == RULES


@pytest.mark.parametrize(("act", "expected"), [("chat", Act.CHAT), ("ask", Act.ASK), ("undo", Act.UNDO)])
def test_a_turn_without_wishes_can_be_talk(decide, act, expected):
    found, _, plan = decide(act, plan=BARE, words="what a day")
    assert (found, plan.changes, plan.query) == (expected, (), "")


def test_nothing_is_undone_before_anything_was_said(decide):
    assert decide("undo", plan=BARE, words="what a day", state=State())[0] is Act.RECOMMEND


def test_a_question_needs_something_that_it_can_be_about(decide):
    assert decide("explain", plan=BARE, words="is it long")[0] is Act.EXPLAIN
    assert decide("explain", plan=BARE, words="is it long", state=State())[0] is Act.RECOMMEND


def test_talk_that_is_a_wish_after_all_is_searched_for_by_its_words(decide):
    act, _, plan = decide("recommend", plan=Plan(act=Act.CHAT), words="something  to cheer me up")
    assert (act, plan.query) == (Act.RECOMMEND, "something to cheer me up")


def test_a_question_about_an_item_can_be_a_wish_for_others_like_it(decide):
    plan = Plan(act=Act.EXPLAIN, subject=("g04",))
    act, roles, decision = decide("recommend", "like-this", plan=plan, words="what about Salt Road")
    assert (act, roles, decision.subject, decision.query) == (Act.RECOMMEND, ["like-this"], (), "")
    assert isinstance(decision.changes[0], Rate)


def test_a_critique_counts_as_a_recommendation(decide):
    assert act_of(Plan(act=Act.CRITIQUE)) == "recommend"
    assert decide("recommend", plan=Plan(act=Act.CRITIQUE), words="others")[0] is Act.CRITIQUE
