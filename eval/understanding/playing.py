"""Plays marked requests to a planner, turn by turn, as a conversation would.

The state before a turn is made of the planner's own plans of the turns before, with the list that the request says
was shown put in as what was shown. Judges nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from zlib import crc32

from tastemaker.agent.events import Event, TurnTaken, Undone
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.planners.base import Planned, Planner
from tastemaker.agent.state import State
from tastemaker.eval.understanding.request_file import Dialogue, Turn
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class Played:
    """One turn as a planner planned it."""

    number: int
    """Its number in the dialogue, from 1."""
    turn: Turn
    state: State
    """What was known before it."""
    planned: Planned
    ms: float
    """How long planning took, in milliseconds."""
    missing: tuple[str, ...]
    """Titles shown that the catalogue does not have; other items stand in their places."""


def play(dialogue: Dialogue, planner: Planner, workspace: Workspace) -> Iterator[Played]:
    """Yield the turns of a dialogue as a planner plans them."""
    events: list[Event] = []
    for number, turn in enumerate(dialogue.turns, start=1):
        shown, missing = _ids(turn.shown, workspace)
        if shown:
            events = _with_list(events, shown)
        state = State.fold(events)
        started = perf_counter()
        planned = planner.plan(turn.user, state)
        ms = 1000 * (perf_counter() - started)
        yield Played(number, turn, state, planned, ms, missing)
        gone = {event.turn for event in events if isinstance(event, Undone)}
        taken = [event.turn for event in events if isinstance(event, TurnTaken) and event.turn not in gone]
        if planned.plan.act is not Act.UNDO:
            events.append(TurnTaken(turn=2 * number, words=turn.user, plan=planned.plan, shown=(), text=""))
        elif taken:
            events.append(Undone(turn=taken[-1]))


def _with_list(events: Sequence[Event], shown: tuple[str, ...]) -> list[Event]:
    """Return the events with a list shown at the end of the last turn, or before the first."""
    if events and isinstance(events[-1], TurnTaken):
        return [*events[:-1], events[-1].model_copy(update={"shown": shown})]
    turn = events[-1].turn + 1 if events else 0
    return [*events, TurnTaken(turn=turn, words="", plan=Plan(act=Act.RECOMMEND), shown=shown, text="")]


def _ids(titles: Sequence[str], workspace: Workspace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of some titles and the titles that the catalogue does not have.

    Another item stands in for a title that is missing, so that the third of a list stays the third.
    """
    found, missing = [], []
    for title in titles:
        best = workspace.resolver.resolve_item(title).best
        if best is None or best.item_id is None:
            missing.append(title)
        found.append(best.item_id if best else None)
    ids: list[str] = []
    for title, item in zip(titles, found, strict=True):
        place = crc32(title.encode())
        while item is None or item in ids or (item in found and title in missing):
            place += 1
            item = str(workspace.catalogue.ids[place % len(workspace.catalogue)])
        ids.append(item)
    return tuple(ids), tuple(missing)
