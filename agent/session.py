"""A session: one visitor's conversation, isolated from all others, persistent and resumable.

Each turn is planned, executed, composed, written to the log, and only then shown.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError

from tastemaker.agent.dials import turns
from tastemaker.agent.errors import SessionError
from tastemaker.agent.event_log import EventLog
from tastemaker.agent.events import Event, Heard, Known, TurnTaken, Undone
from tastemaker.agent.languages.speech import foreign, say, speaking, template
from tastemaker.agent.plan import Act, Forget, Opinion, Plan, Rate
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.profile import Profile
from tastemaker.agent.reply import Reply, ReplyAct
from tastemaker.agent.state import State
from tastemaker.agent.stream import Done, PlanMade, Recommended, StreamEvent, TextDelta
from tastemaker.agent.trace import Timings, Trace
from tastemaker.agent.turn import TurnMaker
from tastemaker.tools.errors import UserError

MOST_WORDS = 4000
"""Letters of one message that are read; the rest is cut off, and the reply says so."""
_SAID = {
    "like": template("I like {title}"),
    "dislike": template("Not for me: {title}"),
    "seen": template("I know {title}"),
    "anchor": template("More like {title}"),
}
_log = logging.getLogger(__name__)


class SessionLock:
    """Lets one turn of a session follow the other, whoever holds the session; weak references can point to it."""

    def __init__(self) -> None:
        self.lock = Lock()


class Session:
    """One conversation. Turns of one session follow each other; those of different sessions run side by side."""

    def __init__(self, session_id: str, turns: TurnMaker, log: EventLog, lock: SessionLock) -> None:
        """Open a session; `Recommender.session` is how to get one."""
        self.id = session_id
        self._turns = turns
        self._log = log
        self._lock = lock

    def say(self, words: str) -> Reply:
        """Answer what the person says. Never raises for any words; what fails is told in the reply and its trace."""
        return _reply(self.stream(words))

    def stream(self, words: str) -> Iterator[StreamEvent]:
        """Answer as `say` does, as events while they happen; the last one is `Done` with the whole reply."""
        return self._turn(_readable(words).strip(), None)

    async def asay(self, words: str) -> Reply:
        """Answer as `say` does, without blocking the event loop."""
        return await asyncio.to_thread(self.say, words)

    async def astream(self, words: str) -> AsyncIterator[StreamEvent]:
        """Answer as `stream` does, without blocking the event loop."""
        events = self.stream(words)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def like(self, item_id: str, because: str = "") -> Reply:
        """Note that the person likes an item.

        Raises:
            SessionError: the catalogue has no such item. The same holds for the methods below.
        """
        return self._rate("like", item_id, because)

    def dislike(self, item_id: str, because: str = "") -> Reply:
        """Note that an item is not for the person; it is never shown again."""
        return self._rate("dislike", item_id, because)

    def seen(self, item_id: str) -> Reply:
        """Note that the person knows an item already; it is never shown again."""
        return self._rate("seen", item_id, "")

    def more_like(self, item_id: str) -> Reply:
        """Recommend items like one, without asking any language model."""
        title = self._title(item_id)
        with self._speaking():
            said, words = say("more like {title}", title=title), say("More like {title}", title=title)
        change = Rate(opinion="anchor", item_id=item_id, title=title, said=said)
        return _reply(self._turn(words, Plan(act=Act.CRITIQUE, changes=(change,))))

    def turn_dials(self, **levels: float) -> Reply:
        """Turn dials by number and recommend anew: `turn_dials(fame=-0.5, recency=1)`.

        Args:
            **levels: levels by dial, each from -1 to 1: adventure, diversity, recency, fame; 0 takes a dial back.

        Raises:
            SessionError: there is no such dial, or a level is out of its range.
        """
        changes = turns(levels)
        words = ", ".join(f"{change.dial} {change.level:+g}" for change in changes)
        return _reply(self._turn(words, Plan(act=Act.CRITIQUE, changes=changes)))

    def forget(self, what: str) -> Reply:
        """Take back the wishes and opinions that match a field, value, title or word.

        When a wish of the request is among them a new list follows; taking back an opinion is only noted.
        """
        what = _readable(what)
        change, before = Forget(what=what), self.state
        after = before.changed(change)
        act = Act.CRITIQUE if _wanted(after) != _wanted(before) else Act.CHAT
        with self._speaking(before):
            words = say("Forget {what}", what=what)
        return _reply(self._turn(words, Plan(act=act, changes=(change,))))

    def undo(self) -> Reply:
        """Take the last turn back, as if it had not been."""
        with self._speaking():
            words = say("Undo")
        return _reply(self._turn(words, Plan(act=Act.UNDO)))

    def heard(self, text: str) -> None:
        """Note that this, and not our reply, was really answered to the last turn (teacher forcing).

        Raises:
            SessionError: there has been no turn yet.
        """
        with self._lock.lock:
            events = self._log.read(self.id)
            state = State.fold(events)
            if not state.exchanges:
                raise SessionError("Nothing has been said in this conversation yet; say something first.")
            text = _readable(text)
            named = self._turns.workspace.resolver.items_in(text)
            turn = max(event.turn for event in events)
            self._log.append(self.id, len(events), Heard(turn=turn, text=text, items=named))

    def ranking(self) -> tuple[str, ...]:
        """Return the ids of what would be recommended now, best first, at most 200, without taking a turn.

        For a shelf beside the chat, say: nothing is planned, said or written, and nothing counts as shown.
        """
        return self._turns.ranking(self.state)

    @property
    def profile(self) -> Profile:
        """What is believed of the person, and the words it came from."""
        return Profile.of(self.state)

    @property
    def state(self) -> State:
        """The state after all turns so far."""
        return State.fold(self._log.read(self.id))

    @property
    def replies(self) -> list[tuple[str, Reply]]:
        """What was said and answered so far, oldest first, turns taken back left out."""
        events = self._log.read(self.id)
        undone = {event.turn for event in events if isinstance(event, Undone)}
        words = {event.turn: event.words for event in events if isinstance(event, TurnTaken)}
        return [(words[turn], reply) for turn, reply in self._log.replies(self.id) if turn not in undone]

    def begin(self, user: str | None, known: Sequence[str]) -> None:
        """Write what is known of the person before the first turn; `Recommender.session` calls this."""
        if not self._log.read(self.id):
            self._log.append(self.id, 0, Known(turn=0, user=user, items=tuple(known)))

    def _rate(self, opinion: Opinion, item_id: str, because: str) -> Reply:
        title = self._title(item_id)
        with self._speaking():
            words = say(_SAID[opinion], title=title)
        change = Rate(opinion=opinion, item_id=item_id, title=title, said=words, because=_readable(because))
        return _reply(self._turn(words, Plan(act=Act.CHAT, changes=(change,))))

    def _speaking(self, state: State | None = None) -> AbstractContextManager[None]:
        """Return a block in which all is said in the person's language."""
        return speaking((state or self.state).language, self._turns.workspace.schema)

    def _title(self, item_id: str) -> str:
        title = self._turns.title_of(item_id)
        if title is None:
            raise SessionError(f"The catalogue has no item with the id '{item_id}'; use an id from a recommendation.")
        return title

    def _turn(self, words: str, plan: Plan | None) -> Iterator[StreamEvent]:
        """Take one turn, with a plan ready made when a button was pressed."""
        with self._lock.lock:
            events = self._log.read(self.id)
            turn = max((event.turn for event in events), default=0) + 1
            try:
                yield from self._taken(words, plan, events, turn)
            except Exception as error:
                # The last boundary before the person: the defect is logged whole and told in one sentence.
                _log.exception("turn %d of session %s failed", turn, self.id)
                yield Done(self._failed(words, turn, error))

    def _taken(self, words: str, plan: Plan | None, events: list[Event], turn: int) -> Iterator[StreamEvent]:
        state = State.fold(events)
        started = perf_counter()
        cut = words[:MOST_WORDS]
        planned = self._turns.planner.plan(cut, state) if plan is None else Planned(plan, "button")
        if len(words) > MOST_WORDS:
            with speaking(planned.plan.language or state.language, self._turns.workspace.schema):
                warning = say("only the first {count} letters of the message were read", count=f"{MOST_WORDS:,}")
            planned = replace(planned, warnings=(*planned.warnings, warning))
        planning_ms = 1000 * (perf_counter() - started)
        yield PlanMade(planned.plan, planned.decided_by, planning_ms)
        if planned.plan.act is Act.UNDO:
            yield from self._undone(planned, events, turn, planning_ms)
            return
        reply: Reply | None = None
        for event in self._turns.take(self.id, turn, state, planned, planning_ms, cut if plan is None else ""):
            if isinstance(event, Reply):
                reply = event
            else:
                yield event
        assert reply is not None
        self._log.append(self.id, len(events), _record(turn, cut, reply.trace.plan, reply), reply)
        for recommendation in reply.recommendations:
            yield Recommended(recommendation)
        if self._turns.phrases and reply.recommendations:
            for piece in self._turns.phrase(cut, reply):
                if isinstance(piece, Reply):
                    reply = piece
                else:
                    yield piece
            self._log.amend(self.id, len(events) + 1, _record(turn, cut, reply.trace.plan, reply), reply)
        else:
            yield from _deltas(reply)
        yield Done(reply)

    def _undone(self, planned: Planned, events: list[Event], turn: int, ms: float) -> Iterator[StreamEvent]:
        gone = {event.turn for event in events if isinstance(event, Undone)}
        taken = [event for event in events if isinstance(event, TurnTaken) and event.turn not in gone]
        with speaking(planned.plan.language or State.fold(events).language, self._turns.workspace.schema):
            back = say("Taken back: “{words}”.", words=taken[-1].words) if taken else ""
            text = back or say("There is nothing to take back.")
        reply = self._plain_reply(text, "chat", turn, planned.plan, planned.decided_by, ms)
        if taken:
            self._log.append(self.id, len(events), Undone(turn=taken[-1].turn))
        yield from _deltas(reply)
        yield Done(reply)

    def _failed(self, words: str, turn: int, error: Exception) -> Reply:
        plan = Plan(act=Act.CHAT)
        known = isinstance(error, UserError)
        cause = str(error) if known else f"Something in Tastemaker failed ({type(error).__name__}: {error})."
        state = self._known_state()
        with self._speaking(state):
            told = say("Something in Tastemaker failed ({error}).", error=type(error).__name__) if foreign() else cause
            text = say("{cause} What you said is kept; please try again.", cause=told)
        reply = self._plain_reply(text, "error", turn, plan, "none", 0.0)
        reply = reply.model_copy(update={"trace": reply.trace.model_copy(update={"warnings": (cause,)})})
        try:
            events = self._log.read(self.id)
            self._log.append(self.id, len(events), _record(turn, words[:MOST_WORDS], plan, reply), reply)
        except (SessionError, SQLAlchemyError) as failure:
            with self._speaking(state):
                lost = say("{cause} It could not be written down either ({failure}).", cause=told, failure=failure)
            return reply.model_copy(update={"text": lost})
        return reply

    def _known_state(self) -> State:
        """Return the state, or an empty one where the log cannot be read any more."""
        try:
            return self.state
        except (SessionError, SQLAlchemyError):
            return State()

    def _plain_reply(self, text: str, act: ReplyAct, turn: int, plan: Plan, decided_by: str, ms: float) -> Reply:
        trace = Trace(
            session=self.id,
            turn=turn,
            planner=self._turns.planner.name,
            decided_by=decided_by,
            plan=plan,
            timings=Timings(plan=round(ms, 3), total=round(ms, 3)),
        )
        return Reply(text=text, act=act, opening=text, trace=trace)


def _wanted(state: State) -> tuple[object, ...]:
    """Return all that a list depends on, for finding out whether a wish was taken back or only an opinion."""
    soft = (state.query, state.avoid, state.motives, state.mood, state.dials)
    return (state.conditions, *soft, state.opinions("anchor"))


def _readable(text: str) -> str:
    """Return the text without halves of characters, which can be neither stored nor shown."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _record(turn: int, words: str, plan: Plan, reply: Reply) -> TurnTaken:
    shown = tuple(each.item.id for each in reply.recommendations)
    reasons = tuple(each.explanation for each in reply.recommendations)
    return TurnTaken(
        turn=turn, words=words, plan=plan, shown=shown, reasons=reasons, text=reply.text, asked=reply.asked
    )


def _deltas(reply: Reply) -> Iterator[TextDelta]:
    """Yield the plain text in its parts; joined they are the text."""
    items = reply.text.removeprefix(reply.opening).removesuffix(reply.closing)
    yield TextDelta(reply.opening, "opening")
    if items:
        yield TextDelta(items, "items")
    if reply.closing:
        yield TextDelta(reply.closing, "closing")


def _reply(events: Iterator[StreamEvent]) -> Reply:
    """Run a turn to its end and return its reply."""
    *_, last = events
    assert isinstance(last, Done)
    return last.reply
