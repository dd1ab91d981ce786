"""Complements are another thing than what is similar, and are not made up where the interactions say nothing."""

import numpy as np

from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.build.table import MemorySource, Table
from tastemaker.tools.complements import complements
from tastemaker.tools.similar_items import similar_items
from tastemaker.tools.workspace import Workspace

# A drill goes with screws; another drill is only like it. Everybody buys tape.
ITEMS = [
    {"id": "drill", "title": "Cordless drill", "text": "A cordless drill for walls", "kinds": "Tools|Electric"},
    {"id": "other", "title": "Cordless drill two", "text": "A cordless drill for wood", "kinds": "Tools|Electric"},
    {"id": "screws", "title": "Box of screws", "text": "Steel fasteners", "kinds": "Hardware|Steel"},
    {"id": "tape", "title": "Tape", "text": "Sticky on one side", "kinds": "Office|Paper"},
    {"id": "pen", "title": "Pen", "text": "Writes in blue", "kinds": "Office|Paper"},
    {"id": "lamp", "title": "Lamp", "text": "Shines at night", "kinds": "Light|Electric"},
]
BASKETS = [("drill", "screws", "other", "tape")] * 12 + [("tape", "pen")] * 40 + [("lamp", "tape")] * 2


def workspace_of(path, encoder, baskets):
    log = [{"user": number, "item": item} for number, basket in enumerate(baskets) for item in basket]
    items = MemorySource("items", "1", lambda: Table.of("items", ITEMS))
    build_workspace(
        path, items, MemorySource("log", "1", lambda: Table.of("log", log)) if log else None, encoder=encoder
    )
    return Workspace.open(path, encoder)


def test_what_goes_with_an_item_comes_before_what_is_like_it(tmp_path, encoder):
    with workspace_of(tmp_path / "ws", encoder, BASKETS) as workspace:
        assert complements(workspace, ["drill"]).ids[:2] == ["screws", "other"]
        assert similar_items(workspace, ["drill"]).ids[0] == "other"


def test_what_everybody_likes_goes_with_nothing(tmp_path, encoder):
    with workspace_of(tmp_path / "ws", encoder, BASKETS) as workspace:
        assert "tape" not in complements(workspace, ["drill"]).ids


def test_an_item_that_few_like_has_no_complements_and_the_note_says_so(tmp_path, encoder):
    with workspace_of(tmp_path / "ws", encoder, BASKETS) as workspace:
        found = complements(workspace, ["lamp"])
        some = complements(workspace, ["lamp", "drill"])
    assert len(found) == 0
    assert found.note == ("Fewer than 5 people like any item given: the interactions do not say what goes with it.")
    assert some.ids[0] == "screws"
    assert some.note == "Fewer than 5 people like 1 of the 2 items given; they say nothing."


def test_where_nothing_is_beyond_chance_the_note_says_so(tmp_path, encoder):
    with workspace_of(tmp_path / "ws", encoder, [("pen", "tape")] * 20) as workspace:
        found = complements(workspace, ["pen"])
    assert len(found) == 0
    assert found.note == "Nothing is liked together with the items given by 3 people and more often than chance."


def test_without_interactions_there_are_no_complements_and_the_note_says_so(tmp_path, encoder):
    with workspace_of(tmp_path / "ws", encoder, []) as workspace:
        found = complements(workspace, ["drill"])
    assert len(found) == 0
    assert "the interactions do not say what goes with it" in found.note


def test_several_items_are_taken_together_in_any_order(small_workspace):
    both = complements(small_workspace, ["g04", "g13"], limit=60)
    assert both.ids == complements(small_workspace, ["g13", "g04"], limit=60).ids
    parts = [complements(small_workspace, [each], limit=60) for each in ("g04", "g13")]
    scores = {item: 0.0 for part in parts for item in part.ids}
    for part in parts:
        for item, score in zip(part.ids, part.scores.tolist(), strict=True):
            scores[item] += score / 2
    assert np.allclose(both.scores, [scores[item] for item in both.ids])
