"""What the evidence of a turn lets one say."""

from tastemaker.agent.said_numbers import said_numbers
from tastemaker.agent.support import Support
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.evidence import Evidence

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="year", type=FieldType.NUMBER, role=Role.YEAR),
        CatalogueField(name="added", type=FieldType.DATE),
        CatalogueField(name="pages", type=FieldType.NUMBER, unit="pages"),
        CatalogueField(name="author", type=FieldType.CATEGORIES, role=Role.PERSON),
    )
)
FACTS = (
    Evidence(source="catalogue", name="year", value=1984.0, about="b1"),
    Evidence(source="catalogue", name="added", value="2011-05-03", about="b1"),
    Evidence(source="catalogue", name="pages", value=320.0, about="b1"),
    Evidence(source="catalogue", name="author", value=("Ann Lee", "Bo Ruiz"), about="b1"),
    Evidence(source="interactions", name="readers", value=12.0, about="b1"),
)
SUPPORT = Support.of(FACTS, ["Liked by 7 of the 9 people who liked Quiet Hills."], SCHEMA)


def number_holds(text, support=SUPPORT):
    return all(support.has_number(each) for each in said_numbers(text))


def test_a_year_holds_wherever_it_stands_and_so_does_its_decade():
    assert number_holds("in 1984")
    assert number_holds("a 1984 book of the 1980s, of the eighties, of the 80s")
    assert number_holds("added in 2011")
    assert not number_holds("in 1985")
    assert not number_holds("of the 1970s")


def test_a_year_is_no_count_of_things():
    assert not number_holds("1984 pages")


def test_a_number_holds_only_beside_the_words_of_its_fact():
    assert number_holds("320 pages")
    assert number_holds("a 320-page book")
    assert number_holds("liked by 7 of the 9 people")
    assert number_holds("12 readers")
    assert not number_holds("320 readers")
    assert not number_holds("9 pages")


def test_what_a_person_said_is_not_measured_by_the_words_beside_it():
    assert number_holds("of 90 or so", Support(numbers=tuple(said_numbers("under 90 minutes")), lenient=True))


def test_phrases_hold_whole_and_names_hold_in_their_field():
    assert SUPPORT.has_phrase("quiet hills")
    assert not SUPPORT.has_phrase("quie")
    assert not SUPPORT.has_phrase("Ann Ruiz")
    assert not SUPPORT.has_phrase("")
    assert SUPPORT.has_value("author", ["ann lee"])
    assert not SUPPORT.has_value("title", ["Ann Lee"])
