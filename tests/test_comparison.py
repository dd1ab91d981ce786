"""Items side by side: what they share, where they differ, their order, and what is not known."""

from tastemaker.agent.comparison import compared, ordered
from tastemaker.agent.languages.speech import speaking
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema

GENRE = CatalogueField(name="genre", type="categories", role="genre")
LENGTH = CatalogueField(name="length", type="number", unit="pages", more=("longer",), less=("shorter",))
YEAR = CatalogueField(name="year", type="number", role="year")
HIDDEN = CatalogueField(name="shelf", type="category", shown=False)
BOOKS = CatalogueSchema(
    noun="book",
    plural="books",
    fields=(CatalogueField(name="title", type="text", role="title"), GENRE, LENGTH, YEAR, HIDDEN),
)


def book(title, genre=(), length=None, ratings=0, mean=None):
    values = {"title": title, "genre": genre, "length": length, "year": 1990, "shelf": "A"}
    return Item(title, title, values, ratings, mean)


LONG = book("Long", ("Crime", "Drama"), 900, 12, 4.25)
SHORT = book("Short", ("Crime",), 90)
BLANK = book("Blank")


def lines(*items, fields=BOOKS.fields):
    return [line for line, _ in compared(items, BOOKS, fields)]


def test_what_both_have_is_said_once_and_what_one_has_is_said_of_it():
    assert lines(LONG, SHORT) == [
        "- genre: both Crime; only **Long** Drama",
        "- length: **Long** 900 pages; **Short** 90 pages",
        "- year: both 1990",
        "- **Long** rated 4.2 by 12 people",
    ]


def test_three_share_what_all_have():
    assert lines(LONG, SHORT, book("Third", ("Crime",)), fields=[GENRE])[0] == "- genre: all Crime; only **Long** Drama"


def test_where_a_fact_is_missing_it_is_said_of_whom():
    assert lines(SHORT, BLANK, fields=[LENGTH]) == ["- length: **Short** 90 pages; not known of Blank"]
    assert lines(SHORT, BLANK, fields=[GENRE]) == ["- genre: **Short** Crime; not known of Blank"]


def test_what_nobody_knows_is_left_out():
    assert lines(BLANK, book("Empty"), fields=[GENRE, LENGTH]) == []


def test_every_line_comes_with_the_facts_that_it_rests_on():
    (_, evidence), *_ = compared([LONG, SHORT], BOOKS, [GENRE])
    assert {(each.about, each.value) for each in evidence if each.name == "genre"} == {
        ("Long", ("Crime", "Drama")),
        ("Short", ("Crime",)),
    }


def test_items_are_put_in_the_order_of_a_field_those_without_it_last():
    assert ordered([LONG, BLANK, SHORT], LENGTH) == (
        "Shorter first: **Short**, 90 pages; then **Long**, 900 pages. Not known of **Blank**."
    )
    assert ordered([SHORT, LONG], LENGTH, upward=False).startswith("Longer first: **Long**, 900 pages")


def test_a_field_without_words_for_its_ends_is_ordered_by_its_label():
    assert ordered([LONG, SHORT], YEAR).startswith("By year, smallest first: ")


def test_names_have_no_order_and_a_field_that_nobody_knows_no_line():
    assert ordered([LONG, SHORT], GENRE) == "- genre: both Crime; only **Long** Drama"
    assert ordered([BLANK], LENGTH) == ""


def test_in_another_language_the_order_is_told_by_the_label():
    with speaking("de", BOOKS):
        assert ordered([SHORT], LENGTH).startswith("Nach length, aufsteigend: **Short**, 90 Seiten")
