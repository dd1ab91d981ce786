"""The marks of a request: what the resolver and the rules found, with the roles that the rules give."""

import pytest

from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require
from tastemaker.agent.planners.marks import marks, role_in
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator

SHOWN = State(shown=(("g04", "g01", "g02"),))


@pytest.fixture(scope="module")
def read(small_workspace):
    rules = RulesPlanner(small_workspace)

    def read(words, state=None):
        state = state or State()
        plan = rules.plan(words, state).plan
        return [(each.text, each.kind, role_in(plan, each)) for each in marks(words, plan, state, small_workspace)]

    return read


def test_names_and_numbers_are_marked_in_order_with_the_roles_that_the_rules_give(read):
    assert read("a strategy game like Salt Road under 90 minutes, no war") == [
        ("strategy", "facet", "wanted"),
        ("Salt Road", "item", "like-this"),
        ("under 90 minutes", "number", "at-most"),
        ("war", "facet", "refused"),
    ]


def test_a_place_in_the_last_list_is_a_mark_too(read):
    found = read("not the second one", SHOWN)
    assert [(text, kind) for text, kind, _ in found] == [("the second one", "item")]
    assert read("not the second one") == []


def test_without_a_word_on_it_a_mark_is_ignored(small_workspace):
    plan = Plan(act=Act.RECOMMEND)
    found = marks("strategy", plan, State(), small_workspace)
    assert [role_in(plan, each) for each in found] == ["ignored"]


def test_roles_are_read_from_groups_strengths_and_takings_back(small_workspace):
    (mark,) = marks("strategy", Plan(act=Act.RECOMMEND), State(), small_workspace)
    field, values = mark.values[0]
    wish = Constraint(field=field, op=Operator.CONTAINS_ANY, value=values)

    def role(change):
        return role_in(Plan(act=Act.RECOMMEND, changes=(change,)), mark)

    assert role(Require(condition=wish)) == "wanted"
    assert role(Require(condition=wish.model_copy(update={"strength": "prefer"}))) == "preferred"
    assert role(Require(condition=Group(join="none", members=(wish,)))) == "refused"
    assert role(Forget(what=values[0])) == "forgotten"


@pytest.mark.parametrize(
    ("op", "value", "role"),
    [
        (Operator.AT_LEAST, (60,), "at-least"),
        (Operator.LESS_THAN, (60,), "at-most"),
        (Operator.BETWEEN, (30, 60), "wanted"),
        (Operator.NOT_EQUAL, (60,), "refused"),
    ],
)
def test_the_role_of_a_number_is_that_of_its_bound(small_workspace, op, value, role):
    condition = Constraint(field="playing_time", op=op, value=value, said="an hour")
    plan = Plan(act=Act.RECOMMEND, changes=(Require(condition=condition),))
    (mark,) = marks("an hour or so", plan, State(), small_workspace)
    assert (mark.kind, mark.field, role_in(plan, mark)) == ("number", "playing_time", role)


def test_an_item_has_the_role_of_the_opinion_or_of_the_question(small_workspace):
    liked = Plan(act=Act.RECOMMEND, changes=(Rate(opinion="like", item_id="g04", title="Salt Road"),))
    (mark,) = marks("a game like Salt Road", liked, State(), small_workspace)
    assert role_in(liked, mark) == "liked"
    assert role_in(Plan(act=Act.EXPLAIN, subject=("g04",)), mark) == "asked"
