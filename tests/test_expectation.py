"""Expected constraints are judged as the format says, missing values included."""

import pytest

from tastemaker.eval.dialogue import Dialogue, ExpectedConstraint
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.expectation import check_expectations, judge, violation, violations
from tastemaker.tools.catalogue.constraint import Verdict
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="name", type="text", role="title"),
        CatalogueField(name="maker", type="category"),
        CatalogueField(name="tags", type="categories"),
        CatalogueField(name="players", type="number"),
        CatalogueField(name="issued", type="date"),
    )
)
FULL = Item(
    "1",
    "Étoile du Nord",
    {
        "name": "Étoile du Nord",
        "maker": "Smith & Sons",
        "tags": ("Co-op", "Deep Sea"),
        "players": 4.0,
        "issued": "2019-06-15",
    },
    3,
    4.0,
)
BARE = Item("2", "Bare", {"name": "Bare", "maker": None, "tags": (), "players": None, "issued": None}, 0, None)


def wish(field, op, value):
    return ExpectedConstraint(field=field, op=op, value=value)


@pytest.mark.parametrize(
    ("field", "op", "value", "kept"),
    [
        ("tags", "contains_any", ["co-op", "party"], True),
        ("tags", "contains_any", "SEA", True),
        ("tags", "contains_any", "party", False),
        ("tags", "contains_all", ["co op", "deep"], True),
        ("tags", "contains_all", ["co-op", "party"], False),
        ("tags", "contains_none", ["party"], True),
        ("tags", "contains_none", ["party", "sea"], False),
        ("name", "contains_any", "etoile", True),
        ("name", "==", "etoile du nord", True),
        ("name", "==", "etoile", False),
        ("maker", "==", "Smith and Sons", True),
        ("maker", "!=", "Jones", True),
        ("maker", "!=", "smith & sons", False),
        ("tags", "==", "deep sea", True),
        ("players", "==", 4, True),
        ("players", "!=", 4, False),
        ("players", ">=", 4, True),
        ("players", ">=", 5, False),
        ("players", "<=", 4, True),
        ("players", "<=", 3.5, False),
        ("players", "between", [4, 6], True),
        ("players", "between", [2, 4], True),
        ("players", "between", [5, 6], False),
        ("players", "contains_any", [3, 4], True),
        ("players", "contains_none", ["4"], False),
        ("issued", ">=", "2019", True),
        ("issued", "<=", "2019", True),
        ("issued", "<=", "2018", False),
        ("issued", "between", ["2019-06", "2019-06"], True),
        ("issued", "==", 2019, True),
    ],
)
def test_a_value_is_compared_as_the_operator_says(field, op, value, kept):
    assert judge(wish(field, op, value), FULL, SCHEMA) is (Verdict.MATCH if kept else Verdict.VIOLATES)


@pytest.mark.parametrize("field", ["maker", "tags", "players", "issued"])
def test_a_missing_value_fails_a_positive_wish(field):
    constraint = wish(field, "==", 4 if field == "players" else "x")
    assert judge(constraint, BARE, SCHEMA) is Verdict.UNKNOWN
    assert "it is not known" in violation(constraint, BARE, SCHEMA)


@pytest.mark.parametrize(("field", "op"), [("tags", "contains_none"), ("maker", "!=")])
def test_a_missing_value_passes_an_exclusion_as_unknown(field, op):
    constraint = wish(field, op, "x")
    assert judge(constraint, BARE, SCHEMA) is Verdict.UNKNOWN
    assert violation(constraint, BARE, SCHEMA) is None


def test_a_violation_is_told_in_plain_words():
    told = violation(wish("players", "between", [5, 6]), FULL, SCHEMA)
    assert told == "'Étoile du Nord' (1) does not keep players between 5 and 6: it is 4"


def test_only_items_that_fail_are_returned_and_strangers_fail():
    items = {"1": FULL, "2": BARE}
    found = violations([wish("players", ">=", 3)], items, ["1", "2", "99"], SCHEMA)
    assert list(found) == ["2", "99"]
    assert found["99"] == ["'99' is not in the catalogue"]


def test_without_constraints_nothing_is_violated():
    assert violations([], {}, ["99"], SCHEMA) == {}


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ({"field": "colour", "op": "==", "value": "red"}, "no field 'colour'; use one of name, maker"),
        ({"field": "maker", "op": ">=", "value": "x"}, "needs a number or date"),
        ({"field": "players", "op": "==", "value": "four"}, "'four' is none; give a number"),
    ],
)
def test_what_a_catalogue_cannot_be_asked_is_told_before_the_run(constraint, message):
    dialogue = Dialogue.model_validate(
        {"id": "d9", "turns": [{"user": "x"}, {"user": "y", "expect": {"constraints": [constraint]}}]}
    )
    with pytest.raises(DialogueError, match=f"Dialogue 'd9', turn 2: .*{message}"):
        check_expectations([dialogue], SCHEMA)
