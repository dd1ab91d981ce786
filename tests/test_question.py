"""The one question: which field narrows most, what is never asked again, and that its ready answers are understood."""

import numpy as np
import pytest

from tastemaker.agent.plan import Require
from tastemaker.agent.question import WORTH_A_TURN, Questioner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator


@pytest.fixture(scope="module")
def questioner(demo_workspace) -> Questioner:
    """Questions over the demo."""
    return Questioner(demo_workspace.catalogue)


@pytest.fixture(scope="module")
def everything(demo_workspace):
    """All rows of the demo."""
    return np.arange(len(demo_workspace.catalogue))


def test_a_new_person_is_asked_for_the_kind_first(questioner, everything):
    question = questioner.best(everything, State(), 5)
    assert question.field == "genres"
    assert question.gain >= WORTH_A_TURN
    assert 2 <= len(question.chips) <= 4


def test_what_was_asked_before_is_not_asked_again(questioner, everything):
    asked: list[str] = []
    while question := questioner.best(everything, State(asked=tuple(asked)), 5):
        assert question.field not in asked
        asked.append(question.field)
    assert len(asked) >= 3


def test_what_is_wished_is_not_asked_and_what_is_only_refused_may_be(questioner, everything):
    wish = Constraint(field="genres", op=Operator.CONTAINS_ANY, value=("Comedy",))
    refusal = Constraint(field="genres", op=Operator.CONTAINS_NONE, value=("Horror",))
    either = Group(join="any", members=(wish, Constraint(field="year", op=Operator.AT_LEAST, value=(1990,))))
    assert questioner.best(everything, State(conditions=(wish,)), 5).field != "genres"
    assert questioner.best(everything, State(conditions=(refusal,)), 5).field == "genres"
    assert questioner.best(everything, State(conditions=(either,)), 5).field not in ("genres", "year")


def test_every_answer_offered_leaves_enough_to_show(questioner, demo_workspace, films):
    few = demo_workspace.catalogue.rows_where(
        [Constraint(field="director", op=Operator.CONTAINS_ANY, value=("Alfred Hitchcock",))]
    )
    question = questioner.best(few, State(), 5)
    for chip in question.chips:
        plan = films.plan(chip.words, State()).plan
        wishes = [change.condition for change in plan.changes if isinstance(change, Require)]
        left = np.intersect1d(few, demo_workspace.catalogue.rows_where(wishes))
        assert len(left) >= 5, chip


def test_nothing_is_asked_of_too_few_candidates(questioner):
    assert questioner.best(np.arange(3), State(), 5) is None


@pytest.mark.parametrize("settled", [(), ("genres",), ("genres", "year"), ("genres", "year", "runtime")])
def test_the_rules_understand_every_ready_answer_as_a_wish_on_the_field_asked(questioner, everything, films, settled):
    question = questioner.best(everything, State(asked=settled), 5)
    for chip in question.chips:
        changes = films.plan(chip.words, State()).plan.changes
        assert [change.condition.field for change in changes if isinstance(change, Require)] == [question.field], chip


def test_an_empty_request_gets_suggestions_and_a_question_that_is_put_once(demo_workspace_path):
    with Recommender.open(demo_workspace_path) as recommender:
        session = recommender.session()
        first = session.say("recommend me something")
        assert (first.act, first.asked, len(first.recommendations)) == ("ask", "genres", 5)
        assert first.text.endswith(first.closing)
        second = session.say("recommend me something")
        assert second.asked != "genres"
        assert set(second.ranking(5)).isdisjoint(first.ranking(5))


def test_who_said_enough_gets_a_list_and_the_question_as_ready_answers_only(demo_workspace_path):
    with Recommender.open(demo_workspace_path) as recommender:
        reply = recommender.session().say("something from the nineties")
    assert (reply.act, reply.asked, reply.closing) == ("recommend", "", "")
    assert reply.chips
