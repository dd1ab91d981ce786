"""Examples for the ranker from real dialogues: what was known at each turn, and which items the answer then named.

Dialogues are followed as an evaluation follows them: the plan is the planner's own, and the next turn continues from
what was really answered. Only the words reach the planner; what the file says of items is used for the grades alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tastemaker.agent.events import Heard, TurnTaken
from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.ordering import request_of
from tastemaker.agent.plan import Plan
from tastemaker.agent.planners.base import Planner
from tastemaker.agent.state import State
from tastemaker.eval.dialogue import Dialogue, Turn
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.ranker import Example
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.workspace import Workspace

NOW, LATER = 2, 1
"""Grades of an item that the answer named, and of one that a later answer of the dialogue named."""
_WANTED = 5


@dataclass(frozen=True)
class TurnExample:
    """One turn of one dialogue."""

    dialogue: str
    turn: int
    """Number of the turn, from 1."""
    act: str
    request: RankingRequest
    rows: Rows
    """The shortlist, ascending."""
    example: Example
    relevant: Rows
    """Rows of the items that the answer named and nobody before, ascending."""
    first: bool
    """Whether no item had been named before the turn."""


def turn_examples(
    workspace: Workspace, planner: Planner, executor: Executor, dialogues: Sequence[Dialogue],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[TurnExample]:
    """Yield the turns whose answers name items, in order."""
    for number, dialogue in enumerate(dialogues, 1):
        yield from _examples(workspace, planner, executor, dialogue)
        if progress:
            progress(number, len(dialogues))


def _examples(
    workspace: Workspace, planner: Planner, executor: Executor, dialogue: Dialogue
) -> Iterator[TurnExample]:
    state = State()
    for number, turn in enumerate(dialogue.turns, 1):
        plan = planner.plan(turn.user, state).plan
        if turn.relevant:
            yield _example(workspace, executor, dialogue, number, plan, state)
        state = state.after(TurnTaken(turn=number, words=turn.user, plan=plan, shown=(), text=""))
        if turn.assistant is not None:
            state = state.after(Heard(turn=number, text=turn.assistant, items=_titles_in(workspace, turn.assistant)))


def _example(
    workspace: Workspace, executor: Executor, dialogue: Dialogue, number: int, plan: Plan, state: State
) -> TurnExample:
    row_of = workspace.catalogue.row_of
    turn, after = dialogue.turns[number - 1], state.planned(plan)
    *_, execution = executor.run(plan, after, _WANTED, turn.user)
    assert isinstance(execution, Execution)
    proposed = np.unique(np.concatenate([each.candidates.rows for each in execution.proposals]))
    request = request_of(after, turn.user, workspace.catalogue)
    named = dialogue.named_until(number - 1)
    pool = np.setdiff1d(execution.live, _rows(row_of, named))
    rows = shortlist(workspace, request, pool, proposed)
    now, later = _rows(row_of, turn.relevant), _later(row_of, dialogue.turns[number:])
    grades = np.where(np.isin(rows, now), NOW, np.where(np.isin(rows, later), LATER, 0))
    return TurnExample(
        dialogue=dialogue.id,
        turn=number,
        act=plan.act.value,
        request=request,
        rows=rows,
        example=Example(features_of(workspace, request, rows), grades),
        relevant=now,
        first=not named,
    )


def _later(row_of, turns: Sequence[Turn]) -> Rows:
    return _rows(row_of, {item for turn in turns for item in turn.relevant or ()})


def _rows(row_of, ids) -> Rows:
    return np.array(sorted(row_of[each] for each in ids if each in row_of), dtype=np.int64)


def _titles_in(workspace: Workspace, text: str) -> tuple[str, ...]:
    found = [match.item_id for mention in workspace.resolver.mentions(text) for match in mention.matches[:1]]
    return tuple(dict.fromkeys(each for each in found if each is not None))
