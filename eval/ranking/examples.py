"""Examples for the ranker from real dialogues: what was known at each turn, and which items the answer then named.

Dialogues are followed as an evaluation follows them: the plan is the planner's own, and the next turn continues from
what was really answered. Only the words reach the planner; what the file says of items is used for the grades alone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tastemaker.agent.events import Heard, TurnTaken
from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.ordering import request_of
from tastemaker.agent.plan import Plan
from tastemaker.agent.planners.base import Planner
from tastemaker.agent.state import State
from tastemaker.eval.dialogue import Dialogue
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.ranker import Example
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.workspace import Workspace

NOW, LATER = 2, 1
"""Grades of an item that the answer named, and of one that a later answer of the dialogue named."""
_WANTED = 5


@dataclass(frozen=True)
class TurnExample:
    """One turn of one dialogue whose answer named items that nobody had named before."""

    dialogue: str
    turn: int
    """Number of the turn, from 1."""
    act: str
    """What the planner took it for."""
    rows: Rows
    """The shortlist, ascending."""
    example: Example
    relevant: Rows
    """Rows of the items that the answer named, ascending, whether on the shortlist or not."""
    opening: bool
    """Whether nobody had named any item before the answer."""


class ExampleMaker:
    """Makes examples with one planner over one workspace."""

    def __init__(self, workspace: Workspace, planner: Planner, executor: Executor) -> None:
        self._workspace = workspace
        self._planner = planner
        self._executor = executor

    def examples(self, dialogue: Dialogue, conversations: ConversationModel) -> Iterator[TurnExample]:
        """Yield the turns of a dialogue whose answers name items, in order.

        Args:
            dialogue: what was said.
            conversations: counts of other conversations than this one.
        """
        state = State()
        for number, turn in enumerate(dialogue.turns, 1):
            plan = self._planner.plan(turn.user, state).plan
            if turn.relevant:
                yield self._example(dialogue, number, plan, state.planned(plan), conversations)
            state = state.after(TurnTaken(turn=number, words=turn.user, plan=plan, shown=(), text=""))
            if turn.assistant is not None:
                named = titles_in(self._workspace, turn.assistant)
                state = state.after(Heard(turn=number, text=turn.assistant, items=named))

    def _example(
        self, dialogue: Dialogue, number: int, plan: Plan, state: State, conversations: ConversationModel
    ) -> TurnExample:
        workspace, row_of = self._workspace, self._workspace.catalogue.row_of
        turn = dialogue.turns[number - 1]
        *_, execution = self._executor.run(plan, state, _WANTED, turn.user)
        assert isinstance(execution, Execution)
        proposed = np.unique(np.concatenate([each.candidates.rows for each in execution.proposals]))
        named = dialogue.named_until(number - 1)
        pool = np.setdiff1d(execution.live, _rows(row_of, named))
        request = request_of(state, turn.user, workspace.catalogue)
        rows = shortlist(workspace, request, pool, proposed, conversations)
        now = _rows(row_of, turn.relevant)
        later = _rows(row_of, {item for each in dialogue.turns[number:] for item in each.relevant})
        grades = np.where(np.isin(rows, now), NOW, np.where(np.isin(rows, later), LATER, 0))
        return TurnExample(
            dialogue=dialogue.id,
            turn=number,
            act=plan.act.value,
            rows=rows,
            example=Example(features_of(workspace, request, rows, conversations), grades),
            relevant=now,
            opening=not named,
        )


def items_of(dialogue: Dialogue, row_of: Mapping[str, int]) -> Rows:
    """Return the rows of all items that a dialogue speaks of, ascending."""
    return _rows(row_of, {item for turn in dialogue.turns for item in (*turn.mentioned, *turn.relevant)})


def titles_in(workspace: Workspace, text: str) -> tuple[str, ...]:
    """Return the ids of the items that a text names, in order."""
    found = [match.item_id for mention in workspace.resolver.mentions(text) for match in mention.matches[:1]]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _rows(row_of: Mapping[str, int], ids: Collection[str]) -> Rows:
    return np.array(sorted({row_of[each] for each in ids if each in row_of}), dtype=np.int64)
