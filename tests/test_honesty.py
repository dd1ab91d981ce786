"""A reply is honest when its evidence is the catalogue's and its text says no more than the evidence."""

import pytest

from tastemaker.agent import Recommender
from tastemaker.eval.honesty import HonestyCheck
from tastemaker.tools.evidence import Evidence

WORDS = "a science fiction game, no horror"


@pytest.fixture(scope="module")
def honesty(small_workspace):
    return HonestyCheck(small_workspace)


@pytest.fixture
def session(small_workspace, tmp_path):
    recommender = Recommender.open(small_workspace, planner="rules", sessions=tmp_path / "sessions.db")
    yield recommender.session()
    recommender.close()


@pytest.fixture
def reply(session):
    return session.say(WORDS)


@pytest.fixture
def found(honesty, session):
    """What is found in a reply of the session."""
    return lambda reply: honesty.unsupported(reply, [WORDS], session.state)


def lying(reply, text):
    return reply.model_copy(update={"text": f"{reply.text}\n\n{text}"})


def with_evidence(reply, fact):
    first, *rest = reply.recommendations
    changed = first.model_copy(update={"evidence": (*first.evidence, fact)})
    return reply.model_copy(update={"recommendations": (changed, *rest)})


def test_a_plain_reply_says_nothing_without_evidence(found, reply):
    assert reply.recommendations
    assert found(reply) == []


@pytest.mark.parametrize(
    ("lie", "claim"),
    [
        ("It was designed by Stanislaw Wroblewski.", "Stanislaw Wroblewski"),
        ("It came out in 1911.", "1911"),
        ("Fans of Beet & Barley adore it.", "Barley"),
    ],
)
def test_a_name_or_number_that_nothing_supports_is_found(found, reply, lie, claim):
    assert any(claim in each for each in found(lying(reply, lie)))


def test_evidence_that_contradicts_the_catalogue_is_found(found, reply):
    item = reply.recommendations[0].item.id
    wrong = Evidence(source="catalogue", name="year", value=1911.0, about=item)
    assert "evidence that the catalogue does not have: year 1911.0" in found(with_evidence(reply, wrong))


def test_a_wrong_count_is_found(found, reply):
    item = reply.recommendations[0].item.id
    wrong = Evidence(source="interactions", name="interactions", value=1e6, about=item)
    assert any("a count that is not so" in each for each in found(with_evidence(reply, wrong)))


def test_evidence_of_an_item_that_does_not_exist_is_found(found, reply):
    wrong = Evidence(source="catalogue", name="title", value="Atlantis", about="g99")
    assert "evidence of an item that does not exist: g99" in found(with_evidence(reply, wrong))


def test_an_explanation_that_says_more_than_its_evidence_is_found(found, reply):
    first, *rest = reply.recommendations
    changed = first.model_copy(update={"explanation": "From 1911, designed by Wroblewski."})
    text = reply.text.replace(first.explanation, changed.explanation)
    lies = reply.model_copy(update={"recommendations": (changed, *rest), "text": text})
    assert {"1911", "Wroblewski"} <= set(found(lies))


def test_an_opening_that_names_what_nobody_said_is_found(found, reply):
    opening = "Here is Atlantis, of 1911."
    lies = reply.model_copy(update={"opening": opening, "text": reply.text.replace(reply.opening, opening)})
    assert found(lies) == ["1911", "Atlantis"]


@pytest.mark.parametrize(
    "words",
    ["Hello!", "tell me about Ashfall", "something like Zorblatt the Unseen", "undo", "a war game from 1850", "?"],
)
def test_replies_without_a_list_are_honest_too(honesty, session, words):
    reply = session.say(words)
    assert honesty.unsupported(reply, [words], session.state) == []
