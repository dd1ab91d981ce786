"""Requests made from interactions: what was liked next is hidden, and nothing that describes it has seen it."""

import numpy as np
import pytest

from tastemaker.tools.ranking import synthesis
from tastemaker.tools.ranking.feature_names import FEATURES
from tastemaker.tools.ranking.synthesis import synthesised


@pytest.fixture
def few_are_enough(monkeypatch):
    monkeypatch.setattr(synthesis, "LEAST_PEOPLE", 5)


def test_with_few_people_there_is_nothing_to_learn_from(small_workspace):
    assert synthesised(small_workspace, small_workspace.catalogue.interaction_log()) == []


@pytest.mark.usefixtures("few_are_enough")
def test_each_request_hides_one_item_that_was_liked_next(small_workspace):
    made = synthesised(small_workspace, small_workspace.catalogue.interaction_log(), requests=30)
    assert len(made) == 30
    assert all(len(each.grades) == len(each.features) for each in made)
    assert all((each.grades == 2).sum() <= 1 for each in made)
    assert np.mean([(each.grades == 2).any() for each in made]) > 0.9


@pytest.mark.usefixtures("few_are_enough")
def test_the_same_seed_makes_the_same_requests_and_another_others(small_workspace):
    log = small_workspace.catalogue.interaction_log()
    first, second, other = (synthesised(small_workspace, log, seed, requests=9) for seed in (1, 1, 2))
    assert all(np.array_equal(a.features, b.features, equal_nan=True) for a, b in zip(first, second, strict=True))
    assert not all(np.array_equal(a.grades, b.grades) for a, b in zip(first, other, strict=True))


@pytest.mark.usefixtures("few_are_enough")
def test_some_requests_speak_in_words_and_the_words_find_the_item(small_workspace):
    column = FEATURES.index("words of query")
    made = synthesised(small_workspace, small_workspace.catalogue.interaction_log(), requests=60)
    spoken = [each for each in made if each.features[:, column].any()]
    assert spoken
    found = [each.features[each.grades == 2, column].max(initial=0) > 0 for each in spoken]
    assert np.mean(found) > 0.7


@pytest.mark.usefixtures("few_are_enough")
def test_the_taste_that_describes_the_candidates_has_not_seen_the_person(small_workspace, monkeypatch):
    log, asked = small_workspace.catalogue.interaction_log(), []
    fit = synthesis.TasteModel.fit
    monkeypatch.setattr(
        synthesis.TasteModel, "fit", lambda others, *rest: asked.append(set(others.user)) or fit(others, *rest)
    )
    synthesised(small_workspace, log, requests=3)
    everybody = set(log.user)
    assert len(asked) == 3
    assert all(each < everybody for each in asked)
    assert not everybody - set.union(*asked)
