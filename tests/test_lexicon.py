"""The lexicons as files: enough phrases, none twice, English that the rules can read; and how they are looked up."""

import re
from collections import Counter
from importlib.resources import files

import pytest
import tomlkit

from tastemaker.agent.languages.lexicon import LANGUAGES, Lexicon, folded, parts_of, plain_signs, words_of
from tastemaker.demo.films import film_schema
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.resolve.ordinary_words import is_ordinary

LEAST_PHRASES = 400
_OF_THE_RULES = "actually bye capital disliked fi funnier length mid runtime scarier sci shortest starred undo"
OF_THE_RULES = frozenset(_OF_THE_RULES.split())
"""Words of the rules' patterns and of the films that are on no list of ordinary words."""


def read(code):
    text = (files("tastemaker.agent.languages") / f"{code}.toml").read_text(encoding="utf-8")
    return tomlkit.parse(text).unwrap()


@pytest.fixture(params=LANGUAGES)
def code(request):
    return request.param


def test_every_lexicon_has_phrases_enough(code):
    assert len(Lexicon.load(code).phrases) >= LEAST_PHRASES


def test_no_phrase_stands_twice(code):
    counts = Counter(phrase.lower() for several in read(code)["phrases"].values() for phrase in several)
    assert [phrase for phrase, times in counts.items() if times > 1] == []


def test_no_word_of_the_films_stands_twice(code):
    counts = Counter(word.lower() for words in film_schema().languages[code].values() for word in words)
    assert [word for word, times in counts.items() if times > 1] == []


def test_every_pattern_compiles_and_its_english_has_no_group_too_many(code):
    for pattern, english in Lexicon.load(code).patterns.items():
        assert pattern == folded(pattern), "patterns are matched against folded text"
        groups = re.compile(pattern.replace("@", "(.)")).groups
        assert {part for part in parts_of(english) if isinstance(part, int)} == set(range(1, groups + 1)), pattern


def test_the_english_is_of_words_that_the_rules_know(code, demo_workspace):
    lexicon = Lexicon.load(code)
    strange = [
        english
        for english in {
            *lexicon.phrases.values(),
            *(" ".join(map(str, parts_of(t))) for t in lexicon.patterns.values()),
        }
        for key in [word.key for word in words_of(english)]
        if not (is_ordinary(key) or key[0].isdigit() or key in OF_THE_RULES)
        and not demo_workspace.resolver.lookup.names(normalise(english.removeprefix("from ").removeprefix("in ")))
    ]
    assert strange == []


def test_the_words_of_the_films_mean_something_in_the_catalogue(code, demo_workspace):
    lookup = demo_workspace.resolver.lookup
    strange = [
        english
        for english in sorted(set(film_schema().words_in(code).values()))
        if not lookup.names(normalise(english))
        and not demo_workspace.resolver.resolve_item(english).best
        and not all(
            is_ordinary(word.key) or lookup.names(word.key) or word.key in OF_THE_RULES for word in words_of(english)
        )
    ]
    assert strange == []


def test_there_is_a_lexicon_for_every_code_and_no_other():
    folder = files("tastemaker.agent.languages")
    assert {each.name for each in folder.iterdir() if each.name.endswith(".toml")} == {f"{c}.toml" for c in LANGUAGES}


def test_folding_keeps_every_place():
    for text in ("Años Más", "L’été à Paris", "ﬁlm ½ ß İ", "《千与千寻》，好！", "¿Qué?"):
        assert len(folded(text)) == len(plain_signs(text)) == len(text)


def test_elided_articles_and_chinese_signs_are_words():
    assert [word.key for word in words_of("l’été d'horreur")] == ["l'", "ete", "d'", "horreur"]
    assert [word.key for word in words_of("看3部Heat")] == ["看", "3", "部", "heat"]


def found(lexicon, text):
    return [(text[each.start : each.end], each.english) for each in lexicon.find(folded(text), words_of(text))]


def test_the_longest_phrase_wins_and_then_the_one_that_is_spelled_so():
    lexicon = Lexicon("de", {"schon": "already", "schön": "beautiful", "schon gesehen": "seen"}, {})
    assert found(lexicon, "schön") == [("schön", "beautiful")]
    assert found(lexicon, "SCHON") == [("SCHON", "already")]
    assert found(lexicon, "schon  gesehen") == [("schon  gesehen", "seen")]
    assert found(lexicon, "schon, gesehen") == [("schon", "already")]


def test_a_phrase_matches_without_its_accents():
    assert found(Lexicon("fr", {"réalisé par": "directed by"}, {}), "realise par") == [("realise par", "directed by")]


def test_a_phrase_never_ends_within_a_word():
    assert found(Lexicon("es", {"sin": "without"}, {}), "sinfonía") == []


def test_an_inflected_word_is_known_by_its_stem():
    assert found(Lexicon("de", {"ruhig": "calm"}, {}, ("en", "er")), "ruhigen ruhigem") == [("ruhigen", "calm")]


def test_a_pattern_goes_before_phrases_and_a_phrase_may_end_where_it_starts():
    lexicon = Lexicon("fr", {"d'": "of", "d'avant": "before", "avant": "before"}, {r"avant (\d{4})": r"before \1"})
    assert found(lexicon, "d'avant 1970") == [("d'", "of"), ("avant 1970", r"before \1")]


def test_words_of_a_catalogue_win_over_those_of_the_language():
    lexicon = Lexicon("es", {"guerra": "war"}, {}).with_words({"guerra": "War"})
    assert found(lexicon, "guerra") == [("guerra", "War")]


def test_facets_are_in_small_letters_since_capitals_make_titles():
    lexicon = Lexicon("es", {"guerra": "War", "tiburón": "Jaws"}, {}).with_small(lambda key: key == "war")
    assert dict(lexicon.phrases) == {"guerra": "war", "tiburón": "Jaws"}


def test_articles_do_not_tell_a_language():
    telling = Lexicon("es", {"el": "the", "quiero": "i want", "al estilo de": "like"}, {}).telling
    assert telling == {"quiero", "estilo"}


def test_an_unknown_language_has_no_lexicon():
    with pytest.raises(FileNotFoundError):
        Lexicon.load("xx")
