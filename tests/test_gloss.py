"""Glossing: where the English came from, names left alone, time."""

import time

import numpy as np
import pytest
from film_requests import FIRST_TURNS as ENGLISH
from foreign_requests import FIRST_TURNS

from tastemaker.agent.languages.gloss import Gloss, Glosser, Piece
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State

FOREIGN = [words for _, _, by_language in FIRST_TURNS for words in by_language.values()]


@pytest.fixture(scope="module")
def games(small_workspace):
    """A glosser for a catalogue that has no words of its own in other languages."""
    return Glosser(small_workspace.schema, small_workspace.resolver)


@pytest.fixture(scope="module")
def films(demo_workspace):
    return Glosser(demo_workspace.schema, demo_workspace.resolver)


@pytest.mark.parametrize(
    ("words", "language", "english"),
    [
        ("quiero algo como Moth & Lantern pero más corto", "es", "i want something like Moth & Lantern but shorter"),
        ("je ne veux pas de guerre, merci", "fr", "no war, thanks"),
        ("ich habe Ashfall schon gesehen", "de", "i have already seen Ashfall"),
        ("mais recente, por favor", "pt", "more recent, please"),
        ("qualcosa di simile a Ashfall", "it", "something like Ashfall"),
        ("像Ashfall那样，但是短一点！", "zh", "like Ashfall,but shorter!"),
        ("", "", ""),
        ("?!", "", "?!"),
    ],
)
def test_a_request_is_read_as_plain_english(games, words, language, english):
    gloss = games.read(words)
    assert (gloss.language, " ".join(gloss.text.split())) == (language, english)


def test_every_piece_of_the_english_knows_the_words_it_came_from(games):
    gloss = games.read("algo más corto que Ashfall, sin guerra")
    assert [(gloss.text[piece.start : piece.end].strip(), piece.said) for piece in gloss.pieces] == [
        ("something", "algo"),
        ("shorter than", "más corto que"),
        ("Ashfall,", "Ashfall,"),
        ("without", "sin"),
        ("war", "guerra"),
    ]


def test_the_words_around_a_name_in_a_pattern_are_told_together(games):
    gloss = games.read("Ashfall fand ich langweilig")
    assert gloss.text == "i hated Ashfall"
    assert gloss.said("hated") == "fand ich langweilig"
    assert gloss.said("Ashfall") == "Ashfall"


def test_the_words_of_what_stands_apart_are_put_together():
    gloss = Gloss("es", "no war nor horror", (Piece(0, 2, "sin"), Piece(3, 6, "guerra"), Piece(11, 17, "terror")))
    assert gloss.said("war horror") == "guerra terror"
    assert gloss.said("peace") == "peace"
    assert gloss.said("") == ""


def test_what_is_quoted_is_left_alone(games):
    assert games.read('quiero algo como "Sin La Guerra"').text == 'i want something like "Sin La Guerra"'


def test_a_title_is_left_alone_and_a_phrase_that_is_more_than_one_is_not(films):
    assert films.read("como La vita è bella").text == "like La vita è bella"
    assert films.read("j'ai déjà vu Heat").text == "i have already seen Heat"


@pytest.mark.parametrize(
    "words", ["un " * 1300, "quiero " * 600, "ich habe " * 500, "像" * 4000, "no me gusta @ " * 280]
)
@pytest.mark.timeout(20)
def test_four_thousand_letters_are_read_at_once(games, words):
    assert isinstance(games.read(words), Gloss)


def test_any_text_has_a_gloss_in_any_conversation(games):
    for words in ("\x00", "ǅ İ ﬁ", "l'", "'", "d'd'd'", "中文 фильм 🙂", "¿¿", "@@", r"\1", "ß'ß"):
        for before in ("", "en", "es", "fr", "de", "pt", "it", "zh"):
            assert isinstance(games.read(words, before), Gloss)


def milliseconds(glosser, requests):
    spent = []
    for words in requests:
        glosser.read(words)
        best = min(_timed(glosser, words) for _ in range(5))
        spent.append(1000 * best)
    return float(np.quantile(spent, 0.95))


def _timed(glosser, words):
    started = time.perf_counter()
    glosser.read(words)
    return time.perf_counter() - started


def test_glossing_takes_a_few_milliseconds_and_english_next_to_none(films):
    foreign = milliseconds(films, FOREIGN)
    english = milliseconds(films, [words for words, _, _ in ENGLISH])
    print(f"\nglossing, 95th percentile: {foreign:.2f} ms, of English requests {english:.3f} ms")
    assert foreign < 3
    assert english < 0.5


def test_a_catalogue_without_words_of_its_own_is_understood_in_the_common_words(small_workspace):
    planner = RulesPlanner(small_workspace)
    plan = planner.plan("algo como Ashfall, menos de una hora", State()).plan
    kinds = [change.kind for change in plan.changes]
    assert (plan.language, sorted(kinds)) == ("es", ["rate", "require"])
