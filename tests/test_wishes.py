"""How wishes change each other."""

import pytest

from tastemaker.agent.wishes import forgotten, joined
from tastemaker.tools.catalogue.constraint import Constraint, Group


def one(field, op, *values, strength="must", said=""):
    return Constraint(field=field, op=op, value=values, strength=strength, said=said)


def kind(*values, **more):
    return one("kind", "contains_any", *values, **more)


def no_kind(*values):
    return one("kind", "contains_none", *values)


def years(first, last):
    return one("year", "between", first, last)


def any_of(*members, join="any", said=""):
    return Group(join=join, members=members, said=said)


SEVENTIES_OR_NINETIES = any_of(years(1970, 1979), years(1990, 1999), said="70s or 90s")
FRENCH = any_of(one("language", "contains_any", "French"), one("country", "contains_any", "France"), said="French")
ITALIAN = any_of(one("language", "contains_any", "Italian"), one("country", "contains_any", "Italy"), said="Italian")


@pytest.mark.parametrize(
    ("earlier", "new", "left"),
    [
        (years(1980, 1989), SEVENTIES_OR_NINETIES, []),
        (SEVENTIES_OR_NINETIES, years(1950, 1959), []),
        (SEVENTIES_OR_NINETIES, one("year", ">=", 1995), []),
        (FRENCH, ITALIAN, []),
        (FRENCH, one("language", "contains_any", "Spanish"), []),
        (kind("Comedy"), FRENCH, [kind("Comedy")]),
        (kind("Comedy"), any_of(kind("Comedy"), kind("Drama")), []),
        (kind("Comedy", "Drama"), no_kind("Drama"), [kind("Comedy")]),
        (no_kind("Horror", "War"), kind("Horror"), [no_kind("War")]),
        (no_kind("War"), kind("Horror"), [no_kind("War")]),
        (no_kind("War"), no_kind("Horror"), [no_kind("War")]),
        (kind("Sci-Fi"), kind("Comedy", strength="prefer"), [kind("Sci-Fi")]),
        (kind("Sci-Fi", strength="prefer"), kind("Comedy"), []),
        (any_of(years(1980, 1989), join="none"), years(1980, 1989), []),
        (any_of(years(1980, 1989), join="none"), years(1990, 1999), [any_of(years(1980, 1989), join="none")]),
        (one("year", "==", 1994), years(1990, 1999), []),
    ],
)
def test_a_new_wish_replaces_what_it_contradicts_and_no_more(earlier, new, left):
    assert joined((earlier,), new) == (*left, new)


def test_a_wish_that_is_said_to_come_beside_replaces_nothing_but_its_denial():
    assert joined((kind("Comedy"),), kind("Drama"), beside=True) == (kind("Comedy"), kind("Drama"))
    assert joined((no_kind("Drama"),), kind("Drama"), beside=True) == (kind("Drama"),)


@pytest.mark.parametrize(
    ("earlier", "what", "left"),
    [
        (kind("Comedy", "Drama", said="comedies dramas"), "Comedy", [kind("Drama", said="comedies dramas")]),
        (
            kind("Comedy", "Drama", said="comedies dramas"),
            "comedies",
            [kind("Comedy", "Drama", said="comedies dramas")],
        ),
        (kind("Comedy", said="funny stuff"), "funny", []),
        (kind("A", "B", "C", said="chinese"), "chinese", []),
        (FRENCH, "french", []),
        (FRENCH, "country", [one("language", "contains_any", "French")]),
        (one("year", "between", 1990, 1999, said="the nineties"), "nineties", []),
        (one("minutes", "<", 90, said="under 90 minutes"), "minutes", []),
        (no_kind("Horror", "War"), "Horror", [no_kind("War")]),
        (kind("Comedy"), "", [kind("Comedy")]),
    ],
)
def test_a_wish_is_taken_back_by_field_value_or_word(earlier, what, left):
    assert forgotten((earlier,), what) == tuple(left)
