"""Numbers that were understood: a range of one field, with its place in the line."""

from dataclasses import dataclass

from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, Strength
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType


@dataclass(frozen=True)
class Range:
    """An interval; an end of None is open."""

    low: float | None = None
    high: float | None = None
    above: bool = False
    """Whether the low end itself is left out."""
    below: bool = False
    """Whether the high end itself is left out."""

    @property
    def one_sided(self) -> bool:
        """Whether one end is open."""
        return self.low is None or self.high is None

    def flipped(self) -> "Range":
        """Return what a one-sided range leaves out."""
        if self.low is not None:
            return Range(high=self.low, below=not self.above)
        return Range(low=self.high, above=not self.below)

    def joined(self, other: "Range") -> "Range | None":
        """Return the union of two closed ranges that touch; None when they do not."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return None
        first, second = sorted((self, other), key=lambda each: each.low or 0.0)
        if (second.low or 0.0) > (first.high or 0.0) + 1:
            return None
        return Range(first.low, max(first.high or 0.0, second.high or 0.0))


@dataclass(frozen=True)
class RangeSpan:
    """A range as it stands in the line."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    field: CatalogueField
    range: Range
    strength: Strength = "must"
    """`prefer` for what is said loosely: `short`, `recent`."""
    settled: bool = False
    """Whether negation is already reckoned with."""
    estimate: float | None = None
    """The number that was said, where the range is only what lies about it."""


def condition(
    field: CatalogueField, ranges: list[Range], strength: Strength, said: str, *, negated: bool = False
) -> Constraint | Group:
    """Return the condition that a value lies in one of some ranges, or in none.

    Args:
        field: the number or date.
        ranges: at least one.
        strength: how firmly it is wished.
        said: the person's words.
        negated: whether the ranges are to be avoided.
    """
    if negated and len(ranges) == 1 and ranges[0].one_sided:
        return condition(field, [ranges[0].flipped()], strength, said)
    parts = [_constraint(field, each, strength, said) for each in ranges]
    if negated:
        members = tuple(parts)
        if len(members) == 1 and members[0].op is Operator.EQUAL:
            return members[0].model_copy(update={"op": Operator.NOT_EQUAL})
        return Group(join="none", members=members, strength=strength, said=said)
    return parts[0] if len(parts) == 1 else Group(join="any", members=tuple(parts), strength=strength, said=said)


def _constraint(field: CatalogueField, wanted: Range, strength: Strength, said: str) -> Constraint:
    def make(op: Operator, *values: float) -> Constraint:
        written = tuple(_value(field, value) for value in values)
        return Constraint(field=field.name, op=op, value=written, strength=strength, said=said[:500])

    if wanted.low is not None and wanted.high is not None:
        if wanted.low == wanted.high:
            return make(Operator.EQUAL, wanted.low)
        return make(Operator.BETWEEN, wanted.low, wanted.high)
    if wanted.low is not None:
        return make(Operator.MORE_THAN if wanted.above else Operator.AT_LEAST, wanted.low)
    assert wanted.high is not None, "a range has an end"
    return make(Operator.LESS_THAN if wanted.below else Operator.AT_MOST, wanted.high)


def _value(field: CatalogueField, value: float) -> str | int | float:
    if field.type is FieldType.DATE:
        return f"{value:04.0f}"
    return int(value) if float(value).is_integer() else round(value, 4)
