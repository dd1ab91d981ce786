"""Reading a request in another way without a model, when the first way found nothing."""

import pytest

from tastemaker.agent.plan import Act, Plan, Require, Unresolved
from tastemaker.agent.planners.second_reading import second_reading
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt
from tastemaker.tools.catalogue.constraint import Constraint


def plan(*conditions, act=Act.RECOMMEND, **others):
    return Plan(act=act, changes=tuple(Require(condition=each) for each in conditions), **others)


def fields(plan):
    return [change.condition.field for change in plan.changes]


@pytest.fixture(scope="module")
def rules(demo_workspace):
    from tastemaker.agent.planners.rules import RulesPlanner

    return RulesPlanner(demo_workspace)


def test_a_person_is_read_in_the_field_where_something_is_found(demo_workspace):
    by = Constraint(field="director", op="contains_any", value=("Keanu Reeves",), said="by Keanu Reeves")
    nineties = Constraint(field="year", op="between", value=(1990, 1999), said="from the 1990s")
    words = "a movie by Keanu Reeves from the 1990s"
    assert fields(second_reading(plan(by, nineties), words, State(), 0, demo_workspace)) == ["cast", "year"]


def test_a_field_that_the_person_named_stays(demo_workspace):
    by = Constraint(field="director", op="contains_any", value=("Keanu Reeves",), said="Keanu Reeves")
    nineties = Constraint(field="year", op="between", value=(1990, 1999), said="from the 1990s")
    words = "a movie directed by Keanu Reeves from the 1990s"
    assert second_reading(plan(by, nineties), words, State(), 0, demo_workspace) is None


def test_a_list_that_is_only_short_is_not_read_again(demo_workspace):
    by = Constraint(field="director", op="contains_any", value=("Keanu Reeves",), said="by Keanu Reeves")
    assert second_reading(plan(by), "a movie by Keanu Reeves", State(), 1, demo_workspace) is None


def test_a_title_not_found_is_read_as_a_description_of_words_that_the_catalogue_uses(small_workspace):
    words = sorted(small_workspace.resolver.gazetteer.vocabulary)[:2]
    missing = plan(unresolved=(Unresolved(name=" ".join(words), looked_in=("title",)),))
    assert second_reading(missing, "x", State(), 5, small_workspace).query == " ".join(words)


@pytest.mark.parametrize(
    "missing",
    [
        plan(unresolved=(Unresolved(name="Zorblax Quux", looked_in=("title",)),)),
        plan(unresolved=(Unresolved(name="war", looked_in=("title",)),)),
        plan(unresolved=(Unresolved(name="of the", looked_in=("designers",)),)),
        plan(
            Constraint(field="year", op=">", value=(1900,)), unresolved=(Unresolved(name="a b", looked_in=("title",)),)
        ),
        plan(act=Act.CHAT),
    ],
)
def test_otherwise_there_is_no_second_reading(small_workspace, missing):
    assert second_reading(missing, "x", State(), 5, small_workspace) is None


def test_the_rules_offer_it_as_their_second_plan(rules):
    words = "a movie by Keanu Reeves from the 1990s"
    first = rules.plan(words, State())
    tried = Attempt(decided_by="rules", plan=first.plan, found=0, outcome="nothing", taken=False)
    second = rules.replan(words, State(), (tried,))
    assert second.decided_by == "rules"
    assert second.plan != first.plan
