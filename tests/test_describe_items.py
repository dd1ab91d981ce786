"""Description reads the facts of items in the order asked."""

import pytest

from tastemaker.tools.describe_items import describe_items
from tastemaker.tools.errors import RetryableToolError


def test_items_come_in_the_order_asked_each_once(small_workspace):
    assert [item.id for item in describe_items(small_workspace, ["g10", "g04", "g10"])] == ["g10", "g04"]


def test_the_facts_are_those_of_the_catalogue(small_workspace):
    item = describe_items(small_workspace, ["g04"])[0]
    assert item == small_workspace.catalogue.item("g04")
    assert item.title == "Salt Road"


def test_no_id_gives_no_item(small_workspace):
    assert describe_items(small_workspace, []) == []


@pytest.mark.parametrize("item_id", ["", "g999", "Salt Road", "\ud800", "'; DROP TABLE items;--"])
def test_an_unknown_id_is_answered_with_the_cure(small_workspace, item_id):
    with pytest.raises(RetryableToolError, match="give ids of the catalogue"):
        describe_items(small_workspace, [item_id])
