"""Every dial is monotone: turned up in steps, the list never goes the wrong way. Unwanted themes move down."""

from itertools import pairwise

import numpy as np
import pytest

from tastemaker.agent.dials import Dials
from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.agent.steering import steered, unexpected
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.diversity import spread
from tastemaker.tools.popular_items import popular_items
from tastemaker.tools.reordering import scaled
from tastemaker.tools.search_meaning import search_meaning

STEPS = np.linspace(-1, 1, 9).tolist()
QUERIES = ("", "ships and cargo", "a war of kings", "quick and funny")
LIKED = (Rate(opinion="like", item_id="g01", title="Harbour"), Rate(opinion="like", item_id="g04", title="Salt Road"))


def ranking(workspace, query):
    return search_meaning(workspace, query=query) if query else popular_items(workspace)


def never_falls(found):
    return found[-1] > found[0] and all(later >= earlier - 1e-9 for earlier, later in pairwise(found))


def turned(workspace, query, dial, ratings=()):
    """Return a ranking of the board games at every step of a dial."""
    ranked = ranking(workspace, query)
    return [steered(ranked, State(dials=Dials(**{dial: step}), ratings=ratings), workspace) for step in STEPS]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("k", [1, 3, 5, 10])
def test_the_more_fame_the_better_known_are_the_items(small_workspace, query, k):
    popularity = small_workspace.catalogue.popularity
    assert never_falls([float(popularity[each.rows[:k]].mean()) for each in turned(small_workspace, query, "fame")])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("k", [1, 3, 5, 10])
def test_the_more_recency_the_newer_are_the_items(small_workspace, query, k):
    # What has no year counts as neither old nor new.
    years = small_workspace.catalogue.numbers("year")[ranking(small_workspace, query).rows]
    known = dict(zip(ranking(small_workspace, query).rows.tolist(), scaled(years), strict=True))
    found = turned(small_workspace, query, "recency")
    assert never_falls([sum(known[row] for row in each.rows[:k].tolist()) for each in found])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("k", [1, 3, 5, 10])
def test_the_more_adventure_the_less_known_are_the_items(small_workspace, query, k):
    popularity = small_workspace.catalogue.popularity
    found = turned(small_workspace, query, "adventure")
    assert never_falls([-float(popularity[each.rows[:k]].mean()) for each in found])


@pytest.mark.parametrize("query", QUERIES)
def test_the_more_adventure_the_farther_are_the_items_from_what_is_liked(small_workspace, query):
    ranked = ranking(small_workspace, query)
    state = State(ratings=LIKED)
    value = dict(zip(ranked.rows.tolist(), unexpected(ranked.rows, state, small_workspace), strict=True))
    found = turned(small_workspace, query, "adventure", LIKED)
    for k in (1, 3, 5, 10):
        assert never_falls([sum(value[row] for row in each.rows[:k].tolist()) for each in found])
    vectors = small_workspace.vector_index.vectors
    liked = vectors[[small_workspace.catalogue.row_of[each.item_id] for each in LIKED]]
    nearest = [float((vectors[each.rows[:10]] @ liked.T).max(axis=1).mean()) for each in (found[0], found[-1])]
    assert nearest[1] < nearest[0]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("dial", "sign"), [("fame", 1), ("adventure", -1), ("recency", 1)])
def test_a_dial_still_holds_once_the_list_is_diversified(small_workspace, query, dial, sign):
    values = small_workspace.catalogue.numbers("year") if dial == "recency" else small_workspace.catalogue.popularity
    vectors = small_workspace.vector_index.vectors
    found = [
        sign * float(np.nanmean(values[spread(each, vectors, 10).rows[:10]]))
        for each in turned(small_workspace, query, dial)
    ]
    assert found[-1] >= found[len(found) // 2] >= found[0]
    assert found[-1] > found[0]


def test_with_neutral_dials_and_without_aversions_nothing_moves(small_workspace):
    ranked = popular_items(small_workspace)
    assert steered(ranked, State(), small_workspace) is ranked
    assert steered(ranked, State(dials=Dials(diversity=1.0)), small_workspace) is ranked


def test_a_list_without_items_is_steered_too(small_workspace):
    none = Candidates("fusion", np.empty(0, dtype=np.int64), np.empty(0), small_workspace.catalogue.ids)
    state = State(dials=Dials(adventure=1, recency=1, fame=1), avoid=("war",), ratings=LIKED)
    assert len(steered(none, state, small_workspace)) == 0


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
    assert "Mean score of the first 10" in moved.note
