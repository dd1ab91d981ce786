"""Popularity counts interactions, and lets the mean value decide between equals."""

from itertools import pairwise

import numpy as np

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.popular_items import popular_items


def test_items_stand_by_their_number_of_interactions(small_workspace):
    counts = [item.interactions for item in small_workspace.catalogue.items(popular_items(small_workspace).ids)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_of_equally_many_the_better_liked_comes_first(small_workspace):
    items = small_workspace.catalogue.items(popular_items(small_workspace).ids)
    pairs = [(one, other) for one, other in pairwise(items) if one.interactions == other.interactions]
    assert pairs
    assert all(one.mean_value >= other.mean_value for one, other in pairs if one.interactions)


def test_the_whole_part_of_a_score_is_the_number_of_interactions(small_workspace):
    found = popular_items(small_workspace)
    counts = [item.interactions for item in small_workspace.catalogue.items(found.ids)]
    assert np.floor(found.scores).tolist() == counts


def test_items_without_interactions_come_last_and_the_note_counts_them(small_workspace):
    silent = np.flatnonzero(small_workspace.catalogue.popularity == 0)
    found = popular_items(small_workspace)
    assert len(silent)
    assert set(found.rows[-len(silent) :].tolist()) == set(silent.tolist())
    assert found.note == f"{len(silent)} of the 60 candidates have no interactions."


def test_without_silent_items_there_is_no_note(small_workspace):
    loud = np.flatnonzero(small_workspace.catalogue.popularity > 0)[:5]
    pool = Candidates("test", loud, np.zeros(5), small_workspace.catalogue.ids)
    assert popular_items(small_workspace, within=pool).note == ""
