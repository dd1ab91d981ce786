from tastemaker.tools.build.assembling import assemble, distinct_titles
from tastemaker.tools.build.columns import LogColumns
from tastemaker.tools.build.table import Table
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="year", type=FieldType.NUMBER, role=Role.YEAR),
        CatalogueField(name="kinds", type=FieldType.CATEGORIES),
    )
)
ITEMS = Table(
    "things.csv",
    {
        "id": ["1", None, "2", "1", "3", "4"],
        "title": ["A", "B", "C", "D", None, "E"],
        "year": ["1990", "1991", "soon", "1993", "1994", None],
        "kinds": ["x|y", None, "x", "x", "x", None],
    },
    [2, 3, 4, 5, 6, 7],
)


def test_rows_of_no_use_are_kept_aside_by_line():
    made = assemble(ITEMS, "id", SCHEMA)
    assert [item.id for item in made.items] == ["1", "2", "4"]
    assert [(each.line, each.reason, each.kept) for each in made.rejected] == [
        (3, "no id", False),
        (4, "year: 'soon' is no number; the item is used without it", True),
        (5, "id '1' was given before, in line 2", False),
        (6, "no title", False),
    ]


def test_values_take_the_types_of_the_schema():
    first, second, last = assemble(ITEMS, "id", SCHEMA).items
    assert first.values == {"title": "A", "year": 1990.0, "kinds": ("x", "y")}
    assert second.values["year"] is None
    assert last.values["kinds"] == ()


def test_interactions_that_do_not_fit_are_kept_aside_and_the_rest_counted():
    log = Table(
        "log.csv",
        {"user": ["u", "u", None, "v", "v"], "item": ["1", "9", "1", "1", "2"], "rating": ["5", "5", "5", "x", "4"]},
        [2, 3, 4, 5, 6],
    )
    made = assemble(ITEMS, "id", SCHEMA, log, LogColumns("user", "item", "rating", None))
    assert [(each.user, each.item, each.value) for each in made.interactions] == [("u", "1", 5.0), ("v", "2", 4.0)]
    assert [(each.line, each.reason) for each in made.rejected if each.source == "log.csv"] == [
        (3, "there is no item '9'"),
        (4, "no user"),
        (5, "rating: 'x' is no number"),
    ]
    assert [(item.interactions, item.mean_value) for item in made.items] == [(1, 5.0), (1, 4.0), (0, None)]


def test_repeated_titles_are_told_apart_by_year_and_else_by_id():
    values = {
        "a": {"title": "Sabrina", "year": 1954.0},
        "b": {"title": "Sabrina", "year": 1995.0},
        "c": {"title": "Heat", "year": 1995.0},
        "d": {"title": "Hamlet", "year": 2000.0},
        "e": {"title": "HAMLET", "year": 2000.0},
        "f": {"title": "Nameless", "year": None},
        "g": {"title": "Nameless", "year": None},
    }
    assert distinct_titles(values, SCHEMA) == {
        "a": "Sabrina (1954)",
        "b": "Sabrina (1995)",
        "c": "Heat",
        "d": "Hamlet (2000) [d]",
        "e": "HAMLET (2000) [e]",
        "f": "Nameless [f]",
        "g": "Nameless [g]",
    }


def test_other_names_of_an_item_are_not_split_at_commas():
    alias = CatalogueField(name="aka", type=FieldType.CATEGORIES, role=Role.ALIAS)
    schema = SCHEMA.model_copy(update={"fields": (*SCHEMA.fields[:1], alias)})
    table = Table(
        "t", {"id": ["1", "2"], "title": ["A", "B"], "aka": ["The Lion, the Witch", "Good Night, Moon"]}, [2, 3]
    )
    made = assemble(table, "id", schema)
    assert [item.values["aka"] for item in made.items] == [("The Lion, the Witch",), ("Good Night, Moon",)]
