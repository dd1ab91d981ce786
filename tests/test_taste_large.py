"""The cost of many items is measured on a log as skewed as real ones are."""

import numpy as np

from tastemaker.eval.taste.large import made_up, measure


def test_few_items_have_most_of_the_likes_and_nobody_likes_one_twice():
    likes = made_up(2000, 500, 20_000)
    assert likes.shape == (500, 2000)
    fans = np.sort(likes.sum(axis=0))[::-1]
    assert fans[:200].sum() > 0.4 * fans.sum()
    assert set(likes.data) == {1.0}
    assert likes.nnz == len(set(zip(*(side.tolist() for side in likes.nonzero()), strict=True))) > 10_000


def test_the_command_tells_time_and_memory_and_what_was_modelled(capsys):
    measure(items=600, people=300, likes=5000, dimensions=8, largest_side=100)
    said = capsys.readouterr().out
    assert said.startswith("EASE through items: 100 of 600 items, ")
    assert "that fewer like, each by itself" in said
    assert "MB, peak of the process" in said
    assert "fold-in of 20 likes: p50" in said
