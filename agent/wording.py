"""The plain words for conditions, lists and numbers, in the language spoken. Knows the schema's labels, no domain."""

from collections.abc import Sequence

from tastemaker.agent.languages.speech import foreign, named, noun, say, stated, template, word
from tastemaker.agent.wishes import called
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, Role, shown_value

_ORDERINGS = {
    Operator.AT_LEAST: template("{label} at least {low}"),
    Operator.AT_MOST: template("{label} at most {low}"),
    Operator.MORE_THAN: template("{label} more than {low}"),
    Operator.LESS_THAN: template("{label} less than {low}"),
    Operator.BETWEEN: template("{label} from {low} to {high}"),
}
_YEARS = {
    Operator.AT_LEAST: template("from {low} on"),
    Operator.AT_MOST: template("up to {low}"),
    Operator.MORE_THAN: template("after {low}"),
    Operator.LESS_THAN: template("before {low}"),
    Operator.BETWEEN: template("from {low} to {high}"),
}


def join(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as a list in a sentence.

    Args:
        parts: any number.
        last: what stands before the last one: "and" or "or".

    >>> join(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    several = listed(parts[:-1])
    if last == "or":
        return say("{several} or {last}", several=several, last=parts[-1])
    return say("{several} and {last}", several=several, last=parts[-1])


def clauses(parts: Sequence[str]) -> str:
    """Return statements of one thing as a sentence, which some languages part otherwise than names."""
    if len(parts) < 2:
        return "".join(parts)
    several = parts[0]
    for part in parts[1:-1]:
        several = say("{clauses}, {next}", clauses=several, next=part)
    return say("{clauses} and {last}", clauses=several, last=parts[-1])


def listed(parts: Sequence[str]) -> str:
    """Return parts with nothing but commas between them."""
    return say(", ").join(parts)


def counted(count: int, schema: CatalogueSchema) -> str:
    """Return a count of items in words: `3 films`."""
    own = f"{{count}} {schema.noun}"
    if word(own) != own:
        return word(own).format(count=f"{count:,}")
    return say("{count} {items}", count=f"{count:,}", items=noun(count, schema))


def say_condition(condition: Constraint | Group, schema: CatalogueSchema) -> str:
    """Return a condition in words: `year from 1980 to 1989`, `no Horror`."""
    if isinstance(condition, Group):
        return _say_group(condition, schema)
    field = schema.field(condition.field)
    values = [shown_value(float(value) if isinstance(value, int) else value) for value in condition.value]
    if condition.op in _ORDERINGS:
        return _say_bound(condition.op, values, field)
    if field.ordered:
        return _labelled(word(field.spoken), join(values, "or"), excluded=condition.excludes)
    told = [named(field, value) for value in values]
    names = _alias(field, values) or join(told, "and" if condition.op is Operator.CONTAINS_ALL else "or")
    if field.role is Role.GENRE:
        return say("no {names}", names=names) if condition.excludes else names
    words = stated(field, names) if "{label}" not in field.phrase else _labelled(word(field.spoken), names)
    return say("not {wish}", wish=words) if condition.excludes else words


def _labelled(label: str, names: str, *, excluded: bool = False) -> str:
    if excluded:
        return say("{label} not {names}", label=label, names=names)
    return say("{label} {names}", label=label, names=names)


def _alias(field: CatalogueField, values: Sequence[str]) -> str:
    """Return the one word that stands for all these values, as "Chinese" does for seven languages; empty without."""
    if len(values) < 3:
        return ""
    wanted = set(values)
    return next((word(name) for name, meant in field.aliases.items() if set(meant) == wanted), "")


def _say_bound(op: Operator, values: Sequence[str], field: CatalogueField) -> str:
    year = field.role is Role.YEAR
    unit = f" {word(field.unit)}" if field.unit and not year else ""
    ends = [*values[:-1], f"{values[-1]}{unit}"]
    return say((_YEARS if year else _ORDERINGS)[op], label=word(field.spoken), low=ends[0], high=ends[-1])


def _say_group(group: Group, schema: CatalogueSchema) -> str:
    constraints = [member for member in group.members if isinstance(member, Constraint)]
    first = constraints[0] if constraints else None
    if first and len(constraints) == len(group.members) and group.join != "all":
        alike = all(each.value == first.value and each.op == first.op for each in constraints)
        whole = first.op is Operator.CONTAINS_ALL and len(first.value) > 1
        if alike and not (whole or first.excludes) and first.op not in _ORDERINGS:
            # The same name in several fields: "director or writer Jane Doe".
            fields = join([word(schema.field(each.field).spoken) for each in constraints], "or")
            names = join([named(schema.field(first.field), value) for value in first.value], "or")
            return _labelled(fields, names, excluded=group.join == "none")
    parts = [say_condition(member, schema) for member in group.members]
    if group.join == "none":
        return say("not {wish}", wish=join(parts, "or"))
    return join(parts, "and" if group.join == "all" else "or")


def forgetting(condition: Constraint | Group, schema: CatalogueSchema) -> str:
    """Return what the person would say to take a condition back."""
    what = called(condition)
    if not foreign():
        return f"forget {what}"
    while isinstance(condition, Group):
        condition = condition.members[0]
    field = schema.field(condition.field)
    is_field = what == field.name.replace("_", " ")
    return say("forget {what}", what=word(field.spoken) if is_field else named(field, what))
