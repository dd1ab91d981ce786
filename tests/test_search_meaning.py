"""The tool of dense search."""

import numpy as np

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.search_meaning import search_meaning


def test_items_are_found_without_a_word_of_theirs(small_workspace):
    assert "g06" in search_meaning(small_workspace, "frightening and scary, together against a volcano", limit=8).ids


def test_the_route_is_told(small_workspace):
    assert search_meaning(small_workspace, "bread").note == "Route: exact."


def test_scores_are_cosines(small_workspace):
    found = search_meaning(small_workspace, "a quick card game for the family", limit=60)
    assert len(found) == 60
    assert found.scores.max() < 1.0
    assert found.scores.min() > -1.0


def test_an_empty_query_says_so(small_workspace):
    found = search_meaning(small_workspace, "  ")
    assert len(found) == 0
    assert found.note == "The query is empty."


def test_a_pool_changes_the_scores_of_none(small_workspace):
    everything = search_meaning(small_workspace, "war at sea", limit=60)
    pool = Candidates("test", np.arange(4), np.zeros(4), small_workspace.catalogue.ids)
    narrowed = search_meaning(small_workspace, "war at sea", within=pool)
    known = dict(zip(everything.ids, everything.scores.tolist(), strict=True))
    assert narrowed.scores.tolist() == [known[item] for item in narrowed.ids]
