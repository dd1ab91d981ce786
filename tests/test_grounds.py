"""Names and numbers that are not among the grounds are found."""

import pytest

from tastemaker.eval.grounds import Grounds

GROUNDS = Grounds.of(["Étoile du Nord", "A Hard Day's Night", "from 1982 to 1989"], [4.2, 60.0], ["film", "films"])


@pytest.mark.parametrize(
    "text",
    [
        "Here are 5 films: etoile du Nord.",
        "“A Hard Day's Night” is 60 minutes long, rated 4.2.",
        "From 1982. No film of 1989 is longer.",
        "Only 3 films kept it.",
    ],
)
def test_what_is_among_the_grounds_may_be_said(text):
    assert GROUNDS.lacking(text) == []


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("It stars Tom Hanks.", ["Tom", "Hanks"]),
        ("It is from 1983.", ["1983"]),
        ("It is seventy minutes long.", ["seventy"]),
        ("Here is Nord, by Kurosawa, of 1950.", ["1950", "Kurosawa"]),
    ],
)
def test_what_is_not_is_found(text, lacking):
    assert GROUNDS.lacking(text) == lacking
