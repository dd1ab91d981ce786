"""Cutting streamed text into sentences."""

import pytest

from tastemaker.agent.sentences import SentenceSplitter, split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "It was written by Dr. Smith and Mr. Jones.",
        "J.R.R. Tolkien wrote it.",
        "Samuel L. Jackson is in it.",
        "It stars Robert Downey Jr. as himself.",
        "It is rated 3.9 by many.",
        "[1] vs. [2] is close.",
        "It ends well… or not.",
        "1. **[1]** is first in a list.",
    ],
)
def test_points_inside_a_sentence_do_not_end_it(sentence):
    assert split_sentences(f"{sentence} Next one.") == [sentence, "Next one."]


def test_sentences_end_at_points_questions_lines_and_full_width_points():
    assert split_sentences("One. Two? Three!\nfour\n\n“Five.” 六。七") == [
        "One.",
        "Two?",
        "Three!",
        "four",
        "“Five.”",
        "六。",
        "七",
    ]


def test_a_sentence_is_given_as_soon_as_the_next_begins():
    splitter = SentenceSplitter()
    assert splitter.feed("One is") == []
    assert splitter.feed(" here. ") == []
    assert splitter.feed("Two") == ["One is here."]
    assert splitter.flush() == ["Two"]


def test_pieces_of_any_size_give_the_same_sentences():
    text = "Dr. No is [1]. It is 90 minutes long!  And J. R. Smith wrote it.\n- Last"
    for size in range(1, 12):
        splitter = SentenceSplitter()
        found = [each for start in range(0, len(text), size) for each in splitter.feed(text[start : start + size])]
        assert [*found, *splitter.flush()] == split_sentences(text)
