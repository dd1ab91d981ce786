"""Requests in Spanish, French, German, Portuguese, Italian and Chinese: what the rules make of them on the films."""

from dataclasses import replace

import pytest
from film_requests import FIRST_TURNS as ENGLISH_FIRST
from film_requests import LATER_TURNS as ENGLISH_LATER
from foreign_requests import FIRST_TURNS
from foreign_talk import ASIDES, DIALOGUES, ENGLISH_OR_UNTOLD, MIXED
from said import understood

from tastemaker.agent.languages.gloss import Glosser
from tastemaker.agent.languages.lexicon import LANGUAGES
from tastemaker.agent.state import State

REQUESTS = [
    pytest.param(words, code, act, wanted, id=f"{code}: {words}")
    for act, wanted, by_language in FIRST_TURNS
    for code, words in by_language.items()
]


@pytest.fixture(scope="module")
def glosser(demo_workspace):
    return Glosser(demo_workspace.schema, demo_workspace.resolver)


@pytest.fixture(scope="module")
def shown(demo_workspace):
    names = ("Blade Runner", "The Matrix", "Titanic (1997)", "Heat", "Casablanca")
    return tuple(demo_workspace.resolver.resolve_item(name).best.item_id for name in names)


@pytest.mark.parametrize(("words", "code", "act", "wanted"), REQUESTS)
def test_a_request_of_another_language_is_understood(films, words, code, act, wanted):
    plan = films.plan(words, State()).plan
    assert (plan.act, understood(plan, films.workspace)) == (act, set(wanted))


def test_every_language_has_requests_enough():
    for code in LANGUAGES:
        assert sum(code in by_language for _, _, by_language in FIRST_TURNS) >= 25


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_conversation_in_another_language_goes_on(films, shown, code):
    state = State()
    for words, act, wanted in DIALOGUES[code]:
        plan = films.plan(words, state).plan
        assert (words, plan.act, understood(plan, films.workspace)) == (words, act, set(wanted))
        assert plan.language == code
        if act not in ("undo", "explain"):
            state = replace(state.planned(plan), shown=(shown,))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_said_beside_any_wish_is_heard_for_what_it_is(films, shown, code):
    for state in (State(), State(language=code, shown=(shown,))):
        for meant, several in ASIDES[code].items():
            for words in several:
                plan = films.plan(words, state).plan
                heard = "undo" if plan.act == "undo" else plan.talk
                assert (words, heard, plan.language, plan.changes) == (words, meant, code, ())


@pytest.mark.parametrize("words", ENGLISH_OR_UNTOLD)
def test_names_of_other_languages_make_no_request_foreign(glosser, words):
    gloss = glosser.read(words)
    assert gloss.language in ("", "en")
    assert gloss.text == words


@pytest.mark.parametrize("words", [words for words, _, _ in [*ENGLISH_FIRST, *ENGLISH_LATER]])
def test_no_english_request_is_taken_for_another_language(glosser, words):
    assert glosser.read(words).text == words
    assert glosser.read(words, "en").text == words


@pytest.mark.parametrize(("words", "code"), MIXED)
def test_english_in_a_request_leaves_it_its_language(films, words, code):
    plan = films.plan(words, State()).plan
    assert plan.language == code
    assert [change.opinion for change in plan.changes] == ["anchor"]


def test_the_language_spoken_so_far_decides_where_the_words_do_not_tell(glosser):
    assert [glosser.read("Blade Runner", code).language for code in ("", "fr", "zh")] == ["", "fr", "zh"]
    assert glosser.read("comedia romantica", "pt").language == "pt"
    assert glosser.read("comedia romantica", "es").language == "es"


def test_a_person_may_go_on_in_english(glosser):
    assert glosser.read("shorter please", "es").language == "en"


def test_a_wish_is_told_in_the_words_it_was_said_in(films):
    plan = films.plan("una comedia francesa de los noventa, sin guerra", State()).plan
    assert [change.condition.said for change in plan.changes] == ["comedia", "francesa", "guerra", "de los noventa"]


@pytest.mark.parametrize("name", ["El laberinto del fauno", "Das Leben der Anderen", "La vita è bella", "千与千寻"])
def test_other_names_of_films_are_known_in_any_language(films, name):
    for words in (f"algo como {name}", f"quelque chose comme {name}", f"像{name}那样的电影"):
        assert [change.opinion for change in films.plan(words, State()).plan.changes] == ["anchor"], words
