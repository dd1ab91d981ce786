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
from tastemaker.tools.candidates import CandidateBus
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.ranker import Example
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.ranking.signals import Signals
from tastemaker.tools.workspace import Workspace

NOW, LATER = 2, 1
"""Grades of an item that the answer named, and of one that a later answer of the dialogue named."""
_WANTED = 5


@dataclass(frozen=True)
class Moment:
    """A turn of a dialogue whose answer named items that nobody had named before."""

    dialogue: str
    turn: int
    """Number of the turn, from 1."""
    request: RankingRequest
    pool: Rows
    """Rows that could have been recommended, ascending."""
    proposed: Rows
    """Rows that tools proposed, ascending."""
    relevant: Rows
    """Rows of the items that the answer named, ascending."""
    later: Rows
    """Rows of the items that later answers named, ascending."""
    opening: bool
    """Whether nobody had named any item before the answer."""


@dataclass(frozen=True)
class MomentExample:
    """A moment with its candidates."""

    moment: Moment
    rows: Rows
    """The shortlist, ascending."""
    example: Example


class Follower:
    """Follows dialogues with one planner over one workspace."""

    def __init__(self, workspace: Workspace, planner: Planner, executor: Executor) -> None:
        self._workspace = workspace
        self._planner = planner
        self._executor = executor

    def moments(self, dialogue: Dialogue) -> Iterator[Moment]:
        """Yield the moments of a dialogue in order."""
        state = State()
        for number, turn in enumerate(dialogue.turns, 1):
            plan = self._planner.plan(turn.user, state).plan
            if turn.relevant:
                yield self._moment(dialogue, number, plan, state.planned(plan))
            state = state.after(TurnTaken(turn=number, words=turn.user, plan=plan, shown=(), text=""))
            if turn.assistant is not None:
                named = self._workspace.resolver.items_in(turn.assistant)
                state = state.after(Heard(turn=number, text=turn.assistant, items=named))

    def _moment(self, dialogue: Dialogue, number: int, plan: Plan, state: State) -> Moment:
        catalogue = self._workspace.catalogue
        turn = dialogue.turns[number - 1]
        *_, execution = self._executor.run(plan, state, _WANTED, turn.user)
        assert isinstance(execution, Execution)
        named = dialogue.named_until(number - 1)
        return Moment(
            dialogue=dialogue.id,
            turn=number,
            request=request_of(state, turn.user, catalogue),
            pool=np.setdiff1d(execution.live, _rows(catalogue.row_of, named)),
            proposed=CandidateBus(proposals=execution.proposals).proposed_rows,
            relevant=_rows(catalogue.row_of, turn.relevant),
            later=_rows(catalogue.row_of, {item for each in dialogue.turns[number:] for item in each.relevant}),
            opening=not named,
        )


def example_of(workspace: Workspace, moment: Moment, conversations: ConversationModel) -> MomentExample:
    """Return a moment with its candidates.

    Args:
        workspace: where the items are.
        moment: the moment.
        conversations: what is known of other conversations than its own.
    """
    signals = Signals(workspace, moment.request, conversations)
    rows = shortlist(signals, moment.pool, moment.proposed)
    grades = np.where(np.isin(rows, moment.relevant), NOW, np.where(np.isin(rows, moment.later), LATER, 0))
    return MomentExample(moment, rows, Example(features_of(signals, rows), grades))


def items_of(dialogue: Dialogue, row_of: Mapping[str, int]) -> Rows:
    """Return the rows of all items that a dialogue speaks of, ascending."""
    return _rows(row_of, {item for turn in dialogue.turns for item in (*turn.mentioned, *turn.relevant)})


def _rows(row_of: Mapping[str, int], ids: Collection[str]) -> Rows:
    return np.array(sorted({row_of[each] for each in ids if each in row_of}), dtype=np.int64)
