"""The tool of the sequence model."""

import dataclasses
import shutil

import numpy as np
import pytest

from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.build.table import MemorySource, Table
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.sequence_model import SequenceModel
from tastemaker.tools.next_items import next_items
from tastemaker.tools.workspace import HISTORIES, Workspace

LIKED = ["g04", "g13", "g08", "g24", "g12"]


def workspace_of(path, encoder, log):
    items = MemorySource("items", "1", lambda: Table.of("items", [{"id": k, "title": f"Title {k}"} for k in "abcdef"]))
    build_workspace(path, items, MemorySource("log", "1", lambda: Table.of("log", log)), encoder=encoder)
    return Workspace.open(path, encoder)


def test_order_matters(small_workspace):
    found = next_items(small_workspace, LIKED, limit=60)
    shuffled = next_items(small_workspace, [LIKED[k] for k in (3, 0, 4, 2, 1)], limit=60)
    assert set(found.ids) == set(shuffled.ids)
    assert found.ids != shuffled.ids


def test_what_is_given_twice_counts_where_it_is_last(small_workspace):
    assert next_items(small_workspace, ["g04", "g13", "g04"]).ids == next_items(small_workspace, ["g13", "g04"]).ids


def test_what_people_like_after_comes_before_what_they_liked_before(tmp_path, encoder):
    log = [{"user": user, "item": item, "time": time} for user in range(5) for time, item in enumerate("abc")]
    with workspace_of(tmp_path / "ws", encoder, log) as workspace:
        found = next_items(workspace, ["b"])
    assert found.ids == ["c", "a"]
    assert found.note == ""


def test_without_times_the_order_is_that_of_the_log_and_the_note_says_so(tmp_path, encoder):
    log = [{"user": user, "item": item} for user in range(5) for item in "fbda"]
    with workspace_of(tmp_path / "ws", encoder, log) as workspace:
        found = next_items(workspace, ["b"])
    assert found.ids == ["d", "a", "f"]
    assert found.note == "No like has a time: the order is that of the log."


def test_likes_without_a_time_among_others_are_told_of(small_workspace):
    histories = dataclasses.replace(small_workspace.sequence.histories, timed=0.75)
    mixed = dataclasses.replace(small_workspace, sequence=SequenceModel(histories))
    assert (
        next_items(mixed, ["g04"]).note
        == "25% of the likes have no time and count as the oldest, in the order of the log."
    )


def test_without_interactions_nothing_is_proposed_and_the_note_says_so(tmp_path, encoder):
    items = MemorySource("items", "1", lambda: Table.of("items", [{"id": k, "title": f"Title {k}"} for k in "abc"]))
    build_workspace(tmp_path / "ws", items, encoder=encoder)
    with Workspace.open(tmp_path / "ws", encoder) as workspace:
        found = next_items(workspace, ["a"])
    assert len(found) == 0
    assert found.note.endswith("There are no likes to learn an order from.")


def test_an_item_that_nobody_liked_says_nothing_and_the_note_tells(small_workspace):
    cold = str(small_workspace.catalogue.ids[~small_workspace.sequence.known(np.arange(60))][0])
    found = next_items(small_workspace, [cold, "g04"])
    assert found.note == "Nobody liked 1 of the 2 items looked at; they say nothing."
    assert found.ids == next_items(small_workspace, ["g04"]).ids


def test_a_long_history_is_read_from_its_end_and_the_note_tells(small_workspace):
    items = [str(each) for each in small_workspace.catalogue.ids[:30]]
    found = next_items(small_workspace, items, limit=60)
    assert "Only the last 20 of 30 items are looked at." in found.note
    assert not set(items) & set(found.ids)


def test_histories_of_another_catalogue_are_told(small_workspace_path, tmp_path, encoder):
    shutil.copytree(small_workspace_path, tmp_path / "copy")
    with Workspace.open(small_workspace_path, encoder) as workspace:
        dataclasses.replace(workspace.sequence.histories, items=61).save(tmp_path / "copy" / HISTORIES)
    with pytest.raises(WorkspaceError, match="speaks of 61 items"):
        Workspace.open(tmp_path / "copy", encoder)
