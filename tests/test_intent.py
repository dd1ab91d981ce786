"""The summary of what a person is after."""

from tastemaker.agent.intent import intent
from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint


def of_kind(workspace, kind, count):
    items = workspace.catalogue.items([str(each) for each in workspace.catalogue.ids])
    return [item for item in items if kind in item.values["kinds"]][:count]


def rated(opinion, items):
    return tuple(Rate(opinion=opinion, item_id=each.id, title=each.title) for each in items)


def test_nothing_known_is_nothing_said(small_workspace):
    assert intent(State(), small_workspace.catalogue) == ""


def test_it_tells_what_is_wanted_now(small_workspace):
    state = State(conditions=(Constraint(field="year", op=">=", value=(2000,)),), query="calm", avoid=("luck",))
    assert intent(state, small_workspace.catalogue) == "Wanted now: from 2000 on; “calm”; less “luck”."


def test_it_tells_what_liked_and_disliked_items_share(small_workspace):
    state = State(
        ratings=(
            *rated("like", of_kind(small_workspace, "Family", 3)),
            *rated("dislike", of_kind(small_workspace, "War", 2)),
        )
    )
    told = intent(state, small_workspace.catalogue)
    assert "Liked of late: Family" in told
    assert "Disliked: " in told
    assert "War" in told.split("Disliked: ")[1]


def test_the_latest_weigh_most_and_a_turn_to_something_else_is_told(small_workspace):
    family, war = of_kind(small_workspace, "Family", 4), of_kind(small_workspace, "War", 2)
    steady = intent(State(ratings=rated("like", family)), small_workspace.catalogue)
    turned = intent(State(ratings=rated("like", [*family, *war])), small_workspace.catalogue)
    assert "A shift" not in steady
    assert "A shift: from Family" in turned
    assert turned.index("War") < len(turned)


def test_it_stays_short(small_workspace):
    every = [*of_kind(small_workspace, "Family", 50), *of_kind(small_workspace, "War", 50)]
    state = State(
        conditions=tuple(Constraint(field="designers", op="contains_none", value=("x" * 400,)) for _ in range(50)),
        ratings=rated("like", every),
        query="y" * 400,
    )
    assert len(intent(state, small_workspace.catalogue)) < 1800
