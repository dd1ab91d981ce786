"""The plain words for conditions, lists and numbers. Knows the schema's labels and no domain."""

from collections.abc import Sequence

from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, Role, shown_value

_ORDERINGS = {
    Operator.AT_LEAST: "at least {0}",
    Operator.AT_MOST: "at most {0}",
    Operator.MORE_THAN: "more than {0}",
    Operator.LESS_THAN: "less than {0}",
    Operator.BETWEEN: "from {0} to {1}",
}
_YEARS = {
    Operator.AT_LEAST: "from {0} on",
    Operator.AT_MOST: "up to {0}",
    Operator.MORE_THAN: "after {0}",
    Operator.LESS_THAN: "before {0}",
    Operator.BETWEEN: "from {0} to {1}",
}


def join(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as a list in a sentence.

    >>> join(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def counted(count: int, schema: CatalogueSchema) -> str:
    """Return a count of items in words: `3 films`."""
    return f"{count:,} {schema.noun if count == 1 else schema.plural}"


def say_condition(condition: Constraint | Group, schema: CatalogueSchema) -> str:
    """Return a condition in words: `year from 1980 to 1989`, `no Horror`."""
    if isinstance(condition, Group):
        return _say_group(condition, schema)
    field = schema.field(condition.field)
    values = [shown_value(float(value) if isinstance(value, int) else value) for value in condition.value]
    if condition.op in _ORDERINGS:
        return _say_bound(condition.op, values, field)
    if field.ordered:
        return f"{field.spoken} {'not ' if condition.excludes else ''}{join(values, 'or')}"
    names = _alias(field, values) or join(values, "and" if condition.op is Operator.CONTAINS_ALL else "or")
    if field.role is Role.GENRE:
        return f"no {names}" if condition.excludes else names
    words = field.say(names) if "{label}" not in field.phrase else f"{field.spoken} {names}"
    return f"not {words}" if condition.excludes else words


def _alias(field: CatalogueField, values: Sequence[str]) -> str:
    """Return the one word that stands for all these values, as "Chinese" does for seven languages; empty without."""
    if len(values) < 3:
        return ""
    wanted = set(values)
    return next((name for name, meant in field.aliases.items() if set(meant) == wanted), "")


def _say_bound(op: Operator, values: Sequence[str], field: CatalogueField) -> str:
    if field.role is Role.YEAR:
        return _YEARS[op].format(*values)
    unit = f" {field.unit}" if field.unit else ""
    return f"{field.spoken} {_ORDERINGS[op].format(*values)}{unit}"


def _say_group(group: Group, schema: CatalogueSchema) -> str:
    constraints = [member for member in group.members if isinstance(member, Constraint)]
    first = constraints[0] if constraints else None
    if first and len(constraints) == len(group.members) and group.join != "all":
        alike = all(each.value == first.value and each.op == first.op for each in constraints)
        if alike and not first.excludes and first.op not in _ORDERINGS:
            # The same name in several fields: "director or writer Jane Doe".
            fields = join([schema.field(each.field).spoken for each in constraints], "or")
            names = join([str(value) for value in first.value], "or")
            return f"{fields} {'not ' if group.join == 'none' else ''}{names}"
    parts = [say_condition(member, schema) for member in group.members]
    if group.join == "none":
        return f"not {join(parts, 'or')}"
    return join(parts, "and" if group.join == "all" else "or")


def forgettable(condition: Constraint | Group) -> str:
    """Return the word by which `Forget` finds a condition again: a name that it holds, else its field."""
    while isinstance(condition, Group):
        condition = condition.members[0]
    return next((each for each in condition.value if isinstance(each, str)), condition.field.replace("_", " "))
