"""Every scorer of the comparison finds what is to the taste, and those with a closed form agree with it."""

import numpy as np
import pytest
from taste_logs import ITEMS, two_tastes

from tastemaker.eval.taste import factors, graph, neighbours
from tastemaker.eval.taste.data import matrix_of
from tastemaker.eval.taste.peer import Training, power, scaled

PEERS = [*neighbours.PEERS, *graph.PEERS, *factors.PEERS]


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_items_of_the_same_taste_score_higher(peer):
    if peer.package:
        pytest.importorskip(peer.package)
    data = two_tastes()
    fitted = peer.fit(Training(data.likes, data.vectors), **peer.settings[0])
    scores = fitted.score(matrix_of([np.array([0, 1, 2]), np.array([30, 31])], ITEMS))
    assert scores.shape == (2, ITEMS)
    assert np.isfinite(scores).all()
    if peer.name != "popularity":
        left, right = scores[:, : ITEMS // 2], scores[:, ITEMS // 2 :]
        first, second = np.delete(left[0], [0, 1, 2]).mean(), np.delete(right[1], [10, 11]).mean()
        assert first > right[0].mean()
        assert second > left[1].mean()


def test_neighbours_are_the_nearest_ones():
    data = two_tastes()
    likes = data.likes.toarray()
    lengths = np.linalg.norm(likes, axis=0)
    cosines = likes.T @ likes / np.outer(lengths, lengths)
    np.fill_diagonal(cosines, 0)
    kept = np.where(cosines >= np.sort(cosines, axis=0)[-5], cosines, 0.0)
    found = neighbours.nearest(Training(data.likes, None), 5, 0.0).score(matrix_of([np.array([3, 8])], ITEMS))
    assert found[0] == pytest.approx(kept[3] + kept[8], abs=1e-6)


def test_a_walk_goes_from_what_is_liked_through_people_to_items():
    data = two_tastes()
    likes = data.likes.toarray()
    people, fans = likes.sum(axis=1, keepdims=True), likes.sum(axis=0)
    expected = (likes[:, 4] / fans[4]) @ (likes / people) / fans**0.5
    found = graph.walk(Training(data.likes, None), 0.5).score(matrix_of([np.array([4])], ITEMS))
    assert found[0] == pytest.approx(expected, abs=1e-6)


def test_scaling_and_powers_leave_zeros():
    matrix = matrix_of([np.array([0, 2]), np.array([1])], 3)
    found = scaled(matrix, np.array([2.0, 3.0]), np.array([1.0, 10.0, 100.0]))
    assert found.toarray().tolist() == [[2, 0, 200], [0, 30, 0]]
    assert power(np.array([0.0, 4.0]), -0.5).tolist() == [0.0, 0.5]
