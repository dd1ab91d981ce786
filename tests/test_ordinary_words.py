"""Telling ordinary words from names by their form."""

import pytest

from tastemaker.agent.ordinary_words import is_function_word, looks_ordinary, negates


@pytest.mark.parametrize("word", ["The", "It's", "You’ll", "If"])
def test_function_words_name_nothing(word):
    assert is_function_word(word)


@pytest.mark.parametrize("word", ["Expect", "Moody", "Slow-burning", "Beautifully", "Directed", "Thoughtful"])
def test_words_that_look_ordinary(word):
    assert looks_ordinary(word)


@pytest.mark.parametrize("word", ["Zorblax", "Spielberg", "Quuxville"])
def test_words_that_look_like_names(word):
    assert not looks_ordinary(word)


@pytest.mark.parametrize(("word", "found"), [("no", True), ("isn’t", True), ("without", True), ("known", False)])
def test_words_that_deny(word, found):
    assert negates(word) is found
