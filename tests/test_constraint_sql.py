import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, keeps
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue, sqlite_url

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="row", type=FieldType.TEXT),
        CatalogueField(name="order", type=FieldType.CATEGORIES),
        CatalogueField(name="value", type=FieldType.CATEGORY),
        CatalogueField(name="select", type=FieldType.NUMBER),
        CatalogueField(name="key", type=FieldType.DATE),
    )
)
TEXTS = (
    None,
    "",
    "50% off_ \\ (50/100)",
    "ÉTÉ",
    "summer été",
    "The End",
    "'; drop table items; --",
    "!!!",
    "??",
    "五十",
)
NAMES = ("Sci-Fi", "Sci Fi", "Drama", "été", "O'Hara", "a,b", "%", "_", "!!!", "七")
NUMBERS = (None, -1.5, 0.0, 1.0, 1982.0, 1982.5, 2.0**53, float("nan"))
DATES = (None, "1982-01-01", "1982-12-31", "1983-02-28", "2019-06-15", "0999-01-01")


def _items():
    # Every value appears beside every kind of neighbour: the lengths are coprime enough to mix them.
    for k in range(120):
        names = tuple(NAMES[(k * step) % len(NAMES)] for step in (1, 3, 7))[: k % 4]
        yield Item(
            id=f"i{k:03}",
            title=f"Item {k}",
            values={
                "title": f"Item {k}",
                "row": TEXTS[k % len(TEXTS)],
                "order": names,
                "value": None if k % 5 == 0 else NAMES[k % len(NAMES)],
                "select": NUMBERS[(k * 3) % len(NUMBERS)],
                "key": DATES[k % len(DATES)],
            },
            interactions=0,
            mean_value=None,
        )


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    made = Catalogue.create(sqlite_url(tmp_path_factory.mktemp("sql") / "what?#.db"), SCHEMA, _items(), [])
    yield made
    made.close()


@pytest.fixture(scope="module")
def stored(catalogue):
    return catalogue.items([str(item) for item in catalogue.ids])


any_text = st.text(min_size=1, max_size=8).filter(normalise)
texts = (
    st.sampled_from([text for text in TEXTS if text]) | st.sampled_from(["50%", "_", "e", "%%", "/", "t"]) | any_text
)
names = st.sampled_from(NAMES) | any_text
numbers = (
    st.sampled_from([number for number in NUMBERS if number is not None and number == number])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-3000, 3000)
)
dates = st.sampled_from(["1982", "1982-12", "1983-02", "1983-02-28", "2019", "0999", 1982, 2019.0])
VALUES = {"row": texts, "order": names, "value": names, "select": numbers, "key": dates}


@st.composite
def constraints(draw):
    field = draw(st.sampled_from(sorted(VALUES)))
    ordered = field in ("select", "key")
    op = draw(
        st.sampled_from([each for each in Operator if ordered or each.value not in ("<", "<=", ">", ">=", "between")])
    )
    counts = {"between": (2, 2), "<": (1, 1), "<=": (1, 1), ">": (1, 1), ">=": (1, 1)}
    least, most = counts.get(op.value, (1, 1 if ordered and op is Operator.CONTAINS_ALL else 3))
    return Constraint(field=field, op=op, value=tuple(draw(st.lists(VALUES[field], min_size=least, max_size=most))))


conditions = st.recursive(
    constraints(),
    lambda inner: st.builds(
        lambda join, members: Group(join=join, members=tuple(members)),
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=250, deadline=None)
@given(st.lists(conditions, min_size=1, max_size=2))
def test_the_database_keeps_exactly_what_the_verdicts_keep(catalogue, stored, wanted):
    found = catalogue.rows_where(wanted).tolist()
    assert found == [row for row, item in enumerate(stored) if all(keeps(each, item.values, SCHEMA) for each in wanted)]


@settings(max_examples=60, deadline=None)
@given(conditions, st.text(alphabet="qwzx", min_size=12, max_size=12))
def test_statements_hold_no_word_of_a_person(catalogue, condition, secret):
    statements = []

    def remember(connection, cursor, statement, parameters, context, executemany):
        statements.append(statement)

    spoken = [
        Constraint(field=field, op=op, value=(f"{secret}' or 1=1 --",))
        for field, op in [("row", "contains_any"), ("row", "!="), ("order", "contains_none"), ("value", "==")]
    ]
    event.listen(catalogue.engine, "before_cursor_execute", remember)
    try:
        catalogue.rows_where([Group(join="any", members=(*spoken, condition))])
    finally:
        event.remove(catalogue.engine, "before_cursor_execute", remember)
    assert statements
    assert all(secret not in each for each in statements)
    # What is quoted in a statement is the compiler's own: the wildcard and the escape sign of LIKE.
    assert all(set(re.findall("'[^']*'", each)) <= {"'%'", "'/'"} for each in statements)


def test_an_injection_is_a_name_like_any_other(catalogue, stored):
    found = catalogue.rows_where([Constraint(field="row", op="==", value="'; DROP TABLE items; --")])
    assert [stored[row].values["row"] for row in found] == ["'; drop table items; --"] * len(found)
    assert len(found) == 12
    assert len(catalogue.rows_where([])) == 120


def test_wildcards_are_letters(catalogue, stored):
    found = catalogue.rows_where([Constraint(field="value", op="contains_any", value="%")])
    assert {stored[row].values["value"] for row in found} == {"%"}


@pytest.mark.slow
def test_the_widest_group_still_runs(catalogue):
    one = Constraint(field="order", op="contains_all", value=tuple(f"name {k}" for k in range(50)))
    inner = Group(join="any", members=(one,) * 14)
    assert len(catalogue.rows_where([Group(join="none", members=(inner,) * 14)])) == 120
