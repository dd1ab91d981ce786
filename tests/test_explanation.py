"""Questions about items are answered from facts, and honestly where there are none."""

import pytest

from tastemaker.agent.explanation import Explainer
from tastemaker.agent.plan import Act, Inquiry, Plan
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint


@pytest.fixture
def explainer(small_workspace):
    return Explainer(small_workspace.catalogue)


@pytest.fixture
def two(small_workspace):
    known = [
        item
        for item in small_workspace.catalogue.items([str(each) for each in small_workspace.catalogue.ids])
        if item.values["playing_time"] is not None and item.values["designers"]
    ]
    shorter, longer = sorted(known, key=lambda item: item.values["playing_time"])[:: len(known) - 1]
    return shorter, longer


def ask(explainer, subject, state=None, **inquiry):
    plan = Plan(act=Act.EXPLAIN, subject=tuple(item.id for item in subject), inquiry=Inquiry(**inquiry))
    return explainer.answer(plan, state or State())


def test_a_fact_that_is_asked_for_is_all_that_is_said(explainer, two):
    answer = ask(explainer, two[:1], fields=("designers",))
    assert answer.text == f"**{two[0].title}**: designed by {' and '.join(two[0].values['designers'])}."
    assert {each.name for each in answer.evidence} >= {"designers"}


def test_a_fact_that_the_catalogue_lacks_is_not_guessed(explainer, small_workspace):
    catalogue = small_workspace.catalogue
    lacking = next(each for each in catalogue.items([str(i) for i in catalogue.ids]) if each.values["price"] is None)
    answer = ask(explainer, [lacking], fields=("price",))
    assert answer.text == f"The catalogue does not know the price of **{lacking.title}**."


def test_a_quality_that_no_field_tells_is_answered_with_what_is_known(explainer, two):
    answer = ask(explainer, two[:1], quality="sad")
    assert "“sad”" in answer.text
    assert two[0].values["description"] in answer.text


def test_the_shortest_of_some_items_is_named_first_with_its_figure(explainer, two):
    answer = ask(explainer, two[::-1], kind="least", fields=("playing_time",))
    first, second = (f"**{item.title}**, {item.values['playing_time']:.0f} minutes" for item in two)
    assert f"{first}; then {second}." in answer.text
    assert ask(explainer, two, kind="most", fields=("playing_time",)).text.index(second) < answer.text.index(second)


def test_an_item_meets_a_condition_or_does_not(explainer, two):
    kinds = two[0].values["kinds"]
    yes = Constraint(field="kinds", op="contains_any", value=kinds[:1])
    no = Constraint(field="kinds", op="contains_none", value=kinds[:1])
    assert ask(explainer, two[:1], checks=(yes,)).text.startswith("Yes. ")
    assert ask(explainer, two[:1], checks=(no,)).text.startswith("No. ")


def test_two_items_are_compared_fact_by_fact_with_evidence(explainer, two):
    answer = ask(explainer, two, kind="compare", fields=("playing_time",))
    assert all(item.title in answer.lines[0] for item in two)
    assert len(answer.lines) > 3
    assert {each.about for each in answer.evidence} == {item.id for item in two}


def test_why_is_answered_with_the_reason_given_and_the_wishes_kept(explainer, two):
    wish = Constraint(field="kinds", op="contains_any", value=two[0].values["kinds"][:1], said="my kind")
    state = State(conditions=(wish,), shown=((two[0].id,),), reasons=((two[0].id, "Short and rated 4 by one person."),))
    answer = ask(explainer, two[:1], state, kind="reason")
    assert "came up for this: Short and rated 4 by one person." in answer.text
    assert "It keeps what you asked for" in answer.text
    assert "“my kind”" in answer.text
    assert any(each.source == "person" for each in answer.evidence)
    other = ask(explainer, two[1:], state, kind="reason")
    assert other.text.startswith(f"I have not recommended **{two[1].title}**")


def test_without_any_item_there_is_no_answer(explainer):
    assert ask(explainer, ()).lines == []
