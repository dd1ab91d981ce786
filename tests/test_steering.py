"""The dial of daring is monotone, and unwanted themes move down."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import rankdata

from tastemaker.agent.state import State
from tastemaker.agent.steering import steered
from tastemaker.tools.popular_items import popular_items
from tastemaker.tools.search_meaning import search_meaning


def means(workspace, ranked, levels, k):
    popularity = workspace.catalogue.popularity
    return [float(popularity[steered(ranked, State(adventure=level), workspace).rows[:k]].mean()) for level in levels]


@pytest.mark.parametrize("query", ["", "ships and cargo", "a war of kings", "quick and funny"])
@pytest.mark.parametrize("k", [1, 3, 5, 10])
def test_the_more_daring_the_less_known_are_the_items(small_workspace, query, k):
    ranked = search_meaning(small_workspace, query=query) if query else popular_items(small_workspace)
    places = rankdata(small_workspace.catalogue.popularity[ranked.rows])
    place = dict(zip(ranked.rows.tolist(), places.tolist(), strict=True))
    found = []
    for level in np.linspace(-1, 1, 9):
        best = steered(ranked, State(adventure=float(level)), small_workspace).rows[:k]
        found.append(sum(place[row] for row in best.tolist()))
    assert found[0] > found[-1]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(found))
    first, *_, last = means(small_workspace, ranked, [-1.0, 0.0, 1.0], k)
    assert first > last


def test_without_daring_and_aversions_nothing_moves(small_workspace):
    ranked = popular_items(small_workspace)
    assert steered(ranked, State(), small_workspace) is ranked


def test_items_near_an_unwanted_theme_move_down(small_workspace):
    ranked = popular_items(small_workspace)
    nearest = search_meaning(small_workspace, query="war and battles").rows[:10].tolist()
    moved = steered(ranked, State(avoid=("war and battles",)), small_workspace)
    before, after = (
        np.mean([each.rows.tolist().index(row) for row in nearest if row in each.rows.tolist()])
        for each in (ranked, moved)
    )
    assert after > before
    assert sorted(moved.rows.tolist()) == sorted(ranked.rows.tolist())
    assert np.all(np.diff(moved.scores) <= 0)
