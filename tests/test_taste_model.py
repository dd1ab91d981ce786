"""The taste model is EASE, by whichever way is cheaper, and scores any likes at once."""

import numpy as np
import pytest

from tastemaker.tools.catalogue.store import InteractionLog
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.taste_model import DISLIKE_WEIGHT, TEXT_WEIGHT, TasteModel
from tastemaker.tools.index.text_taste import coordinates

NOTHING = np.zeros(0, dtype=np.int64)


def log_of(pairs, values=None):
    user, row = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True)) if pairs else (NOTHING, NOTHING)
    value = np.ones(len(user)) if values is None else np.array(values, dtype=float)
    users = tuple(f"u{k}" for k in range(int(user.max(initial=-1)) + 1))
    return InteractionLog(users, user, row, value, np.full(len(user), np.nan))


def random_log(users, items, share=0.2, seed=1):
    liked = np.random.default_rng(seed).random((users, items)) < share
    return log_of(list(zip(*np.nonzero(liked), strict=True))), liked.astype(float)


def ease(matrix, regularisation):
    """Return the weights between items by the formula of the paper, the long way."""
    inverse = np.linalg.inv(matrix.T @ matrix + regularisation * np.eye(matrix.shape[1]))
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights


@pytest.mark.parametrize(("users", "items"), [(20, 50), (50, 20), (30, 30)])
def test_scores_are_those_of_the_closed_form_whichever_way_they_are_reached(users, items):
    log, matrix = random_log(users, items)
    model = TasteModel.fit(log, items, None, regularisation=5.0)
    liked = np.array([1, 4, 7])
    taste = np.zeros(items)
    taste[liked] = 1.0
    assert model.scores(liked) == pytest.approx(taste @ ease(matrix, 5.0), abs=1e-5)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_dislikes_count_against_at_one_spread_however_many_they_are(count):
    log, _ = random_log(20, 30)
    model = TasteModel.fit(log, 30, None, regularisation=5.0)
    liked, disliked = np.array([1, 4, 7]), np.arange(10, 10 + count)
    wanted, unwanted = model.scores(liked), model.scores(disliked)
    against = wanted - model.scores(liked, disliked)
    assert against[model.modelled].std() == pytest.approx(DISLIKE_WEIGHT * wanted[model.modelled].std(), rel=1e-6)
    assert np.corrcoef(against, unwanted)[0, 1] == pytest.approx(1.0)


def test_without_likes_the_dislikes_speak_alone():
    log, _ = random_log(20, 30)
    model = TasteModel.fit(log, 30, None, regularisation=5.0)
    assert model.scores(NOTHING, np.array([3, 5])) == pytest.approx(-model.scores(np.array([3, 5])))


def test_an_item_given_twice_counts_once_and_one_given_both_ways_is_liked():
    log, _ = random_log(20, 30)
    model = TasteModel.fit(log, 30, None, regularisation=5.0)
    once = model.scores(np.array([3, 5]), np.array([8]))
    assert model.scores(np.array([3, 5, 5]), np.array([8, 5, 8])).tolist() == once.tolist()


def test_what_the_same_people_like_scores_higher():
    log = log_of([(user, row) for user in range(10) for row in ((0, 1, 2) if user % 2 else (3, 4, 5))])
    scores = TasteModel.fit(log, 6, None, regularisation=1.0).scores(np.array([0]))
    assert scores[1] > 0.1
    assert scores[1] == pytest.approx(scores[2])
    assert scores[3:] == pytest.approx(0.0, abs=1e-6)


def test_a_dislike_lowers_what_is_like_it():
    log = log_of([(user, row) for user in range(10) for row in ((0, 1, 2) if user % 2 else (3, 4, 5))])
    model = TasteModel.fit(log, 6, None, regularisation=1.0)
    assert model.scores(np.array([0]), np.array([3]))[4] < 0 < model.scores(np.array([0]), np.array([3]))[1]


def test_an_item_does_not_speak_for_itself():
    log, _ = random_log(20, 50)
    model = TasteModel.fit(log, 50, None, regularisation=5.0)
    assert model.scores(np.array([3]))[3] == pytest.approx(0.0, abs=1e-6)


def test_values_below_the_threshold_are_no_likes():
    log = log_of([(0, 0), (0, 1), (1, 0), (1, 2)], values=[5.0, 4.0, 5.0, 2.0])
    model = TasteModel.fit(log, 3, 4.0, regularisation=1.0)
    assert model.known(np.array([0, 1, 2])).tolist() == [True, True, False]
    assert model.scores(np.array([0]))[1] > 0
    assert model.scores(np.array([0]))[2] == 0
    assert TasteModel.fit(log, 3, None, regularisation=1.0).known(np.array([2])).all()


def test_an_interaction_logged_twice_counts_once():
    once, twice = log_of([(0, 0), (0, 1), (1, 0)]), log_of([(0, 0), (0, 1), (1, 0), (0, 0), (0, 1)])
    scores = [TasteModel.fit(log, 2, None, regularisation=1.0).scores(np.array([0])).tolist() for log in (once, twice)]
    assert scores[0] == scores[1]


@pytest.mark.parametrize("liked", [[], [0], [49], list(range(50))])
def test_every_score_is_finite_and_items_without_likes_score_nothing(liked):
    log, matrix = random_log(20, 50, share=0.03)
    scores = TasteModel.fit(log, 60, None).scores(np.array(liked, dtype=np.int64))
    assert scores.shape == (60,)
    assert np.isfinite(scores).all()
    silent = np.flatnonzero(np.append(matrix.sum(axis=0), np.zeros(10)) == 0)
    assert (scores[silent] == 0).all()


def two_tastes():
    """Return a log of two kinds of items, each with people of its own, and their texts; the last of each is new."""
    kinds = ((0, 1, 2, 3), (5, 6, 7, 8))
    log = log_of([(user, row) for user in range(20) for row in kinds[user % 2] if (user + row) % 5])
    texts = np.random.default_rng(3).normal(scale=0.1, size=(10, 4)).astype(np.float32)
    texts[:5, 0] += 1.0
    texts[5:, 1] += 1.0
    return log, texts


def test_an_item_that_nobody_likes_is_scored_by_its_text():
    log, texts = two_tastes()
    model = TasteModel.fit(log, 10, None, texts, regularisation=1.0)
    assert not model.known(np.array([4, 9])).any()
    assert model.new(np.arange(10)).nonzero()[0].tolist() == [4, 9]
    first, second = model.scores(np.array([0])), model.scores(np.array([5]))
    assert first[4] > 0 > first[9]
    assert second[9] > 0 > second[4]
    disliked = model.scores(np.array([0]), np.array([5]))
    assert disliked[9] < first[9]
    assert model.note == "EASE through items: 8 of 10 items, 20 users; the other 2 by their texts."


def test_the_texts_speak_for_an_item_that_one_person_likes():
    log, texts = two_tastes()
    lone = log_of([*zip(log.user.tolist(), log.row.tolist(), strict=True), (20, 4)])
    untold = TasteModel.fit(lone, 10, None, regularisation=1.0).scores(np.array([0]))
    told = TasteModel.fit(lone, 10, None, texts, regularisation=1.0).scores(np.array([0]))
    assert untold[4] == pytest.approx(0.0, abs=1e-6)
    assert told[4] > 0.01


@pytest.mark.parametrize(("users", "items"), [(30, 120), (120, 30)])
def test_texts_weigh_the_same_whichever_way_the_weights_are_reached(users, items):
    log, matrix = random_log(users, items)
    texts = np.random.default_rng(4).normal(size=(items, 6)).astype(np.float32)
    rows = np.vstack([matrix, TEXT_WEIGHT**0.5 * coordinates(texts).T])
    expected = ease(rows, 5.0)[[2, 3]].sum(axis=0)
    found = TasteModel.fit(log, items, None, texts, regularisation=5.0).scores(np.array([2, 3]))
    assert found == pytest.approx(expected, abs=1e-5)


def test_without_any_interaction_every_score_is_nothing():
    model = TasteModel.fit(log_of([]), 4, None)
    assert model.scores(np.array([1, 2])).tolist() == [0.0] * 4
    assert not model.known(np.array([0, 3])).any()


def test_beyond_the_limit_the_most_liked_items_are_modelled_and_the_note_says_so():
    log, matrix = random_log(40, 30)
    model = TasteModel.fit(log, 30, None, largest_side=10)
    assert len(model.modelled) == 10
    likes = matrix.sum(axis=0)
    left_out = np.setdiff1d(np.arange(30), model.modelled)
    assert not model.known(left_out).any()
    assert not model.new(np.arange(30)).any()
    assert likes[model.modelled].min() >= likes[left_out].max()
    alone = matrix[:, [*model.modelled, left_out[0]]]
    expected = ease(alone, 200.0)[:3].sum(axis=0)[-1]
    assert model.scores(model.modelled[:3])[left_out[0]] == pytest.approx(expected, abs=1e-6)
    assert model.note == "EASE through items: 10 of 30 items, 40 users; 20 that fewer like, each by itself."


def test_a_tail_scores_as_before_once_it_was_saved(tmp_path):
    log, _ = random_log(40, 30)
    model = TasteModel.fit(log, 33, None, np.eye(33, 5, dtype=np.float32), largest_side=10)
    model.save(tmp_path / "taste.npz")
    loaded = TasteModel.load(tmp_path / "taste.npz")
    assert loaded.scores(model.modelled[:3]).tolist() == model.scores(model.modelled[:3]).tolist()
    assert model.note.endswith("; 20 that fewer like, each by itself; the other 3 by their texts.")


def test_fewer_users_than_items_are_inverted_and_all_items_stay():
    log, _ = random_log(8, 30, share=0.6)
    assert TasteModel.fit(log, 30, None, largest_side=10).note == "EASE through users: 30 of 30 items, 8 users."


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize(("users", "items"), [(20, 50), (50, 20)])
def test_a_saved_model_scores_as_before(tmp_path, users, items, told):
    log, _ = random_log(users, items)
    vectors = np.random.default_rng(2).normal(size=(items + 3, 8)).astype(np.float32) if told else None
    model = TasteModel.fit(log, items + 3, None, vectors)
    model.save(tmp_path / "taste.npz")
    loaded = TasteModel.load(tmp_path / "taste.npz")
    assert (
        loaded.scores(np.array([1, 2]), np.array([5])).tolist()
        == model.scores(np.array([1, 2]), np.array([5])).tolist()
    )
    assert loaded.note == model.note


def test_a_missing_model_names_the_cure(tmp_path):
    with pytest.raises(WorkspaceError, match=r"taste.npz is missing; build the workspace again"):
        TasteModel.load(tmp_path / "taste.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"no archive"])
def test_a_corrupt_model_names_the_cure(tmp_path, content):
    (tmp_path / "taste.npz").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"taste.npz is corrupt; build the workspace again"):
        TasteModel.load(tmp_path / "taste.npz")


def test_a_model_cut_short_names_the_cure(tmp_path):
    TasteModel.fit(random_log(20, 50)[0], 50, None).save(tmp_path / "taste.npz")
    whole = (tmp_path / "taste.npz").read_bytes()
    (tmp_path / "taste.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WorkspaceError, match="is corrupt"):
        TasteModel.load(tmp_path / "taste.npz")
