"""The measures of a ranking are those of their definitions."""

import numpy as np
import pytest

from tastemaker.eval.taste.data import matrix_of
from tastemaker.eval.taste.measures import figures, measure, places
from tastemaker.eval.taste.splits import Held


def test_places_are_those_of_the_ranking_and_ties_stand_by_row():
    scores = np.array([0.5, 0.9, 0.5, 0.1, 0.5])
    assert places(scores, np.array([4, 1, 2])).tolist() == [0, 2, 3]


def test_what_stands_first_scores_one_and_what_stands_deep_little():
    assert figures(np.array([0, 1, 2])) == (1.0, 1.0, 1.0, 1.0)
    ten, recall, hundred, whole = figures(np.array([1, 30]))
    best = 1 + 1 / np.log2(3)
    assert ten == pytest.approx(1 / np.log2(3) / best)
    assert recall == 0.5
    assert hundred == whole == pytest.approx((1 / np.log2(3) + 1 / np.log2(32)) / best)


def test_recall_is_over_twenty_items_at_most():
    assert figures(np.arange(40))[1] == 1.0


def test_what_is_given_is_not_ranked():
    held = Held(np.array([0]), matrix_of([np.array([0, 1])], 4), (np.array([3]),))
    found = measure(np.array([[9.0, 8.0, 1.0, 5.0]]), held)
    assert found["NDCG@10"].tolist() == [1.0]
