"""Conditions in plain words, for any domain."""

import pytest

from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema

SCHEMA = CatalogueSchema(
    noun="wine",
    plural="wines",
    fields=(
        CatalogueField(name="title", type="text", role="title"),
        CatalogueField(
            name="kind",
            type="categories",
            role="genre",
            aliases={"bubbly": ("Cava", "Sekt", "Prosecco"), "red": ("Red",)},
        ),
        CatalogueField(name="maker", type="categories", role="person"),
        CatalogueField(name="seller", type="categories", role="person", phrase="sold by {value}"),
        CatalogueField(name="price", type="number", unit="EUR"),
        CatalogueField(name="year", type="number", role="year"),
    ),
)


def wish(field, op, *value):
    return Constraint(field=field, op=op, value=value)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (wish("kind", "contains_any", "Red"), "Red"),
        (wish("kind", "contains_any", "Red", "White"), "Red or White"),
        (wish("kind", "contains_any", "Cava", "Prosecco", "Sekt"), "bubbly"),
        (wish("kind", "contains_all", "Red", "Dry"), "Red and Dry"),
        (wish("kind", "contains_none", "Sweet", "Pink"), "no Sweet or Pink"),
        (wish("maker", "contains_any", "Ada Lima"), "maker Ada Lima"),
        (wish("maker", "contains_none", "Ada Lima"), "not maker Ada Lima"),
        (wish("seller", "contains_any", "Ada Lima"), "sold by Ada Lima"),
        (wish("seller", "contains_none", "Ada Lima"), "not sold by Ada Lima"),
        (wish("price", "<=", 20), "price at most 20 EUR"),
        (wish("price", "<", 12.5), "price less than 12.5 EUR"),
        (wish("year", "between", 1980, 1989), "from 1980 to 1989"),
        (wish("year", ">=", 1980), "from 1980 on"),
        (wish("year", "<", 1980), "before 1980"),
        (wish("year", "==", 1982), "year 1982"),
        (wish("year", "!=", 1982), "year not 1982"),
        (
            Group(join="any", members=(wish("maker", "contains_any", "Ada"), wish("seller", "contains_any", "Ada"))),
            "maker or seller Ada",
        ),
        (
            Group(join="none", members=(wish("maker", "contains_any", "Ada"), wish("seller", "contains_any", "Ada"))),
            "maker or seller not Ada",
        ),
        (
            Group(join="any", members=(wish("kind", "contains_any", "Red"), wish("price", "<=", 9))),
            "Red or price at most 9 EUR",
        ),
    ],
)
def test_a_condition_is_said_in_words(condition, words):
    assert say_condition(condition, SCHEMA) == words


def test_one_item_and_several_are_counted_in_the_domains_words():
    assert counted(1, SCHEMA) == "1 wine"
    assert counted(12000, SCHEMA) == "12,000 wines"


def test_a_list_ends_with_and():
    assert join([]) == ""
    assert join(["a"]) == "a"
    assert join(["a", "b"], "or") == "a or b"
