"""The tool that walks the graph: from items and names, over shared names and likes, to new items too."""

from pathlib import Path

import numpy as np
import pytest

from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.walk_graph import walk_graph
from tastemaker.tools.workspace import Workspace

GAMES = Path(__file__).parent / "data" / "board_games.csv"


def new_items(workspace):
    fans = workspace.sequence.histories.fans
    return {str(item) for item in workspace.catalogue.ids[fans == 0]}


def test_what_shares_the_maker_and_the_kind_is_found(small_workspace):
    found = walk_graph(small_workspace, ["g04"], limit=60).ids
    assert found.index("g01") < 20, "by the same designer, and of a shared kind"


def test_a_name_leads_to_what_carries_it(small_workspace):
    by_designer = walk_graph(small_workspace, names={"designers": ["Ines Calder"]}, limit=60)
    carriers = small_workspace.catalogue.rows_named("designers")["ines calder"]
    assert set(by_designer.rows[: len(carriers)].tolist()) == set(carriers.tolist())
    assert len(by_designer) > len(carriers), "and on to what is connected with it"


def test_a_name_may_be_written_in_any_case(small_workspace):
    said, held = (
        walk_graph(small_workspace, names={"designers": [name]}).ids for name in ("INES calder", "Ines Calder")
    )
    assert said == held


def test_items_and_names_are_taken_together(small_workspace):
    both = walk_graph(small_workspace, ["g13"], {"kinds": ["War"]}).ids
    assert both != walk_graph(small_workspace, ["g13"]).ids
    assert both != walk_graph(small_workspace, names={"kinds": ["War"]}).ids
    assert "g13" not in both


def test_items_that_nobody_liked_are_reached_and_the_note_counts_them(small_workspace):
    found = walk_graph(small_workspace, ["g04"], limit=60)
    new = new_items(small_workspace) & set(found.ids)
    assert new
    assert f"Nobody liked {len(new)} of the {len(found)} items found yet." in found.note


def test_the_note_says_over_what_the_walk_went(small_workspace):
    note = walk_graph(small_workspace, ["g04"]).note
    assert note.startswith("Went over ")
    for way in ("shared likes", "designers", "kinds", "publisher"):
        assert f"{way} " in note


def test_without_interactions_the_walk_goes_over_names_and_the_note_says_so(tmp_path, encoder):
    build_workspace(tmp_path / "ws", GAMES, encoder=encoder)
    with Workspace.open(tmp_path / "ws", encoder) as workspace:
        found = walk_graph(workspace, ["g04"])
    assert "g01" in found.ids
    assert "No likes lead on from here." in found.note


def test_what_shares_nothing_leads_nowhere_and_the_note_says_so(tmp_path, encoder):
    (tmp_path / "plain.csv").write_text("id,title\na,One thing\nb,Another thing\n")
    build_workspace(tmp_path / "ws", tmp_path / "plain.csv", encoder=encoder)
    with Workspace.open(tmp_path / "ws", encoder) as workspace:
        found = walk_graph(workspace, ["a"])
        with pytest.raises(RetryableToolError, match="the fields with names are: none"):
            walk_graph(workspace, names={"kinds": ["War"]})
    assert len(found) == 0
    assert found.note == "Nothing leads on from what was given."


def test_a_pool_changes_no_score(small_workspace):
    whole = walk_graph(small_workspace, ["g04"], limit=60)
    rows = np.arange(0, 60, 2)
    pool = Candidates("test", rows, np.zeros(len(rows)), small_workspace.catalogue.ids)
    part = walk_graph(small_workspace, ["g04"], within=pool, limit=60)
    scores = dict(zip(whole.ids, whole.scores.tolist(), strict=True))
    assert part.ids == [each for each in whole.ids if small_workspace.catalogue.row_of[each] % 2 == 0]
    assert part.scores.tolist() == [scores[each] for each in part.ids]


def test_nothing_to_begin_at_is_answered_with_the_cure(small_workspace):
    with pytest.raises(RetryableToolError, match="give the id of at least one item, or a name"):
        walk_graph(small_workspace)


def test_an_unknown_field_is_answered_with_the_cure(small_workspace):
    with pytest.raises(RetryableToolError, match=r"no names in a field 'title'; the fields with names are: kinds"):
        walk_graph(small_workspace, names={"title": ["Salt Road"]})


@pytest.mark.parametrize("name", ["Nobody At All", "", "\ud800", "x" * 2000])
def test_a_name_that_no_item_carries_is_answered_with_the_cure(small_workspace, name):
    with pytest.raises(RetryableToolError, match=r"No item carries the designers '.*give a name of the catalogue"):
        walk_graph(small_workspace, names={"designers": [name]})
