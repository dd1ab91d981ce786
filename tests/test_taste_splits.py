"""People are parted so that whoever is scored trained nothing."""

import numpy as np
from taste_logs import PEOPLE, two_tastes

from tastemaker.eval.taste.data import rows_of
from tastemaker.eval.taste.splits import split


def test_nobody_is_on_two_sides_and_everybody_with_enough_likes_is_on_one():
    data = two_tastes()
    parts = split(data, 7)
    able = int((np.diff(data.likes.indptr) >= 5).sum())
    assert not set(parts.test.people) & set(parts.validation.people)
    assert len(parts.test.people) + len(parts.validation.people) + parts.train.shape[0] == able <= PEOPLE


def test_what_is_given_and_what_is_wanted_are_all_that_somebody_likes():
    data = two_tastes()
    held = split(data, 7).test
    for place, person in enumerate(held.people):
        given, wanted = rows_of(held.given, place), held.wanted[place]
        assert len(wanted) >= 1
        assert sorted([*given, *wanted]) == rows_of(data.likes, int(person)).tolist()


def test_the_same_seed_splits_alike_and_another_otherwise():
    data = two_tastes()
    assert split(data, 1).test.people.tolist() == split(data, 1).test.people.tolist()
    assert split(data, 1).test.people.tolist() != split(data, 2).test.people.tolist()


def test_fewer_may_be_given():
    held = split(two_tastes(), 7).test
    few = held.with_given(3, 7)
    assert np.diff(few.given.indptr).tolist() == [3] * len(held.people)
    assert all(set(rows_of(few.given, k)) <= set(rows_of(held.given, k)) for k in range(len(held.people)))
    assert few.wanted == held.wanted
