"""What every planner is: something that plans a turn and says who decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from tastemaker.agent.languages.notice import Notice
from tastemaker.agent.languages.speech import template
from tastemaker.agent.plan import Plan
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt, Repair, Step, Tokens


@dataclass(frozen=True)
class Planned:
    """A plan and how it came about."""

    plan: Plan
    """Grounded, ready to run."""
    decided_by: str
    """Name of the planner whose plan it is; another than the one asked after a repair."""
    repairs: tuple[Repair, ...] = ()
    """Drafts that did not hold."""
    warnings: tuple[str, ...] = ()
    """What degraded, for the trace and the reply."""
    prompts: tuple[tuple[str, str], ...] = ()
    """Pairs of prompt id and version."""
    tokens: Tokens = field(default_factory=Tokens)
    """What the language model cost."""
    steps: tuple[Step, ...] = ()
    """Tool calls made while planning."""


def rules_instead(cause: str) -> Notice:
    """Return the warning that the rules planned a turn because a language model could not."""
    told = template("the language model was of no help this turn, so the rules planned it")
    return Notice(f"{cause} The rules planned this turn.", told)


class Planner(Protocol):
    """Plans one turn. Must not raise for any words and any state."""

    @property
    def name(self) -> str:
        """Name in settings, traces and reports."""
        ...

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn.

        Args:
            words: what the person says, at most 4,000 characters.
            state: what is known before this turn.
        """
        ...


@runtime_checkable
class Replanner(Protocol):
    """A planner that can think again once it sees what came of its plan. Must not raise either."""

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return another plan than all that were tried; None when there is none that makes sense.

        Args:
            words: what the person says.
            state: what is known before this turn.
            tried: the plans of this turn so far with their outcomes, oldest first; at least one.
        """
        ...


@runtime_checkable
class Closable(Protocol):
    """A planner that holds something to be given back: a model, a thread."""

    def close(self) -> None:
        """Give it back."""
        ...
