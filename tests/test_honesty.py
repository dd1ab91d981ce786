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
def reply(small_workspace, tmp_path):
    recommender = Recommender.open(small_workspace, planner="rules", sessions=tmp_path / "sessions.db")
    yield recommender.session().say(WORDS)
    recommender.close()


def lying(reply, text):
    return reply.model_copy(update={"text": f"{reply.text}\n\n{text}"})


def with_evidence(reply, fact):
    first, *rest = reply.recommendations
    changed = first.model_copy(update={"evidence": (*first.evidence, fact)})
    return reply.model_copy(update={"recommendations": (changed, *rest)})


def test_a_plain_reply_says_nothing_without_evidence(honesty, reply):
    assert reply.recommendations
    assert honesty.unsupported(reply, [WORDS]) == []


@pytest.mark.parametrize(
    ("lie", "found"),
    [
        ("It was designed by Stanislaw Wroblewski.", "Stanislaw Wroblewski"),
        ("It came out in 1911.", "1911"),
        ("Fans of Beet & Barley adore it.", "Beet & Barley"),
    ],
)
def test_a_name_or_number_that_nothing_supports_is_found(honesty, reply, lie, found):
    assert any(found in claim for claim in honesty.unsupported(lying(reply, lie), [WORDS]))


def test_evidence_that_contradicts_the_catalogue_is_found(honesty, reply):
    item = reply.recommendations[0].item.id
    wrong = Evidence(source="catalogue", name="year", value=1911.0, about=item)
    assert "evidence that the catalogue does not have: year 1911.0" in honesty.unsupported(
        with_evidence(reply, wrong), [WORDS]
    )


def test_a_wrong_count_is_found(honesty, reply):
    item = reply.recommendations[0].item.id
    wrong = Evidence(source="interactions", name="interactions", value=1e6, about=item)
    assert any("a count that is not so" in claim for claim in honesty.unsupported(with_evidence(reply, wrong), [WORDS]))


def test_evidence_of_an_item_that_does_not_exist_is_found(honesty, reply):
    wrong = Evidence(source="catalogue", name="title", value="Atlantis", about="g99")
    found = honesty.unsupported(with_evidence(reply, wrong), [WORDS])
    assert "evidence of an item that does not exist: g99" in found
