"""Roles written into plans."""

import pytest

from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require
from tastemaker.agent.planners.mark_roles import with_roles
from tastemaker.agent.planners.marks import ROLES, marks, role_in
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator

WORDS = "a strategy game like Salt Road, no war, under an hour"
STRATEGY = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_ANY, value=("Strategy",), said="strategy"))
NO_WAR = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_NONE, value=("War",), said="no war"))
SHORT = Require(condition=Constraint(field="playing_time", op=Operator.LESS_THAN, value=(60,), said="under an hour"))
LIKE = Rate(opinion="anchor", item_id="g04", title="Salt Road", said="like Salt Road")
RULES = Plan(act=Act.RECOMMEND, changes=(STRATEGY, LIKE, NO_WAR, SHORT), query="calm")


@pytest.fixture
def found(small_workspace):
    found = marks(WORDS, RULES, State(), small_workspace)
    assert [each.text for each in found] == ["strategy", "Salt Road", "war", "under an hour"]
    return found


@pytest.mark.parametrize("place", range(4))
def test_every_role_that_is_written_is_read_again_and_nothing_else_changes(found, small_workspace, place):
    for role in ROLES[found[place].kind]:
        plan = with_roles(RULES, [(found[place], role)], small_workspace)
        if found[place].kind != "number":
            assert role_in(plan, found[place]) == role
        others = [each for k, each in enumerate(found) if k != place]
        assert [role_in(plan, each) for each in others] == [role_in(RULES, each) for each in others]
        assert plan.query == "calm"


def test_a_role_that_is_already_there_leaves_the_plan_as_it_is(found, small_workspace):
    assert with_roles(RULES, [(each, role_in(RULES, each)) for each in found], small_workspace) == RULES


@pytest.mark.parametrize(
    ("role", "op", "value"),
    [
        ("at-least", Operator.AT_LEAST, (60,)),
        ("wanted", Operator.EQUAL, (60,)),
        ("refused", Operator.NOT_EQUAL, (60,)),
    ],
)
def test_a_number_keeps_its_value_in_another_role(found, small_workspace, role, op, value):
    plan = with_roles(RULES, [(found[3], role)], small_workspace)
    wishes = [each.condition for each in plan.changes if isinstance(each, Require)]
    (condition,) = [each for each in wishes if each.field == found[3].field]
    assert (condition.op, condition.value) == (op, value)


def test_a_range_can_be_refused_whole(small_workspace):
    condition = Constraint(field="playing_time", op=Operator.BETWEEN, value=(30, 60), said="half an hour to an hour")
    plan = Plan(act=Act.RECOMMEND, changes=(Require(condition=condition),))
    (mark,) = marks("half an hour to an hour", plan, State(), small_workspace)
    (change,) = with_roles(plan, [(mark, "refused")], small_workspace).changes
    assert (change.condition.join, change.condition.members[0].value) == ("none", (30, 60))


def test_a_number_that_is_taken_back_takes_its_fields_wishes_back(found, small_workspace):
    plan = with_roles(RULES, [(found[3], "forgotten")], small_workspace)
    assert Forget(what="playing_time") in plan.changes
    assert SHORT not in plan.changes


def test_a_name_inside_a_list_or_group_leaves_the_rest_of_it(found, small_workspace):
    both = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_ANY, value=("Strategy", "War")))
    (kept, *_) = with_roles(Plan(act=Act.RECOMMEND, changes=(both,)), [(found[0], "ignored")], small_workspace).changes
    assert kept.condition.value == ("War",)
    group = Require(condition=Group(join="any", members=(STRATEGY.condition, SHORT.condition)))
    (left,) = with_roles(Plan(act=Act.RECOMMEND, changes=(group,)), [(found[0], "ignored")], small_workspace).changes
    assert left.condition == SHORT.condition
