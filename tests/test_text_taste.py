"""Taste from texts: coordinates keep what the texts have in common, and the map gives the taste model's scores back."""

import numpy as np
import pytest

from tastemaker.tools.index.text_taste import TextTaste, coordinates


def texts(items, dimensions, seed=1):
    return np.random.default_rng(seed).normal(size=(items, dimensions)).astype(np.float32)


def test_all_coordinates_keep_the_cosines_between_centred_texts():
    vectors = texts(30, 8)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    found = coordinates(vectors)
    assert found @ found.T == pytest.approx(centred @ centred.T, abs=1e-5)
    assert (np.diff(np.square(found).sum(axis=0)) <= 1e-6).all()


def test_of_many_items_the_widest_axes_are_kept():
    vectors = texts(30, 8)
    assert coordinates(vectors, most=90) == pytest.approx(coordinates(vectors)[:, :3])
    assert coordinates(vectors, most=1).shape == (30, 1)


def test_texts_that_are_all_the_same_lie_nowhere():
    assert (coordinates(np.ones((5, 3), dtype=np.float32)) == 0).all()


def test_an_unknown_item_gets_the_score_of_the_known_item_with_its_text():
    vectors = texts(40, 6)
    vectors[39] = vectors[0]
    placed = coordinates(vectors)
    modelled = np.arange(39)
    by_text = np.random.default_rng(5).normal(size=6)
    weights = np.outer(np.arange(1.0, 40.0), placed[:39] @ by_text) * 100
    fitted = TextTaste.fit(placed, modelled, np.full(39, 9), np.array([39]), lambda values: weights @ values)
    places = np.array([2, 4])
    score = fitted.scores(places, np.ones(2, dtype=np.float32))
    assert score.shape == (1,)
    expected = weights[[2, 4], 0].sum()
    assert abs(score[0]) < abs(expected)
    assert np.sign(score[0]) == np.sign(expected)


def test_the_score_of_several_likes_is_the_sum_of_theirs_and_a_dislike_turns_it():
    placed = coordinates(texts(40, 6))
    weights = np.random.default_rng(6).normal(size=(30, 30))
    fitted = TextTaste.fit(placed, np.arange(30), np.arange(1, 31), np.arange(30, 40), lambda values: weights @ values)
    one = np.ones(1, dtype=np.float32)
    apart = [fitted.scores(np.array([place]), one) for place in (3, 7)]
    assert fitted.scores(np.array([3, 7]), np.array([1.0, -1.0], dtype=np.float32)) == pytest.approx(
        apart[0] - apart[1], abs=1e-5
    )
