"""Which fields a question asks about, by the words of a schema of books."""

import pytest

from tastemaker.agent.planners.asked_fields import AskedFields
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema

BOOKS = CatalogueSchema(
    noun="book",
    plural="books",
    fields=(
        CatalogueField(name="title", type="text", role="title"),
        CatalogueField(name="blurb", type="text"),
        CatalogueField(name="genre", type="categories", role="genre"),
        CatalogueField(name="author", type="categories", role="person", cues=("written by", "author")),
        CatalogueField(name="voices", type="categories", role="person", cues=("with", "performed by")),
        CatalogueField(name="country", type="category", cues=("from",)),
        CatalogueField(name="year", type="number", role="year", more=("newer",), less=("older",)),
        CatalogueField(name="length", type="number", unit="pages", more=("longer",), less=("shorter",)),
    ),
)


@pytest.fixture(scope="module")
def fields():
    return AskedFields(BOOKS)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what is the genre of it", ("genre",)),
        ("who wrote it", ("author",)),
        ("who is the author", ("author",)),
        ("who is in it", ("voices",)),
        ("who made this", ("author", "voices")),
        ("when did it come out", ("year",)),
        ("how long is it", ("length",)),
        ("where is it from", ("country",)),
        ("genre and year of it", ("genre", "year")),
        ("is it any good", ()),
    ],
)
def test_a_question_names_fields_by_labels_cues_verbs_and_question_words(fields, question, names):
    assert set(fields.named(question)) == set(names)


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("which is the shortest", ("length", False)),
        ("which one is longer", ("length", True)),
        ("which is the oldest", ("year", False)),
        ("which is the best", None),
    ],
)
def test_a_degree_tells_the_field_and_the_direction(fields, question, degree):
    assert fields.degree(question) == degree


def test_fields_of_free_text_may_tell_what_an_item_is_about(fields):
    assert fields.texts == ("blurb",)


def test_a_schema_of_titles_alone_has_nothing_to_ask_about():
    bare = AskedFields(CatalogueSchema(noun="thing", plural="things", fields=BOOKS.fields[:1]))
    assert (bare.texts, bare.named("who made it"), bare.degree("the longest")) == ((), (), None)
