"""What the rules make of numbers as people type them; and what they leave alone."""

import pytest
from number_requests import BOUNDS, COUNTS, NO_WISHES, YEARS
from said import understood

from tastemaker.agent.planners.numerals import number_of
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State


@pytest.fixture(scope="module")
def games(small_workspace):
    return RulesPlanner(small_workspace)


def _field(condition):
    return condition.members[0].field if condition.kind == "group" else condition.field


def numeric(planner, words):
    """Return what a request wishes of numbers, in short words."""
    workspace = planner.workspace
    ordered = {field.name for field in workspace.schema.fields if field.ordered}
    plan = planner.plan(words, State()).plan
    wishes = [change for change in plan.changes if change.kind == "require" and _field(change.condition) in ordered]
    return understood(
        plan.model_copy(update={"changes": tuple(wishes), "query": "", "count": None, "unresolved": ()}), workspace
    )


@pytest.mark.parametrize(("words", "wanted"), BOUNDS)
def test_bounds_of_a_running_time_are_understood(films, words, wanted):
    assert numeric(films, words) == set(wanted)


@pytest.mark.parametrize(("words", "wanted"), YEARS)
def test_years_are_understood(films, words, wanted):
    assert numeric(films, words) == set(wanted)


@pytest.mark.parametrize("words", NO_WISHES)
def test_numbers_of_something_else_are_no_wish(films, words):
    assert numeric(films, words) == set()


@pytest.mark.parametrize(("words", "count"), COUNTS)
def test_the_number_of_items_is_understood(films, words, count):
    assert films.plan(words, State()).plan.count == count


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("under 20 euros but at least 10", {"price less than 20", "price at least 10"}),
        ("at most 45 minutes, not under 20", {"playing time at most 45 minutes", "playing time at least 20 minutes"}),
        ("a two-hour game for 4 players", {"playing time from 108 to 132 minutes", "max players at least 4 players"}),
    ],
)
def test_numbers_of_another_domain_are_understood(games, words, wanted):
    assert numeric(games, words) == wanted


@pytest.mark.parametrize(
    ("said", "value"),
    [("95", 95), ("ninety five", 95), ("a hundred and twenty", 120), ("two thousand", 2000), ("half a dozen", 6),
     ("two and a half", 2.5), ("2 1 / 2", 2.5), ("12.5", 12.5), ("three hundred", 300)],
)  # fmt: skip
def test_numbers_in_words_have_their_value(said, value):
    assert number_of(said) == value
