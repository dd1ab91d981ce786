"""Motives from words to list: heard, kept, ordered by, said as a guess, taken back; and never a filter."""

import pytest

from tastemaker.agent.grounding import ground
from tastemaker.agent.pipeline import calls_of
from tastemaker.agent.plan import Act, Draft, Forget, Plan, SaidMotive, StartOver
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.motives import Motives
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.planners.scope import Scope
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.eval.honesty import HonestyCheck

FAMILY = SaidMotive(name="a night with the family", said="with my family")
QUICK = SaidMotive(name="a quick round", said="before dinner")


@pytest.fixture(scope="module")
def rules(occasions):
    return RulesPlanner(occasions)


@pytest.fixture
def session(occasions, rules):
    return Recommender(occasions, rules, Settings(count=5)).session()


def names(plan):
    return [each.name for each in plan.motives]


def test_a_motive_is_heard_with_the_words_that_told_it(rules):
    plan = rules.plan("Something to play With My Family before dinner", State()).plan
    assert plan.act is Act.RECOMMEND
    assert [(each.name, each.said) for each in plan.motives] == [
        (FAMILY.name, "With My Family"),
        (QUICK.name, "before dinner"),
    ]
    assert plan.query == ""


@pytest.mark.parametrize("words", ["a game about a family night", "a game set in a castle", "War games", ""])
def test_a_plot_and_a_plain_request_have_no_motive(rules, words):
    assert not rules.plan(words, State()).plan.motives


def test_what_is_refused_is_no_motive(rules):
    assert not rules.plan("a strategy game, not for family night", State()).plan.motives


def test_cues_that_overlap_are_both_read(occasions):
    schema = occasions.schema.model_copy(
        update={
            "motives": tuple(
                each.model_copy(update={"cues": (*each.cues, cue)})
                for each, cue in zip(occasions.schema.motives, ("night off", "family night off"), strict=True)
            )
        }
    )
    line = Line("for a family night off")
    found = Motives(schema).read(line, Scope(line, [False] * len(line), []))
    assert [each.name for each in found] == [QUICK.name, FAMILY.name]


def test_a_catalogue_without_motives_hears_none(small_workspace):
    assert not RulesPlanner(small_workspace).plan("with my family before dinner", State()).plan.motives


def test_a_new_request_brings_its_own_motive_and_one_that_goes_on_adds_to_it():
    state = State(motives=(FAMILY,))
    assert State().planned(Plan(act=Act.RECOMMEND, motives=(FAMILY,))).motives == (FAMILY,)
    assert state.planned(Plan(act=Act.RECOMMEND, motives=(QUICK,))).motives == (QUICK,)
    assert state.planned(Plan(act=Act.CRITIQUE, motives=(QUICK,))).motives == (FAMILY, QUICK)
    assert state.planned(Plan(act=Act.CRITIQUE)).motives == (FAMILY,)


@pytest.mark.parametrize("change", [StartOver(), Forget(what="family"), Forget(what="a night with the family")])
def test_a_motive_is_taken_back(change):
    assert State(motives=(FAMILY,)).changed(change).motives == ()
    assert State(motives=(QUICK,)).changed(Forget(what="family")).motives == (QUICK,)


def test_a_motive_is_taken_back_in_words(rules):
    plan = rules.plan("forget the family", State(motives=(FAMILY,), shown=(("g01",),))).plan
    assert State(motives=(FAMILY,)).planned(plan).motives == ()


def test_a_draft_may_tell_a_motive_by_its_cue_and_an_unknown_one_is_left_out(occasions):
    draft = Draft(motives=(SaidMotive(name="Family Night"), SaidMotive(name="revenge")))
    assert names(ground(draft, State(), occasions)) == [FAMILY.name]


def test_the_calls_of_a_turn_hold_the_motive_after_the_filter_whatever_the_plan_calls():
    state = State(motives=(QUICK,), query="calm")
    tools = [call.tool for call in calls_of(Plan(act=Act.RECOMMEND), state)]
    assert tools == ["search_text", "search_meaning", "suit_motive", "popular_items", "popular_items"]
    assert "suit_motive" not in [call.tool for call in calls_of(Plan(act=Act.RECOMMEND), State(query="calm"))]


def test_a_motive_orders_the_list_and_breaks_no_wish(session, occasions):
    reply = session.say("a Strategy game before dinner")
    shown = [occasions.catalogue.item(each.item.id).values for each in reply.recommendations]
    assert len(shown) == 5
    assert all("Strategy" in values["kinds"] for values in shown)
    times = [values["playing_time"] for values in shown]
    assert min(times) > 30 or times[0] <= 30
    assert "for a quick round" in reply.text


def test_a_reason_says_what_suits_and_that_it_is_a_guess(session):
    first = session.say("something with my family").recommendations[0]
    assert "suits a night with the family (our guess)" in first.explanation.lower()
    assert any(fact.name == "motive" and "with my family" in fact.value for fact in first.evidence)
    assert any(fact.name == "kinds" and set(fact.value) & {"Family", "Puzzle"} for fact in first.evidence)


def test_nothing_is_said_without_ground(session, occasions):
    words = "something with my family before dinner"
    reply = session.say(words)
    assert HonestyCheck(occasions).unsupported(reply, [words], session.state) == []


def test_the_chat_believes_it_and_forgets_it_with_a_new_list(session):
    session.say("something with my family")
    assert names(session.profile) == [FAMILY.name]
    assert "something for a night with the family" in session.say("what do you know about me?").text
    reply = session.forget(FAMILY.name)
    assert reply.recommendations
    assert names(session.profile) == []
