"""Compiles conditions to parameterised SQL expressions.

Every value is a bound parameter and every column comes from the schema, so no text of a person or a model
can become part of a statement.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Table, and_, false, func, not_, or_, select

from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, comparable, date_span
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType

_ORDERED: dict[Operator, Callable[[ColumnElement[str | float], str | float, str | float], ColumnElement[bool]]] = {
    Operator.AT_LEAST: lambda column, low, high: column >= low,
    Operator.MORE_THAN: lambda column, low, high: column > high,
    Operator.AT_MOST: lambda column, low, high: column <= high,
    Operator.LESS_THAN: lambda column, low, high: column < low,
}


def compile_condition(
    condition: Constraint | Group, schema: CatalogueSchema, items: Table, values: Table, *, negated: bool = False
) -> ColumnElement[bool]:
    """Return the expression that is true for the items a filter keeps, and never NULL.

    Args:
        condition: what is wanted; already checked against the schema.
        schema: the catalogue's schema.
        items: table of items, one column a scalar field.
        values: table of names, one row a value (`row`, `field`, `key`).
        negated: whether the opposite is wanted.
    """
    if isinstance(condition, Group):
        if condition.join == "none":
            negated = not negated
        parts = [compile_condition(member, schema, items, values, negated=negated) for member in condition.members]
        return and_(*parts) if (condition.join == "all") is not negated else or_(*parts)
    field = schema.field(condition.field)
    held = _named(condition, field, items, values) if field.named else _scalar(condition, field, items)
    return not_(held) if condition.excludes is not negated else held


def _named(constraint: Constraint, field: CatalogueField, items: Table, values: Table) -> ColumnElement[bool]:
    keys = sorted({str(comparable(field, value)) for value in constraint.value})

    def has(wanted: list[str]) -> ColumnElement[bool]:
        # One look-up of all rows that carry the names; asking row by row takes several times as long.
        carriers = select(values.c.row).where(values.c.field == field.name, values.c.key.in_(wanted))
        return items.c["_row"].in_(carriers)

    if constraint.op is Operator.CONTAINS_ALL:
        return and_(*[has([key]) for key in keys])
    return has(keys)


def _scalar(constraint: Constraint, field: CatalogueField, items: Table) -> ColumnElement[bool]:
    wanted = [comparable(field, value) for value in constraint.value]
    if field.type is FieldType.TEXT:
        column = items.c[f"_key_{field.name}"]
        if constraint.op in (Operator.EQUAL, Operator.NOT_EQUAL):
            return func.coalesce(column.in_(wanted), false())
        parts = [column.contains(str(value), autoescape=True) for value in wanted]
        return func.coalesce(and_(*parts) if constraint.op is Operator.CONTAINS_ALL else or_(*parts), false())
    column = items.c[field.name]
    spans: list[tuple[str | float, str | float]] = [
        date_span(str(value)) if field.type is FieldType.DATE else (value, value) for value in wanted
    ]
    if constraint.op is Operator.BETWEEN:
        return func.coalesce(column.between(spans[0][0], spans[1][1]), false())
    if constraint.op in _ORDERED:
        low, high = spans[0]
        return func.coalesce(_ORDERED[constraint.op](column, low, high), false())
    return func.coalesce(or_(*[column.between(low, high) for low, high in spans]), false())
