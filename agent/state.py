"""The state of a conversation: what the person wants, feels and has been shown. A fold over the event log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tastemaker.agent.dials import Dials, TurnDial
from tastemaker.agent.events import Event, Heard, Known, TurnTaken, Undone
from tastemaker.agent.plan import Act, Forget, Plan, Rate, ReadMood, Require, SaidMotive, StartOver, StateChange
from tastemaker.agent.wishes import forgotten, joined
from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.catalogue.normalise import normalise

_MOST_REASONS = 60
_MOST_PHRASES = 3
_MOST_TYPED = 60
_MOST_NAMED = 60
_MOST_SAID = 20
_LONGEST_QUERY = 400
_BETWEEN = ", "


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
    avoid: tuple[str, ...] = ()
    """Themes to have less of, in the person's words, oldest first."""
    motives: tuple[SaidMotive, ...] = ()
    """For whom, why and on what occasion items are wanted, oldest first."""
    mood: ReadMood | None = None
    """What the soft words of the request in force were taken to mean."""
    language: str = ""
    """Code of the language spoken last; empty as long as no words told it."""
    dials: Dials = field(default_factory=Dials)
    """How the person wants to be served."""
    focus: tuple[str, ...] = ()
    """Ids of the items last spoken of since the last list; "it" is the first of them."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Id and explanation of the items shown last, as they were given, oldest first."""
    typed: tuple[tuple[str, str], ...] = ()
    """Soft words in English, each with what was typed for it in another language, oldest first."""
    mentioned: frozenset[str] = field(default_factory=frozenset)
    """Ids of the items named so far by anybody, never recommended unasked."""
    named: tuple[str, ...] = ()
    """Ids of the items that were spoken of, oldest first: by the person, or by whoever answered in the agent's place.
    What the agent itself listed is not among them until the person speaks of it."""
    said: tuple[str, ...] = ()
    """What the person said since the last new start, oldest first, what was said in another language glossed."""

    def opinions(self, *kinds: str) -> list[str]:
        """Return the ids of the items that are felt about in one of these ways, oldest first."""
        return [rating.item_id for rating in self.ratings if rating.opinion in kinds]

    @property
    def liked(self) -> list[str]:
        """Ids that say what the person likes: of this conversation and before, anchors included."""
        return list(dict.fromkeys([*self.known, *self.opinions("like", "anchor")]))

    def as_typed(self, soft: str) -> str:
        """Return soft words, a query or a theme, as the person typed them: those of another language are kept apart."""
        typed = dict(self.typed)
        return typed.get(soft) or _BETWEEN.join(typed.get(part, part) for part in soft.split(_BETWEEN))

    @property
    def it(self) -> str | None:
        """Id of the item that "it" means: the last one spoken of, else the first of the last list."""
        return next(iter((*self.focus, *self.last_shown)), None)

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
        return state._with_soft_words(plan)

    def _with_soft_words(self, plan: Plan) -> "State":
        """Return the state after what a plan says in soft words: a query, themes to avoid, motives."""
        query = plan.query or self.query
        if plan.query and plan.act is Act.CRITIQUE:
            query = _together(self.query, plan.query)
        avoid = self.avoid
        if plan.query:
            wanted = set(normalise(plan.query).split())
            avoid = tuple(each for each in avoid if not wanted & set(normalise(each).split()))
        query = _without_words(query, plan.avoid)
        return replace(
            self,
            language=plan.language or self.language,
            query=query,
            avoid=tuple(dict.fromkeys([*avoid, *plan.avoid])),
            motives=_motives(self.motives, plan),
            mood=_mood(self.mood, plan) if query else None,
            typed=tuple({**dict(self.typed), **dict(plan.typed)}.items())[-_MOST_TYPED:],
        )

    def changed(self, change: StateChange, added: Sequence[Constraint | Group] = ()) -> "State":
        """Return the state after one change.

        Args:
            change: the change.
            added: conditions of the same turn, which stand beside a new one instead of giving way to it.
        """
        match change:
            case Require(condition=condition, beside=beside):
                return replace(self, conditions=joined(self.conditions, condition, added, beside=beside))
            case Rate():
                others = tuple(each for each in self.ratings if each.item_id != change.item_id)
                return replace(
                    self,
                    ratings=(*others, change),
                    mentioned=self.mentioned | {change.item_id},
                    named=_lately_named(self.named, (change.item_id,)),
                )
            case StartOver():
                anchors_gone = tuple(each for each in self.ratings if each.opinion != "anchor")
                return replace(
                    self,
                    conditions=(),
                    query="",
                    ratings=anchors_gone,
                    avoid=(),
                    motives=(),
                    mood=None,
                    dials=Dials(),
                    said=(),
                )
            case Forget(what=what):
                return self._forgotten(what)
            case TurnDial():
                return replace(self, dials=self.dials.after(change))

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
                    said=(*state.said, event.plan.gloss or event.words)[-_MOST_SAID:]
                    if event.words.strip()
                    else state.said,
                    asked=(*state.asked, event.asked) if event.asked else state.asked,
                    focus=() if shown else _spoken_of(event.plan) or state.focus,
                    reasons=(*state.reasons, *zip(shown, event.reasons, strict=False))[-_MOST_REASONS:],
                )
            case Heard():
                last = self.exchanges[-1].user if self.exchanges else ""
                return replace(
                    self,
                    shown=(*self.shown[:-1], event.items),
                    exchanges=(*self.exchanges[:-1], Exchange(last, event.text)),
                    focus=() if event.items else self.focus,
                    mentioned=(self.mentioned - set(self.last_turn_only())) | set(event.items),
                    named=_lately_named(self.named, event.items),
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
        said = f" {normalise(self.query)} "
        return replace(
            self,
            conditions=forgotten(self.conditions, what),
            ratings=tuple(each for each in self.ratings if normalise(each.title) != word and each.item_id != what),
            query="" if word and f" {word} " in said else self.query,
            dials=self.dials.without(what),
            avoid=tuple(each for each in self.avoid if not word or f" {word} " not in f" {normalise(each)} "),
            motives=tuple(each for each in self.motives if not _speaks_of(each, word)),
            mood=None if self.mood and _tells(self.mood, word, said) else self.mood,
        )


def _spoken_of(plan: Plan) -> tuple[str, ...]:
    rated = (change.item_id for change in plan.changes if isinstance(change, Rate))
    return plan.subject or tuple(dict.fromkeys(rated))


def _lately_named(before: tuple[str, ...], items: Sequence[str]) -> tuple[str, ...]:
    """Return the items named, those of now last."""
    now = tuple(dict.fromkeys(items))
    return (*(each for each in before if each not in now), *now)[-_MOST_NAMED:]


def _motives(before: tuple[SaidMotive, ...], plan: Plan) -> tuple[SaidMotive, ...]:
    """Return the motives in force: a request that goes on adds to those before, a new one takes their place."""
    kept = before if plan.act is Act.CRITIQUE or not plan.motives else ()
    return tuple({each.name: each for each in (*kept, *plan.motives)}.values())


def _mood(before: ReadMood | None, plan: Plan) -> ReadMood | None:
    """Return the mood in force: new soft words bring their own, or none; a request that goes on may keep the last."""
    if not plan.query:
        return before
    return plan.mood or (before if plan.act is Act.CRITIQUE else None)


def _tells(mood: ReadMood, word: str, query: str) -> bool:
    """Return whether a word is one of the soft words, or a name that they were taken for."""
    return bool(word) and (f" {word} " in query or word in map(normalise, mood.names))


def _speaks_of(motive: SaidMotive, word: str) -> bool:
    return bool(word) and any(f" {word} " in f" {normalise(told)} " for told in (motive.name, motive.said))


def _together(earlier: str, new: str) -> str:
    """Return the soft words of a request that goes on, the latest that fit."""
    parts = list(dict.fromkeys([*filter(None, earlier.split(_BETWEEN)), new]))
    return _BETWEEN.join(parts[-_MOST_PHRASES:])[-_LONGEST_QUERY:]


def _without_words(text: str, phrases: Sequence[str]) -> str:
    """Return a text less the words of some phrases."""
    gone = {word for phrase in phrases for word in normalise(phrase).split()}
    return " ".join(word for word in text.split() if normalise(word) not in gone) if gone else text
