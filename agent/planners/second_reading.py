"""Reads a request in another way when the first way found nothing, without any model.

A name that several fields have is read as the next of them, unless the person said which is meant; words taken for
the title of an item that the catalogue does not have are read as a description, where they are words of the
catalogue's texts. What must hold still must: nothing is left out here.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tastemaker.agent.executor import excluded_rows
from tastemaker.agent.plan import Plan, Rate, Require
from tastemaker.agent.second_thought import SEARCHES, announced
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.workspace import Workspace

_NAMES = (Operator.CONTAINS_ANY, Operator.CONTAINS_ALL)
_LEAST_WORDS = 2


def second_reading(plan: Plan, words: str, state: State, found: int, workspace: Workspace) -> Plan | None:
    """Return another reading of a request that finds something; None when there is none.

    Args:
        plan: the first reading.
        words: what the person said.
        state: the state before the turn.
        found: items that the first reading showed.
        workspace: whose fields the names are looked up in.
    """
    if plan.act not in SEARCHES:
        return None
    if not found:
        return next((each for each in _other_fields(plan, words, workspace) if _leaves(each, state, workspace)), None)
    return _described(plan, state, workspace)


def _leaves(plan: Plan, state: State, workspace: Workspace) -> bool:
    after, catalogue = state.planned(plan), workspace.catalogue
    musts = [each for each in after.conditions if each.strength == "must"]
    return bool(len(np.setdiff1d(catalogue.rows_where(musts), excluded_rows(after, catalogue))))


def _other_fields(plan: Plan, words: str, workspace: Workspace) -> Iterator[Plan]:
    """Yield the plan with one name of it in another field."""
    for place, change in enumerate(plan.changes):
        if not isinstance(change, Require) or announced(change.condition, words, workspace.schema):
            continue
        if isinstance(change.condition, Group) or change.condition.op not in _NAMES:
            continue
        for condition in _elsewhere(change.condition, workspace):
            other = change.model_copy(update={"condition": condition})
            yield plan.model_copy(update={"changes": (*plan.changes[:place], other, *plan.changes[place + 1 :])})


def in_a_field_that_has_it(condition: Constraint | Group, workspace: Workspace) -> Constraint | Group:
    """Return a condition as it is, or on another field where its own has none of the names and that one has all."""
    if isinstance(condition, Group):
        members = tuple(in_a_field_that_has_it(each, workspace) for each in condition.members)
        return condition.model_copy(update={"members": members})
    field = next((each for each in workspace.schema.facets() if each.name == condition.field), None)
    if field is None or condition.op not in (*_NAMES, Operator.CONTAINS_NONE):
        return condition
    if any(workspace.resolver.resolve(str(value), [field.name]).best for value in condition.value):
        return condition
    return next(_elsewhere(condition, workspace, alike=False), condition)


def _elsewhere(condition: Constraint, workspace: Workspace, *, alike: bool = True) -> Iterator[Constraint]:
    """Yield a condition on every other field that has its names, of people for people where that is asked."""
    person = workspace.schema.field(condition.field).role is Role.PERSON
    for field in workspace.schema.facets():
        if field.name == condition.field or (alike and (field.role is Role.PERSON) != person):
            continue
        found: list[str] = []
        for value in condition.value:
            best = workspace.resolver.resolve(str(value), [field.name]).best
            if best is None or normalise(str(value)) not in map(normalise, best.values):
                break
            found += best.values
        else:
            yield condition.model_copy(update={"field": field.name, "value": tuple(dict.fromkeys(found))})


def _described(plan: Plan, state: State, workspace: Workspace) -> Plan | None:
    """Return the plan that searches for the words of titles not found, when nothing else was said."""
    if plan.query or state.query or any(isinstance(change, Require | Rate) for change in plan.changes):
        return None
    vocabulary = workspace.resolver.gazetteer.vocabulary
    title = workspace.schema.title.name
    told: Sequence[str] = [
        each.name
        for each in plan.unresolved
        if title in each.looked_in
        and len(each.name.split()) >= _LEAST_WORDS
        and all(word in vocabulary for word in normalise(each.name).split())
    ]
    return plan.model_copy(update={"query": " ".join(told)}) if told else None
