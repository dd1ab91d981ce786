"""Similarity joins what people like together with what items are."""

import numpy as np

from tastemaker.tools.similar_items import similar_items


def cold_items(workspace):
    return [str(item) for item in workspace.catalogue.ids[~workspace.taste.known(np.arange(60))]]


def test_likes_and_content_both_speak(small_workspace):
    catalogue, row = small_workspace.catalogue, small_workspace.catalogue.row_of["g08"]
    found = similar_items(small_workspace, ["g08"], limit=15).ids
    by_people = np.argsort(-small_workspace.taste.scores(np.array([row])))[:2]
    by_content = small_workspace.vector_index.search(small_workspace.vector_index.vectors[row], 4)[0][1:]
    assert set(catalogue.ids[by_people]) <= set(found)
    assert set(catalogue.ids[by_content]) & set(found)


def test_an_item_without_likes_is_answered_by_content_alone_and_the_note_says_so(small_workspace):
    cold = cold_items(small_workspace)[0]
    found = similar_items(small_workspace, [cold])
    assert len(found) == 59
    assert found.note == "By content alone: nobody liked the items given yet."


def test_some_items_without_likes_are_told_of(small_workspace):
    found = similar_items(small_workspace, [cold_items(small_workspace)[0], "g08"])
    assert found.note == "Nobody liked 1 of the 2 items given yet; these count by content alone."


def test_well_known_items_need_no_note(small_workspace):
    assert similar_items(small_workspace, ["g08", "g04"]).note == ""


def test_several_items_are_one_wish(small_workspace):
    both = similar_items(small_workspace, ["g08", "g37"]).ids
    assert both == similar_items(small_workspace, ["g37", "g08"]).ids
    assert both != similar_items(small_workspace, ["g08"]).ids
