"""What a mark stands for is found in the catalogue, by whatever words, or not at all."""

import pytest

from tastemaker.eval.understanding.gold import meant
from tastemaker.eval.understanding.request_file import plain

SHOWN = ("g06", "g04")


@pytest.fixture
def stands_for(small_workspace):
    """Return what finds the meaning of the one mark of a request."""
    return lambda marked: meant(plain(marked)[1][0], SHOWN, small_workspace)


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("[horror|kinds|refused]", {"horror"}),
        ("[spooky stuff=Horror|kinds|refused]", {"horror"}),
        ("[x=War/Family|kinds|wanted]", {"war", "family"}),
        ("[okafor=Mira Okafor|designers|wanted]", {"mira okafor"}),
        ("[Mira Okafo|designers|wanted]", {"mira okafor"}),
        ("[calder=Ines Calder|person|wanted]", {"ines calder"}),
        ("[Mira Okafor|publisher|wanted]", set()),
        ("[chess boxing|kinds|wanted]", set()),
    ],
)
def test_a_facet_stands_for_values_of_its_field(stands_for, marked, values):
    found = stands_for(marked)
    assert (found.kind, found.values, found.known) == ("facet", values, bool(values))


@pytest.mark.parametrize(
    ("marked", "items"),
    [
        ("[Salt Road|item|liked]", {"g04"}),
        ("[salt rode=Salt Road|item|liked]", {"g04"}),
        ("[Via Salaria|item|liked]", {"g04"}),
        ("[Harbour|item|liked]", {"g01", "g02"}),
        ("[Harbour (2014)|item|liked]", {"g02"}),
        ("[both=Salt Road/Ashfall|item|liked]", {"g04", "g06"}),
        ("[the second=#2|item|liked]", {"g04"}),
        ("[#1|item|liked]", {"g06"}),
        ("[the ninth=#9|item|liked]", set()),
        ("[Chess 3000|item|liked]", set()),
    ],
)
def test_an_item_stands_for_its_title_or_its_place_in_the_list(stands_for, marked, items):
    found = stands_for(marked)
    assert (found.kind, found.items, found.known) == ("item", items, bool(items))


def test_a_number_is_always_known(stands_for):
    found = stands_for("[under an hour=60|playing_time|at-most]")
    assert (found.kind, found.fields, found.known) == ("number", {"playing_time"}, True)


def test_words_may_be_taken_for_names_of_other_fields_too(stands_for):
    assert stands_for("[lantern works|kinds|wanted]").near >= {"lantern works"}
