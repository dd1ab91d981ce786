"""A ranking blended with other values of its items."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.reordering import Pull, places, reordered, scaled

IDS = np.array([f"i{k:03}" for k in range(100)])


def ranked(count):
    return Candidates("fusion", np.arange(count), np.linspace(1.0, 0.1, count), IDS, "Found.")


@given(st.lists(st.floats(0, 1), min_size=2, max_size=60), st.integers(1, 20))
def test_more_weight_never_means_less_of_the_value(values, k):
    kept = np.array(values).round(3)
    found = [
        kept[reordered(ranked(len(kept)), [Pull(kept, weight)]).rows[:k]].sum() for weight in np.linspace(-2, 2, 17)
    ]
    assert (np.diff(found) >= -1e-6).all()


def test_what_stands_behind_the_values_stays_and_the_cost_is_told():
    moved = reordered(ranked(6), [Pull(np.array([0.0, 1.0, 0.5]), 5.0)])
    assert moved.rows.tolist() == [1, 2, 0, 3, 4, 5]
    assert moved.scores.tolist() == ranked(6).scores.tolist()
    assert moved.note == "Found. Mean score of the first 3: 0.82 before, 0.82 after."


def test_the_cost_is_the_mean_score_that_the_first_ten_lose():
    values = np.r_[np.zeros(10), np.ones(10)]
    moved = reordered(ranked(20), [Pull(values, 5.0)])
    before, after = ranked(20).scores[:10].mean(), ranked(20).scores[10:].mean()
    assert moved.note.endswith(f"{before:.4g} before, {after:.4g} after.")


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_moves_in_a_list_of_one_or_without_values(count):
    assert reordered(ranked(count), [Pull(np.ones(count), 1.0)]).rows.tolist() == list(range(count))
    assert reordered(ranked(5), []).note == "Found."


def test_places_leave_equals_alike_and_missing_ones_in_the_middle():
    assert places(np.array([5.0, 1.0, 1.0, np.nan, 9.0])) == pytest.approx([2 / 3, 1 / 6, 1 / 6, 0.5, 1.0])


def test_values_are_scaled_and_missing_ones_stand_at_the_mean():
    assert scaled(np.array([1990.0, 2010.0, np.nan, 1991.0])) == pytest.approx([0, 1, 7 / 20, 0.05])
    assert scaled(np.array([np.nan, np.nan])).tolist() == [0.5, 0.5]
