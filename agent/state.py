"""The state of a conversation: what the person wants, feels and has been shown. A fold over the event log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tastemaker.agent.events import Event, Heard, Known, TurnTaken, Undone
from tastemaker.agent.plan import Forget, Plan, Rate, Require, StartOver, StateChange
from tastemaker.tools.catalogue.constraint import EXCLUSIONS, ORDERINGS, Constraint, Group, Operator
from tastemaker.tools.catalogue.normalise import normalise


@dataclass(frozen=True)
class Exchange:
    """One turn as it was said."""

    user: str
    assistant: str


@dataclass(frozen=True)
class State:
    """What is known after some turns."""

    conditions: tuple[Constraint | Group, ...] = ()
    """Wishes in force, oldest first."""
    ratings: tuple[Rate, ...] = ()
    """Opinions in force, oldest first; at most one of each item, anchors aside."""
    query: str = ""
    """Soft words of the request in force."""
    known: tuple[str, ...] = ()
    """Ids of the items that the person liked before this conversation, oldest first."""
    shown: tuple[tuple[str, ...], ...] = ()
    """Ids shown, one tuple a turn."""
    exchanges: tuple[Exchange, ...] = ()
    """What was said, oldest first."""
    asked: tuple[str, ...] = ()
    """Fields that questions were put about, oldest first; none is put twice."""
    mentioned: frozenset[str] = field(default_factory=frozenset)
    """Ids of the items named so far by anybody, never recommended unasked."""

    def opinions(self, *kinds: str) -> list[str]:
        """Return the ids of the items that are felt about in one of these ways, oldest first."""
        return [rating.item_id for rating in self.ratings if rating.opinion in kinds]

    @property
    def liked(self) -> list[str]:
        """Ids that say what the person likes: of this conversation and before, anchors included."""
        return list(dict.fromkeys([*self.known, *self.opinions("like", "anchor")]))

    @property
    def last_shown(self) -> tuple[str, ...]:
        """Ids of the last list that was not empty."""
        return next((ids for ids in reversed(self.shown) if ids), ())

    def planned(self, plan: Plan) -> "State":
        """Return the state after a plan's changes."""
        state = self
        if any(isinstance(change, Rate) and change.opinion == "anchor" for change in plan.changes):
            # A new "like X" takes the place of the last one.
            state = replace(state, ratings=tuple(each for each in state.ratings if each.opinion != "anchor"))
        added: list[Constraint | Group] = []
        for change in plan.changes:
            state = state.changed(change, added)
            if isinstance(change, Require):
                added.append(change.condition)
        return replace(state, query=plan.query) if plan.query else state

    def changed(self, change: StateChange, added: Sequence[Constraint | Group] = ()) -> "State":
        """Return the state after one change.

        Args:
            change: the change.
            added: conditions of the same turn, which stand beside a new one instead of giving way to it.
        """
        match change:
            case Require(condition=condition):
                if condition in self.conditions:
                    return self
                kept = tuple(each for each in self.conditions if each in added or not _replaces(condition, each))
                return replace(self, conditions=(*kept, condition))
            case Rate():
                others = tuple(each for each in self.ratings if each.item_id != change.item_id)
                return replace(self, ratings=(*others, change), mentioned=self.mentioned | {change.item_id})
            case StartOver():
                anchors_gone = tuple(each for each in self.ratings if each.opinion != "anchor")
                return replace(self, conditions=(), query="", ratings=anchors_gone)
            case Forget(what=what):
                return self._forgotten(what)

    def after(self, event: Event) -> "State":
        """Return the state after one event of the log."""
        match event:
            case Known(items=items):
                return replace(self, known=items, mentioned=self.mentioned | set(items))
            case TurnTaken():
                state = self.planned(event.plan)
                shown = event.shown
                return replace(
                    state,
                    shown=(*state.shown, shown),
                    mentioned=state.mentioned | set(shown),
                    exchanges=(*state.exchanges, Exchange(event.words, event.text)),
                    asked=(*state.asked, event.asked) if event.asked else state.asked,
                )
            case Heard():
                last = self.exchanges[-1].user if self.exchanges else ""
                return replace(
                    self,
                    shown=(*self.shown[:-1], event.items),
                    exchanges=(*self.exchanges[:-1], Exchange(last, event.text)),
                    mentioned=(self.mentioned - set(self.last_turn_only())) | set(event.items),
                )
            case Undone():
                raise ValueError("an undone turn is left out by State.fold")

    def last_turn_only(self) -> Sequence[str]:
        """Return the ids that the last turn showed and nobody named otherwise."""
        if not self.shown:
            return ()
        earlier = {item for ids in self.shown[:-1] for item in ids} | set(self.known)
        rated = {rating.item_id for rating in self.ratings}
        return [item for item in self.shown[-1] if item not in earlier and item not in rated]

    @classmethod
    def fold(cls, events: Iterable[Event]) -> "State":
        """Return the state after a whole log; undone turns are as if they had not been."""
        log = list(events)
        undone = {event.turn for event in log if isinstance(event, Undone)}
        state = cls()
        for event in log:
            if not isinstance(event, Undone) and event.turn not in undone:
                state = state.after(event)
        return state

    def _forgotten(self, what: str) -> "State":
        word = normalise(what)

        def matches(condition: Constraint | Group) -> bool:
            if word and word in normalise(condition.said).split():
                return True
            if isinstance(condition, Group):
                return any(matches(member) for member in condition.members)
            names = [condition.field, *(str(value) for value in condition.value)]
            return word in [normalise(name) for name in names]

        return replace(
            self,
            conditions=tuple(each for each in self.conditions if not matches(each)),
            ratings=tuple(each for each in self.ratings if normalise(each.title) != word and each.item_id != what),
            query="" if word and word in [normalise(self.query), *normalise(self.query).split()] else self.query,
        )


def _replaces(new: Constraint | Group, old: Constraint | Group) -> bool:
    """Return whether a wish takes the place of an earlier one about the same field."""
    if isinstance(new, Group) or isinstance(old, Group):
        return new == old
    if new.field != old.field:
        return False
    if new.op in ORDERINGS or old.op in ORDERINGS:
        # ">= 1980" and then "<= 1989" are two sides of one range; a second lower bound replaces the first.
        return Operator.BETWEEN in (new.op, old.op) or new.op[0] == old.op[0] or new.op not in ORDERINGS
    if new.op in EXCLUSIONS:
        # "no horror" after "horror" takes it back; after "no war" it adds to it.
        return old.op not in EXCLUSIONS and bool(set(new.value) & set(old.value))
    return old.op not in EXCLUSIONS or bool(set(new.value) & set(old.value))
