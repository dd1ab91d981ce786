from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tastemaker.tools.catalogue.item import Interaction, Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue, sqlite_url

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="makers", type=FieldType.CATEGORIES),
        CatalogueField(name="shelf", type=FieldType.CATEGORY),
        CatalogueField(name="pages", type=FieldType.NUMBER),
        CatalogueField(name="bought", type=FieldType.DATE),
    )
)
ITEMS = [
    Item(
        "b2",
        "Zebra",
        {"title": "Zebra", "makers": ("Lee", "Ono", "Lee"), "shelf": "A", "pages": 12, "bought": "2020-01-02"},
        2,
        3.5,
    ),
    Item("a1", "Apple", {"title": "Apple", "makers": (), "shelf": None, "pages": None, "bought": None}, 0, None),
    Item("c3", "Ono", {"title": "Ono", "makers": ("Ono",), "shelf": "A", "pages": 7.5, "bought": None}, 1, 5.0),
]
LOG = [
    Interaction("u2", "b2", 3.0, 20.0),
    Interaction("u1", "c3", 5.0, None),
    Interaction("u2", "b2", 4.0, 10.0),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    made = Catalogue.create(sqlite_url(tmp_path_factory.mktemp("store") / "catalogue.db"), SCHEMA, ITEMS, LOG)
    yield made
    made.close()


def test_rows_follow_the_order_of_the_items(catalogue):
    assert catalogue.ids.tolist() == ["b2", "a1", "c3"]
    assert catalogue.row_of["c3"] == 2
    assert len(catalogue) == 3


def test_an_item_reads_back_with_missing_values_missing(catalogue):
    zebra, apple = catalogue.items(["b2", "a1"])
    assert zebra.values == {
        "title": "Zebra",
        "makers": ("Lee", "Ono"),
        "shelf": "A",
        "pages": 12.0,
        "bought": "2020-01-02",
    }
    assert apple.values == {"title": "Apple", "makers": (), "shelf": None, "pages": None, "bought": None}
    assert (zebra.interactions, zebra.mean_value, apple.mean_value) == (2, 3.5, None)


def test_items_come_in_the_order_asked_for_and_as_often(catalogue):
    assert [item.id for item in catalogue.items(["c3", "b2", "c3"])] == ["c3", "b2", "c3"]


def test_an_unknown_id_is_an_error(catalogue):
    with pytest.raises(KeyError):
        catalogue.item("nobody")


def test_names_are_counted_most_frequent_first(catalogue):
    assert list(catalogue.value_counts("makers").items()) == [("Ono", 2), ("Lee", 1)]
    assert catalogue.names_by_row("makers") == [("Lee", "Ono"), (), ("Ono",)]


def test_columns_read_by_row(catalogue):
    assert catalogue.texts("bought") == ["2020-01-02", None, None]
    assert np.array_equal(catalogue.numbers("pages"), [12.0, np.nan, 7.5], equal_nan=True)
    assert catalogue.popularity.tolist() == [2, 0, 1]


def test_a_users_interactions_come_oldest_first(catalogue):
    assert [each.value for each in catalogue.interactions_of("u2")] == [4.0, 3.0]
    assert catalogue.interactions_of("nobody") == []


def test_the_log_indexes_its_users(catalogue):
    log = catalogue.interaction_log()
    assert log.users == ("u1", "u2")
    assert [log.users[k] for k in log.user] == ["u1", "u2", "u2"]
    assert np.isnan(log.time[0])


def test_a_catalogue_opens_again_as_it_was_written(catalogue):
    again = Catalogue.open(catalogue.engine.url, SCHEMA)
    assert again.items(["b2", "a1", "c3"]) == catalogue.items(["b2", "a1", "c3"])
    again.close()


def test_writing_a_catalogue_replaces_the_one_there_was(tmp_path):
    url = sqlite_url(tmp_path / "catalogue.db")
    Catalogue.create(url, SCHEMA, ITEMS, LOG).close()
    again = Catalogue.create(url, SCHEMA, ITEMS[:1], [])
    assert len(again) == 1
    assert again.interactions_of("u2") == []
    again.close()


def test_eight_threads_read_one_catalogue(catalogue):
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda k: catalogue.items([ITEMS[k % 3].id])[0].title, range(200)))
    assert read == [ITEMS[k % 3].title for k in range(200)]
