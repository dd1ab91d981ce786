from collections import Counter

import pytest

from tastemaker.demo.films import Facts, build_demo, film_schema, films, join, ratings, split_title
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.catalogue.schema import Role


@pytest.fixture(scope="module")
def table():
    return films()


@pytest.fixture(scope="module")
def by_id(table):
    return {
        item: {name: values[row] for name, values in table.columns.items()}
        for row, item in enumerate(table.columns["id"])
    }


@pytest.mark.parametrize(
    ("raw", "main", "others"),
    [
        ("Time Machine, The", "The Time Machine", ()),
        ("Wings of Desire (Himmel über Berlin, Der)", "Wings of Desire", ("Der Himmel über Berlin",)),
        ("Seven (a.k.a. Se7en)", "Seven", ("Se7en",)),
        ("Hidden (a.k.a. Cache) (Caché)", "Hidden", ("Cache", "Caché")),
        ("Avventura, L' (Adventure, The)", "L'Avventura", ("The Adventure",)),
        ("(500) Days of Summer", "(500) Days of Summer", ()),
        ("Evangelion: 1.0 You Are (Not) Alone", "Evangelion: 1.0 You Are (Not) Alone", ()),
        ("Birdman: Or (The Unexpected Virtue of Ignorance)", "Birdman: Or (The Unexpected Virtue of Ignorance)", ()),
        ("Librarian, The: The Curse of the Judas Chalice", "The Librarian: The Curse of the Judas Chalice", ()),
        ("Paris, Texas", "Paris, Texas", ()),
        ("Yours, Mine and Ours", "Yours, Mine and Ours", ()),
        ("War, Inc.", "War, Inc.", ()),
    ],
)
def test_titles_are_shown_as_people_say_them(raw, main, others):
    assert split_title(raw) == (main, others)


def fact(number, title, year, *genres):
    return Facts(number, title, year, frozenset(genres), (), (), (), (), (), None)


@pytest.mark.parametrize(
    ("title", "year", "genres", "facts", "found"),
    [
        ("Old Boy", 2003, ["Thriller"], [fact(1, "Oldboy", 2013, "Thriller"), fact(2, "Oldboy", 2003)], 2),
        ("Saw", 2004, ["Horror"], [fact(1, "Saw", 2003, "Crime", "Horror")], 1),
        ("Wanted", 2009, ["Romance"], [fact(1, "Wanted", 2008, "Action")], None),
        ("Kill Bill: Vol. 2", 2004, [], [fact(1, "Kill Bill: Volume 2", 2004)], 1),
        ("X2: X-Men United", 2003, ["Action"], [fact(1, "X2", 2003, "Action")], 1),
        ("X2: X-Men United", 2003, ["Action"], [fact(1, "X2", 2002, "Action")], None),
        ("Carmen", 1983, ["Drama"], [fact(1, "First Name: Carmen", 1983, "Drama")], None),
        ("Heat", 1995, ["Crime"], [fact(1, "Heat", 1986, "Crime")], None),
    ],
)
def test_films_are_joined_by_title_and_year_and_never_against_their_genres(title, year, genres, facts, found):
    joined = join({7: (title, ())}, {7: year}, {7: genres}, facts)
    assert (joined[7].number if 7 in joined else None) == found


def test_one_set_of_facts_goes_to_one_film():
    names = {1: ("Hamlet", ()), 2: ("Hamlet", ())}
    joined = join(names, {1: 2000, 2: 2000}, {1: ["Drama"], 2: []}, [fact(9, "Hamlet", 2000, "Drama")])
    assert {film: each.number for film, each in joined.items()} == {1: 9}


def test_the_catalogue_has_the_films_and_ratings_of_its_sources(table):
    log = ratings()
    assert (len(table), len(log), len(set(log.columns["user"]))) == (9061, 99_997, 671)
    # What ratings tell is in no file of items.
    told = [field.name for field in film_schema().fields if field.role is not Role.RATING]
    assert list(table.columns) == ["id", *told]


def test_most_films_have_facts_and_most_ratings_are_of_those(table):
    counts = Counter(str(item) for item in ratings().columns["item"])
    known = [item for item, names in zip(table.columns["id"], table.columns["director"], strict=True) if names]
    assert len(known) / len(table) > 0.82
    assert sum(counts[item] for item in known) / counts.total() > 0.94


def test_well_known_films_have_the_right_facts(by_id):
    assert by_id["541"]["title"] == "Blade Runner"
    assert by_id["541"]["director"] == ("Ridley Scott",)
    assert (by_id["541"]["year"], by_id["541"]["runtime"]) == (1982.0, 112.0)
    assert by_id["32"]["also_known_as"] == ("12 Monkeys",)
    assert by_id["32"]["director"] == ("Terry Gilliam",)
    assert by_id["7"]["director"] == ("Sydney Pollack",)
    assert by_id["915"]["director"] == ("Billy Wilder",)


def test_no_value_is_a_placeholder_or_half_a_name(table):
    assert "(no genres listed)" not in {genre for genres in table.columns["genres"] for genre in genres}
    people = {name for field in ("director", "cast", "writer") for names in table.columns[field] for name in names}
    assert not {name for name in people if name.startswith("list of ") or name in ("", "Jr.", "Sr.", "III", "PhD")}
    assert {"George Tillman, Jr.", "Alessandro Ruspoli, 9th Prince of Cerveteri"} <= people
    assert min(minutes for minutes in table.columns["runtime"] if minutes is not None) > 5


def test_every_alias_means_something_in_the_catalogue(table):
    for field in film_schema().fields:
        held = {name for names in table.columns[field.name] for name in names} if field.aliases else set()
        assert {value for values in field.aliases.values() for value in values} <= held


def test_the_demo_answers_a_filter(demo_workspace):
    wishes = [
        Constraint(field="genres", op="contains_any", value="Sci-Fi"),
        Constraint(field="genres", op="contains_none", value="Horror"),
        Constraint(field="year", op="between", value=(1980, 1989)),
        Constraint(field="runtime", op="<", value=120),
    ]
    rows = demo_workspace.catalogue.rows_where(wishes)
    titles = {item.title for item in demo_workspace.catalogue.items(demo_workspace.catalogue.ids[rows].tolist())}
    assert {"Blade Runner", "Back to the Future"} <= titles
    assert not {"Aliens", "The Terminator 2"} & titles


def test_titles_in_the_demo_are_unique(demo_workspace):
    items = demo_workspace.catalogue.items(demo_workspace.catalogue.ids.tolist())
    assert len({item.title for item in items}) == len(items) == 9061
    assert demo_workspace.catalogue.item("7").title == "Sabrina (1995)"
    assert demo_workspace.catalogue.item("541").title == "Blade Runner"


def test_a_demo_that_is_up_to_date_is_left_alone(demo_workspace_path, encoder):
    told = []
    build_demo(demo_workspace_path, lambda *step: told.append(step), encoder)
    assert told == []
