"""Names as people write them, found in the catalogue or said not to be there."""

import pytest

from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.resolve.resolver import Resolver

SCHEMA = CatalogueSchema(
    noun="novel",
    plural="novels",
    fields=(
        CatalogueField(name="title", type="text", role="title"),
        CatalogueField(name="also", type="categories", role="alias"),
        CatalogueField(name="year", type="number", role="year"),
        CatalogueField(name="kind", type="categories", role="genre", aliases={"whodunit": ("Mystery", "Crime")}),
        CatalogueField(name="author", type="categories", role="person", cues=("by",)),
        CatalogueField(name="translator", type="categories", role="person", cues=("translated by",)),
        CatalogueField(name="language", type="category", role="language"),
    ),
)
BOOKS = [
    # id, title, other titles, year, kinds, authors, translators, language, interactions
    ("1", "The Glass Harbour", (), 1954, ("Mystery",), ("Ines Calderón",), (), "Spanish", 40),
    ("2", "The Glass Harbour (1995)", (), 1995, ("Romance",), ("Tom O'Brien",), (), "English", 90),
    ("3", "Ash Trilogy: Volume II - The Cold Road", ("De koude weg",), 1988, ("Fantasy",), ("Bo van der Meer",),
     (), "", 70),
    ("4", "Ash Trilogy: Volume III - The Last Lamp", (), 1991, ("Fantasy",), ("Bo van der Meer",), (), "Dutch", 50),
    ("5", "Heat", (), 1999, ("Crime", "Science Fiction"), ("Ines Calderón",), ("Tom O'Brien",), "English", 80),
    ("6", "Été & Nuit", (), 2003, ("Romance",), ("Émile Zabriskie",), (), "French", 10),
    ("7", "Twelve Windmills", (), 2010, ("Comedy",), ("Ada Calderón",), (), "English", 5),
]  # fmt: skip


@pytest.fixture(scope="module")
def resolver():
    items = [
        Item(
            item_id,
            title,
            {"title": title, "also": also, "year": float(year), "kind": kinds, "author": authors,
             "translator": translators, "language": language or None},
            interactions,
            None,
        )
        for item_id, title, also, year, kinds, authors, translators, language, interactions in BOOKS
    ]  # fmt: skip
    return Resolver(Catalogue.create("sqlite://", SCHEMA, items, []))


@pytest.mark.parametrize(
    ("name", "item", "how"),
    [
        ("The Glass Harbour", "1", "exact"),
        ("Heat", "5", "exact"),
        ("heat", "5", "normalised"),
        ("“Heat”", "5", "normalised"),
        ("ete and nuit", "6", "normalised"),
        ("Ete & Nuit", "6", "normalised"),
        ("De koude weg", "3", "alias"),
        ("the cold road", "3", "normalised"),
        ("ash trilogy 2", "3", "normalised"),
        ("Ash Trilogy Volume Two", "3", "normalised"),
        ("12 windmills", "7", "normalised"),
        ("Glass Harbour 1954", "1", "normalised"),
        ("The Glass Harbour (1954)", "1", "exact"),
        ("glas harbour", "2", "fuzzy"),
        ("twelve windmils", "7", "fuzzy"),
        ("the glass harbor 1995", "2", "fuzzy"),
    ],
)
def test_a_title_is_found_however_it_is_written(resolver, name, item, how):
    best = resolver.resolve_item(name).best
    assert (best.item_id, best.how) == (item, how)


def test_of_several_items_of_one_title_the_best_known_comes_first_and_the_others_stay(resolver):
    assert [match.item_id for match in resolver.resolve_item("glass harbour").matches] == ["2", "1"]


def test_the_best_known_of_a_series_stands_for_it_and_the_others_stay_behind(resolver):
    assert [match.item_id for match in resolver.resolve_item("ash trilogy").matches] == ["3", "4"]


@pytest.mark.parametrize(
    ("name", "field", "values", "how"),
    [
        ("Mystery", "kind", ("Mystery",), "exact"),
        ("mysteries", "kind", ("Mystery",), "normalised"),
        ("whodunits", "kind", ("Mystery", "Crime"), "normalised"),
        ("whodunit", "kind", ("Mystery", "Crime"), "alias"),
        ("sciencefiction", "kind", ("Science Fiction",), "alias"),
        ("romanse", "kind", ("Romance",), "fuzzy"),
        ("ines calderon", "author", ("Ines Calderón",), "normalised"),
        ("tom obrien", "author", ("Tom O'Brien",), "normalised"),
        ("Tom O’Brien", "author", ("Tom O'Brien",), "normalised"),
        ("van der meer", "author", ("Bo van der Meer",), "normalised"),
        ("emile zabrisky", "author", ("Émile Zabriskie",), "fuzzy"),
        ("zabriskei", "author", ("Émile Zabriskie",), "fuzzy"),
        ("FRENCH", "language", ("French",), "normalised"),
    ],
)
def test_a_facet_is_found_however_it_is_written(resolver, name, field, values, how):
    best = resolver.resolve(name, [field]).best
    assert (best.field, best.values, best.how) == (field, values, how)


def test_somebody_in_several_fields_is_found_in_each(resolver):
    assert {match.field for match in resolver.resolve("Tom O'Brien").matches} == {"author", "translator"}


def test_a_last_name_stands_for_who_did_most_under_it(resolver):
    values = [match.values for match in resolver.resolve("calderon", ["author"]).matches]
    assert values == [("Ines Calderón",), ("Ada Calderón",)]


@pytest.mark.parametrize(
    "name", ["Zorblax 9", "The Glass Harbour (2017)", "ash trilogy 4", "", "   ", "!!!", "x" * 5000]
)
def test_what_is_not_there_has_no_match(resolver, name):
    assert resolver.resolve_item(name).matches == ()


def test_what_is_not_there_comes_with_what_is_nearest(resolver):
    assert resolver.resolve_item("The Grass Labour").nearest[:1] == ("The Glass Harbour (1995)",)
    assert "The Glass Harbour" in resolver.resolve_item("The Glass Harbour (2017)").nearest


def test_scores_fall_along_the_matches(resolver):
    for name in ("glass harbour", "ash trilogy", "tom obrien", "calderon", "romanse"):
        scores = [match.score for match in resolver.resolve(name).matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_name_is_looked_up_in_the_fields_asked_for_only(resolver):
    assert resolver.resolve("Heat", ["author", "kind"]).matches == ()
    assert resolver.resolve("Heat", []).matches == ()


def test_a_word_that_means_a_genre_stands_for_it(small_workspace):
    best = small_workspace.resolver.resolve("scary").best
    assert (best.values, best.how) == (("Horror",), "meaning")
    assert small_workspace.resolver.resolve("banana bread").matches == ()
