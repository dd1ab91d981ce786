"""The roles that the names in a request can have, read from a plan and written into one.

Knows nothing of who decides on the roles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.plan import Opinion, Plan, Rate, Require, StateChange
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.workspace import Workspace

FACET_ROLES = ("wanted", "refused")
ITEM_ROLES = ("like-this", "liked", "disliked", "seen", "asked")
_OPINIONS: dict[str, Opinion] = {"like-this": "anchor", "liked": "like", "disliked": "dislike", "seen": "seen"}
_ROLES = {opinion: role for role, opinion in _OPINIONS.items()}


@dataclass(frozen=True)
class Named:
    """A name in a request, with what it most likely stands for."""

    start: int
    end: int
    text: str
    """As written."""
    label: str
    """What it is, in words."""
    field: str
    """The schema's field."""
    values: tuple[str, ...]
    """Catalogue values; the title for an item."""
    item_id: str | None
    """The item, when it is one."""


def named(words: str, workspace: Workspace) -> list[Named]:
    """Return the names in a request that the catalogue has, in order."""
    schema = workspace.schema
    found = []
    for mention in workspace.resolver.mentions(words):
        if mention.matches:
            best = mention.matches[0]
            label = schema.noun if best.item_id else schema.field(best.field).spoken
            found.append(Named(mention.start, mention.end, mention.text, label, best.field, best.values, best.item_id))
    return found


def role_in(plan: Plan, name: Named) -> str | None:
    """Return the role that a plan gives a name; None when it gives none."""
    if name.item_id in plan.subject and name.item_id is not None:
        return "asked"
    for change in plan.changes:
        if isinstance(change, Rate) and change.item_id == name.item_id:
            return _ROLES[change.opinion]
        if isinstance(change, Require) and (role := _role_of(change.condition, name, negated=False)):
            return role
    return None


def with_roles(plan: Plan, roles: Sequence[tuple[Named, str]]) -> list[StateChange]:
    """Return a plan's changes with every name in its role; what the plan says of other things stays."""
    changes: list[StateChange] = list(plan.changes)
    for name, role in roles:
        if role_in(plan, name) == role:
            continue
        changes = [each for change in changes for each in _without(change, name)]
        if name.item_id is None:
            op = Operator.CONTAINS_NONE if role == "refused" else Operator.CONTAINS_ANY
            changes.append(Require(condition=Constraint(field=name.field, op=op, value=name.values, said=name.text)))
        elif role in _OPINIONS:
            title = name.values[0]
            changes.append(Rate(opinion=_OPINIONS[role], item_id=name.item_id, title=title, said=name.text))
    return changes


def _role_of(condition: Constraint | Group, name: Named, *, negated: bool) -> str | None:
    if isinstance(condition, Group):
        negated = negated is not (condition.join == "none")
        roles = (_role_of(member, name, negated=negated) for member in condition.members)
        return next((role for role in roles if role), None)
    if name.item_id is not None or condition.field != name.field or not _shared(condition, name):
        return None
    return "refused" if condition.excludes is not negated else "wanted"


def _without(change: StateChange, name: Named) -> list[StateChange]:
    """Return a change less what it says of a name."""
    if isinstance(change, Rate):
        return [] if change.item_id == name.item_id else [change]
    if not isinstance(change, Require) or _role_of(change.condition, name, negated=False) is None:
        return [change]
    if isinstance(change.condition, Group):
        return []
    gone = _shared(change.condition, name)
    kept = tuple(value for value in change.condition.value if normalise(str(value)) not in gone)
    return [Require(condition=change.condition.model_copy(update={"value": kept}))] if kept else []


def _shared(constraint: Constraint, name: Named) -> set[str]:
    return {normalise(str(value)) for value in constraint.value} & {normalise(value) for value in name.values}
