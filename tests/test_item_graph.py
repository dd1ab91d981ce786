"""The graph leads from items and names to what shares names or likes with them."""

import numpy as np
import pytest

from tastemaker.tools.catalogue.item import Interaction, Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue, sqlite_url
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index import item_graph
from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.item_graph import LIKES, ItemGraph

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="kinds", type=FieldType.CATEGORIES, role=Role.GENRE),
        CatalogueField(name="maker", type=FieldType.CATEGORIES, role=Role.PERSON),
        CatalogueField(name="place", type=FieldType.CATEGORY),
    )
)
NOTHING = np.zeros(0, dtype=np.int64)
ITEMS = [
    ({"kinds": ("War", "Trade"), "maker": ("Ann",), "place": "Rome"}),
    ({"kinds": ("War",), "maker": ("Ann",), "place": "Rome"}),
    ({"kinds": ("War",), "maker": ("Bob",), "place": None}),
    ({"kinds": (), "maker": ("Bob",), "place": None}),
    ({"kinds": ("Farm",), "maker": ("Cid",), "place": None}),
    ({"kinds": (), "maker": (), "place": None}),
]
LIKES_OF = [("u", 0), ("u", 4), ("v", 0), ("v", 4), ("w", 1), ("w", 2)]


@pytest.fixture
def catalogue(tmp_path):
    items = [Item(f"i{k}", f"Title {k}", {"title": f"Title {k}", **held}, 0, None) for k, held in enumerate(ITEMS)]
    events = [Interaction(user, f"i{row}", 1.0, None) for user, row in LIKES_OF]
    made = Catalogue.create(sqlite_url(tmp_path / "catalogue.db"), SCHEMA, items, events)
    yield made
    made.close()


@pytest.fixture
def histories(catalogue):
    return Histories.fit(catalogue.interaction_log(), len(catalogue), None)


@pytest.fixture
def graph(catalogue, histories):
    return ItemGraph.fit(catalogue, histories)


def weights(graph, items=(), names=(), pool=None):
    rows, scores = graph.scores(graph.walk(np.array(items, dtype=np.int64), names), pool)
    return dict(zip(rows.tolist(), scores.tolist(), strict=True))


def test_a_walk_reaches_what_shares_names_and_what_the_same_people_like(graph):
    found = weights(graph, [0])
    assert found[1] > found[2] > 0, "a shared maker, kind and place against a shared kind"
    assert found[4] > 0, "liked by the same people, and nothing else in common"
    assert 5 not in found, "an item without names and likes is not connected"


def test_what_is_two_hops_away_is_reached_with_less(graph):
    found = weights(graph, [1])
    assert 0 < found[3] < found[2], "the maker of what shares a kind"


def test_a_new_item_is_reached_and_leads_on(graph):
    assert 3 not in LIKES_OF
    assert weights(graph, [2])[3] > 0
    assert weights(graph, [3])[2] > 0


def test_weights_of_the_first_hop_are_those_of_the_formula(graph, monkeypatch):
    monkeypatch.setattr(item_graph, "_HOPS", 1)
    found = weights(graph, [0])
    kinds, maker, place, likes = 0.35, 0.21, 0.04, 0.4
    assert found[1] == pytest.approx(kinds / 2 / 3 + maker / 2 + place / 2, rel=2e-3)
    assert found[4] == pytest.approx(likes, rel=2e-3)


def test_the_chance_of_what_an_item_lacks_falls_to_the_rest(graph, monkeypatch):
    monkeypatch.setattr(item_graph, "_HOPS", 1)
    assert sum(weights(graph, [3]).values()) == pytest.approx(1.0, rel=2e-3)
    assert graph.walk(np.array([3])).by_kind == {"maker": 1.0}


def test_a_name_is_as_good_a_beginning_as_an_item(graph):
    maker = graph.name("maker", "BOB")
    assert weights(graph, [], [maker])[3] > 0.5
    both = weights(graph, [0], [maker])
    assert both[3] > weights(graph, [0])[3]
    assert both[4] < weights(graph, [0])[4], "what only the item leads to has half the weight"


@pytest.mark.parametrize(("field", "name"), [("maker", "Zed"), ("maker", "War"), ("kinds", ""), ("place", "rom")])
def test_a_name_that_no_item_carries_is_in_no_graph(graph, field, name):
    assert graph.name(field, name) is None


def test_a_walk_says_over_what_it_went(graph):
    walk = graph.walk(np.array([0]))
    assert sum(walk.by_kind.values()) == pytest.approx(1.0)
    assert set(walk.by_kind) == {LIKES, "kinds", "maker", "place"}
    assert list(walk.by_kind.values()) == sorted(walk.by_kind.values(), reverse=True)


def test_without_likes_the_walk_goes_over_names(catalogue):
    log = Histories(len(catalogue), np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64), 0.0)
    graph = ItemGraph.fit(catalogue, log)
    assert LIKES not in graph.walk(np.array([0])).by_kind
    assert weights(graph, [0])[1] > 0


def test_nothing_leads_on_from_an_item_without_names_and_likes(graph):
    assert weights(graph, [5]) == {}
    assert graph.walk(np.array([5])).by_kind == {}


def test_a_pool_is_scored_as_the_whole(graph):
    whole = weights(graph, [0])
    assert weights(graph, [0], pool=np.array([2, 1])) == {row: whole[row] for row in (2, 1)}
    assert weights(graph, [0], pool=np.arange(6)[::-1]) == whole


def test_in_a_large_pool_what_was_reached_is_scored(graph, monkeypatch):
    monkeypatch.setattr(item_graph, "_SMALL_POOL", 1)
    assert weights(graph, [0]) == weights(graph, [0], pool=np.arange(6))
    assert weights(graph, [0])[1] > 0


def test_a_name_that_very_many_carry_leads_to_the_most_liked_and_counts_for_all_that_are_reached(graph, monkeypatch):
    monkeypatch.setattr(item_graph, "_HOPS", 1)
    monkeypatch.setattr(item_graph, "_SMALL_POOL", 0)
    whole = weights(graph, [2])
    monkeypatch.setattr(item_graph, "_WIDEST", 1)
    cut = weights(graph, [2])
    assert set(whole) == {0, 1, 2, 3}
    assert set(cut) == {0, 1, 2}, "the most liked that is of war, what is liked by the same people, itself"
    assert all(cut[row] == whole[row] for row in cut)


def test_a_hop_goes_on_from_the_heaviest_items_only(graph, monkeypatch):
    assert 4 in weights(graph, [2]), "over item 0, which shares a kind with item 2"
    monkeypatch.setattr(item_graph, "_FRONTIER", 1)
    assert 4 not in weights(graph, [2]), "item 1 is heavier than item 0"
    assert weights(graph, [2])[3] > 0


def test_shared_names_are_counted_of_one_field(graph):
    assert graph.shared(0, np.array([0, 1, 3, 4]), "kinds").tolist() == [1.0, 0.5, 0.0, 0.0]
    assert graph.shared(5, np.array([0, 5]), "kinds").tolist() == [0.0, 0.0]
    assert graph.shared(0, np.array([1]), "no such field").tolist() == [0.0]


def test_a_saved_graph_walks_as_before(graph, histories, tmp_path):
    graph.save(tmp_path / "graph.npz")
    loaded = ItemGraph.load(tmp_path / "graph.npz", histories)
    assert weights(loaded, [0], [4]) == weights(graph, [0], [4])
    assert loaded.keys == graph.keys == (("farm", "trade", "war"), ("ann", "bob", "cid"), ("rome",))


def test_a_catalogue_without_names_has_a_graph_of_likes(tmp_path):
    schema = CatalogueSchema(fields=(CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),))
    items = [Item(f"i{k}", f"Title {k}", {"title": f"Title {k}"}, 0, None) for k in range(3)]
    events = [Interaction("u", "i0", 1.0, None), Interaction("u", "i1", 1.0, None)]
    catalogue = Catalogue.create(sqlite_url(tmp_path / "plain.db"), schema, items, events)
    histories = Histories.fit(catalogue.interaction_log(), 3, None)
    graph = ItemGraph.fit(catalogue, histories)
    catalogue.close()
    graph.save(tmp_path / "graph.npz")
    assert ItemGraph.load(tmp_path / "graph.npz", histories).keys == ()
    assert set(weights(graph, [0])) == {0, 1}


def test_a_missing_graph_names_the_cure(histories, tmp_path):
    with pytest.raises(WorkspaceError, match=r"graph.npz is missing; build the workspace again"):
        ItemGraph.load(tmp_path / "graph.npz", histories)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"no archive"])
def test_a_corrupt_graph_names_the_cure(histories, tmp_path, content):
    (tmp_path / "graph.npz").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"graph.npz is corrupt; build the workspace again"):
        ItemGraph.load(tmp_path / "graph.npz", histories)
