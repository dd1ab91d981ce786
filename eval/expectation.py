"""Judges items against what a dialogue expects of them, and says in plain words what was violated.

A missing value fails a positive constraint and passes an exclusion, where it counts as unknown. Text compares as a
substring of its normalised form, so this is more lenient on names than the filters under test, on purpose: it is the
format's rule, not theirs. Knows nothing of systems or rankings.
"""

from collections.abc import Mapping, Sequence

from tastemaker.eval.dialogue import Dialogue, ExpectedConstraint
from tastemaker.eval.errors import DialogueError
from tastemaker.tools.catalogue.constraint import EXCLUSIONS, Operator, Scalar, Verdict
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType

_ORDERINGS = frozenset({Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN})


def check_expectations(dialogues: Sequence[Dialogue], schema: CatalogueSchema) -> None:
    """Check that every expected constraint can be asked of a catalogue.

    Raises:
        DialogueError: a field is unknown, or an operator or value does not suit its type.
    """
    for dialogue in dialogues:
        for number, turn in enumerate(dialogue.turns, start=1):
            for constraint in turn.expect.constraints if turn.expect else ():
                trouble = _misfit(constraint, schema)
                if trouble:
                    raise DialogueError(f"Dialogue '{dialogue.id}', turn {number}: {trouble}.")


def judge(constraint: ExpectedConstraint, item: Item, schema: CatalogueSchema) -> Verdict:
    """Return what an item's values say of a constraint; `unknown` where the value is missing."""
    field = schema.field(constraint.field)
    value = item.values.get(field.name)
    if value is None or value in ((), ""):
        return Verdict.UNKNOWN
    held = value if isinstance(value, tuple) else (value,)
    kept = _ordered(constraint, held) if constraint.op in _ORDERINGS else _named(constraint, field, held)
    return Verdict.MATCH if kept else Verdict.VIOLATES


def violation(constraint: ExpectedConstraint, item: Item, schema: CatalogueSchema) -> str | None:
    """Return in plain words how an item fails a constraint; None when it keeps it."""
    verdict = judge(constraint, item, schema)
    if verdict is Verdict.MATCH or (verdict is Verdict.UNKNOWN and constraint.op in EXCLUSIONS):
        return None
    value = item.values.get(constraint.field)
    shown = ", ".join(value) if isinstance(value, tuple) else (f"{value:g}" if isinstance(value, float) else value)
    having = f"it is {shown}" if verdict is Verdict.VIOLATES else "it is not known"
    return f"'{item.title}' ({item.id}) does not keep {constraint}: {having}"


def violations(
    constraints: Sequence[ExpectedConstraint], items: Mapping[str, Item], shown: Sequence[str], schema: CatalogueSchema
) -> dict[str, list[str]]:
    """Return for each shown item that fails a constraint what it fails, in the order shown.

    Args:
        constraints: what every item has to keep.
        items: the catalogue's items by id; an id that is not among them fails.
        shown: ids shown.
        schema: the catalogue's schema.
    """
    found: dict[str, list[str]] = {}
    for item_id in shown:
        if item_id not in items:
            failures = [f"'{item_id}' is not in the catalogue"] if constraints else []
        else:
            judged = [violation(constraint, items[item_id], schema) for constraint in constraints]
            failures = [each for each in judged if each is not None]
        if failures:
            found[item_id] = failures
    return found


def _misfit(constraint: ExpectedConstraint, schema: CatalogueSchema) -> str | None:
    names = [field.name for field in schema.fields]
    if constraint.field not in names:
        return f"there is no field '{constraint.field}'; use one of {', '.join(names)}"
    field = schema.field(constraint.field)
    if constraint.op in _ORDERINGS and not field.ordered:
        return f"'{constraint.op}' needs a number or date, and {field.name} is {field.type}; use contains_any"
    if field.type is FieldType.NUMBER:
        wrong = [value for value in constraint.value if _number(value) is None]
        if wrong:
            return f"{field.name} is a number, and '{wrong[0]}' is none; give a number"
    return None


def _ordered(constraint: ExpectedConstraint, held: Sequence[str | float]) -> bool:
    if isinstance(held[0], str):
        # A year or month stands for its whole span: "2019" reaches from 2019-01-01 to 2019-12-31.
        low, high = str(constraint.value[0]), f"{constraint.value[-1]}~"
        return _within(constraint.op, low <= held[0], held[0] <= high)
    value, least, most = held[0], _number(constraint.value[0]), _number(constraint.value[-1])
    if least is None or most is None:
        return False
    return _within(constraint.op, value >= least, value <= most)


def _within(op: Operator, above: bool, below: bool) -> bool:
    if op is Operator.BETWEEN:
        return above and below
    return above if op is Operator.AT_LEAST else below


def _named(constraint: ExpectedConstraint, field: CatalogueField, held: Sequence[str | float]) -> bool:
    found = [any(_alike(constraint.op, field, wanted, each) for each in held) for wanted in constraint.value]
    if constraint.op is Operator.CONTAINS_ALL:
        return all(found)
    return any(found) is not (constraint.op in EXCLUSIONS)


def _alike(op: Operator, field: CatalogueField, wanted: Scalar, held: str | float) -> bool:
    if isinstance(held, float):
        return _number(wanted) == held
    if field.type is FieldType.DATE:
        return held.startswith(str(wanted))
    key, held_key = normalise(str(wanted)), normalise(held)
    return key == held_key if op in (Operator.EQUAL, Operator.NOT_EQUAL) else key in held_key


def _number(value: Scalar) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
