"""Diversification spreads the head of a list and changes nothing else."""

import numpy as np
import pytest

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.diversity import diversify

IDS = np.array([f"i{k:03}" for k in range(200)])


def candidates(count):
    return Candidates("fusion", np.arange(count), np.linspace(1.0, 0.5, count), IDS, "note")


def vectors(*angles):
    turned = np.radians(angles)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def test_a_twin_of_the_best_gives_way_to_something_else():
    assert diversify(candidates(4), vectors(0, 0, 90, 0), 2).ids == ["i000", "i002", "i001", "i003"]


def test_relevance_alone_leaves_the_order():
    assert diversify(candidates(4), vectors(0, 0, 90, 0), 3, trade_off=1.0).ids == candidates(4).ids


def test_the_best_stays_first_and_no_item_is_lost():
    rng = np.random.default_rng(3)
    space = vectors(*rng.uniform(0, 360, 200))
    spread = diversify(candidates(200), space, 10)
    assert spread.ids[0] == "i000"
    assert sorted(spread.ids) == sorted(candidates(200).ids)
    assert (np.diff(spread.scores) <= 0).all()
    assert spread.note == "note"


def test_what_follows_the_picked_keeps_its_order():
    space = vectors(*np.random.default_rng(3).uniform(0, 360, 200))
    rest = diversify(candidates(200), space, 10).ids[10:]
    assert rest == sorted(rest)


def test_nothing_from_far_down_the_list_is_picked():
    space = vectors(*[0.0] * 199, 180.0)
    assert "i199" not in diversify(candidates(200), space, 10, trade_off=0.1).ids[:10]


def test_the_same_list_comes_out_twice_and_ties_keep_their_order():
    space = vectors(*[0.0] * 20)
    level = Candidates("fusion", np.arange(20), np.ones(20), IDS)
    assert diversify(level, space, 5).ids == level.ids


@pytest.mark.parametrize("count", [0, 1, 2, 50])
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_short_lists_and_odd_counts_are_handled(count, size):
    assert sorted(diversify(candidates(size), vectors(0, 90, 180), count).ids) == candidates(size).ids


def test_real_lists_become_less_alike(small_workspace):
    space = small_workspace.vector_index.vectors
    rows, scores, _ = small_workspace.vector_index.search(space[3], 40)
    before = Candidates.ranked("search_meaning", rows, scores, small_workspace.catalogue.ids)
    after = diversify(before, space, 10)

    def alike(found):
        head = space[found.rows[:10]]
        return float(np.triu(head @ head.T, 1).sum())

    assert alike(after) < alike(before)
