"""Items that carry the names a mood was taken for come first; the mood is believed, told, and can be taken back."""

from dataclasses import replace

import pytest

from tastemaker.agent.beliefs import beliefs
from tastemaker.agent.plan import Act, Forget, Plan, ReadMood, StartOver
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.suit_mood import suit_mood

GLOSSES = {
    "War": "soldiers and battles, brutal, harrowing and heroic",
    "Family": "gentle, innocent and wholesome, for the young and the whole family",
    "Horror": "frightening, creepy and bloody, monsters and nightmares, dread and terror",
}
MOOD = ReadMood(said="wholesome", field="kinds", names=("Family", "Party"))


@pytest.fixture(scope="module")
def glossed(small_workspace):
    fields = [
        field.model_copy(update={"glosses": GLOSSES}) if field.name == "kinds" else field
        for field in small_workspace.schema.fields
    ]
    return replace(small_workspace, schema=small_workspace.schema.model_copy(update={"fields": tuple(fields)}))


@pytest.fixture
def agent(glossed, tmp_path):
    settings, sessions = Settings(planner="rules"), tmp_path / "sessions.db"
    with Recommender(glossed, RulesPlanner(glossed), settings, sessions=sessions, owns_workspace=False) as made:
        yield made


def test_what_carries_more_of_the_names_comes_first(small_workspace):
    found = suit_mood(small_workspace, {"kinds": ["Family", "Puzzle"]})
    held = [set(item.values["kinds"]) & {"Family", "Puzzle"} for item in small_workspace.catalogue.items(found.ids)]
    counts = [len(each) for each in held]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1


def test_a_field_that_has_no_names_is_told(small_workspace):
    with pytest.raises(RetryableToolError, match="'year' is no field of names; those are: kinds"):
        suit_mood(small_workspace, {"year": ["1990"]})


def test_a_mood_orders_items_and_leaves_none_out(agent):
    session = agent.session()
    reply = session.say("something spooky and gruesome")
    mood = reply.trace.plan.mood
    assert mood is not None
    assert mood.names[0] == "Horror"
    assert not session.state.conditions
    assert "suit_mood" in {step.tool for step in reply.trace.steps}
    assert "Horror" in reply.recommendations[0].item.values["kinds"]
    assert "(our guess): Horror" in reply.recommendations[0].explanation
    assert reply.trace.pool is None


def test_a_mood_is_told_as_a_belief_and_can_be_taken_back(agent):
    session = agent.session()
    session.say("something spooky and gruesome")
    assert session.profile.mood is not None
    told = beliefs(session.state, agent.workspace.schema, [])
    assert f"read as {session.profile.mood.names[0]}" in told
    assert "from your words “spooky and gruesome”" in told
    session.forget("Horror")
    assert session.profile.mood is None
    assert session.profile.query == "spooky and gruesome"


def test_a_refused_name_is_no_reading_of_a_mood(agent):
    reply = agent.session().say("something spooky and gruesome but no horror")
    mood = reply.trace.plan.mood
    assert mood is None or "Horror" not in mood.names


def test_the_mood_goes_with_its_words():
    state = State().planned(Plan(act=Act.RECOMMEND, query="wholesome", mood=MOOD))
    assert state.mood == MOOD
    assert state.planned(Plan(act=Act.RECOMMEND)).mood == MOOD
    assert state.planned(Plan(act=Act.CRITIQUE, query="slow")).mood == MOOD
    assert state.planned(Plan(act=Act.RECOMMEND, query="submarines")).mood is None
    assert state.changed(Forget(what="wholesome")).mood is None
    assert state.changed(Forget(what="party")).mood is None
    assert state.changed(StartOver()).mood is None
    assert state.planned(Plan(act=Act.CRITIQUE, avoid=("wholesome",))).mood is None
