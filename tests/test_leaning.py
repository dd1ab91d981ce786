"""Numbers that lean on wishes of the turn before."""

import pytest
from said import understood

from tastemaker.agent.state import State

TURNS = [
    ("comedies from the 90s", "before that", {"before 1990"}),
    ("comedies from the 90s", "after that please", {"after 1999"}),
    ("comedies before 1990", "after that", {"after 1990"}),
    ("comedies from the 90s", "a decade earlier", {"from 1980 to 1989"}),
    ("comedies from the 90s", "10 years later", {"from 2000 to 2009"}),
    ("comedies from the 90s", "newer by a decade or so", {"from 2000 to 2009"}),
    ("comedies from the 90s", "the 70s instead", {"from 1970 to 1979"}),
    ("a comedy about 90 minutes long", "a bit longer than that", {"runtime from 99 to 129 minutes"}),
    ("a comedy about 90 minutes long", "shorter than that", {"runtime less than 81 minutes"}),
    ("comedies under 90 minutes", "up to 2 hours then", {"runtime at most 120 minutes"}),
    ("comedies", "make it three", {"count 3"}),
    ("comedies", "two more", {"count 2"}),
]


@pytest.mark.parametrize(("before", "words", "wanted"), TURNS, ids=[f"{a} // {b}" for a, b, _ in TURNS])
def test_a_number_leans_on_the_turn_before(films, before, words, wanted):
    state = State().planned(films.plan(before, State()).plan)
    assert understood(films.plan(words, state).plan, films.workspace) == wanted


def test_a_later_bound_that_leaves_nothing_takes_the_place_of_the_earlier(films):
    state = State().planned(films.plan("comedies before 1990", State()).plan)
    after = state.planned(films.plan("after that", state).plan)
    assert [each.op for each in after.conditions if each.field == "year"] == [">"]
