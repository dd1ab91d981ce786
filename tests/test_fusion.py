"""Rank fusion hears ranks and weights, and nothing else."""

import numpy as np
import pytest

from tastemaker.tools.candidates import Candidates, Proposal
from tastemaker.tools.fusion import reciprocal_rank_fusion

IDS = np.array([f"i{k}" for k in range(6)])


def proposal(*rows, weight=1.0, scale=1.0):
    scores = scale * np.arange(len(rows), 0, -1, dtype=float)
    return Proposal("test#1", Candidates("test", np.array(rows, dtype=np.int64), scores, IDS), weight)


def test_an_item_that_two_rankings_name_comes_before_one_that_leads_a_single_one():
    assert reciprocal_rank_fusion([proposal(0, 2), proposal(1, 2)], IDS).ids == ["i2", "i0", "i1"]


def test_the_sum_is_of_weight_by_k_and_rank():
    fused = reciprocal_rank_fusion([proposal(3, 4), proposal(4, weight=2.0)], IDS)
    assert dict(zip(fused.ids, fused.scores, strict=True)) == pytest.approx({"i4": 1 / 62 + 2 / 61, "i3": 1 / 61})


def test_scores_of_the_tools_are_not_looked_at():
    small = reciprocal_rank_fusion([proposal(0, 1, scale=1e-9), proposal(2)], IDS)
    large = reciprocal_rank_fusion([proposal(0, 1, scale=1e9), proposal(2)], IDS)
    assert small.ids == large.ids


def test_the_order_of_the_proposals_does_not_matter():
    proposals = [proposal(0, 1, 2), proposal(2, 1, 0, weight=0.3), proposal(5, 1, weight=0.7)]
    one, other = reciprocal_rank_fusion(proposals, IDS), reciprocal_rank_fusion(proposals[::-1], IDS)
    assert one.ids == other.ids
    assert one.scores.tolist() == other.scores.tolist()


def test_equals_stand_in_the_order_of_their_ids():
    assert reciprocal_rank_fusion([proposal(5), proposal(1), proposal(3)], IDS).ids == ["i1", "i3", "i5"]


def test_a_proposal_without_weight_is_not_heard():
    assert reciprocal_rank_fusion([proposal(0), proposal(1, weight=0.0)], IDS).ids == ["i0"]


@pytest.mark.parametrize("proposals", [[], [proposal()]])
def test_nothing_proposed_gives_nothing(proposals):
    assert len(reciprocal_rank_fusion(proposals, IDS)) == 0
