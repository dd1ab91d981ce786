"""The contract of every retriever: the same tests on each of them."""

import numpy as np
import pytest

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.tool import ToolKind

ARGUMENTS = {
    "search_text": {"query": "harbour lantern war family puzzle"},
    "search_meaning": {"query": "a tense game of ships at sea"},
    "similar_items": {"items": ["g04", "g13"]},
    "score_taste": {"liked": ["g04", "g13"], "disliked": ["g08"]},
    "next_items": {"items": ["g04", "g13"]},
    "walk_graph": {"items": ["g04", "g13"], "names": {"kinds": ["Family"]}},
    "complements": {"items": ["g04", "g13"]},
    "steer": {"liked": ["g04", "g13"], "more": ["ships and the sea"]},
    "suit_mood": {"names": {"kinds": ["Family", "War"]}},
    "popular_items": {},
}
TAKES_QUERY = ("search_text", "search_meaning")
TAKES_ITEMS = {
    "similar_items": "items",
    "score_taste": "liked",
    "next_items": "items",
    "walk_graph": "items",
    "complements": "items",
}
STRANGE = [
    "",
    " \t\n",
    "\x00",
    "\ud800",
    "AND OR NOT (",
    'title:"',
    "💥" * 50,
    "a" * 2000,
    "%'; DROP TABLE items;--",
    "电影",
]

every_retriever = pytest.mark.parametrize("name", sorted(ARGUMENTS))


def call(workspace, name, **more):
    return TOOLS[name](workspace, **ARGUMENTS[name], **more)


def pool_of(workspace, rows):
    rows = np.array(rows, dtype=np.int64)
    return Candidates("test", rows, np.zeros(len(rows)), workspace.catalogue.ids)


def test_every_retriever_is_under_this_contract():
    # Motives are the schema's own, and these games have none; `test_suit_motive` holds that tool.
    retrievers = {name for name, tool in TOOLS.items() if tool.kind is ToolKind.RETRIEVER}
    assert set(ARGUMENTS) == retrievers - {"suit_motive"}


@every_retriever
def test_something_is_found_and_the_source_is_named(small_workspace, name):
    found = call(small_workspace, name)
    assert len(found) > 3
    assert found.source == name
    assert set(found.ids) <= set(small_workspace.catalogue.row_of)


@every_retriever
def test_scores_are_finite_and_fall_and_no_item_comes_twice(small_workspace, name):
    found = call(small_workspace, name)
    assert np.isfinite(found.scores).all()
    assert (np.diff(found.scores) <= 0).all()
    assert len(set(found.ids)) == len(found)


@every_retriever
def test_equal_scores_stand_in_the_order_of_their_ids(small_workspace, name):
    found = call(small_workspace, name)
    pairs = list(zip((-found.scores).tolist(), found.ids, strict=True))
    assert pairs == sorted(pairs)


@every_retriever
def test_only_items_of_the_pool_are_proposed(small_workspace, name):
    rows = list(range(0, 60, 3))
    found = call(small_workspace, name, within=pool_of(small_workspace, rows))
    assert len(found)
    assert set(found.rows.tolist()) <= set(rows)


@every_retriever
def test_the_order_of_the_pool_does_not_matter(small_workspace, name):
    rows = list(range(5, 50))
    one = call(small_workspace, name, within=pool_of(small_workspace, rows))
    other = call(small_workspace, name, within=pool_of(small_workspace, rows[::-1]))
    assert one.ids == other.ids


@every_retriever
def test_an_empty_pool_gives_nothing(small_workspace, name):
    assert len(call(small_workspace, name, within=pool_of(small_workspace, []))) == 0


@every_retriever
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_limit_gives_the_head_of_the_whole_answer(small_workspace, name, limit):
    assert call(small_workspace, name, limit=limit).ids == call(small_workspace, name, limit=60).ids[:limit]


@every_retriever
@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_gives_nothing(small_workspace, name, limit):
    assert len(call(small_workspace, name, limit=limit)) == 0


@every_retriever
def test_the_same_call_gives_the_same_answer(small_workspace, name):
    one, other = call(small_workspace, name), call(small_workspace, name)
    assert one.ids == other.ids
    assert one.scores.tolist() == other.scores.tolist()


@every_retriever
def test_arguments_are_accepted_as_a_plan_gives_them(small_workspace, name):
    tool = TOOLS[name]
    assert tool(small_workspace, **tool.validated(ARGUMENTS[name])).ids == call(small_workspace, name).ids


@every_retriever
def test_an_argument_that_nobody_declared_is_refused(name):
    with pytest.raises(RetryableToolError, match="colour"):
        TOOLS[name].validated({**ARGUMENTS[name], "colour": "red"})


@pytest.mark.parametrize("name", TAKES_QUERY)
@pytest.mark.parametrize("query", STRANGE)
def test_strange_text_is_answered(small_workspace, name, query):
    assert isinstance(TOOLS[name](small_workspace, query), Candidates)


@pytest.mark.parametrize("name", sorted(TAKES_ITEMS))
@pytest.mark.parametrize("item_id", ["g999", *STRANGE])
def test_an_unknown_id_is_answered_with_the_cure(small_workspace, name, item_id):
    with pytest.raises(RetryableToolError, match="give ids of the catalogue"):
        TOOLS[name](small_workspace, [item_id])


@pytest.mark.parametrize("name", sorted(TAKES_ITEMS))
def test_no_item_at_all_is_answered_with_the_cure(small_workspace, name):
    with pytest.raises(RetryableToolError, match="give the id of at least one"):
        TOOLS[name](small_workspace, [])


@pytest.mark.parametrize("name", sorted(TAKES_ITEMS))
def test_the_items_given_are_not_proposed(small_workspace, name):
    found = TOOLS[name](small_workspace, ["g04", "g13"], limit=60)
    assert not {"g04", "g13"} & set(found.ids)


@pytest.mark.parametrize("name", sorted(TAKES_ITEMS))
def test_an_item_given_twice_counts_once(small_workspace, name):
    assert TOOLS[name](small_workspace, ["g04", "g04"]).ids == TOOLS[name](small_workspace, ["g04"]).ids
