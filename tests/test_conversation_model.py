"""The conversation model counts which items are named in conversations, and which together."""

import json

import numpy as np
import pytest

from tastemaker.tools.index.conversation_model import SHRINKAGE, Conversation, ConversationModel

IDS = ["a", "b", "c", "d", "e"]
ROW_OF = {item: row for row, item in enumerate(IDS)}
FUNNY, SAD = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)


def rows(*numbers):
    return np.array(numbers, dtype=np.int64)


@pytest.fixture
def model():
    return ConversationModel.fit(
        [
            Conversation(rows(0, 1), [FUNNY], [rows(1)]),
            Conversation(rows(0, 1, 2), [SAD, SAD], [rows(0), rows(2, 3)]),
            Conversation(rows(2, 2)),
            Conversation(rows()),
        ],
        5,
    )


def test_an_item_counts_once_a_conversation(model):
    assert model.named.tolist() == [2, 2, 2, 0, 0]
    assert model.size == 4


def test_items_named_together_are_near_and_the_more_often_the_nearer(model):
    near, far, never = model.named_together(rows(1, 2, 3), rows(0))[:, 0]
    assert near == pytest.approx(2 / (2 + SHRINKAGE))
    assert far == pytest.approx(1 / (2 + SHRINKAGE))
    assert never == 0


def test_an_item_is_not_named_together_with_itself(model):
    assert model.named_together(rows(0, 1), rows(0))[0, 0] == 0


def test_what_was_answered_to_words_alike_counts_and_to_others_does_not(model):
    assert model.answered(FUNNY).tolist() == [0, 1, 0, 0, 0]
    assert model.answered(SAD).tolist() == [0.5, 0, 0.5, 0.5, 0]
    between = (FUNNY + SAD) / np.float32(np.sqrt(2))
    assert model.answered(between) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1 / 3, 0])


def test_what_is_written_is_what_is_read_in_whatever_order_the_items_stand(model):
    told = json.loads(json.dumps(model.as_json(IDS)))
    turned = ConversationModel.from_json(told, {item: 4 - row for item, row in ROW_OF.items()})
    assert turned.named.tolist() == model.named.tolist()[::-1]
    assert turned.named_together(rows(3, 2), rows(4)) == pytest.approx(model.named_together(rows(1, 2), rows(0)))
    assert turned.answered(SAD).tolist() == model.answered(SAD).tolist()[::-1]
    assert turned.size == model.size


def test_items_that_the_catalogue_does_not_have_are_left_out(model):
    fewer = ConversationModel.from_json(model.as_json(IDS), {"a": 0, "c": 1})
    assert fewer.named.tolist() == [2, 2]
    assert fewer.answered(SAD).tolist() == [0.5, 0.5]
    assert fewer.named_together(rows(1), rows(0))[0, 0] == pytest.approx(1 / (2 + SHRINKAGE))


def test_no_conversations_are_a_model_that_knows_nothing():
    empty = ConversationModel.fit([], 3)
    assert empty.named.tolist() == [0, 0, 0]
    assert not empty.named_together(rows(0, 1), rows(2)).any()
    assert not empty.answered(FUNNY).any()
