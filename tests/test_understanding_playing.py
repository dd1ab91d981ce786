"""Requests are played as a conversation: what was planned before counts, and the list that was shown."""

from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Require
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.eval.understanding.playing import play
from tastemaker.eval.understanding.request_file import Dialogue, Turn
from tastemaker.tools.catalogue.constraint import Constraint


def dialogue(*turns):
    made = tuple(Turn(user=user, act="recommend", shown=shown) for user, shown in turns)
    return Dialogue(id="d", domain="board_games", kind="simple", language="en", turns=made)


def wish(kind):
    return Plan(
        act=Act.RECOMMEND, changes=(Require(condition=Constraint(field="kinds", op="contains_any", value=kind)),)
    )


def kinds(state):
    return [str(condition.value[0]) for condition in state.conditions]


def test_the_state_is_made_of_the_planners_own_plans_and_the_list_of_the_request(small_workspace):
    asked = dialogue(("a war game", ()), ("hm", ("Ashfall", "Salt Road")), ("and", ()))
    planner = PlanQueue([wish("War"), wish("Family")])
    first, second, third = play(asked, planner, small_workspace)
    assert (first.number, first.state.last_shown, first.state.conditions) == (1, (), ())
    assert (second.state.last_shown, kinds(second.state)) == (("g06", "g04"), ["War"])
    assert (third.state.last_shown, kinds(third.state)) == (("g06", "g04"), ["Family"])
    assert [exchange.user for exchange in third.state.exchanges] == ["a war game", "hm"]
    assert first.planned.plan == wish("War")
    assert first.ms >= 0


def test_a_turn_that_is_undone_is_as_if_it_had_not_been(small_workspace):
    asked = dialogue(("a war game", ()), ("family", ()), ("undo", ()), ("go on", ("Ashfall",)), ("and", ()))
    planner = PlanQueue([wish("War"), wish("Family"), Plan(act=Act.UNDO), wish("Horror")])
    played = list(play(asked, planner, small_workspace))
    assert [kinds(each.state) for each in played] == [[], ["War"], ["Family"], ["War"], ["Horror"]]
    assert played[3].state.last_shown == ("g06",)
    nothing = list(play(dialogue(("undo", ()), ("x", ())), PlanQueue([Plan(act=Act.UNDO)]), small_workspace))
    assert nothing[1].state.exchanges == ()


def test_a_list_may_have_been_shown_before_the_first_turn(small_workspace):
    (played,) = play(dialogue(("not the second", ("Ashfall", "Salt Road"))), PlanQueue(), small_workspace)
    assert played.state.last_shown == ("g06", "g04")


def test_another_item_stands_in_for_a_title_that_the_catalogue_lacks(small_workspace):
    asked = dialogue(("x", ("Ashfall", "Chess 3000", "Checkers 9", "Salt Road")))
    (played,) = play(asked, PlanQueue(), small_workspace)
    assert played.missing == ("Chess 3000", "Checkers 9")
    first, *others, last = played.state.last_shown
    assert (first, last) == ("g06", "g04")
    assert len({*others, "g06", "g04"}) == 4
    assert next(play(asked, PlanQueue(), small_workspace)).state == played.state, "the same one each time"


def test_the_rules_understand_a_reference_to_the_list_of_the_request(small_workspace):
    asked = dialogue(("war games", ()), ("who designed the second one?", ("Ashfall", "Salt Road")))
    _, played = play(asked, RulesPlanner(small_workspace), small_workspace)
    assert (played.planned.plan.act, played.planned.plan.subject) == (Act.EXPLAIN, ("g04",))
