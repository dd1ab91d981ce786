"""How a person wants to be served, by the wording."""

import pytest

from tastemaker.agent.dials import TurnDial
from tastemaker.agent.planners.dial_words import DialWords
from tastemaker.agent.planners.line import Line
from tastemaker.agent.state import State

WORDS = DialWords(["games"])
SURPRISE = {"adventure": 1.0, "diversity": 0.5, "fame": -0.5}
SAFE = {"adventure": -1.0, "diversity": -0.5, "fame": 0.5}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("surprise me", SURPRISE),
        ("play it safe", SAFE),
        ("a crowd pleaser", SAFE),
        ("nothing too daring", SAFE),
        ("some hidden gems please", {"fame": -1.0}),
        ("nothing mainstream", {"fame": -1.0}),
        ("nothing too famous", {"fame": -1.0}),
        ("well-known ones", {"fame": 1.0}),
        ("nothing too obscure", {"fame": 1.0}),
        ("a bit more variety", {"diversity": 1.0}),
        ("not all the same kind", {"diversity": 1.0}),
        ("all of the same kind is fine", {"diversity": -1.0}),
        ("recent stuff preferably", {"recency": 1.0}),
        ("something newer in general", {"recency": 1.0}),
        ("newer games in general", {"recency": 1.0}),
        ("I generally prefer older games", {"recency": -1.0}),
        ("surprise me, but well-known ones", SURPRISE | {"fame": 1.0}),
        ("a quiet evening", {}),
        ("something recent", {}),
        ("newer than the second one", {}),
    ],
)
def test_dials_are_turned_by_words_and_their_denial(words, wanted):
    assert {turn.dial: turn.level for turn in WORDS.read(Line(words))} == wanted


def test_the_words_that_turned_a_dial_are_kept_and_claimed():
    line = Line("a war game, nothing too famous")
    (turn,) = WORDS.read(line)
    assert turn.said == "nothing too famous"
    assert line.claimed == [False, False, False, True, True, True]


LANGUAGES = {
    "es": ("ve a lo seguro", "nada muy famoso", "más variedad", "más bien recientes"),
    "fr": ("une valeur sûre", "rien de trop connu", "plus de variété", "plutôt récents"),
    "de": ("geh auf Nummer sicher", "nichts allzu Bekanntes", "mehr Abwechslung", "lieber neuere Sachen"),
    "pt": ("vai pelo seguro", "nada muito famoso", "mais variedade", "de preferência recentes"),
    "it": ("vai sul sicuro", "niente di troppo famoso", "più varietà", "piuttosto recenti"),
    "zh": ("稳妥一点", "不要太有名", "多样一点", "总体上偏新"),
}


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        (code, words, wanted)
        for code, every in LANGUAGES.items()
        for words, wanted in zip(every, (SAFE, {"fame": -1.0}, {"diversity": 1.0}, {"recency": 1.0}), strict=True)
    ],
)
def test_dials_are_turned_in_every_language_of_the_chat(films, language, words, wanted):
    state = State(language=language)
    turned = [change for change in films.plan(words, state).plan.changes if isinstance(change, TurnDial)]
    assert {turn.dial: turn.level for turn in turned} == wanted
    assert all(turn.said and turn.said in words for turn in turned)
