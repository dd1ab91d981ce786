"""The nearest alternative when nothing meets a request, on the board games of the tests."""

import numpy as np
import pytest

from tastemaker.agent.nearest import nearest
from tastemaker.agent.recommender import Recommender
from tastemaker.eval.honesty import HonestyCheck
from tastemaker.tools.catalogue.constraint import Constraint

NONE = np.empty(0, dtype=np.int64)


def wish(field, op, *value, strength="must"):
    return Constraint(field=field, op=op, value=value, strength=strength)


@pytest.fixture
def catalogue(small_workspace):
    return small_workspace.catalogue


def test_it_breaks_the_fewest_wishes(catalogue):
    strategy, impossible = wish("kinds", "contains_any", "Strategy"), wish("year", ">=", 3000)
    near = nearest(catalogue, [strategy, impossible], NONE)
    assert near.broken == (impossible,)
    assert "Strategy" in near.item.values["kinds"]


def test_among_those_it_is_the_one_nearest_to_the_bound(catalogue):
    near = nearest(catalogue, [wish("playing_time", "<", 1)], NONE)
    assert near.item.values["playing_time"] == np.nanmin(catalogue.numbers("playing_time"))


def test_items_that_cannot_be_shown_are_not_named(catalogue):
    wishes = [wish("playing_time", "<", 1)]
    first = nearest(catalogue, wishes, NONE)
    second = nearest(catalogue, wishes, np.array([catalogue.row_of[first.item.id]]))
    assert second.item.id != first.item.id


def test_nothing_is_near_to_a_name_that_nobody_has(catalogue):
    assert nearest(catalogue, [wish("designers", "contains_any", "Nobody At All")], NONE) is None


def test_without_wishes_or_items_there_is_none(catalogue):
    assert nearest(catalogue, [], NONE) is None
    assert nearest(catalogue, [wish("year", ">", 0)], np.arange(len(catalogue))) is None


def test_the_reply_names_it_and_what_it_breaks_with_evidence(small_workspace, tmp_path):
    with Recommender.open(small_workspace, planner="rules", sessions=tmp_path / "s.db") as recommender:
        session = recommender.session()
        words = "a strategy game under 2 minutes"
        reply = session.say(words)
        assert reply.act == "empty"
        assert not reply.recommendations
        assert "The nearest is “" in reply.text
        assert "does not keep “playing time" in reply.text
        assert {fact.name for fact in reply.evidence} >= {"title", "playing_time"}
        assert HonestyCheck(small_workspace).unsupported(reply, [words], session.state) == []
