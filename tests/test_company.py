"""What is told of others: wishes of those who come along count, mere opinions and absent people's do not."""

import pytest
from said import understood

from tastemaker.agent.planners.company import Company
from tastemaker.agent.planners.line import Line
from tastemaker.agent.state import State

REQUESTS = [
    ("my wife hates musicals, I love them, we both like comedy", {"Comedy", "no Musical"}),
    ("my dad only watches westerns, something for him", {"Western"}),
    ("my mum wants a musical and my dad wants a western", {"Musical", "Western"}),
    ("my brother says war films are the best, I disagree. a drama please", {"Drama"}),
    ("my ex loved westerns, I want a thriller", {"Thriller"}),
    ("a comedy, my girlfriend isn't watching, she hates gore", {"Comedy"}),
    ("the kids are 6 and 9, film for tonight", {"Children"}),
]


@pytest.mark.parametrize(("words", "wanted"), REQUESTS, ids=[words for words, _ in REQUESTS])
def test_wishes_of_those_who_come_along_count(films, words, wanted):
    assert understood(films.plan(words, State()).plan, films.workspace) == wanted


def test_the_age_of_a_child_tells_for_whom(films):
    plan = films.plan("something for my 7 year old", State()).plan
    assert [each.name for each in plan.motives] == ["your children"]


def test_ages_behind_those_for_whom_it_is_are_not_searched_for(films):
    plan = films.plan("something for my kids, 6 and 9", State()).plan
    assert ([each.name for each in plan.motives], plan.query) == (["your children"], "")


def test_names_are_left_alone():
    line = Line("my kids love war")
    Company(line, [False, True, False, True])
    assert line.claimed == [True, False, True, False]
