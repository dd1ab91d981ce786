"""Diversification spreads the head of a list and changes nothing else."""

import numpy as np
import pytest

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.diversity import diversify, mean_distance, spread
from tastemaker.tools.search_meaning import search_meaning

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


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [5, 10])
def test_the_dial_turned_up_never_makes_the_list_more_alike(seed, count):
    rng = np.random.default_rng(seed)
    space = rng.normal(size=(200, 8)).astype(np.float32)
    space /= np.linalg.norm(space, axis=1, keepdims=True)
    found = [
        mean_distance(space[spread(candidates(200), space, count, level).rows[:count]])
        for level in np.linspace(-1, 1, 21)
    ]
    assert (np.diff(found) >= 0).all()
    assert found[-1] > found[0]


@pytest.mark.parametrize("query", ["ships and cargo", "a war of kings", "quick and funny"])
def test_real_lists_differ_more_as_the_dial_is_turned_up(small_workspace, query):
    space = small_workspace.vector_index.vectors
    ranked = search_meaning(small_workspace, query=query)
    found = [
        mean_distance(space[spread(ranked, space, 10, level).rows[:10]]) for level in (-1, -0.5, 0, 0.3, 0.5, 0.8, 1)
    ]
    assert (np.diff(found) >= 0).all()
    assert found[-1] > found[0]


def test_the_dial_at_neutral_changes_nothing_of_the_diversification():
    space = vectors(*np.random.default_rng(3).uniform(0, 360, 200))
    assert spread(candidates(200), space, 10).ids == diversify(candidates(200), space, 10).ids


def test_how_much_the_list_differs_is_told():
    assert spread(candidates(4), vectors(0, 0, 90, 0), 2).note == "note Mean distance among the first 2: 1.000."
    assert spread(candidates(1), vectors(0), 5).note == "note"
    assert len(spread(candidates(0), vectors(0), 5)) == 0


def test_how_much_items_differ_is_the_mean_over_their_pairs():
    assert mean_distance(vectors(0, 90, 180)) == pytest.approx((1 + 1 + 2) / 3, abs=1e-6)
    assert mean_distance(vectors(0)) == 0
