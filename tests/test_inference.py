from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tastemaker.tools.build.columns import field_names, id_column, like_at_least, log_columns, nouns
from tastemaker.tools.build.inference import infer_schema
from tastemaker.tools.build.reading import FileSource
from tastemaker.tools.build.table import Table
from tastemaker.tools.catalogue.schema import FieldType, Role
from tastemaker.tools.errors import DataError

DATA = Path(__file__).parent / "data"


def table(**columns):
    return Table("things.csv", columns, range(2, 2 + len(next(iter(columns.values())))))


def field(name, values):
    ids = [str(k) for k in range(len(values))]
    schema = infer_schema(table(id=ids, title=[f"Thing {k}" for k in ids], **{name: values}))
    return schema.fields[1] if len(schema.fields) > 1 else None


@pytest.fixture(scope="module")
def board_games():
    return infer_schema(FileSource(DATA / "board_games.csv").read(), like=4.0)


def test_the_fields_of_the_board_games_are_told(board_games):
    assert {each.name: each.type.value for each in board_games.fields} == {
        "title": "text",
        "year": "number",
        "kinds": "categories",
        "designers": "categories",
        "publisher": "category",
        "playing_time": "number",
        "max_players": "number",
        "price": "number",
        "also_known_as": "categories",
        "added": "date",
        "description": "text",
    }


def test_the_roles_of_the_board_games_are_told(board_games):
    assert {each.name: each.role for each in board_games.fields if each.role is not Role.PLAIN} == {
        "title": Role.TITLE,
        "year": Role.YEAR,
        "kinds": Role.GENRE,
        "designers": Role.PERSON,
        "also_known_as": Role.ALIAS,
    }


def test_people_can_ask_in_words_that_fit(board_games):
    minutes = board_games.field("playing_time")
    assert (minutes.unit, minutes.say(45.0)) == ("minutes", "45 minutes")
    assert "shorter" in minutes.less
    assert "cheaper" in board_games.field("price").less
    assert board_games.field("designers").say("Ines Calder") == "designed by Ines Calder"
    assert (board_games.noun, board_games.plural) == ("board game", "board games")


def test_the_examples_name_what_the_catalogue_has(board_games):
    assert board_games.examples == (
        "Family board games under 60 minutes",
        "board games designed by Lena Farkas",
        "something like Harbour",
        "board games, but no Family",
    )


@pytest.mark.parametrize(
    ("name", "values", "kind", "unit"),
    [
        ("runtime", ["90 min", "100 min", "88"], FieldType.NUMBER, "minutes"),
        ("price", ["$9.99", "$12", "$1,000.50"], FieldType.NUMBER, "USD"),
        ("weight_kg", ["1.5", "2", "3"], FieldType.NUMBER, "kg"),
        ("height", ["10 cm", "12 cm", "9 cm"], FieldType.NUMBER, "cm"),
        ("length", ["1 h", "90 min", "2 h"], FieldType.CATEGORY, ""),
        ("released", ["2019-01-01", "2020-02-02", "1999-12-31"], FieldType.DATE, ""),
        ("released", ["2019", "2020", "1999"], FieldType.NUMBER, ""),
        ("colour", ["red", "blue", "red", "red", "blue", "red"], FieldType.CATEGORY, ""),
        ("artist", ["Ann", "Bo", "Cy", "Di"], FieldType.CATEGORY, ""),
        ("genres", [["a", "b"], ["a"], None], FieldType.CATEGORIES, ""),
        ("genres", ["a|b", "a", "c"], FieldType.CATEGORIES, ""),
        ("plot", ["A man.", "A dog.", "A cat."], FieldType.TEXT, ""),
        ("motto", ["Be good; always", "Go home", "Eat"], FieldType.CATEGORIES, ""),
        ("vegan", ["yes", "no", "yes"], FieldType.CATEGORY, ""),
    ],
)
def test_types_and_units_are_told_from_names_and_values(name, values, kind, unit):
    found = field(name, values)
    assert (found.type, found.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("name", "values"),
    [("imdb_id", ["1", "2", "3"]), ("isbn", ["9780140449136", "9780140449266"]), ("empty", [None, None])],
)
def test_foreign_ids_and_empty_columns_are_no_fields(name, values):
    assert field(name, values) is None


def test_links_are_not_shown_or_searched():
    found = field("poster", ["https://x.org/1.jpg", "https://x.org/2.jpg"])
    assert not found.shown
    assert not found.embedded
    assert found.search_weight == 0


def test_a_truth_is_asked_for_by_its_name_and_denial():
    found = field("is_vegan", ["1", "0", "1"])
    assert found.aliases == {"vegan": ("1",), "not vegan": ("0",), "non vegan": ("0",)}


def test_one_genre_is_enough():
    ids = ["1", "2"]
    schema = infer_schema(table(id=ids, title=["A", "B"], category=["a", "a"], genre=["b", "b"], kind=["c", "c"]))
    assert [each.name for each in schema.with_role(Role.GENRE)] == ["genre"]


def test_a_date_is_newer_and_older_where_there_is_no_year():
    assert "newer" in field("added", ["2019-01-01", "2020-02-02"]).more


def test_odd_column_names_become_valid_and_distinct_fields():
    names = field_names(["Release Year", "releaseYear", "release-year", "2nd", "日本", "Größe", "", "select", "a" * 90])
    assert list(names.values())[:8] == [
        "release_year", "release_year_2", "release_year_3", "field_2nd", "field", "grosse", "field_2", "select",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=60), unique=True, max_size=12))
def test_any_column_names_make_a_schema(columns):
    names = field_names(columns)
    assert len(set(names.values())) == len(columns)
    values = {column: ["x", "y"] for column in columns if column not in ("id", "title")}
    infer_schema(table(id=["1", "2"], title=["A", "B"], **values))


@pytest.mark.parametrize(
    ("name", "nouns_of"),
    [
        ("movies.csv", ("movie", "movies")),
        ("BoardGames.jsonl", ("board game", "board games")),
        ("stories.csv", ("story", "stories")),
        ("dishes.parquet", ("dish", "dishes")),
        ("series.csv", ("series", "series")),
        ("2024.csv", ("item", "items")),
        ("catalogue.csv", ("item", "items")),
    ],
)
def test_the_noun_comes_from_the_name_of_the_file(name, nouns_of):
    assert nouns(name) == nouns_of


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"title": ["A", "B"], "id": ["1", "2"]}, "id"),
        ({"thing_id": ["1", "2"], "maker_id": ["1", "2"], "title": ["A", "B"]}, "thing_id"),
        ({"ASIN": ["1", "2"], "name": ["A", "B"]}, "ASIN"),
        ({"id": ["1", "1", "2", "3"], "title": list("abcd")}, "id"),
        ({"thingId": [1, 2], "title": ["A", "B"]}, "thingId"),
    ],
)
def test_the_id_column_is_found(columns, found):
    assert id_column(table(**columns)) == found


def test_without_ids_or_titles_the_cure_is_told():
    with pytest.raises(DataError, match="name one 'id'"):
        infer_schema(table(title=["A", "B"]))
    with pytest.raises(DataError, match="call one 'title'"):
        infer_schema(table(id=["1", "2"], colour=["red", "blue"]))


def test_the_columns_of_a_log_are_found():
    log = table(userId=["7", "8"], movieId=["1", "2"], rating=["4", "5"], timestamp=["9", "9"])
    found = log_columns(log, frozenset(["1", "2"]), "movieId")
    assert (found.user, found.item, found.value, found.time) == ("userId", "movieId", "rating", "timestamp")


def test_the_items_of_a_log_are_known_by_their_ids_whatever_their_column_is_called():
    log = table(customer=["7", "8"], bought=["x1", "x2"])
    assert log_columns(log, frozenset(["x1", "x2"]), "sku").item == "bought"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"who": ["7"], "item": ["1"]}, "name one 'user'"),
        ({"user": ["7"], "item": ["9"]}, "no value of item is an item's id"),
        ({"user": ["7"], "colour": ["9"]}, "no column holds the items' ids"),
    ],
)
def test_a_log_that_cannot_be_read_is_told_with_its_cure(columns, message):
    with pytest.raises(DataError, match=message):
        log_columns(table(**columns), frozenset(["1"]), "id")


@pytest.mark.parametrize(
    ("name", "values", "least"),
    [
        ("rating", ["0.5", "5", "3"], 4.0),
        ("rating", [1, 10, 7], 7.0),
        ("score", [12, 98], 70.0),
        ("liked", [0, 1], 1.0),
        ("value", [-1, 1], 1.0),
        ("stars", ["1", "2", "3", "4", "5"], 4.0),
        ("plays", [1, 250, 3], None),
        ("rating", [3, 3], None),
    ],
)
def test_liking_is_told_from_the_scale(name, values, least):
    assert like_at_least(table(**{name: values}), name) == least
