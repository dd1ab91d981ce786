"""Finding every name of a catalogue in a text."""

import pytest

from tastemaker.agent.name_scan import NameScanner, words_of


@pytest.fixture(scope="module")
def scanner(small_workspace):
    return NameScanner(small_workspace.resolver.gazetteer, small_workspace.schema)


def names(scanner, text):
    return [each.text for each in scanner.scan(words_of(text))]


def test_names_are_found_in_any_case_the_longest_first(scanner):
    assert names(scanner, "try THE GLASS ORCHARD or salt road, by ines calder") == [
        "THE GLASS ORCHARD",
        "salt road",
        "ines calder",
    ]


def test_ordinary_words_that_are_names_are_found_too(scanner):
    assert "harbour" in names(scanner, "a quiet harbour")
    assert "war" in names(scanner, "a war")


def test_a_last_name_counts_with_a_capital_only(scanner):
    assert names(scanner, "Calder made it") == ["Calder"]
    assert names(scanner, "a calder stone") == []


def test_a_name_that_people_write_small_is_told_from_titles_and_people(scanner):
    (war,) = scanner.scan(words_of("war"))
    (title,) = scanner.scan(words_of("Salt Road"))
    assert (war.facet, title.facet) == (True, False)


def test_words_keep_their_inner_marks_and_lose_possessive_endings():
    found = words_of("Calder's sci-fi, 2003: J.R.R. and O’Neill’s")
    assert [word.text for word in found] == ["Calder's", "sci-fi", "2003", "J.R.R", "and", "O’Neill’s"]
    assert [found[0].plain, found[-1].plain] == ["Calder", "O’Neill"]
