"""The verifier: what is in the evidence may be said, nothing else."""

import pytest

from tastemaker.agent.verifier import Verifier
from tastemaker.tools.evidence import Evidence

EVIDENCE = (
    Evidence(source="catalogue", name="title", value="Salt Road", about="g04"),
    Evidence(source="catalogue", name="kinds", value=("Economic", "Strategy"), about="g04"),
    Evidence(source="catalogue", name="year", value=2003.0, about="g04"),
    Evidence(source="catalogue", name="playing_time", value=120.0, about="g04"),
    Evidence(source="catalogue", name="designers", value=("Ines Calder",), about="g04"),
    Evidence(source="interactions", name="mean_value", value=3.9, about="g04"),
)
TEXTS = ("Economic and Strategy, from 2003, designed by Ines Calder, rated 3.9 by 18 people.",)


@pytest.fixture(scope="module")
def verifier(small_workspace):
    return Verifier(small_workspace)


@pytest.mark.parametrize(
    "sentence",
    [
        "¤ is a strategy game from 2003.",
        "It came out in 2003, in the 2000s, and Ines Calder designed it.",
        "Calder's design is economic and calm.",
        "People rated it: rated 3.9 by 18 people.",
        "Slow, thoughtful and warm, it suits a long evening.",
        "Expect an Economic Strategy game that takes its time.",
        "If you like a calm evening, this is one of the best.",
        "Salt Road is here too.",
        "Designed by Ines Calder, it is a strategy game.",
        "Released in 2003, ¤ comes with calm.",
        "I'd say it's a fine choice, and that's that!",
    ],
)
def test_what_the_evidence_holds_may_be_said(verifier, sentence):
    assert verifier.check(sentence, EVIDENCE, TEXTS) == []


@pytest.mark.parametrize(
    ("sentence", "lie"),
    [
        ("¤ is from 1999.", "1999"),
        ("It is a classic of the 1980s.", "1980s"),
        ("It is a classic of the eighties.", "eighties"),
        ("It came out in nineteen ninety-nine.", "nineteen ninety-nine"),
        ("It takes 45 minutes.", "45"),
        ("It takes twelve minutes.", "twelve"),
        ("It takes 18 minutes.", "18"),
        ("It has 2003 players.", "2003"),
        ("Rated 4.9 by 18 people.", "4.9"),
        ("It was designed by Mira Okafor.", "Mira Okafor"),
        ("It was designed by mira okafor.", "designed by mira"),
        ("It was designed by john smithers.", "designed by john"),
        ("It was designed by ines zcalder.", "designed by ines"),
        ("try harbour next.", "harbour"),
        ("Reiner Zorblax designed it.", "Reiner Zorblax"),
        ("Zorblax is a gem.", "Zorblax"),
        ("You will also love Zorblax Returns.", "Zorblax Returns"),
        ("Try The Glass Orchard instead.", "The Glass Orchard"),
        ("Try the glass orchard instead.", "the glass orchard"),
        ("It is a family game.", "family"),
        ("It is a War game.", "War"),
        ("It won the Spiel des Jahres.", "Spiel"),
        ("They call it “a perfect evening”.", "a perfect evening"),
        ("It is not a strategy game.", "strategy"),
        ("SELECT title FROM items", "SELECT"),
        ("Its id is g04.", "04"),
        ("<b>It is fine</b>", "<"),
        ("See https://example.org for more.", "https:"),
        ("It is ½ as long.", "½"),
        ("它是一个好游戏。", "它是一个好游戏"),
        ("HARBOUR is better.", "HARBOUR"),
        ("Harbour is better.", "Harbour"),
        ("Lovely [7] here.", "["),
    ],
)
def test_what_the_evidence_does_not_hold_is_found(verifier, sentence, lie):
    assert any(lie in found for found in verifier.check(sentence, EVIDENCE, TEXTS))


def test_a_name_is_held_to_the_role_that_it_has(verifier):
    evidence = (
        Evidence(source="catalogue", name="publisher", value="Ines Calder", about="g04"),
        Evidence(source="catalogue", name="designers", value=("Mira Okafor",), about="g04"),
    )
    assert verifier.check("It was designed by Mira Okafor.", evidence) == []
    assert verifier.check("It was designed by Ines Calder.", evidence) != []


def test_hidden_signs_and_endless_sentences_are_refused(verifier):
    assert verifier.check("fine\u202etxet", (), ())
    assert verifier.check("fine " * 1000, (), ())


def test_what_the_person_said_may_be_said_back(verifier):
    support = verifier.said_by_person("something like salt road, no war, under 90 minutes", 5)
    assert verifier.unsupported("Here are five for you who like Salt Road.", support) == []
    assert verifier.unsupported("You asked for no war and under 90 minutes.", support) == []
    assert verifier.unsupported("You asked for war.", support) == ["war"]
    assert verifier.unsupported("You like Harbour.", support) == ["Harbour"]
