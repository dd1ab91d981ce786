"""Every fact in an explanation is one: the evidence of many lists is checked against the catalogue."""

import pytest
from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.tools.catalogue.constraint import Constraint


def want(field, op, *value):
    return Require(condition=Constraint(field=field, op=op, value=value))


PLANS = {
    "nothing": Plan(act=Act.RECOMMEND),
    "a kind": Plan(act=Act.RECOMMEND, changes=(want("kinds", "contains_any", "War", "Economic"),)),
    "a person": Plan(act=Act.RECOMMEND, changes=(want("designers", "contains_any", "Ines Calder"),)),
    "a bound": Plan(act=Act.RECOMMEND, changes=(want("playing_time", "<=", 60),)),
    "an exclusion": Plan(act=Act.RECOMMEND, changes=(want("kinds", "contains_none", "War"),)),
    "a mood": Plan(act=Act.RECOMMEND, query="caravans that carry salt over the mountains"),
    "an anchor": Plan(act=Act.RECOMMEND, changes=(Rate(opinion="anchor", item_id="g04", title="Salt Road"),)),
}


@pytest.fixture
def answer(small_workspace):
    def say(plan):
        recommender = Recommender(small_workspace, PlanQueue([plan]), Settings(count=20))
        return recommender.session().say("something")

    return say


@pytest.mark.parametrize("name", PLANS)
def test_every_piece_of_evidence_is_true(answer, small_workspace, name):
    catalogue = small_workspace.catalogue
    for recommendation in answer(PLANS[name]).recommendations:
        assert recommendation.evidence[0].value == recommendation.item.title
        for fact in recommendation.evidence[1:]:
            if fact.source == "catalogue":
                held = catalogue.item(fact.about).values[fact.name]
                assert (
                    set(fact.value) <= set(held)
                    if isinstance(held, tuple)
                    else held in (fact.value, *([fact.value[0]] if isinstance(fact.value, tuple) else []))
                )
            elif fact.name == "interactions":
                assert catalogue.item(fact.about).interactions == fact.value
            elif fact.name == "mean_value":
                assert round(catalogue.item(fact.about).mean_value, 1) == fact.value
            elif fact.name == "liked":
                assert catalogue.co_liked(fact.about, [])[0] == fact.value
            elif fact.name == "liked_both":
                assert catalogue.co_liked("g04", [fact.about])[1][fact.about] == fact.value
            elif fact.source == "person":
                assert fact.value == PLANS[name].query
            else:
                assert fact.name == "search_meaning"
                assert 0.4 <= fact.value <= 1


def test_what_was_asked_for_comes_first_in_the_reason(answer):
    first = answer(PLANS["a person"]).recommendations[0]
    assert "Ines Calder" in first.explanation.split(",")[0].split(" and ")[0]


def test_a_reason_tells_what_an_item_shares_with_the_one_named(answer):
    reasons = " ".join(each.explanation for each in answer(PLANS["an anchor"]).recommendations)
    assert "with Salt Road" in reasons
    assert "people who liked Salt Road" in reasons


def test_closeness_is_claimed_only_of_items_whose_text_is_near_the_words(answer):
    reply = answer(PLANS["a mood"])
    found = {each.item.id for each in reply.recommendations if "close in meaning to" in each.explanation}
    assert found
    assert "close in meaning to" not in " ".join(each.explanation for each in answer(PLANS["nothing"]).recommendations)


def test_an_item_with_hardly_any_facts_still_has_a_reason(answer, small_workspace):
    for each in answer(Plan(act=Act.RECOMMEND, count=50)).recommendations:
        assert len(each.explanation) > 5
