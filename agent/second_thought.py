"""Decides whether a second plan of a turn may take the place of the first, whose outcome contradicted it.

A second plan may read what was said in another way; it may not leave out anything that must hold, and it must find
more. What it reads differently is told to the person. Knows plans and states; not who plans, and not how plans run.
"""

import json
from dataclasses import dataclass
from typing import Any

from tastemaker.agent.dials import TurnDial
from tastemaker.agent.languages.speech import say
from tastemaker.agent.plan import Act, Plan, Rate
from tastemaker.agent.state import State
from tastemaker.agent.wording import say_condition
from tastemaker.tools.catalogue.constraint import Constraint, Group, constraints_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema

_WEAK = frozenset({"by", "with", "in", "from", "of", "the", "a", "an", "for", "at", "on"})
SEARCHES = (Act.RECOMMEND, Act.CRITIQUE, Act.ASK)
"""Acts whose plans are carried out by tools."""


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a second plan."""

    left_out: str = ""
    """Why it may not be taken; empty when it may."""
    notes: tuple[str, ...] = ()
    """What it reads differently, in words for the person."""


def same(one: Plan, other: Plan) -> bool:
    """Return whether two plans do the same, whatever words they were made from."""
    return _essence(one) == _essence(other)


def completed(first: Plan, second: Plan, words: str) -> Plan:
    """Return a second plan with what it may not lose: opinions, dials, names not found, the count, the language.

    Args:
        first: the plan before.
        second: the plan after.
        words: what the person said; names that only a model wrote need not be told.
    """
    rated = {change.item_id for change in second.changes if isinstance(change, Rate)}
    anchored = any(isinstance(change, Rate) and change.opinion == "anchor" for change in second.changes)
    kept = [
        change
        for change in first.changes
        if isinstance(change, Rate) and change.item_id not in rated and not (change.opinion == "anchor" and anchored)
    ]
    turned = {change.dial for change in second.changes if isinstance(change, TurnDial)}
    dials = [change for change in first.changes if isinstance(change, TurnDial) and change.dial not in turned]
    known = {normalise(each.name) for each in second.unresolved}
    said = f" {normalise(words)} "
    missing = [
        each for each in first.unresolved if normalise(each.name) not in known and f" {normalise(each.name)} " in said
    ]
    return second.model_copy(
        update={
            "changes": (*second.changes, *kept, *dials),
            "unresolved": (*missing, *second.unresolved),
            "count": second.count or first.count,
            "language": second.language or first.language,
        }
    )


def judged(first: Plan, second: Plan, before: State, words: str, schema: CatalogueSchema) -> Judgement:
    """Return whether a second plan keeps all that must hold after the first.

    Args:
        first: the plan before.
        second: the plan after, not the same.
        before: the state before the turn.
        words: what the person said.
        schema: the catalogue's schema.
    """
    if second.act not in SEARCHES:
        return Judgement("it looks for nothing any more")
    earlier, later = before.planned(first).conditions, before.planned(second).conditions
    kept = {_bare(each) for each in later}
    known = {_bare(each) for each in earlier}
    new = [each for each in later if _bare(each) not in known]
    notes: list[str] = []
    for condition in earlier:
        if condition.strength != "must" or _bare(condition) in kept:
            continue
        wish = say_condition(condition, schema)
        other = next((each for each in new if _names(each) & _names(condition)), None)
        free = condition not in before.conditions and not announced(condition, words, schema)
        if other is not None and free:
            read_as = say_condition(other, schema)
            notes.append(say("nothing fits “{wish}”, so I read it as “{other}”", wish=wish, other=read_as))
        elif condition in before.conditions or _said(condition, words):
            return Judgement(f"it leaves out “{wish}”, which must hold")
    return Judgement(notes=tuple(notes))


def announced(condition: Constraint | Group, words: str, schema: CatalogueSchema) -> bool:
    """Return whether the person said which field a name belongs to: "directed by X" is clear, "by X" is not."""
    heard = f" {normalise(words)} "
    for part in constraints_in(condition):
        cues = [normalise(cue) for cue in schema.field(part.field).cues]
        clear = [cue for cue in cues if set(cue.split()) - _WEAK]
        if any(f" {cue} {normalise(str(value))} " in heard for cue in clear for value in part.value):
            return True
        if any(f" {cue} " in f" {normalise(part.said)} " for cue in clear):
            return True
    return False


def _essence(plan: Plan) -> str:
    changes = sorted(_bare(change) for change in plan.changes)
    rest = plan.model_dump(mode="json", include={"act", "calls", "count", "avoid"})
    return json.dumps([changes, sorted(normalise(plan.query).split()), rest], sort_keys=True)


def _bare(part: Any) -> str:
    """Return a condition or change without the words that it came from."""

    def less(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: less(value) for key, value in node.items() if key not in ("said", "because")}
        return [less(each) for each in node] if isinstance(node, list) else node

    return json.dumps(less(part.model_dump(mode="json")), sort_keys=True)


def _names(condition: Constraint | Group) -> set[str]:
    """Return the names that a condition holds; numbers are no names, so that no bound can be moved."""
    return {normalise(each) for part in constraints_in(condition) for each in part.value if isinstance(each, str)}


def _said(condition: Constraint | Group, words: str) -> bool:
    """Return whether the person's words hold a condition's; what a model invented need not be kept."""
    heard = f" {normalise(words)} "
    for part in (condition, *constraints_in(condition)):
        if normalise(part.said) and f" {normalise(part.said)} " in heard:
            return True
    values = [normalise(str(each)) for part in constraints_in(condition) for each in part.value]
    return any(each and f" {each} " in heard for each in values)
