"""Writes roles into a plan: what is said of a mark is taken out, and its new role put in.

Knows nothing of who decides on the roles.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from tastemaker.agent.plan import Forget, Plan, Rate, Require, StateChange
from tastemaker.agent.planners.marks import OPINIONS, Mark, names, role_in
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, Scalar, constraints_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.workspace import Workspace


def with_roles(plan: Plan, roles: Sequence[tuple[Mark, str]], workspace: Workspace) -> Plan:
    """Return a plan with every mark in its role; what it says of other things stays."""
    for mark, role in roles:
        if role_in(plan, mark) == role:
            continue
        if mark.kind == "item":
            plan = _with_item(plan, mark, role, workspace)
        elif mark.kind == "number":
            plan = plan.model_copy(update={"changes": tuple(_numbers_changed(plan.changes, mark, role))})
        else:
            rest = [each for change in plan.changes for each in _without(change, mark)]
            plan = plan.model_copy(update={"changes": (*rest, *_facet(mark, role))})
    return plan


def _with_item(plan: Plan, mark: Mark, role: str, workspace: Workspace) -> Plan:
    kept = [each for each in plan.changes if not (isinstance(each, Rate) and each.item_id in mark.item_ids)]
    subject = [each for each in plan.subject if each not in mark.item_ids]
    if role == "asked":
        subject += mark.item_ids
    elif role in OPINIONS:
        items = workspace.catalogue.items(mark.item_ids)
        kept += [Rate(opinion=OPINIONS[role], item_id=each.id, title=each.title, said=mark.text) for each in items]
    return plan.model_copy(update={"changes": tuple(kept), "subject": tuple(subject)})


def _facet(mark: Mark, role: str) -> Iterator[StateChange]:
    if role == "forgotten":
        named = [value for _, values in mark.values for value in values]
        yield from (Forget(what=each) for each in dict.fromkeys([mark.text, *named]))
    elif role == "refused":
        for field, values in mark.values:
            yield Require(
                condition=Constraint(field=field, op=Operator.CONTAINS_NONE, value=values[:50], said=mark.text)
            )
    elif role in ("wanted", "preferred"):
        strength: Literal["must", "prefer"] = "prefer" if role == "preferred" else "must"
        members = tuple(
            Constraint(field=field, op=Operator.CONTAINS_ANY, value=values[:50], strength=strength, said=mark.text)
            for field, values in mark.values
        )
        one = members[0] if len(members) == 1 else Group(join="any", members=members, strength=strength, said=mark.text)
        yield Require(condition=one)


def _numbers_changed(changes: Sequence[StateChange], mark: Mark, role: str) -> Iterator[StateChange]:
    for change in changes:
        if not isinstance(change, Require) or change.condition != mark.condition:
            yield change
        elif role == "forgotten":
            yield Forget(what=mark.field)
        elif role != "ignored":
            yield change.model_copy(update={"condition": _number(change.condition, role)})


def _number(condition: Constraint | Group, role: str) -> Constraint | Group:
    """Return a wish about a number in another role, with the same number."""
    parts = tuple(constraints_in(condition))
    first, values = parts[0], [value for each in parts for value in each.value]
    low, high = _ends(values)
    if role in ("at-least", "at-most"):
        op, value = (Operator.AT_LEAST, low) if role == "at-least" else (Operator.AT_MOST, high)
        return first.model_copy(update={"op": op, "value": (value,), "strength": condition.strength})
    exact = {"op": Operator.EQUAL, "value": (low,)} if low == high else {"op": Operator.BETWEEN, "value": (low, high)}
    wanted = first.model_copy(update={**exact, "strength": condition.strength})
    if role == "wanted":
        return wanted
    if low == high:
        return wanted.model_copy(update={"op": Operator.NOT_EQUAL})
    return Group(join="none", members=(wanted,), strength=condition.strength, said=condition.said)


def _ends(values: Sequence[Scalar]) -> tuple[Scalar, Scalar]:
    ordered = sorted(values, key=lambda each: (isinstance(each, str), each if isinstance(each, str) else float(each)))
    return ordered[0], ordered[-1]


def _without(change: StateChange, mark: Mark) -> list[StateChange]:
    """Return a change less what it says of a facet."""
    if isinstance(change, Forget):
        keys = {normalise(each) for each in (mark.text, *(value for _, values in mark.values for value in values))}
        return [] if normalise(change.what) in keys else [change]
    if not isinstance(change, Require):
        return [change]
    left = _less(change.condition, mark)
    return [change.model_copy(update={"condition": left})] if left is not None else []


def _less(condition: Constraint | Group, mark: Mark) -> Constraint | Group | None:
    """Return a condition less what it says of a facet; None when nothing is left."""
    if isinstance(condition, Constraint):
        gone = names(condition, mark)
        kept = tuple(value for value in condition.value if normalise(str(value)) not in gone)
        if len(kept) == len(condition.value):
            return condition
        return condition.model_copy(update={"value": kept}) if kept else None
    members = tuple(left for member in condition.members if (left := _less(member, mark)) is not None)
    if not members:
        return None
    if len(members) == 1 and condition.join != "none":
        return members[0].model_copy(update={"strength": condition.strength})
    return condition.model_copy(update={"members": members})
