"""Corrections: what stands beside earlier wishes, and what is taken back instead of refused."""

import pytest

from tastemaker.agent.planners.corrections import comes_beside, corrects
from tastemaker.agent.planners.facets import FacetUnit
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import Attitude
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group

WAR = Constraint(field="kinds", op="contains_any", value=("War",))
NO_WAR = Constraint(field="kinds", op="contains_none", value=("War",))


def unit(value, attitude=Attitude.WANTED, field="kinds"):
    return FacetUnit(0, 1, {field: (value,)}, attitude, value)


@pytest.mark.parametrize("words", ["and also with dice", "also a puzzle", "with dice too", "a puzzle as well please"])
def test_a_wish_may_be_said_to_come_beside_the_earlier_ones(words):
    assert comes_beside(Line(words))


@pytest.mark.parametrize(
    "words", ["a puzzle", "and now a puzzle", "and actually a puzzle too", "i meant a puzzle as well"]
)
def test_a_wish_that_stands_instead_comes_beside_nothing(words):
    assert not comes_beside(Line(words))


@pytest.mark.parametrize("before", [WAR, Group(join="any", members=(WAR,))])
def test_not_what_was_wished_but_another_of_its_kind_takes_it_back(before):
    wanted, refused = unit("Puzzle"), unit("War", Attitude.REFUSED)
    corrects(Line("sorry, puzzle, not war"), [wanted, refused], State(conditions=(before,)))
    assert (wanted.attitude, refused.attitude) == (Attitude.WANTED, Attitude.FORGOTTEN)


@pytest.mark.parametrize(
    ("rival", "before"),
    [
        (unit("Puzzle"), ()),
        (unit("Puzzle"), (NO_WAR,)),
        (unit("Ines Calder", field="designers"), (WAR,)),
        (unit("Puzzle", Attitude.REFUSED), (WAR,)),
    ],
    ids=["never wished", "refused before", "of another field", "refused too"],
)
def test_otherwise_a_refusal_stays_a_refusal(rival, before):
    refused = unit("War", Attitude.REFUSED)
    corrects(Line("not war"), [rival, refused], State(conditions=before))
    assert refused.attitude is Attitude.REFUSED
