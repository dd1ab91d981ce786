"""Edges between items that the same people like: the strongest few, summing to 1."""

import numpy as np
import pytest

from tastemaker.tools.index import liked_together as module
from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.liked_together import NEIGHBOURS, liked_together


def histories_of(items, *users):
    likes = np.array([row for each in users for row in each], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(each) for each in users])]).astype(np.int64)
    return Histories(items, likes, starts, 1.0)


def test_edges_lead_to_what_the_same_people_like_and_sum_to_one():
    edges = liked_together(histories_of(5, [0, 1], [0, 1, 2], [3])).toarray()
    assert edges[0, 1] > edges[0, 2] > 0
    assert edges.sum(axis=1) == pytest.approx([1, 1, 1, 0, 0])
    assert np.diag(edges).tolist() == [0] * 5


def test_a_long_history_says_less_of_each_pair_in_it():
    edges = liked_together(histories_of(20, [0, 1], [0, 2, *range(4, 20)], [2])).toarray()
    assert edges[0, 1] > edges[0, 2]


def test_an_item_that_everybody_likes_gets_less_than_its_share():
    edges = liked_together(histories_of(6, [0, 1, 2], [1, 3], [1, 4], [1, 5])).toarray()
    assert edges[0, 2] > edges[0, 1]


def test_an_item_keeps_its_strongest_edges_ties_by_row():
    users = [list(range(NEIGHBOURS + 11)), [0, NEIGHBOURS + 10]]
    edges = liked_together(histories_of(NEIGHBOURS + 11, *users))
    kept = edges[[0]].indices
    assert sorted(kept) == [*range(1, NEIGHBOURS), NEIGHBOURS + 10]


def test_blocks_change_nothing(monkeypatch):
    generator = np.random.default_rng(3)
    users = [generator.choice(30, size=8, replace=False).tolist() for _ in range(20)]
    whole = liked_together(histories_of(30, *users)).toarray()
    monkeypatch.setattr(module, "_BLOCK", 7)
    assert (liked_together(histories_of(30, *users)).toarray() == whole).all()


def test_without_likes_there_are_no_edges():
    assert liked_together(histories_of(4)).nnz == 0
