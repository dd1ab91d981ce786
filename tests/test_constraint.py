import pytest
from pydantic import ValidationError

from tastemaker.tools.catalogue.constraint import Constraint, Group, Verdict, check, date_span, keeps, verdict
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.errors import SchemaError

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="year", type=FieldType.NUMBER, role=Role.YEAR),
        CatalogueField(name="kind", type=FieldType.CATEGORIES),
        CatalogueField(name="maker", type=FieldType.CATEGORY),
        CatalogueField(name="released", type=FieldType.DATE),
    )
)
ITEM = {
    "title": "The Señor's Garden",
    "year": 1995.0,
    "kind": ("Puzzle", "Sci-Fi"),
    "maker": "Ann Lee",
    "released": "1995-06-30",
}
EMPTY = {"title": "Nothing Known", "year": None, "kind": (), "maker": None, "released": None}


def wish(field, op, *value):
    return Constraint(field=field, op=op, value=value)


def group(join, *members):
    return Group(join=join, members=members)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (wish("kind", "contains_any", "puzzle", "war"), True),
        (wish("kind", "contains_all", "puzzle", "sci fi"), True),
        (wish("kind", "contains_all", "puzzle", "war"), False),
        (wish("kind", "contains_none", "war"), True),
        (wish("kind", "contains_none", "SCI-FI"), False),
        (wish("maker", "==", "ann lee"), True),
        (wish("maker", "!=", "Ann Lee"), False),
        (wish("title", "contains_any", "senors gar"), True),
        (wish("title", "==", "senors garden"), False),
        (wish("year", "between", 1990, 1995), True),
        (wish("year", ">", 1995), False),
        (wish("year", "<=", "1995"), True),
        (wish("year", "!=", 1995), False),
        (wish("released", ">=", "1995"), True),
        (wish("released", ">", "1995"), False),
        (wish("released", "<", "1995-07"), True),
        (wish("released", "==", "1995-06"), True),
        (wish("released", "between", "1994", "1995-06-29"), False),
        (wish("released", "contains_any", 1995), True),
    ],
)
def test_a_known_value_matches_or_violates(condition, holds):
    assert verdict(condition, ITEM, SCHEMA) is (Verdict.MATCH if holds else Verdict.VIOLATES)
    assert keeps(condition, ITEM, SCHEMA) is holds
    assert keeps(condition, ITEM, SCHEMA, negated=True) is not holds


def test_a_missing_year_fails_a_positive_wish():
    assert verdict(wish("year", ">=", 1990), EMPTY, SCHEMA) is Verdict.UNKNOWN
    assert not keeps(wish("year", ">=", 1990), EMPTY, SCHEMA)


def test_a_missing_value_passes_an_exclusion_as_unknown():
    no_war = wish("kind", "contains_none", "war")
    assert verdict(no_war, EMPTY, SCHEMA) is Verdict.UNKNOWN
    assert keeps(no_war, EMPTY, SCHEMA)


def test_a_negated_wish_is_an_exclusion_and_a_negated_exclusion_a_wish():
    assert keeps(group("none", wish("kind", "contains_any", "war")), EMPTY, SCHEMA)
    assert not keeps(group("none", wish("kind", "contains_none", "war")), EMPTY, SCHEMA)


def test_groups_follow_three_valued_logic():
    old, puzzle = wish("year", "<", 1900), wish("kind", "contains_any", "puzzle")
    half = {**EMPTY, "year": 1995.0}
    assert verdict(group("any", old, puzzle), half, SCHEMA) is Verdict.UNKNOWN
    assert verdict(group("all", old, puzzle), half, SCHEMA) is Verdict.VIOLATES
    assert verdict(group("none", old, puzzle), half, SCHEMA) is Verdict.UNKNOWN
    assert verdict(group("any", old, puzzle), ITEM, SCHEMA) is Verdict.MATCH


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (wish("colour", "==", "red"), "no field 'colour'"),
        (wish("kind", ">", 3), "use contains_any"),
        (wish("year", ">", "recent"), "'recent' is none; give a number"),
        (wish("year", ">", float("nan")), "finite"),
        (wish("title", "contains_any", float("inf")), "finite"),
        (wish("year", ">", "1e999"), "finite"),
        (wish("year", "contains_all", 1990, 1991), "one value at most"),
        (wish("released", ">", "last week"), "write YYYY"),
        (wish("released", ">", "1995-13"), "write YYYY"),
        (wish("kind", "==", "  "), "blank"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_cure(condition, message):
    with pytest.raises(SchemaError, match=message):
        check(condition, SCHEMA)


@pytest.mark.parametrize("value", [10**400, -(10**5000), 1e308, True], ids=["huge", "endless", "wide", "truth"])
def test_absurd_numbers_are_answered_and_not_crashed_on(value):
    for field in ("year", "kind", "released", "title"):
        try:
            condition = wish(field, "contains_any", value)
            check(condition, SCHEMA)
        except (SchemaError, ValidationError):
            continue
        keeps(condition, ITEM, SCHEMA)


def test_groups_that_nest_too_deep_are_refused():
    condition = wish("year", ">", 1990)
    for _ in range(300):
        condition = Group.model_construct(kind="group", join="all", members=(condition,), strength="must", said="")
    with pytest.raises(SchemaError, match="flatter"):
        check(condition, SCHEMA)


def test_groups_that_hold_too_much_are_refused():
    condition = wish("year", ">", 1990)
    for _ in range(3):
        condition = group("any", *[condition] * 20)
    with pytest.raises(SchemaError, match="ask for less"):
        check(condition, SCHEMA)


@pytest.mark.parametrize(
    ("op", "value"),
    [("between", (1,)), ("between", (1, 2, 3)), (">", (1, 2)), ("==", ()), ("like", (1,)), ("==", ("x" * 501,))],
)
def test_a_malformed_constraint_is_refused(op, value):
    with pytest.raises(ValidationError):
        Constraint(field="year", op=op, value=value)


def test_a_single_value_may_be_written_bare():
    assert Constraint(field="year", op="==", value=1990).value == (1990,)


def test_a_month_stands_for_its_days():
    assert date_span("2020-02") == ("2020-02-01", "2020-02-31")
    assert date_span("2020-02-10") == ("2020-02-10", "2020-02-10")
