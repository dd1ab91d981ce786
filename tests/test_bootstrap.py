"""Bootstrap intervals hold the mean, are seeded, and pair what is compared."""

import numpy as np
import pytest

from tastemaker.eval.bootstrap import interval, paired_difference


def test_the_interval_holds_the_mean_and_counts_the_turns():
    found = interval([0.0, 1.0, 1.0, 0.0, 1.0], seed=7)
    assert found.mean == pytest.approx(0.6)
    assert found.low < found.mean < found.high
    assert found.n == 5


def test_the_same_seed_gives_the_same_interval_and_another_name_another_stream():
    values = list(np.random.default_rng(1).random(50))
    assert interval(values, 7, "mrr") == interval(values, 7, "mrr")
    assert interval(values, 7, "mrr") != interval(values, 8, "mrr")
    assert interval(values, 7, "mrr") != interval(values, 7, "hit@10")


def test_the_order_of_the_turns_does_not_matter():
    values = [0.0, 0.25, 1.0, 0.25, 0.5]
    assert interval(values, 7) == interval(values[::-1], 7)


def test_equal_values_have_an_interval_without_width():
    found = interval([0.5, 0.5, 0.5], seed=7)
    assert (found.low, found.mean, found.high) == (0.5, 0.5, 0.5)


def test_the_interval_is_as_wide_as_theory_says():
    # For a mean of n coin flips, 95% of resamples lie within 1.96 standard errors.
    found = interval([0.0, 1.0] * 500, seed=7)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(1000), rel=0.1)


def test_no_values_have_no_mean():
    with pytest.raises(ValueError, match="no value"):
        interval([], seed=7)


def test_a_paired_difference_is_narrower_than_the_figures_it_compares():
    ours = list(np.random.default_rng(2).random(200))
    theirs = [value - 0.1 for value in ours]
    difference = paired_difference(ours, theirs, 7)
    assert difference.mean == pytest.approx(0.1)
    assert difference.high - difference.low < 0.01
    assert difference.excludes_zero


def test_only_equally_many_turns_can_be_paired():
    with pytest.raises(ValueError, match="shorter"):
        paired_difference([1.0, 2.0], [1.0], 7)
