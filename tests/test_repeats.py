"""More or no more of what was shown, in the words of the board games' fields."""

import pytest

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.repeats import Repeats
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint

SHOWN = State(shown=(("g03", "g07"),))


@pytest.fixture(scope="module")
def repeats(small_workspace):
    return Repeats(small_workspace.catalogue, ["game", "games"])


def wishes(repeats, words, state=SHOWN, pointed=()):
    return [(each.field, each.op, each.value) for each in repeats.read(Line(words), list(pointed), state)]


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("not that publisher again", ("publisher", "contains_none", ("Lantern Works",))),
        ("a different publisher please", ("publisher", "contains_none", ("Lantern Works",))),
        ("more from that publisher", ("publisher", "contains_any", ("Lantern Works",))),
        ("the same publisher again", ("publisher", "contains_any", ("Lantern Works",))),
        ("no more of these kinds", ("kinds", "contains_none", ("Family",))),
    ],
)
def test_that_one_is_what_the_shown_items_share(repeats, words, wish):
    assert wishes(repeats, words) == [wish]


def test_that_one_is_of_the_item_pointed_to_before_the_shown_ones(repeats):
    assert wishes(repeats, "the same publisher", pointed=["g02"]) == [("publisher", "contains_any", ("Ironhedge",))]


def test_that_one_is_of_the_item_last_spoken_of_before_the_shown_ones(repeats):
    spoken_of = State(shown=SHOWN.shown, focus=("g02",))
    assert wishes(repeats, "not that publisher", spoken_of) == [("publisher", "contains_none", ("Ironhedge",))]


def test_of_a_field_that_was_wished_for_the_wish_counts(repeats):
    puzzles = Constraint(field="kinds", op="contains_any", value=("Puzzle",))
    wished = State(shown=SHOWN.shown, conditions=(puzzles,))
    assert wishes(repeats, "not those kinds", wished) == [("kinds", "contains_none", ("Puzzle",))]


def test_the_same_decade_is_a_range_of_years(repeats):
    (wish,) = repeats.read(Line("the same decade"), ["g03"], SHOWN)
    assert (wish.field, wish.op, wish.value) == ("year", "between", (2000, 2009))
    assert wish.said == "the same decade"


def test_where_nothing_was_shown_there_is_nothing_to_repeat(repeats):
    assert wishes(repeats, "not that publisher again", State()) == []


def test_what_is_understood_is_claimed(repeats):
    line = Line("not that publisher again, something calm")
    assert repeats.read(line, [], SHOWN)
    assert line.claimed == [True] * 4 + [False] * 2
