"""Candidates are ranked the same way everywhere, and the bus carries them without change."""

import numpy as np
import pytest

from tastemaker.tools.candidates import CandidateBus, Candidates, Proposal

IDS = np.array(["d", "b", "a", "c"])


def ranked(scores, limit=None):
    return Candidates.ranked("test", np.arange(len(scores)), np.array(scores, dtype=float), IDS, limit)


def test_the_highest_score_comes_first_and_ties_go_by_id():
    assert ranked([1, 2, 1, 2]).ids == ["b", "c", "a", "d"]


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4, 9])
def test_a_limit_cuts_the_whole_ranking(limit):
    assert ranked([1, 1, 1, 2], limit).ids == ["c", "a", "b", "d"][:limit]


def test_a_limit_below_nothing_is_nothing():
    assert ranked([1, 2], -3).ids == []


def test_scores_that_are_no_numbers_are_left_out():
    assert ranked([np.nan, 1, -np.inf, np.inf]).ids == ["b"]


def test_rows_can_be_taken_out_and_the_best_kept():
    candidates = ranked([4, 3, 2, 1])
    assert candidates.without([1, 3]).ids == ["d", "a"]
    assert candidates.without([]).ids == candidates.ids
    assert candidates.top(2).ids == ["d", "b"]


def test_two_calls_of_one_tool_are_two_proposals():
    bus = CandidateBus()
    for call in ("search_text#1", "search_text#2"):
        bus = bus.proposed(Proposal(call, ranked([1, 2])))
    assert [each.call for each in bus.proposals] == ["search_text#1", "search_text#2"]
    assert bus.pool is None
    assert len(bus.narrowed(ranked([1])).pool) == 1
    assert len(bus.narrowed(ranked([1])).proposals) == 2
