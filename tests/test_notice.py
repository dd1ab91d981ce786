"""Warnings that are made in English and read in the person's language."""

import pytest

from tastemaker.agent.languages.lexicon import LANGUAGES
from tastemaker.agent.languages.notice import Notice, told
from tastemaker.agent.languages.speech import speaking
from tastemaker.agent.opening import notes
from tastemaker.agent.planners.base import rules_instead

LATE = Notice(
    "search_text took too long and was left out: no answer within 5 s",
    "the tool “{tool}” took too long and was left out",
    tool="search_text",
)


def test_a_notice_is_its_english_for_the_trace():
    assert LATE == "search_text took too long and was left out: no answer within 5 s"
    assert rules_instead("The local model is busy.") == "The local model is busy. The rules planned this turn."


def test_an_english_reply_tells_all_of_it():
    assert notes([LATE]) == ["Note: search_text took too long and was left out: no answer within 5 s."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_of_another_language_tells_it_in_that_language(language, small_workspace):
    with speaking(language, small_workspace.schema):
        (late, instead) = notes([LATE, rules_instead("The model is busy.")])
    assert "search_text" in late
    for english in ("took too long", "rules planned", "Note:", "busy"):
        assert english not in late + instead


def test_a_warning_that_is_no_notice_stays_as_it_is(small_workspace):
    with speaking("es", small_workspace.schema):
        assert told("solo se leyeron 4,000 letras") == "solo se leyeron 4,000 letras"
        assert told(LATE) == "la herramienta “search_text” ha tardado demasiado y se ha dejado de lado"
