"""The tool of the taste model."""

import numpy as np

from tastemaker.tools.score_taste import score_taste


def test_only_items_that_the_likes_speak_for_are_proposed(small_workspace):
    found = score_taste(small_workspace, ["g04", "g13", "g24"], limit=60)
    assert len(found)
    assert (found.scores > 0).all()


def test_neither_likes_nor_dislikes_are_proposed(small_workspace):
    found = score_taste(small_workspace, ["g04"], ["g08"], limit=60)
    assert not {"g04", "g08"} & set(found.ids)


def test_a_dislike_counts_against_what_is_like_it(small_workspace):
    disliked = "g06"
    row = small_workspace.catalogue.row_of[disliked]
    nearest = int(np.argmax(small_workspace.taste.scores(np.array([row]))))
    item = str(small_workspace.catalogue.ids[nearest])
    before = score_taste(small_workspace, ["g04", "g12"], limit=60)
    after = score_taste(small_workspace, ["g04", "g12"], [disliked], limit=60)
    scores = [dict(zip(each.ids, each.scores.tolist(), strict=True)).get(item, 0.0) for each in (before, after)]
    assert scores[1] < scores[0] or scores == [0.0, 0.0]


def test_an_item_that_nobody_liked_says_nothing_and_the_note_tells(small_workspace):
    known = small_workspace.taste.known(np.arange(60))
    cold = [str(item) for item in small_workspace.catalogue.ids[~known]]
    assert cold, "the fixture has items without likes"
    assert len(score_taste(small_workspace, cold[:1])) == 0
    assert (
        score_taste(small_workspace, [cold[0], "g04"]).note == "Nobody liked 1 of the 2 items given; they say nothing."
    )


def test_an_item_that_nobody_liked_is_proposed_by_its_text_and_the_note_counts_it(small_workspace):
    taste, ids = small_workspace.taste, small_workspace.catalogue.ids
    unliked = np.flatnonzero(~taste.known(np.arange(60)))
    liked = next(row for row in taste.modelled if (taste.scores(np.array([row]))[unliked] > 0).any())
    found = score_taste(small_workspace, [str(ids[liked])], limit=60)
    new = int((~taste.known(found.rows)).sum())
    assert 0 < new < len(found)
    assert (
        found.note == f"Nobody liked {new} of the {len(found)} items found yet; they are scored by their texts alone."
    )


def test_a_stated_dislike_lowers_the_rank_of_what_is_like_it(small_workspace):
    taste, ids = small_workspace.taste, small_workspace.catalogue.ids
    likes = np.array([small_workspace.catalogue.row_of[each] for each in ("g04", "g12")])
    for disliked in np.setdiff1d(taste.modelled, likes):
        matching = np.argsort(-taste.scores(np.array([disliked])), kind="stable")[:3]
        matching = np.setdiff1d(matching, likes)
        places = [
            np.argsort(np.argsort(-scores, kind="stable"))[matching].sum()
            for scores in (taste.scores(likes), taste.scores(likes, np.array([disliked])))
        ]
        assert places[1] >= places[0], ids[disliked]
