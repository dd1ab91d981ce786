"""Slips and shorthand in the words around names."""

import pytest

from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema
from tastemaker.tools.resolve.spelling import Spelling
from tastemaker.tools.resolve.tokens import tokens

SCHEMA = CatalogueSchema(
    noun="novel",
    plural="novels",
    fields=(
        CatalogueField(name="title", type="text", role="title"),
        CatalogueField(name="kind", type="categories", role="genre", aliases={"ghost story": ("Haunted",)}),
    ),
)


@pytest.fixture(scope="module")
def spelling():
    return Spelling(SCHEMA, names=frozenset({"smilar", "elsinore"}), dictionary=frozenset({"foam"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("soemthing", "something"),
        ("nineteis", "nineties"),
        ("withut", "without"),
        ("huanted", "haunted"),
        ("novl", "novel"),
        ("rly", "really"),
        ("w/", "with"),
    ],
)
def test_a_slip_is_mended(spelling, typed, meant):
    assert spelling.mend(typed) == meant


@pytest.mark.parametrize("typed", ["something", "smilar", "foam", "zorblax", "tnx1", "wxyz"])
def test_words_and_names_and_riddles_are_let_alone(spelling, typed):
    assert spelling.mend(typed) == typed


def test_a_name_with_a_capital_is_no_slip(spelling):
    keys = [word.key for word in tokens("smth by Thta, taht is it", spelling.mend)]
    assert keys == ["something", "by", "thta", "that", "is", "it"]


def test_a_figure_may_stand_for_a_word(spelling):
    assert [word.key for word in tokens("novel 4 the kids, 4 hours", spelling.mend)] == [
        "novel", "for", "the", "kids", "4", "hours",
    ]  # fmt: skip


def test_shorthand_with_a_stroke_is_one_word(spelling):
    assert [word.key for word in tokens("novel w/ ghosts w/o gore", spelling.mend)][1::2] == ["with", "without"]
