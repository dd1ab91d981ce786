"""Words that mean several values at once: all of them are wished, and refused only together."""

import pytest
from said import understood

from tastemaker.agent.grounding import ground
from tastemaker.agent.plan import Draft
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Operator

REQUESTS = [
    ("a romcom", {"Romance and Comedy"}),
    ("rom-coms from the 90s", {"Romance and Comedy", "from 1990 to 1999"}),
    ("action comedy", {"Action and Comedy"}),
    ("action or comedy", {"Action or Comedy"}),
    ("no romcoms please, just a comedy", {"Comedy", "not Romance and Comedy"}),
    ("no horror comedies", {"not Horror and Comedy"}),
    ("no horror, war or musicals", {"no Horror, War or Musical"}),
]


@pytest.mark.parametrize(("words", "wanted"), REQUESTS, ids=[words for words, _ in REQUESTS])
def test_all_values_of_a_compound_are_meant(films, words, wanted):
    assert understood(films.plan(words, State()).plan, films.workspace) == wanted


def test_a_refused_compound_leaves_an_earlier_wish_for_one_part_of_it(films):
    state = State().planned(films.plan("a comedy", State()).plan)
    after = state.planned(films.plan("no romcoms", state).plan)
    assert [each.join if each.kind == "group" else each.value for each in after.conditions] == [("Comedy",), "none"]


def test_a_compound_that_a_model_writes_means_the_same(films):
    wish = Constraint(field="genres", op=Operator.CONTAINS_ANY, value=("romcom",))
    (change,) = ground(Draft(wishes=(wish,)), State(), films.workspace).changes
    assert (change.condition.op, change.condition.value) == (Operator.CONTAINS_ALL, ("Romance", "Comedy"))
