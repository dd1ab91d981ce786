"""Ids become rows, each once, in the order named."""

import pytest

from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.named_items import rows_of


def test_each_item_gives_its_row_once_in_the_order_named(small_workspace):
    assert rows_of(small_workspace.catalogue, ["g03", "g01", "g03"]).tolist() == [2, 0]
    assert rows_of(small_workspace.catalogue, []).tolist() == []


def test_an_unknown_id_is_named_with_the_cure(small_workspace):
    with pytest.raises(RetryableToolError, match="There is no item with the id 'g99'; give ids of the catalogue"):
        rows_of(small_workspace.catalogue, ["g01", "g99"])
