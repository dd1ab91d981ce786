"""Items beyond the largest matrix score as if each alone were added to it."""

import numpy as np
import pytest
from scipy import sparse

from tastemaker.tools.index.item_weights import ItemWeights
from tastemaker.tools.index.tail_weights import TailWeights


@pytest.mark.parametrize("through_rows", [False, True])
def test_each_item_scores_as_if_it_alone_were_added(through_rows):
    draw = np.random.default_rng(3)
    likes = (draw.random((15, 30)) < 0.3).astype(np.float32)
    texts = draw.normal(size=(30, 2)).astype(np.float32)
    modelled, rest = np.arange(24), np.arange(24, 30)
    weights = ItemWeights.fit(sparse.csr_array(likes[:, modelled]), texts[modelled], 5.0, through_rows=through_rows)
    tail = TailWeights(sparse.csr_array(likes[:, rest].T), texts[rest])
    found = tail.scores(weights, weights.product(np.array([2, 9]), np.ones(2, dtype=np.float32)))
    for place, item in enumerate(rest):
        rows = np.vstack([likes, texts.T])[:, [*modelled, item]]
        inverse = np.linalg.inv(rows.T @ rows + 5.0 * np.eye(25))
        expected = -(inverse[2, -1] + inverse[9, -1]) / inverse[-1, -1]
        assert found[place] == pytest.approx(expected, abs=1e-4)


def test_the_arrays_make_the_same_again():
    tail = TailWeights(sparse.csr_array(np.eye(3, 4, dtype=np.float32)), np.ones((3, 2), dtype=np.float32))
    again = TailWeights.of(tail.arrays())
    assert again.by_item.toarray().tolist() == tail.by_item.toarray().tolist()
    assert again.texts.tolist() == tail.texts.tolist()
