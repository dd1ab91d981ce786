"""Teaching a ranker on dialogues: nothing that describes a dialogue has seen it, and the figures are of other folds."""

import numpy as np
import pytest

from tastemaker.agent.executor import Executor
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.eval.dialogue import Dialogue
from tastemaker.eval.ranking import teaching
from tastemaker.eval.ranking.examples import LATER, NOW, Follower, example_of, items_of
from tastemaker.eval.ranking.teaching import cross_validated, teach
from tastemaker.tools.errors import UserError
from tastemaker.tools.index.conversation_model import Conversation, ConversationModel


@pytest.fixture(scope="module")
def tools(small_workspace):
    executor = Executor(small_workspace, tool_timeout=20)
    yield small_workspace, RulesPlanner(small_workspace), executor
    executor.close()


@pytest.fixture(scope="module")
def dialogues(small_workspace):
    """Forty talks: whoever likes a game is told of the next one in the catalogue, and then of the one after."""
    items = small_workspace.catalogue.items(small_workspace.catalogue.ids.tolist())
    return [
        Dialogue.model_validate(
            {
                "id": f"d{number}",
                "turns": [
                    {
                        "user": f"I love {one.title}. What else is there?",
                        "assistant": f"Try {two.title}.",
                        "mentioned": [one.id],
                        "relevant": [two.id],
                    },
                    {"user": "And another one?", "assistant": f"{three.title}!", "relevant": [three.id]},
                ],
            }
        )
        for number, (one, two, three) in enumerate(zip(items[:40], items[1:41], items[2:42], strict=True))
    ]


def test_a_moment_knows_what_was_said_and_named_before_it_and_not_its_answer(tools, dialogues):
    workspace, *_ = tools
    first, second = Follower(*tools).moments(dialogues[3])
    assert first.request.said.startswith("I love")
    assert first.request.named.tolist() == [3]
    assert (first.relevant.tolist(), first.later.tolist(), first.opening) == ([4], [5], False)
    assert second.request.named.tolist() == [3, 4]
    assert second.relevant.tolist() == [5]
    assert not np.isin([3, 4], second.pool).any()
    assert items_of(dialogues[3], workspace.catalogue.row_of).tolist() == [3, 4, 5]


def test_grades_tell_the_answer_from_later_ones_and_from_the_rest(tools, dialogues):
    workspace, *_ = tools
    first, _ = Follower(*tools).moments(dialogues[3])
    found = example_of(workspace, first, ConversationModel.fit([Conversation(np.array([1, 2]))], 60))
    assert {int(row): int(grade) for row, grade in zip(found.rows, found.example.grades, strict=True) if grade} == {
        4: NOW,
        5: LATER,
    }


def test_too_few_turns_are_told_with_how_many_are_needed(tools, dialogues):
    with pytest.raises(UserError, match=r"Only 8 turns .* at least 100"):
        teach(*tools, dialogues[:4])


def test_features_of_a_dialogue_come_from_the_conversations_of_other_folds(tools, dialogues, monkeypatch):
    monkeypatch.setattr(teaching, "LEAST_TURNS", 10)
    counted = []
    fit = ConversationModel.fit
    monkeypatch.setattr(
        teaching.ConversationModel, "fit", lambda told, items: counted.append(len(told)) or fit(told, items)
    )
    taught = teach(*tools, dialogues, folds=4)
    assert counted == [30, 30, 30, 30, 40]
    assert sorted(taught.fold_of.values()) == [0] * 10 + [1] * 10 + [2] * 10 + [3] * 10
    assert len(taught.examples) == 80
    assert taught.ranker.taught_on == "80 turns of 40 dialogues"
    assert taught.ranker.conversations.size == 40


def test_a_ranker_is_measured_on_folds_it_was_not_taught_on(tools, dialogues, monkeypatch):
    monkeypatch.setattr(teaching, "LEAST_TURNS", 10)
    workspace, *_ = tools
    taught = teach(*tools, dialogues, folds=4)
    measured = cross_validated(taught, workspace.catalogue.ids)
    assert measured["recall@50"].n == 80
    assert measured["on the shortlist"].mean == 1.0
    assert 0 <= measured["recall@1"].mean <= measured["recall@10"].mean <= measured["recall@50"].mean
    assert cross_validated(taught, workspace.catalogue.ids) == measured
