"""The tool that steers a taste by words: monotone in its strength, and its cost is told."""

import re
from itertools import pairwise

import numpy as np
import pytest

from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.filter_items import filter_items
from tastemaker.tools.steer import matches, steer

LIKED = ["g01", "g04"]
STRENGTHS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
REQUESTS = [
    {"more": ["ships and the sea"]},
    {"less": ["war and battles"]},
    {"more": ["quick and funny"], "less": ["long and serious"]},
]


def found(workspace, request, liked, **more):
    return [steer(workspace, **request, liked=liked, strength=strength, **more) for strength in STRENGTHS]


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("liked", [LIKED, []])
@pytest.mark.parametrize("k", [1, 5, 10])
def test_the_stronger_it_steers_the_better_the_items_match_the_words(small_workspace, request_, liked, k):
    means = [
        matches(small_workspace, each.rows[:k], **request_).mean() for each in found(small_workspace, request_, liked)
    ]
    assert means[-1] > means[0]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(means))


@pytest.mark.parametrize("request_", REQUESTS)
def test_what_it_costs_in_taste_is_told_and_never_falls_with_the_strength(small_workspace, request_):
    rows = [small_workspace.catalogue.row_of[each] for each in LIKED]
    taste = small_workspace.taste.scores(np.array(rows))
    after = []
    for each in found(small_workspace, request_, LIKED):
        told = re.search(r"Mean score of the first 10: (\S+) before, (\S+) after\.$", each.note)
        assert float(told[2]) == pytest.approx(taste[each.rows[:10]].mean(), rel=1e-3)
        after.append(float(told[2]))
    assert after[0] == float(told[1])
    assert after[-1] < after[0]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(after))


def test_without_strength_it_is_taste_alone(small_workspace):
    assert "g01" not in steer(small_workspace, more=["sea"], liked=LIKED, strength=0.0).ids
    rows = [small_workspace.catalogue.row_of[each] for each in LIKED]
    taste = small_workspace.taste.scores(np.array(rows))
    by_taste = steer(small_workspace, more=["sea"], liked=LIKED, strength=0.0).rows
    assert (np.diff(taste[by_taste]) <= 0).all()


def test_words_on_both_sides_pull_both_ways(small_workspace):
    sea, war = (matches(small_workspace, np.arange(60), more=[word]) for word in ("sea", "war"))
    both = matches(small_workspace, np.arange(60), more=["sea"], less=["war"])
    assert both == pytest.approx(sea - war)


def test_it_stays_within_the_candidates_and_the_limit(small_workspace):
    war = Constraint(field="kinds", op="contains_any", value="War")
    pool = filter_items(small_workspace, conditions=[war])
    inside = steer(small_workspace, less=["blood"], liked=LIKED, within=pool, limit=3)
    assert len(inside) == 3
    assert set(inside.ids) <= set(pool.ids)


@pytest.mark.parametrize("words", [{}, {"more": ["  "]}, {"less": []}])
def test_without_words_there_is_nothing_to_lean_by(small_workspace, words):
    with pytest.raises(RetryableToolError, match="give at least one word under more or less"):
        steer(small_workspace, **words)
