"""Terse verdicts on what was shown: by place, on the rest, on nothing in particular."""

from dataclasses import replace

import pytest

from tastemaker.agent.plan import Act
from tastemaker.agent.planners.liking import Liking
from tastemaker.agent.state import State

NAMES = ("Blade Runner", "The Matrix", "Titanic (1997)", "Heat")
VERDICTS = [
    ("the second one yes, third no", ["like", "dislike"]),
    ("loved 1, hated 3", ["like", "dislike"]),
    ("1 and 3 yes, rest no", ["like", "like", "dislike", "dislike"]),
    ("the second one no, the rest yes", ["dislike", "like", "like", "like"]),
]


@pytest.fixture(scope="module")
def shown(films):
    ids = tuple(films.workspace.resolver.resolve_item(name).best.item_id for name in NAMES)
    return replace(State(), shown=(ids,))


@pytest.mark.parametrize(("words", "opinions"), VERDICTS, ids=[words for words, _ in VERDICTS])
def test_each_place_gets_its_own_verdict(films, shown, words, opinions):
    plan = films.plan(words, shown).plan
    assert [change.opinion for change in plan.changes] == opinions
    assert not plan.query


@pytest.mark.parametrize("words", ["nah", "nope", "seen it", "not feeling these", "no to all of them"])
def test_a_list_is_waved_away(films, shown, words):
    plan = films.plan(words, shown).plan
    assert plan.act is Act.CRITIQUE
    assert not plan.query


@pytest.mark.parametrize(
    ("words", "opinion"),
    [(" made my week . ", "like"), (" was not , ", "dislike"), (" really didnt .", "dislike"), (" both yes", "like")],
)
def test_short_verdicts_belong_to_the_name_before_them(words, opinion):
    assert Liking(["film", "films"]).after(words, named=True)[0] == opinion


def test_compare_is_no_quality_to_search_for(films, shown):
    plan = films.plan("compare the first two for me by length", shown).plan
    assert (plan.act, plan.inquiry.kind, plan.inquiry.fields) == (Act.EXPLAIN, "compare", ("runtime",))
    alone = films.plan("compare the first two for me", State()).plan
    assert (alone.act, alone.query) == (Act.EXPLAIN, "")


def test_a_number_before_a_plain_adjective_is_a_count(films):
    assert films.plan("two good comedies", State()).plan.count == 2
