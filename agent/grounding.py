"""Grounding: from a draft in names to a plan in ids and catalogue values.

Nothing in a draft is trusted: fields, operators, tools and arguments are checked, names are resolved, and a string
that looks like an id is a name like any other. A name that the catalogue does not have is reported, never an error.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tastemaker.agent.errors import PlanError
from tastemaker.agent.plan import (
    Act,
    Draft,
    Forget,
    Inquiry,
    NamedOpinion,
    Plan,
    Rate,
    ReadMood,
    Require,
    SaidMotive,
    StartOver,
    StateChange,
    ToolCall,
    Unresolved,
)
from tastemaker.agent.references import References
from tastemaker.agent.state import State
from tastemaker.agent.wishes import fields_of
from tastemaker.tools.catalogue.constraint import (
    Condition,
    Constraint,
    Group,
    Operator,
    Scalar,
    check,
    comparable,
)
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, FieldType, Role
from tastemaker.tools.errors import RetryableToolError, SchemaError
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.resolve.resolver import Resolution
from tastemaker.tools.workspace import Workspace

_ITEM_ARGUMENTS = frozenset({"items", "liked", "disliked"})
_CONDITIONS: TypeAdapter[list[Constraint | Group]] = TypeAdapter(list[Condition])
_MOST_VALUES = 50


def ground(draft: Draft, state: State, workspace: Workspace) -> Plan:
    """Return the plan that a draft means.

    Args:
        draft: as a planner wrote it.
        state: what is known before the turn; places like "the second one" are places of its last list.
        workspace: whose catalogue the names are looked up in.

    Raises:
        PlanError: an unknown field or tool, or an operator, value or argument that does not fit; the message says
            what would.
    """
    return _Grounding(state, workspace).plan(draft)


@dataclass
class _Grounding:
    state: State
    workspace: Workspace
    missing: dict[str, Unresolved] = field(default_factory=dict)

    def plan(self, draft: Draft) -> Plan:
        changes: list[StateChange] = [StartOver()] if draft.start_over else []
        changes += [Forget(what=what) for each in draft.forget for what in self._forgotten(each)]
        for wish in draft.wishes:
            condition = self._condition(wish)
            if condition is not None:
                changes.append(Require(condition=condition, beside=draft.beside))
        for opinion in draft.opinions:
            changes += self._ratings(opinion)
        changes += draft.dials
        subject = tuple(dict.fromkeys(item for name in draft.subject for item, _ in self._items(name)))
        query = " ".join(draft.query.split())
        return Plan(
            act=draft.act,
            talk=draft.talk,
            language=draft.language,
            gloss=draft.gloss,
            changes=tuple(dict.fromkeys(changes)),
            query=query,
            count=draft.count,
            subject=subject if draft.act is Act.EXPLAIN else (),
            calls=tuple(self._call(call) for call in draft.calls),
            inquiry=self._inquiry(draft.inquiry) if draft.act is Act.EXPLAIN else Inquiry(),
            avoid=tuple(dict.fromkeys(" ".join(each.split()) for each in draft.avoid if each.strip())),
            motives=self._motives(draft.motives),
            mood=self._mood(query, changes) if draft.language in ("", "en") else None,
            typed=draft.typed,
            unresolved=tuple(self.missing.values()),
        )

    def _motives(self, motives: Sequence[SaidMotive]) -> tuple[SaidMotive, ...]:
        """Return motives by the names of the schema; one that it does not know is left out, for it orders nothing."""
        found: dict[str, SaidMotive] = {}
        for each in motives:
            word = normalise(each.name)
            for known in self.workspace.schema.motives:
                if word in map(normalise, (known.name, *known.cues)):
                    found.setdefault(known.name, each.model_copy(update={"name": known.name}))
        return tuple(found.values())

    def _mood(self, query: str, changes: Sequence[StateChange]) -> ReadMood | None:
        """Return what the soft words mean in names that are not refused; None when they are near to none."""
        conditions = (*self.state.conditions, *(each.condition for each in changes if isinstance(each, Require)))
        refused = [
            str(value)
            for each in conditions
            if isinstance(each, Constraint) and each.op is Operator.CONTAINS_NONE
            for value in each.value
        ]
        reading = self.workspace.moods.read(query, refused)
        return ReadMood(said=query, field=reading.field, names=reading.names) if reading else None

    def _inquiry(self, inquiry: Inquiry) -> Inquiry:
        """Return what is asked, with the catalogue's values; raises for a field that it does not have."""
        for name in inquiry.fields:
            try:
                self.workspace.schema.field(name)
            except SchemaError as error:
                raise PlanError(str(error)) from error
        checks = tuple(each for each in map(self._condition, inquiry.checks) if each is not None)
        return inquiry.model_copy(update={"checks": checks})

    def _condition(self, condition: Constraint | Group) -> Constraint | Group | None:
        """Return a condition with the catalogue's values; None when it has none of them."""
        try:
            check(condition, self.workspace.schema)
        except SchemaError as error:
            raise PlanError(str(error)) from error
        return self._grounded(condition)

    def _grounded(self, condition: Constraint | Group) -> Constraint | Group | None:
        if isinstance(condition, Constraint):
            return self._constraint(condition)
        members = tuple(dict.fromkeys(each for each in map(self._grounded, condition.members) if each is not None))
        if not members:
            return None
        for member in condition.members:
            # A name that one member has is not missing because another lacks it.
            if isinstance(member, Group):
                continue
            for value in member.value:
                if self.workspace.resolver.resolve(str(value), [member.field]).matches:
                    self.missing.pop(normalise(str(value)), None)
        if len(members) == 1 and condition.join != "none":
            return members[0].model_copy(update={"strength": condition.strength, "said": condition.said})
        return condition.model_copy(update={"members": members})

    def _constraint(self, constraint: Constraint) -> Constraint | Group | None:
        declared = self.workspace.schema.field(constraint.field)
        if declared.ordered:
            return self._ordered(constraint, declared)
        if not declared.named or declared.role is Role.ALIAS:
            return constraint
        found: list[tuple[str, ...]] = []
        compound = False
        for value in constraint.value:
            resolution = self.workspace.resolver.resolve(str(value), [declared.name])
            if resolution.best is None:
                self._miss(resolution, declared.name)
            else:
                found.append(resolution.best.values)
                compound = compound or resolution.best.every
        if not found:
            return None
        if compound and len(found) == 1:
            return _compound(constraint, found[0])
        if constraint.op is Operator.CONTAINS_ALL and any(len(values) > 1 for values in found):
            # Each name may mean several values, of which one is enough.
            members = tuple(
                constraint.model_copy(update={"op": Operator.CONTAINS_ANY, "value": values}) for values in found
            )
            if len(members) == 1:
                return members[0]
            return Group(join="all", members=members, strength=constraint.strength, said=constraint.said)
        values = tuple(dict.fromkeys(value for each in found for value in each))[:_MOST_VALUES]
        return constraint.model_copy(update={"value": values})

    def _ordered(self, constraint: Constraint, declared: CatalogueField) -> Constraint:
        values: tuple[Scalar, ...] = tuple(_number(comparable(declared, value), declared) for value in constraint.value)
        if constraint.op is Operator.BETWEEN and comparable(declared, values[0]) > comparable(declared, values[1]):  # type: ignore[operator]
            values = values[::-1]
        op = constraint.op
        if op is Operator.CONTAINS_ANY and len(values) == 1:
            op = Operator.EQUAL
        return constraint.model_copy(update={"value": values, "op": op})

    def _forgotten(self, what: str) -> Iterable[str]:
        """Yield what is to be forgotten: a field by its name, a value as the catalogue has it, the word as said."""
        word = normalise(what)
        if not word:
            return
        schema = self.workspace.schema
        for declared in schema.fields:
            if word in (normalise(declared.name), normalise(declared.spoken)):
                yield declared.name
                return
        yield what
        fields = {name for each in self.state.conditions for name in fields_of(each)}
        for match in self.workspace.resolver.resolve(what, sorted(fields)).matches[:1]:
            yield from (value for value in match.values if normalise(value) != word)

    def _ratings(self, opinion: NamedOpinion) -> list[Rate]:
        return [
            Rate(
                opinion=opinion.opinion,
                item_id=item,
                title=title,
                said=opinion.said or opinion.name,
                because=opinion.because,
                force=opinion.force,
            )
            for item, title in self._items(opinion.name)
        ]

    def _items(self, name: str) -> list[tuple[str, str]]:
        """Return the id and the title of the item that a name or a place in the last list stands for."""
        shown = self.state.last_shown
        nouns = (normalise(self.workspace.schema.noun), normalise(self.workspace.schema.plural))
        places = References(nouns).named(normalise(name)) if shown else ()
        pointed = [shown[place] for place in places if -len(shown) <= place < len(shown)]
        if pointed:
            return [(item.id, item.title) for item in self.workspace.catalogue.items(pointed)]
        resolution = self.workspace.resolver.resolve_item(name)
        matches = [match for match in resolution.matches if match.item_id is not None]
        if not matches:
            self._miss(resolution, self.workspace.schema.title.name)
            return []
        # Of several items of one title, the one just shown is meant.
        recent = next((match for match in matches if match.item_id in shown), matches[0])
        return [(str(recent.item_id), recent.values[0])]

    def _miss(self, resolution: Resolution, looked_in: str) -> None:
        key = normalise(resolution.name)
        before = self.missing.get(key)
        fields = (*before.looked_in, looked_in) if before else (looked_in,)
        nearest = (*before.nearest, *resolution.nearest) if before else resolution.nearest
        self.missing[key] = Unresolved(
            name=resolution.name, looked_in=tuple(dict.fromkeys(fields)), nearest=tuple(dict.fromkeys(nearest))[:3]
        )

    def _call(self, call: ToolCall) -> ToolCall:
        declared = TOOLS.get(call.tool)
        if declared is None:
            raise PlanError(f"There is no tool '{call.tool[:64]}'; the tools are {', '.join(TOOLS)}.")
        arguments: dict[str, Any] = dict(call.arguments)
        for name in _ITEM_ARGUMENTS & arguments.keys():
            given = arguments[name]
            if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
                raise PlanError(f"{call.tool}: {name} must be a list of titles.")
            arguments[name] = list(dict.fromkeys(item for each in given for item, _ in self._items(each)))
        if "conditions" in arguments:
            try:
                conditions = _CONDITIONS.validate_python(arguments["conditions"])
            except (ValidationError, RecursionError) as error:
                raise PlanError(f"{call.tool}: conditions must be a list of constraints and groups.") from error
            grounded = [each for each in map(self._condition, conditions) if each is not None]
            arguments["conditions"] = [each.model_dump(mode="json") for each in grounded]
        try:
            declared.validated(arguments)
        except RetryableToolError as error:
            raise PlanError(str(error)) from error
        return call.model_copy(update={"arguments": arguments})


def _compound(constraint: Constraint, values: tuple[str, ...]) -> Constraint | Group:
    """Return a condition on a word that means several values at once, wished or refused as a whole."""
    whole = constraint.model_copy(update={"op": Operator.CONTAINS_ALL, "value": values})
    if not constraint.excludes:
        return whole
    return Group(join="none", members=(whole,), strength=constraint.strength, said=constraint.said)


def _number(value: str | float, declared: CatalogueField) -> Scalar:
    if declared.type is FieldType.NUMBER and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
