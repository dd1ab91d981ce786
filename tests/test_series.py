"""Series and versions: what belongs together is found by titles, years and people; what is not there is said."""

import pytest
from said import understood

from tastemaker.agent.state import State

REQUESTS = [
    ("all the Godfathers", {"The Godfather, The Godfather: Part II or The Godfather: Part III", "count 3"}),
    ("the original Psycho", {"Psycho and year 1960", "count 1"}),
    ("Psycho, the original, not the remake", {"Psycho and year 1960", "count 1"}),
    ("the remake of Psycho", {"Psycho and year 1998", "count 1"}),
    ("the second Godfather", {"The Godfather: Part II", "count 1"}),
    ("the third Lord of the Rings", {"The Lord of the Rings: The Return of the King", "count 1"}),
    ("a sequel to Alien", {"Aliens", "count 1"}),
    ("films like the second Godfather", {"anchor The Godfather: Part II"}),
    ("the fifth Godfather", {"missing the fifth Godfather", "anchor The Godfather"}),
    ("sequel to Pulp Fiction", {"missing sequel to Pulp Fiction", "anchor Pulp Fiction"}),
    ("the western films", {"Western"}),
    ("a film like The Matrix films", {"anchor The Matrix"}),
    ("the new Godzilla", {"Godzilla and year 2014", "count 1"}),
]


@pytest.mark.parametrize(("words", "wanted"), REQUESTS, ids=[words for words, _ in REQUESTS])
def test_items_are_meant_by_their_place_in_a_series(films, words, wanted):
    assert understood(films.plan(words, State()).plan, films.workspace) == wanted


def test_a_series_is_shown_whole_and_without_what_only_begins_alike(films):
    plan = films.plan("all the Rocky films", State()).plan
    (wish,) = [change.condition for change in plan.changes]
    assert {"Rocky", "Rocky II", "Rocky III", "Rocky IV", "Rocky V", "Rocky Balboa"} <= set(wish.value)
    assert "The Rocky Horror Picture Show" not in wish.value
    assert plan.count == len(wish.value)


def test_what_is_felt_of_a_series_is_felt_of_all_of_it(films):
    plan = films.plan("I loved all the Harry Potter films", State()).plan
    assert {change.opinion for change in plan.changes} == {"like"}
    assert len(plan.changes) >= 6


def test_items_asked_for_by_name_give_way_to_another_wish(films):
    state = State().planned(films.plan("all the Rocky films", State()).plan)
    after = state.planned(films.plan("now a comedy", state).plan)
    assert [each.field for each in after.conditions] == ["genres"]


def test_who_asks_for_an_item_by_its_name_asks_for_it_whatever_was_wished_before(films):
    state = State().planned(films.plan("a romcom from the 90s", State()).plan)
    after = state.planned(films.plan("the second Godfather", state).plan)
    assert [each.value for each in after.conditions] == [("The Godfather: Part II",)]
