"""Complements are liked together more often than chance, whatever their fame."""

import numpy as np
import pytest

from tastemaker.tools.index.complement_model import ComplementModel
from tastemaker.tools.index.histories import Histories


def model_of(items, users):
    likes = np.array([row for each in users for row in each], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(each) for each in users])]).astype(np.int64)
    return ComplementModel(Histories(items, likes, starts, 1.0))


def test_what_goes_with_an_item_beats_what_everybody_likes():
    # Item 0 and item 1 are always liked together; item 2 is liked by everybody.
    users = [[0, 1, 2]] * 20 + [[2, 3]] * 80
    scores = model_of(4, users).scores(0)
    assert scores[1] > 0
    assert scores[1] > scores[2]


def test_a_score_is_that_of_the_formula():
    users = [[0, 1, 2]] * 20 + [[2, 3]] * 80
    by_chance = 20 * (20 * 2) / (220 - 20)
    assert model_of(4, users).scores(0)[1] == pytest.approx(np.log((20 + 5) / (by_chance + 5)), abs=1e-8)


def test_what_few_people_like_together_is_no_complement():
    assert model_of(40, [[0, 1]] * 2 + [[2, 3]] * 50).scores(0)[1] == 0
    assert model_of(40, [[0, 1]] * 3 + [[2, 3]] * 50).scores(0)[1] > 0


def test_what_lies_within_chance_is_no_complement():
    users = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] * 5
    assert model_of(4, users).scores(0).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_an_item_is_no_complement_of_itself():
    assert model_of(4, [[0, 1]] * 20 + [[2, 3]] * 50).scores(0)[0] == 0


def test_an_item_without_likes_has_no_complements():
    assert model_of(4, [[0, 1]] * 20).scores(3).tolist() == [0.0] * 4
    assert model_of(2, []).scores(0).tolist() == [0.0, 0.0]
