"""Typed constraints on items, and their three-valued verdicts.

A constraint never holds SQL. Missing values make a verdict `unknown`; `keeps` says what that means for a filter:
a positive wish keeps only matches, an exclusion keeps unknowns too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType
from tastemaker.tools.errors import SchemaError


class Operator(StrEnum):
    """How the values of an item are compared with those of a constraint."""

    CONTAINS_ANY = "contains_any"
    CONTAINS_ALL = "contains_all"
    CONTAINS_NONE = "contains_none"
    EQUAL = "=="
    NOT_EQUAL = "!="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    BETWEEN = "between"


EXCLUSIONS = frozenset({Operator.CONTAINS_NONE, Operator.NOT_EQUAL})
ORDERINGS = frozenset(
    {Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN, Operator.BETWEEN},
)

Strength = Literal["must", "prefer"]
Scalar = Annotated[str, StringConstraints(max_length=500)] | Annotated[int, Field(ge=-(10**15), le=10**15)] | float
ItemValue = str | float | tuple[str, ...] | None
"""A value of an item: text, number, ISO date, names, or missing."""
Bound = TypeVar("Bound", str, float)

MAX_DEPTH = 8
"""How deep groups may nest."""
MAX_CONDITIONS = 200
"""How many conditions one level of a group may hold in all."""
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")


class Verdict(StrEnum):
    """What an item's facts say of a constraint."""

    MATCH = "match"
    UNKNOWN = "unknown"
    VIOLATES = "violates"

    def negated(self) -> "Verdict":
        """Return the verdict of the opposite constraint; unknown stays unknown."""
        return {Verdict.MATCH: Verdict.VIOLATES, Verdict.VIOLATES: Verdict.MATCH}.get(self, self)


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str | int | float) else value


class Constraint(BaseModel):
    """One wish about one field."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    kind: Literal["constraint"] = "constraint"
    field: str
    """Name of a field of the schema."""
    op: Operator
    """The comparison."""
    value: Annotated[tuple[Scalar, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=50)]
    """The values compared with: two for `between` (inclusive), one for the other orderings, one or more else."""
    strength: Strength = "must"
    """`must` is never relaxed; `prefer` may be, and then the reply says so."""
    said: str = Field(default="", max_length=500)
    """The person's words that it came from."""

    @model_validator(mode="after")
    def _counts_fit(self) -> "Constraint":
        if self.op is Operator.BETWEEN and len(self.value) != 2:
            raise ValueError("between needs two values: the lowest and the highest")
        if self.op in ORDERINGS - {Operator.BETWEEN} and len(self.value) != 1:
            raise ValueError(f"{self.op} needs one value")
        return self

    @property
    def excludes(self) -> bool:
        """Whether this is an exclusion, which keeps items whose value is missing."""
        return self.op in EXCLUSIONS


class Group(BaseModel):
    """Several conditions joined by `all`, `any` or `none` (the negation of `any`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    kind: Literal["group"] = "group"
    join: Literal["all", "any", "none"]
    """How the members are joined."""
    members: Annotated[tuple["Condition", ...], Field(min_length=1, max_length=20)]
    """The conditions joined."""
    strength: Strength = "must"
    """As of a constraint; the strengths of the members are not looked at."""
    said: str = Field(default="", max_length=500)
    """The person's words that it came from."""


Condition = Annotated[Constraint | Group, Field(discriminator="kind")]
Group.model_rebuild()


def constraints_in(condition: Constraint | Group) -> Iterator[Constraint]:
    """Yield the constraints that a condition is made of, in order, however they are joined."""
    if isinstance(condition, Constraint):
        yield condition
        return
    for member in condition.members:
        yield from constraints_in(member)


def check(condition: Constraint | Group, schema: CatalogueSchema) -> None:
    """Check that a condition can be asked of a catalogue.

    Raises:
        SchemaError: the field is unknown, the operator or value does not suit its type, or groups nest too deep.
    """
    members = [condition]
    for _ in range(MAX_DEPTH):
        for member in members:
            if isinstance(member, Constraint):
                _check_constraint(member, schema)
        members = [inner for member in members if isinstance(member, Group) for inner in member.members]
        if len(members) > MAX_CONDITIONS:
            raise SchemaError(f"A group may hold {MAX_CONDITIONS} conditions in all; ask for less at once.")
        if not members:
            return
    raise SchemaError(f"Groups may nest {MAX_DEPTH} deep; write the condition flatter.")


def _check_constraint(constraint: Constraint, schema: CatalogueSchema) -> None:
    field = schema.field(constraint.field)
    if constraint.op in ORDERINGS and not field.ordered:
        raise SchemaError(
            f"'{constraint.op}' needs a number or date, and {field.name} is {field.type}; use contains_any."
        )
    if field.ordered and constraint.op is Operator.CONTAINS_ALL and len(constraint.value) > 1:
        raise SchemaError(f"{field.name} has one value at most; use contains_any or between.")
    for value in constraint.value:
        comparable(field, value)


def comparable(field: CatalogueField, value: Scalar) -> str | float:
    """Return a constraint's value in the form in which the field's values are compared.

    Raises:
        SchemaError: the value cannot be read as the field's type.
    """
    if isinstance(value, float) and not isfinite(value):
        raise SchemaError(f"{field.name} needs a finite number.")
    if field.type is FieldType.NUMBER:
        try:
            number = float(value)
        except (ValueError, OverflowError) as error:
            raise SchemaError(f"{field.name} is a number, and {_quoted(value)} is none; give a number.") from error
        if not isfinite(number):
            raise SchemaError(f"{field.name} needs a finite number.")
        return number
    if field.type is FieldType.DATE:
        written = f"{value:.0f}" if isinstance(value, float) else str(value).strip()
        if not _DATE.match(written):
            raise SchemaError(
                f"{field.name} is a date, and {_quoted(value)} is none; write YYYY, YYYY-MM or YYYY-MM-DD."
            )
        return written
    key = normalise(str(value))
    if not key:
        raise SchemaError(f"{field.name} is compared with a blank value; give a name.")
    return key


def date_span(written: str) -> tuple[str, str]:
    """Return the first and the last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` stands for, as comparable texts.

    >>> date_span("2019"), date_span("2019-02")
    (('2019-01-01', '2019-12-31'), ('2019-02-01', '2019-02-31'))
    """
    return written + "-01-01"[len(written) - 4 :], written + "-12-31"[len(written) - 4 :]


def _quoted(value: Scalar) -> str:
    return f"'{str(value)[:60]}'"


def verdict(condition: Constraint | Group, values: Mapping[str, ItemValue], schema: CatalogueSchema) -> Verdict:
    """Judge one item by its values (Kleene's three-valued logic in groups)."""
    if isinstance(condition, Group):
        verdicts = [verdict(member, values, schema) for member in condition.members]
        if condition.join == "all":
            return _worst(verdicts)
        best = _worst([each.negated() for each in verdicts]).negated()
        return best if condition.join == "any" else best.negated()
    field = schema.field(condition.field)
    raw = values.get(field.name)
    if raw is None or raw == () or raw == "" or raw != raw:
        return Verdict.UNKNOWN
    held = _matches(condition, field, raw)
    return Verdict.MATCH if held else Verdict.VIOLATES


def keeps(
    condition: Constraint | Group, values: Mapping[str, ItemValue], schema: CatalogueSchema, *, negated: bool = False
) -> bool:
    """Return whether a filter keeps an item: a positive wish needs a match, an exclusion keeps unknowns too.

    Negation is carried down to the constraints, so a negated wish is an exclusion and a negated exclusion a wish.
    The SQL of `constraint_sql` keeps the same items; a test holds the two together.
    """
    if isinstance(condition, Group):
        if condition.join == "none":
            negated = not negated
        kept = [keeps(member, values, schema, negated=negated) for member in condition.members]
        return all(kept) if (condition.join == "all") is not negated else any(kept)
    judged = verdict(condition, values, schema)
    judged = judged.negated() if negated else judged
    return judged is Verdict.MATCH or (judged is Verdict.UNKNOWN and condition.excludes is not negated)


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    if Verdict.VIOLATES in verdicts:
        return Verdict.VIOLATES
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MATCH


def _matches(constraint: Constraint, field: CatalogueField, raw: str | float | tuple[str, ...]) -> bool:
    wanted = [comparable(field, value) for value in constraint.value]
    if field.ordered:
        return not isinstance(raw, tuple) and _ordered_match(constraint.op, raw, wanted)
    held = {normalise(value) for value in (raw if isinstance(raw, tuple) else (str(raw),))}

    def has(value: str | float) -> bool:
        return (
            value in held
            if field.named or constraint.op in (Operator.EQUAL, Operator.NOT_EQUAL)
            else any(str(value) in text for text in held)
        )

    if constraint.op is Operator.CONTAINS_ALL:
        return all(has(value) for value in wanted)
    found = any(has(value) for value in wanted)
    return not found if constraint.excludes else found


def _ordered_match(op: Operator, raw: str | float, wanted: Sequence[str | float]) -> bool:
    if isinstance(raw, str):
        spans = [date_span(str(value)) for value in wanted]
        return _compare(op, raw, [low for low, _ in spans], [high for _, high in spans])
    numbers = [float(value) for value in wanted]
    return _compare(op, raw, numbers, numbers)


def _compare(op: Operator, raw: Bound, low: Sequence[Bound], high: Sequence[Bound]) -> bool:
    match op:
        case Operator.AT_LEAST:
            return raw >= low[0]
        case Operator.MORE_THAN:
            return raw > high[0]
        case Operator.AT_MOST:
            return raw <= high[0]
        case Operator.LESS_THAN:
            return raw < low[0]
        case Operator.BETWEEN:
            return low[0] <= raw <= high[1]
        case _:
            found = any(least <= raw <= most for least, most in zip(low, high, strict=True))
            return not found if op in EXCLUSIONS else found
