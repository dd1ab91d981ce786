"""Reads out of a plan what it makes of every mark of a request, and what it wishes that no mark speaks of.

Judges nothing: whether a role is the right one is the matter of `scoring`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require
from tastemaker.agent.said_numbers import said_numbers
from tastemaker.agent.state import State
from tastemaker.agent.wording import say_condition
from tastemaker.eval.understanding.bounds import End, Range, ranges_of, read_numbers
from tastemaker.eval.understanding.gold import Meant, meant
from tastemaker.eval.understanding.request_file import Turn
from tastemaker.tools.catalogue.constraint import Constraint, Group, Strength
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, FieldType
from tastemaker.tools.workspace import Workspace

_OPINIONS = {"anchor": "like-this", "like": "liked", "dislike": "disliked", "seen": "seen"}
_OF_LIST = 3


@dataclass(frozen=True)
class Reading:
    """What a plan makes of a request."""

    roles: tuple[str | None, ...]
    """Role of every mark; None where the plan says nothing of it."""
    values: tuple[bool, ...]
    """Whether the plan has the number of every mark; true where none is given."""
    invented: tuple[str, ...]
    """Conditions and opinions of the plan that no mark speaks of, in words; mild wishes of degree aside."""


@dataclass(frozen=True)
class Wish:
    """One constraint of a plan, taken out of its groups."""

    constraint: Constraint
    role: str
    """Role that it gives what it names: `wanted`, `preferred` or `refused`."""
    negated: bool
    """Whether groups around it turn it into its opposite."""


def roles_in(plan: Plan, turn: Turn, state: State, workspace: Workspace) -> tuple[str | None, ...]:
    """Return the role that a plan gives to every mark of a turn; None where it says nothing of it.

    Args:
        plan: the plan.
        turn: the marked request.
        state: what was known before it, with the list that was shown.
        workspace: whose catalogue the plan speaks of.
    """
    marks = [meant(mark, state.last_shown, workspace) for mark in turn.marks]
    return reading(plan, marks, state, workspace).roles


def reading(plan: Plan, marks: Sequence[Meant], state: State, workspace: Workspace) -> Reading:
    """Return what a plan makes of the marks of a request.

    Args:
        plan: the plan.
        marks: what the marks stand for, in order.
        state: what was known before the request.
        workspace: whose catalogue the plan speaks of.
    """
    conditions = [change.condition for change in plan.changes if isinstance(change, Require)]
    wishes = [wish for condition in conditions for wish in _wishes(condition)]
    named = [_roles(plan, wishes, each) for each in marks]
    roles = _shared_out(marks, named)
    numbers = [k for k, each in enumerate(marks) if each.kind == "number"]
    ranges = [one for wish in wishes for one in _ranges(wish, workspace.schema)]
    read = dict(zip(numbers, read_numbers(ranges, [marks[k] for k in numbers]), strict=True))
    after = state.planned(plan)
    for k, each in enumerate(marks):
        role = read[k].role if k in read else roles[k]
        roles[k] = role or ("forgotten" if _forgets(plan, each, state, after, workspace.schema) else None)
    ends = {end for one in read.values() for end in one.ends}
    strange = [
        each
        for each in conditions
        if not _covered(each, marks, ends, workspace.schema) and not _of_degree(each, workspace.schema)
    ]
    return Reading(
        roles=tuple(roles),
        values=tuple(read[k].right if k in read else True for k in range(len(marks))),
        invented=(
            *(say_condition(each, workspace.schema) for each in strange),
            *_strange_ratings(plan, marks, state.last_shown),
        ),
    )


def _wishes(
    condition: Constraint | Group, *, negated: bool = False, strength: Strength | None = None
) -> Iterator[Wish]:
    # The strength of a group's members is not looked at.
    strength = strength or condition.strength
    if isinstance(condition, Group):
        for member in condition.members:
            yield from _wishes(member, negated=negated is not (condition.join == "none"), strength=strength)
        return
    refuses = condition.excludes is not negated
    yield Wish(condition, "refused" if refuses else "preferred" if strength == "prefer" else "wanted", negated)


def _ranges(wish: Wish, schema: CatalogueSchema) -> list[Range]:
    number = schema.field(wish.constraint.field).type is FieldType.NUMBER
    return ranges_of(wish.constraint, negated=wish.negated) if number else []


def _roles(plan: Plan, wishes: Sequence[Wish], each: Meant) -> list[str]:
    """Return every role that a plan gives to what a mark names; numbers are read apart."""
    if each.kind == "item":
        ratings = [change for change in plan.changes if isinstance(change, Rate) and change.item_id in each.items]
        asked = plan.act is Act.EXPLAIN and each.items & set(plan.subject)
        return ["asked"] if asked else list(dict.fromkeys(_OPINIONS[change.opinion] for change in ratings))
    roles = dict.fromkeys(
        wish.role for wish in wishes if wish.constraint.field in each.fields and _keys(wish.constraint) & each.values
    )
    return ["wanted"] if roles.keys() == {"wanted", "preferred"} else list(roles)


def _shared_out(marks: Sequence[Meant], found: Sequence[list[str]]) -> list[str | None]:
    """Return one role for every mark out of those that the plan gives to what it names.

    A name that is marked twice shares its roles out among both marks; one that is given contrary roles has both.
    """
    roles: list[str | None] = []
    for k, (each, options) in enumerate(zip(marks, found, strict=True)):
        same = [j for j, other in enumerate(marks) if (other.fields, other.values, other.items)
                == (each.fields, each.values, each.items) and each.kind != "number"]  # fmt: skip
        if len(same) < 2:
            roles.append("+".join(options) or None)
            continue
        others = {marks[j].mark.role for j in same if j != k}
        left = [role for role in options if role not in others]
        roles.append(each.mark.role if each.mark.role in options else next(iter(left), None))
    return roles


def _forgets(plan: Plan, each: Meant, before: State, after: State, schema: CatalogueSchema) -> bool:
    """Return whether a plan takes back what a mark names, in words or by putting something else in its place."""
    names = {normalise(name) for field in each.fields for name in (field, schema.field(field).spoken)}
    names |= {*each.values, normalise(each.mark.text), normalise(each.mark.canonical or each.mark.text)}
    words = normalise(each.mark.text).split()
    for change in plan.changes:
        if isinstance(change, Forget) and (normalise(change.what) in names or normalise(change.what) in words):
            return True
    gone = [wish for one in before.conditions if one not in after.conditions for wish in _wishes(one)]
    return each.mark.role == "forgotten" and any(
        wish.constraint.field in each.fields and (each.kind == "number" or _keys(wish.constraint) & each.values)
        for wish in gone
    )


def _covered(
    condition: Constraint | Group,
    marks: Sequence[Meant],
    ends: set[tuple[Constraint, End]],
    schema: CatalogueSchema,
    *,
    negated: bool = False,
) -> bool:
    """Return whether the marks account for a condition; of one name in several fields, one accounted for is enough."""
    if isinstance(condition, Group):
        negated = negated is not (condition.join == "none")
        found = [_covered(member, marks, ends, schema, negated=negated) for member in condition.members]
        return any(found) if condition.join == "any" and _one_name(condition) else all(found)
    field = schema.field(condition.field)
    if field.type is FieldType.NUMBER:
        return all(one.ends <= ends for one in ranges_of(condition, negated=negated))
    if not field.named:
        said = normalise(condition.said)
        return any(normalise(each.mark.text) in said or said in normalise(each.mark.text) for each in marks)
    return _keys(condition) <= {key for each in marks for key in each.near}


def _of_degree(condition: Constraint | Group, schema: CatalogueSchema) -> bool:
    """Return whether a condition puts a mild wish without a number ("something short") into one.

    Such words are the soft part of a request, which is neither marked nor judged.
    """
    if isinstance(condition, Group) or schema.field(condition.field).type is not FieldType.NUMBER:
        return False
    return condition.strength == "prefer" and not said_numbers(condition.said)


def _one_name(group: Group) -> bool:
    """Return whether a group says the same of several fields: "French" for language or country."""
    fields = [member.field for member in group.members if isinstance(member, Constraint)]
    return len(fields) == len(group.members) == len(set(fields))


def _strange_ratings(plan: Plan, marks: Sequence[Meant], shown: Sequence[str]) -> list[str]:
    ratings = [change for change in plan.changes if isinstance(change, Rate)]
    named = {item for each in marks for item in each.items}
    loose = [change for change in ratings if change.item_id not in named]
    # "none of these" is said of the whole list, which no mark can hold.
    rated = {change.item_id for change in ratings}
    of_list = bool(shown) and set(shown[:_OF_LIST]) <= rated
    if of_list and len({change.opinion for change in loose if change.item_id in shown}) == 1:
        loose = [change for change in loose if change.item_id not in shown]
    return [f"{change.opinion} {change.title}" for change in loose]


def _keys(constraint: Constraint) -> frozenset[str]:
    return frozenset(normalise(str(value)) for value in constraint.value)
