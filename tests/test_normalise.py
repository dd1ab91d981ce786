import pytest
from hypothesis import given
from hypothesis import strategies as st

from tastemaker.tools.catalogue.normalise import normalise, normalise_title


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("AMÉLIE", "amelie"),
        ("Krzysztof Kieślowski", "krzysztof kieslowski"),
        ("Paweł Øre-Æther", "pawel ore aether"),
        ("O'Brien & Sons, Inc.", "obrien and sons inc"),
        ("  spaced   out\n", "spaced out"),
        ("Straße", "strasse"),
        ("七人の侍", "七人の侍"),
        ("𝐁old", "bold"),
        ("!!!", "!!!"),
        ("", ""),
        (" \t\0", ""),
    ],
)
def test_a_key_has_no_case_accents_or_punctuation(said, key):
    assert normalise(said) == key


def test_a_title_loses_its_leading_article_but_never_all_of_it():
    assert normalise_title("The Thing") == "thing"
    assert normalise_title("A") == "a"
    assert normalise_title("Anthem") == "anthem"


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_case_never_matters(text):
    assert normalise(text.upper()) == normalise(text.upper().lower())


@given(st.text(min_size=1))
def test_a_key_can_be_stored(text):
    normalise(text).encode()
