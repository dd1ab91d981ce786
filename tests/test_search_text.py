"""The tool of text search."""

import pytest

from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.search_text import search_text


def test_the_item_with_the_words_comes_first(small_workspace):
    assert search_text(small_workspace, "thieves on the salt road").ids[0] == "g04"


def test_fields_can_be_weighted(small_workspace):
    found = search_text(small_workspace, "harbour", weights={"title": 1.0})
    assert set(found.ids) == {"g01", "g02", "g45"}


def test_a_query_without_a_known_word_says_so(small_workspace):
    found = search_text(small_workspace, "xyzzy")
    assert len(found) == 0
    assert found.note == "No item has any of the words."


def test_an_unknown_field_names_those_there_are(small_workspace):
    with pytest.raises(RetryableToolError, match="no field 'colour'; the fields are title"):
        search_text(small_workspace, "red", weights={"colour": 2.0})
