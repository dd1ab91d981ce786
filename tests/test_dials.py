"""The dials: turned, told by whose words, taken back; and read from sessions of the time when there was one."""

import pytest

from tastemaker.agent import Recommender
from tastemaker.agent.dials import DIALS, Dials, TurnDial, called, turns
from tastemaker.agent.errors import SessionError
from tastemaker.agent.plan import Act, Forget, Plan, StartOver
from tastemaker.agent.state import State


def test_a_dial_stands_where_it_was_turned_last_with_the_words_that_turned_it():
    dials = Dials().after(TurnDial(dial="fame", level=1.0, said="well-known ones"))
    dials = dials.after(TurnDial(dial="recency", level=0.5))
    assert dials.turned == {"recency": 0.5, "fame": 1.0}
    assert dials.said == {"fame": "well-known ones"}
    again = dials.after(TurnDial(dial="fame", level=-0.5))
    assert (again.fame, again.said) == (-0.5, {})


@pytest.mark.parametrize("dial", DIALS)
def test_each_dial_is_taken_back_by_its_own_name_and_alone(dial):
    every = Dials(adventure=1, diversity=1, recency=1, fame=1)
    assert every.without(called(dial)).turned.keys() == set(DIALS) - {dial}


def test_all_that_some_words_turned_is_taken_back_by_them():
    state = State()
    for dial, level in (("adventure", 1.0), ("fame", -0.5)):
        state = state.changed(TurnDial(dial=dial, level=level, said="Surprise me!"))
    state = state.changed(TurnDial(dial="recency", level=1.0))
    assert state.changed(Forget(what="surprise me")).dials == Dials(recency=1.0)
    assert state.changed(Forget(what="surprises")).dials.adventure == 0
    assert state.changed(StartOver()).dials == Dials()


@pytest.mark.parametrize("what", ["", "Fame", "Adventure", "horror"])
def test_no_dial_is_taken_back_by_a_name_of_the_catalogue(what):
    dials = Dials(adventure=1, fame=1)
    assert dials.without(what) == dials


def test_dials_are_turned_by_number():
    state = State().planned(Plan(act=Act.CRITIQUE, changes=turns({"fame": -1, "diversity": 0.25})))
    assert state.dials == Dials(fame=-1, diversity=0.25)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ({"volume": 1}, "There is no dial 'volume'; the dials are adventure, diversity, recency, fame."),
        ({"fame": 2}, "The dial 'fame' cannot stand at 2; give a number from -1 to 1."),
        ({"fame": float("nan")}, "The dial 'fame' cannot stand at nan; give a number from -1 to 1."),
    ],
)
def test_a_dial_that_cannot_be_turned_so_is_told(levels, told):
    with pytest.raises(SessionError, match=f"^{told}$"):
        turns(levels)


@pytest.mark.parametrize(("level", "stands"), [(0.5, 0.5), (None, 0.0)])
def test_a_plan_of_a_session_with_one_dial_is_read(level, stands):
    old = {"act": "recommend", "changes": [{"kind": "start_over"}], "query": "sea", "adventure": level}
    plan = Plan.model_validate(old)
    assert plan.changes[0] == StartOver()
    assert State().planned(plan).dials == Dials(adventure=stands)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_what_is_said_reaches_the_list_and_the_profile_and_is_taken_back(small_workspace, tmp_path):
    def mean_popularity(reply):
        return sum(each.item.interactions for each in reply.recommendations) / len(reply.recommendations)

    with Recommender.open(small_workspace, planner="rules", sessions=tmp_path / "sessions.db") as recommender:
        plain, rare, famous = (
            recommender.session().say(words)
            for words in ("a strategy game", "a strategy game, hidden gems please", "a well-known strategy game")
        )
        assert mean_popularity(rare) < mean_popularity(plain) <= mean_popularity(famous)
        session = recommender.session()
        session.say("surprise me with a strategy game")
        assert session.profile.dials.turned == {"adventure": 1.0, "diversity": 0.5, "fame": -0.5}
        assert session.profile.dials.said["fame"] == "surprise me"
        session.forget(called("fame"))
        assert session.profile.dials.turned == {"adventure": 1.0, "diversity": 0.5}
        session.forget("surprise me")
        assert session.profile.dials == Dials()
