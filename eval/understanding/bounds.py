"""Numbers: the ranges that a plan asks for, put beside those that a request is marked with.

A range is one wish or two bounds, and two bounds make one range: both count, since they ask for the same. Knows
nothing of names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tastemaker.eval.understanding.gold import Meant
from tastemaker.tools.catalogue.constraint import Constraint, Operator

End = Literal["low", "high"]
LOW: End = "low"
HIGH: End = "high"
_SMALL = 20
"""Below this, a number that is one off is another number: three players are not four."""
_ONE_RANGE = frozenset({"wanted", "refused", "forgotten", "ignored"})
"""Roles of marks that mean a range as a whole, not one of its ends."""


@dataclass(frozen=True)
class Range:
    """A range that a plan asks for, or keeps away from."""

    field: str
    low: float | None
    """Lower end; None is open."""
    high: float | None
    """Upper end; None is open."""
    ends: frozenset[tuple[Constraint, End]]
    """Where the ends that are not open come from."""
    strict: bool = False
    """Whether the end of an open range is itself left out."""
    refused: bool = False
    """Whether it is kept away from; an open range never is, but the other side asked for."""


@dataclass
class NumberReading:
    """What a plan makes of one mark."""

    role: str | None = None
    right: bool = False
    """Whether the number is that of the mark, or the mark gives none."""
    ends: frozenset[tuple[Constraint, End]] = field(default_factory=frozenset)
    """Ends of the plan's ranges that the mark accounts for."""


def ranges_of(constraint: Constraint, *, negated: bool = False) -> list[Range]:
    """Return the ranges of a constraint on a number.

    Args:
        constraint: the constraint; its values are numbers.
        negated: whether its opposite is meant.
    """
    values = [float(value) for value in constraint.value]
    name, low, high = constraint.field, frozenset({(constraint, LOW)}), frozenset({(constraint, HIGH)})
    strict = constraint.op in (Operator.MORE_THAN, Operator.LESS_THAN)
    match constraint.op:
        case Operator.AT_LEAST | Operator.MORE_THAN if not negated:
            return [Range(name, values[0], None, low, strict)]
        case Operator.AT_MOST | Operator.LESS_THAN if negated:
            return [Range(name, values[0], None, low, not strict)]
        case Operator.AT_MOST | Operator.LESS_THAN:
            return [Range(name, None, values[0], high, strict)]
        case Operator.AT_LEAST | Operator.MORE_THAN:
            return [Range(name, None, values[0], high, not strict)]
        case Operator.BETWEEN:
            return [Range(name, min(values), max(values), low | high, refused=negated)]
    refused = constraint.excludes is not negated
    return [Range(name, value, value, low | high, refused=refused) for value in values]


def read_numbers(ranges: Sequence[Range], marks: Sequence[Meant]) -> list[NumberReading]:
    """Return what a plan makes of every mark of a number, in order.

    Ranges that have a mark's number count before others, and what one mark accounts for is no other mark's.

    Args:
        ranges: all ranges of the plan.
        marks: the marks of numbers.
    """
    readings = [NumberReading() for _ in marks]
    used: set[tuple[Constraint, End]] = set()
    for right, same_role in ((True, True), (True, False), (False, True), (False, False)):
        for each, one in zip(marks, readings, strict=True):
            if one.role is not None:
                continue
            merged = _merged(each, marks)
            for option in _options(each, ranges, merged):
                # Two decades in a row are one range of the plan and two marks.
                shared = merged != each.mark.numbers
                if option.right is right and (option.role == each.mark.role) is same_role:
                    if option.ends & used and not shared:
                        continue
                    one.role, one.right, one.ends = option.role, option.right, option.ends
                    used |= option.ends
                    break
    return readings


def _options(each: Meant, ranges: Sequence[Range], merged: tuple[float, float] | None) -> Iterator[NumberReading]:
    """Yield every way in which the ranges of a plan can be a reading of a mark."""
    own = [one for one in ranges if one.field in each.fields]
    given = each.mark.numbers
    for one in [*own, *_joined(own)]:
        if one.low is not None and one.high is not None:
            right = _is_range(given, one.low, one.high) or _is_range(merged, one.low, one.high)
            yield NumberReading("refused" if one.refused else "wanted", right, one.ends)
    for one in own:
        if one.low is not None and one.high is not None and each.mark.role in _ONE_RANGE:
            continue
        for role, value, end in (("at-least", one.low, LOW), ("at-most", one.high, HIGH)):
            if value is not None and not one.refused:
                ends = frozenset(place for place in one.ends if place[1] == end)
                yield NumberReading(role, _is_bound(given, value, strict=one.strict), ends)


def _joined(ranges: Sequence[Range]) -> Iterator[Range]:
    """Yield the ranges that a lower and an upper bound make together."""
    for low in ranges:
        for high in ranges:
            if low.high is None and high.low is None:
                yield Range(low.field, low.low, high.high, low.ends | high.ends)


def _merged(each: Meant, marks: Sequence[Meant]) -> tuple[float, float] | None:
    """Return the range that a mark makes together with those next to it: "the 60s or the 70s"."""
    given = each.mark.numbers
    if given is None or each.mark.role not in _ONE_RANGE:
        return given
    alike = sorted(
        other.mark.numbers
        for other in marks
        if other.fields == each.fields and other.mark.role == each.mark.role and other.mark.numbers
    )
    low, high = alike[0]
    for start, end in alike[1:]:
        if start > high + 1:
            if low <= given[0] <= high:
                break
            low, high = start, end
        high = max(high, end)
    return low, high


def _is_range(given: tuple[float, float] | None, low: float, high: float) -> bool:
    if given is None:
        return True
    if given[0] == given[1] and low <= given[0] <= high:
        # "around 1975" is a range about that year.
        return _near(given[0], (low + high) / 2, strict=True)
    return _near(given[0], low) and _near(given[1], high)


def _is_bound(given: tuple[float, float] | None, value: float, *, strict: bool) -> bool:
    return given is None or any(_near(number, value, strict=strict) for number in given)


def _near(given: float, value: float, *, strict: bool = False) -> bool:
    return abs(given - value) <= (1 if strict or abs(given) >= _SMALL else 0)
