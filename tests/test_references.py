"""Places in the last list, in words."""

import pytest

from tastemaker.agent.references import References

REFERENCES = References(["game", "games", "board game"])
SHOWN = ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("more like the second one", "b"),
        ("the third game", "c"),
        ("who made the first ?", "a"),
        ("number 4", "d"),
        ("# 2", "b"),
        ("the last one", "e"),
        ("the first two", "ab"),
        ("the last 3 games", "cde"),
        ("2nd one", "b"),
        ("the first and the fifth", "ae"),
        ("number 9", ""),
        ("the tenth one", ""),
    ],
)
def test_a_place_is_found(text, items):
    found = [item for reference in REFERENCES.find(text) for item in reference.items(SHOWN)]
    assert "".join(found) == items


@pytest.mark.parametrize(
    "text", ["the first world war", "at first sight", "number one hit", "last year", "the last ten years"]
)
def test_other_firsts_and_lasts_are_no_places(text):
    assert list(REFERENCES.find(text)) == []


def test_a_name_is_a_reference_only_as_a_whole():
    assert REFERENCES.named("the second one") == (1,)
    assert REFERENCES.named("the second coming") == ()
