"""Finding numbers in digits and words."""

import pytest

from tastemaker.agent.said_numbers import said_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1982", 1982),
        ("1,200 people", 1200),
        ("rated 3.9", 3.9),
        ("117-minute", 117),
        ("twelve", 12),
        ("twenty-five", 25),
        ("ninety nine", 99),
        ("two hundred and six", 206),
        ("three thousand", 3000),
        ("nineteen eighty-two", 1982),
        ("twenty twelve", 2012),
        ("a dozen", 12),
        ("the third", 3),
        ("２０", 20),
    ],
)
def test_numbers_are_read(text, value):
    assert [each.value for each in said_numbers(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"), [("the 1980s", 1980), ("the '80s", 80), ("the eighties", 80), ("the 1990’s", 1990)]
)
def test_decades_are_told_from_numbers(text, value):
    (found,) = said_numbers(text)
    assert (found.value, found.decade) == (value, True)


def test_the_words_beside_a_number_are_kept():
    (found,) = said_numbers("liked by 12 people")
    assert (found.before, found.after) == ("by", "people")


@pytest.mark.parametrize(
    "text", ["one of them", "the first", "someone often", "weighty tenor", "a second-hand word"[:1]]
)
def test_ordinary_words_are_no_numbers(text):
    assert said_numbers(text) == []


@pytest.mark.parametrize("text", ["½", "x²", "Ⅷ", "七"])
def test_signs_that_are_numbers_are_found_though_not_read(text):
    assert [each.value for each in said_numbers(text)] == [None]
