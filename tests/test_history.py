"""The evaluation of digests: people are held out of the model, and every way of telling their history is scored."""

import numpy as np

from tastemaker.eval.bootstrap import Interval
from tastemaker.eval.history import METRICS, lengths, measure, request
from tastemaker.eval.people import by_taste, folds, ranking, shown


def test_every_person_with_enough_likes_is_in_one_fold_and_not_in_its_model(small_workspace):
    parts = list(folds(small_workspace, 4, seed=7, least=6))
    people = [tuple(person.liked.tolist()) for part in parts for person in part.people]
    assert len(people) == len(set(people))
    log = small_workspace.catalogue.interaction_log()
    likes = log.value >= small_workspace.schema.like_at_least
    assert len(people) == sum(np.bincount(log.user[likes]) >= 6)
    everybody = np.bincount(log.row[likes], minlength=len(small_workspace.catalogue))
    for part in parts:
        assert len(part.taste.modelled) <= (everybody > 0).sum()


def test_the_same_seed_splits_alike(small_workspace):
    def split(seed):
        return [[person.liked.tolist() for person in part.people] for part in folds(small_workspace, 3, seed, 6)]

    assert split(1) == split(1)
    assert split(1) != split(2)


def test_likes_stand_in_the_order_of_time(small_workspace):
    log = small_workspace.catalogue.interaction_log()
    (first, *_), *_ = [part.people for part in folds(small_workspace, 2, 7, 6)]
    matching = [
        user
        for user in range(len(log.users))
        if set(log.row[(log.user == user) & (log.value >= small_workspace.schema.like_at_least)])
        == set(first.liked.tolist())
    ]
    theirs = log.user == matching[0]
    times = dict(zip(log.row[theirs], log.time[theirs], strict=True))
    assert [times[row] for row in first.liked] == sorted(times[row] for row in first.liked)


def test_what_is_given_is_not_ranked(small_workspace):
    part = next(folds(small_workspace, 2, 7, 6))
    liked = part.people[0].liked
    ids = small_workspace.catalogue.ids.tolist()
    found = ranking(by_taste(part.taste, liked), liked, ids)
    assert found
    assert not set(found) & {ids[row] for row in liked}


def test_every_way_is_scored_for_every_person(small_workspace):
    results = measure(small_workspace, 2, seed=7, most=3, least=8)
    assert {"popular", "digest's slice", "whole history", "last 5"} <= results.scores.keys()
    people = len(results.sizes)
    assert people
    assert all(len(results.scores[way][metric]) == people for way in results.scores for metric in METRICS)
    everybody = results.within(0, 10**9)
    assert everybody == results.scores
    assert results.scores["whole history"] == results.scores["last 200"]


def test_a_request_names_the_kinds_of_an_item(small_workspace):
    assert request(small_workspace, "g01") == "something like: Economic, Family"


def test_the_table_of_lengths_has_a_row_a_size(small_workspace):
    assert lengths(small_workspace, (5, 20)).row_count == 2


def test_intervals_are_written_short():
    assert shown(Interval(mean=1.0, low=0.25, high=1.0, n=2)) == "1.000 [.250, 1.000]"
