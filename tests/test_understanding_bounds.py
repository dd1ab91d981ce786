"""Numbers of a plan are put beside those that a request is marked with; what asks for the same counts the same."""

import pytest

from tastemaker.eval.understanding.bounds import ranges_of, read_numbers
from tastemaker.eval.understanding.gold import Meant
from tastemaker.eval.understanding.request_file import plain
from tastemaker.tools.catalogue.constraint import Constraint


def asked(op, *values, field="year"):
    return Constraint(field=field, op=op, value=values)


def read(marked, *constraints, negated=False):
    """Return role and rightness of every mark."""
    marks = [
        Meant(mark, "number", frozenset({mark.field}), frozenset(), frozenset(), frozenset())
        for mark in plain(marked)[1]
    ]
    ranges = [one for each in constraints for one in ranges_of(each, negated=negated)]
    return [(one.role, one.right) for one in read_numbers(ranges, marks)]


@pytest.mark.parametrize(
    ("marked", "constraint", "reading"),
    [
        ("[80s=1980..1989|year|wanted]", asked("between", 1980, 1989), ("wanted", True)),
        ("[80s=1980..1989|year|wanted]", asked("between", 1970, 1979), ("wanted", False)),
        ("[80s=1980..1989|year|wanted]", asked(">=", 1980), ("at-least", True)),
        ("[1994|year|wanted]", asked("==", 1994), ("wanted", True)),
        ("[around 1975=1975|year|wanted]", asked("between", 1973, 1977), ("wanted", True)),
        ("[around 1975=1975|year|wanted]", asked("between", 1975, 1989), ("wanted", False)),
        ("[after 2000=2001|year|at-least]", asked(">", 2000), ("at-least", True)),
        ("[before 1980=1979|year|at-most]", asked("<=", 1979), ("at-most", True)),
        ("[before 1980=1979|year|at-most]", asked("<", 1980), ("at-most", True)),
        ("[before 1980=1979|year|at-most]", asked("<", 1990), ("at-most", False)),
        ("[before 1980=1979|year|at-most]", asked(">", 1980), ("at-least", True)),
        ("[older|year|at-most]", asked("<", 1963), ("at-most", True)),
        ("[no 80s=1980..1989|year|refused]", asked("!=", 1985), ("refused", False)),
        ("[four=4|year|wanted]", asked("==", 5), ("wanted", False)),
        ("[over three=4|year|at-least]", asked(">", 3), ("at-least", True)),
    ],
)
def test_one_mark_is_read_from_one_constraint(marked, constraint, reading):
    assert read(marked, constraint) == [reading]


def test_what_a_negated_group_asks_for_is_its_opposite():
    assert read("[80s=1980..1989|year|refused]", asked("between", 1980, 1989), negated=True) == [("refused", True)]
    assert read("[from 1980=1980|year|at-least]", asked("<", 1980), negated=True) == [("at-least", True)]
    assert read("[up to 1980=1980|year|at-most]", asked(">", 1980), negated=True) == [("at-most", True)]


def test_two_bounds_are_one_range_and_one_range_is_two_bounds():
    both = asked(">=", 1980), asked("<=", 1989)
    assert read("[80s=1980..1989|year|wanted]", *both) == [("wanted", True)]
    marked = "[over 90=90|minutes|at-least] and [under 120=120|minutes|at-most]"
    one = asked("between", 90, 120, field="minutes")
    assert read(marked, one) == [("at-least", True), ("at-most", True)]


def test_two_decades_in_a_row_may_be_one_range_of_the_plan():
    marked = "[60s=1960..1969|year|wanted] or [70s=1970..1979|year|wanted]"
    assert read(marked, asked("between", 1960, 1979)) == [("wanted", True), ("wanted", True)]
    apart = "[50s=1950..1959|year|wanted] or [70s=1970..1979|year|wanted]"
    assert read(apart, asked("between", 1950, 1979)) == [("wanted", False), (None, False)]
    assert read(apart, asked("between", 1950, 1959), asked("between", 1970, 1979)) == [("wanted", True)] * 2


def test_numbers_go_to_the_marks_that_they_fit_and_to_their_own_field():
    marked = "not [80=80|minutes|at-least] nor [100=100|minutes|at-most], [1990|year|wanted]"
    found = read(marked, asked("<=", 100, field="minutes"), asked("==", 1990))
    assert found == [(None, False), ("at-most", True), ("wanted", True)]


def test_one_constraint_is_not_the_reading_of_two_marks():
    marked = "[not 1975=1975|year|forgotten] but [1985|year|wanted]"
    assert read(marked, asked("==", 1985)) == [(None, False), ("wanted", True)]
