"""The sequence model scores what people like next: order and recency matter."""

import numpy as np
import pytest

from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.sequence_model import MOST_GIVEN, SequenceModel


def model_of(items, *sequences):
    likes = np.array([row for each in sequences for row in each], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(each) for each in sequences])]).astype(np.int64)
    return SequenceModel(Histories(items, likes, starts, 1.0))


def test_what_comes_after_counts_more_than_what_came_before():
    scores = model_of(3, [0, 1, 2], [0, 1, 2]).scores(np.array([1]))
    assert scores[2] > scores[0] > 0
    assert scores[1] == 0


def test_what_comes_soon_counts_more_than_what_comes_later():
    scores = model_of(4, [0, 1, 2, 3]).scores(np.array([0]))
    assert scores[1] > scores[2] > scores[3] > 0


def test_the_last_like_given_counts_most():
    model = model_of(4, [0, 2], [1, 3])
    assert model.scores(np.array([0, 1]))[3] > model.scores(np.array([0, 1]))[2] > 0
    assert model.scores(np.array([1, 0]))[2] > model.scores(np.array([1, 0]))[3] > 0


def test_other_users_likes_are_not_next_to_ones_own():
    scores = model_of(4, [0, 1], [2, 3]).scores(np.array([1]))
    assert scores.tolist() == [0.5, 0.0, 0.0, 0.0]


def test_a_score_is_that_of_the_formula():
    # Item 0 has two fans, item 2 two: 1/sqrt(2) of the transition at distance 1 and of that at 2, over 2 ** 0.25.
    scores = model_of(3, [0, 2], [0, 1, 2]).scores(np.array([0]))
    assert scores[2] == pytest.approx((1 + 1 / np.sqrt(2)) / np.sqrt(2) / 2**0.25, abs=1e-8)


def test_only_the_latest_likes_are_looked_at():
    model = model_of(60, [0, 59], list(range(1, 50)))
    given = np.arange(MOST_GIVEN + 1)
    assert model.scores(given)[59] == 0
    assert model.scores(given[:-1])[59] > 0


def test_a_famous_item_is_followed_through_some_of_its_users_at_the_same_scale():
    few, many = (model_of(2, *[[0, 1]] * users).scores(np.array([0]))[1] for users in (500, 1001))
    assert many == pytest.approx(few * np.sqrt(1001 / 500) * (500 / 1001) ** 0.25, rel=1e-6)


def test_items_that_nobody_liked_say_nothing_and_are_not_found():
    model = model_of(3, [0, 1])
    assert model.scores(np.array([2])).tolist() == [0.0, 0.0, 0.0]
    assert model.scores(np.array([], dtype=np.int64)).tolist() == [0.0, 0.0, 0.0]
    assert model.known(np.array([0, 2])).tolist() == [True, False]


def test_without_likes_every_score_is_nothing():
    assert model_of(2).scores(np.array([0, 1])).tolist() == [0.0, 0.0]
