"""How well items are to be liked: numbers on any scale are brought to that of the catalogue."""

import re

import pytest
from said import understood

from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.state import State

REQUESTS = [
    ("films rated 8 out of 10 or better", {"rating at least 4"}),
    ("at least 4 stars, comedy", {"Comedy", "rating at least 4"}),
    ("comedies rated 80% or more", {"Comedy", "rating at least 4"}),
    ("dramas with a rating above 4", {"Drama", "rating more than 4"}),
    ("nothing rated below 3", {"rating at least 3"}),
    ("highly rated westerns", {"Western", "~rating at least 3.8"}),
    ("critically acclaimed dramas", {"Drama", "~rating at least 3.8"}),
    ("top rated 90s thrillers", {"Thriller", "~rating at least 3.8", "from 1990 to 1999"}),
    ("Heat was 8/10, more like it", {"anchor Heat"}),
]


@pytest.mark.parametrize(("words", "wanted"), REQUESTS, ids=[words for words, _ in REQUESTS])
def test_wishes_about_ratings_are_on_the_scale_of_the_catalogue(films, words, wanted):
    assert understood(films.plan(words, State()).plan, films.workspace) == wanted


def test_a_rating_that_was_wished_for_is_told_once_and_by_how_many(demo_workspace, tmp_path):
    with Recommender.open(demo_workspace, sessions=tmp_path / "sessions.db") as recommender:
        reply = recommender.session().say("comedies rated 8 out of 10 or better")
    assert reply.recommendations
    assert all(len(re.findall(r"rated [\d.]+ by \d+ people", each.explanation)) == 1 for each in reply.recommendations)
    assert all(each.explanation.count("rated") == 1 for each in reply.recommendations)


def test_an_item_that_hardly_anybody_rated_has_no_rating(demo_workspace):
    catalogue = demo_workspace.catalogue
    few = [str(catalogue.ids[row]) for row in (catalogue.popularity < 5).nonzero()[0][:50]]
    assert {item.values["rating"] for item in catalogue.items(few)} == {None}


def test_a_catalogue_without_ratings_takes_nothing_for_one(small_workspace):
    plan = RulesPlanner(small_workspace).plan("a highly rated puzzle game", State()).plan
    assert "Puzzle" in understood(plan, small_workspace)
