"""Visitors: a browser's id brings its conversation back, rubbish begins a new one, a turn outlives its page."""

import gc
from threading import Event, Lock

import pytest
from planners import PlanQueue

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.agent.stream import TextDelta
from tastemaker.ui.visitor import outliving, session_of


@pytest.fixture
def recommender(small_workspace):
    return Recommender(small_workspace, PlanQueue(), Settings())


def test_a_browser_that_remembers_gets_its_conversation_back(recommender):
    session = session_of(recommender, None)
    session.say("anything")
    assert [words for words, _ in session_of(recommender, session.id).replies] == ["anything"]


def test_two_new_visitors_get_two_sessions_that_cannot_be_guessed(recommender):
    first, second = session_of(recommender, None), session_of(recommender, None)
    assert first.id != second.id
    assert len(first.id) >= 16


@pytest.mark.parametrize("sent", ["", "short", "../../etc/passwd", "x" * 1000, "a b c d e f g h i", 7, {"id": 1}, []])
def test_what_is_no_id_of_ours_begins_a_new_conversation(recommender, sent):
    assert session_of(recommender, sent).id != sent


def test_a_turn_goes_on_when_nobody_reads_it_any_more():
    begun, finished, lock = Event(), Event(), Lock()

    def turn():
        with lock:
            yield TextDelta("a")
            begun.wait(5)
            yield TextDelta("b")
        finished.set()

    reading = outliving(turn())
    assert next(reading) == [TextDelta("a")]
    del reading
    gc.collect()
    begun.set()
    assert finished.wait(5)
    assert lock.acquire(timeout=5)


def test_what_happened_meanwhile_comes_at_once_and_in_order():
    happened, letters = Event(), [TextDelta(letter) for letter in "abcd"]

    def turn():
        yield from letters
        happened.set()

    reading = outliving(turn())
    first = next(reading)
    assert happened.wait(5)
    rest = [event for events in reading for event in events]
    assert [*first, *rest] == letters


def test_an_error_comes_through_after_what_happened_before_it():
    def turn():
        yield TextDelta("a")
        raise ValueError("no")

    reading = outliving(turn())
    assert next(reading) == [TextDelta("a")]
    with pytest.raises(ValueError, match="no"):
        next(reading)


def test_a_turn_without_events_ends():
    assert list(outliving(iter(()))) == []
