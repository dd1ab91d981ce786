"""Weights between items are those of the closed form, whichever matrix is inverted."""

import numpy as np
import pytest
from scipy import sparse

from tastemaker.tools.index.item_weights import ItemWeights


def fitted(users, items, axes, *, through_rows):
    draw = np.random.default_rng(8)
    likes = (draw.random((users, items)) < 0.2).astype(np.float32)
    told = draw.normal(size=(items, axes)).astype(np.float32)
    rows = np.vstack([likes, told.T])
    inverse = np.linalg.inv(rows.T @ rows + 5.0 * np.eye(items))
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return ItemWeights.fit(sparse.csr_array(likes), told, 5.0, through_rows=through_rows), weights


CASES = pytest.mark.parametrize(("axes", "through_rows"), [(0, False), (0, True), (3, False), (3, True)])


@CASES
def test_scores_are_the_weights_of_the_items_given(axes, through_rows):
    found, weights = fitted(12, 40, axes, through_rows=through_rows)
    assert found.through_rows is through_rows
    expected = weights[2] - 0.5 * weights[7]
    given = np.array([2, 7]), np.array([1.0, -0.5], dtype=np.float32)
    assert found.scores(*given, found.product(*given)) == pytest.approx(expected, abs=1e-5)


@CASES
def test_a_matrix_is_weighed_column_by_column(axes, through_rows):
    found, weights = fitted(12, 40, axes, through_rows=through_rows)
    values = np.random.default_rng(9).normal(size=(40, 4))
    assert found.applied(values) == pytest.approx(weights @ values, abs=1e-4)


@CASES
def test_the_arrays_make_the_same_weights_again(axes, through_rows):
    found, _ = fitted(12, 40, axes, through_rows=through_rows)
    again = ItemWeights.of(found.arrays())
    given = np.array([1, 5]), np.ones(2, dtype=np.float32)
    assert again.product(*given).tolist() == found.product(*given).tolist()


def test_a_missing_array_is_told():
    arrays = fitted(12, 40, 0, through_rows=True)[0].arrays()
    del arrays["diagonal"]
    with pytest.raises(KeyError):
        ItemWeights.of(arrays)
