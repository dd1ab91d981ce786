"""The stretches of a request that name something or give a bound, as the resolver and the rules found them.

Each comes with the role that the rules' plan gives it, a hint for those who look again. Knows nothing of who decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tastemaker.agent.plan import Forget, Opinion, Plan, Rate, Require
from tastemaker.agent.planners.line import Line
from tastemaker.agent.references import References
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, constraints_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.resolve.mentions import Mention
from tastemaker.tools.workspace import Workspace

MarkKind = Literal["item", "facet", "number"]
ROLES: dict[MarkKind, tuple[str, ...]] = {
    "facet": ("wanted", "preferred", "refused", "forgotten", "ignored"),
    "number": ("wanted", "at-least", "at-most", "refused", "forgotten", "ignored"),
    "item": ("like-this", "liked", "disliked", "seen", "asked", "ignored"),
}
"""The roles that a mark can have."""
OPINIONS: dict[str, Opinion] = {"like-this": "anchor", "liked": "like", "disliked": "dislike", "seen": "seen"}
"""What a role of an item says of it."""
_ROLE_OF_OPINION = {opinion: role for role, opinion in OPINIONS.items()}
_AS_GOOD = 0.06


@dataclass(frozen=True)
class Mark:
    """A stretch of a request, with what it most likely stands for."""

    start: int
    """Place of its first letter."""
    end: int
    """Place after its last letter."""
    text: str
    """As typed."""
    kind: MarkKind
    """Which roles it can have."""
    label: str
    """What it is, in the schema's words; the noun for an item."""
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Fields with the catalogue values that it may mean in them, the likeliest first; empty for a number."""
    item_ids: tuple[str, ...] = ()
    """The items that it names or points to."""
    condition: Constraint | Group | None = None
    """What the rules understand of a number."""

    @property
    def field(self) -> str:
        """The likeliest field; empty for an item that is pointed to."""
        if isinstance(self.condition, Group):
            return next(each.field for each in constraints_in(self.condition))
        return self.condition.field if self.condition else next((name for name, _ in self.values), "")


def marks(words: str, plan: Plan, state: State, workspace: Workspace) -> list[Mark]:
    """Return the marks of a request in order, not overlapping.

    Args:
        words: the request.
        plan: what the rules understand of it.
        state: what is known before it.
        workspace: whose names are looked for.
    """
    found = [_named(mention, plan, workspace) for mention in workspace.resolver.mentions(words) if mention.matches]
    for each in [*_said(words, plan, workspace), *_pointed(words, state, workspace)]:
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def role_in(plan: Plan, mark: Mark) -> str:
    """Return the role that a plan gives a mark; `ignored` when it gives none."""
    if mark.kind == "item":
        if set(mark.item_ids) & set(plan.subject):
            return "asked"
        rated = [each for each in plan.changes if isinstance(each, Rate) and each.item_id in mark.item_ids]
        return _ROLE_OF_OPINION[rated[0].opinion] if rated else "ignored"
    for change in plan.changes:
        if isinstance(change, Require) and (role := _role_by(change.condition, mark)):
            return role
        if isinstance(change, Forget) and _forgets(change, mark):
            return "forgotten"
    return "ignored"


def names(constraint: Constraint, mark: Mark) -> set[str]:
    """Return the values of a constraint, as comparison keys, that a mark names."""
    meant = {normalise(value) for field, values in mark.values if field == constraint.field for value in values}
    return {normalise(str(value)) for value in constraint.value} & meant


def _named(mention: Mention, plan: Plan, workspace: Workspace) -> Mark:
    best, schema = mention.matches[0], workspace.schema
    stretch = (mention.start, mention.end, mention.text)
    if best.item_id is not None:
        ids = [each.item_id for each in mention.matches if each.item_id is not None]
        felt = {each.item_id for each in plan.changes if isinstance(each, Rate)} | set(plan.subject)
        chosen = next((each for each in ids if each in felt), best.item_id)
        title = next(each.values for each in mention.matches if each.item_id == chosen)
        return Mark(*stretch, "item", schema.noun, ((best.field, title),), (chosen,))
    values: dict[str, tuple[str, ...]] = {}
    for match in mention.matches:
        if match.item_id is None and match.score >= best.score - _AS_GOOD:
            values.setdefault(match.field, match.values)
    used = {
        each.field
        for change in plan.changes if isinstance(change, Require)
        for each in constraints_in(change.condition)
        if each.field in values and names(each, Mark(*stretch, "facet", "", tuple(values.items())))
    }  # fmt: skip
    kept = tuple((name, meant) for name, meant in values.items() if not used or name in used)
    return Mark(*stretch, "facet", schema.field(kept[0][0]).spoken, kept)


def _said(words: str, plan: Plan, workspace: Workspace) -> Iterator[Mark]:
    """Yield what the rules read, where its words stand: numbers, and names in another language than the catalogue's."""
    lower, place = words.casefold(), 0
    for change in plan.changes:
        if not isinstance(change, Require):
            continue
        parts = list(constraints_in(change.condition))
        said = change.condition.said.casefold()
        start = lower.find(said, place)
        start = lower.find(said) if start < 0 else start
        if not said or not parts or start < 0:
            continue
        end = start + len(said)
        first = workspace.schema.field(parts[0].field)
        if first.ordered:
            place = end
            yield Mark(start, end, words[start:end], "number", first.spoken, condition=change.condition)
        elif first.named:
            values = {each.field: tuple(map(str, each.value)) for each in parts}
            yield Mark(start, end, words[start:end], "facet", first.spoken, tuple(values.items()))


def _pointed(words: str, state: State, workspace: Workspace) -> Iterator[Mark]:
    """Yield the references to items of the last list."""
    shown = state.last_shown
    if not shown:
        return
    line, schema = Line(words), workspace.schema
    nouns = (normalise(schema.noun), normalise(schema.plural))
    for reference in References(nouns).find(line.text):
        inside, ids = line.inside(reference.start, reference.end), reference.items(shown)
        if len(inside) and ids:
            start, end = line.words[inside[0]].start, line.words[inside[-1]].end
            yield Mark(start, end, words[start:end], "item", schema.noun, item_ids=ids)


def _role_by(condition: Constraint | Group, mark: Mark) -> str:
    """Return the role that a condition gives a mark; empty when it does not speak of it."""
    if mark.kind == "number":
        return _role_of_number(condition) if condition == mark.condition else ""
    found = [(excludes, each) for excludes, each in _signed(condition) if names(each, mark)]
    if not found:
        return ""
    if found[0][0]:
        return "refused"
    return "preferred" if condition.strength == "prefer" else "wanted"


def _role_of_number(condition: Constraint | Group) -> str:
    if isinstance(condition, Group):
        return "refused" if condition.join == "none" else "wanted"
    if condition.op in (Operator.AT_LEAST, Operator.MORE_THAN):
        return "at-least"
    if condition.op in (Operator.AT_MOST, Operator.LESS_THAN):
        return "at-most"
    return "refused" if condition.excludes else "wanted"


def _signed(condition: Constraint | Group, *, negated: bool = False) -> Iterator[tuple[bool, Constraint]]:
    """Yield the constraints of a condition, each with whether it refuses."""
    if isinstance(condition, Constraint):
        yield condition.excludes is not negated, condition
        return
    for member in condition.members:
        yield from _signed(member, negated=negated is not (condition.join == "none"))


def _forgets(change: Forget, mark: Mark) -> bool:
    key = normalise(change.what)
    meant: Sequence[str] = [value for _, values in mark.values for value in values]
    return bool(key) and key in {normalise(each) for each in (mark.text, *meant)}
