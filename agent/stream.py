"""The typed events of a streamed turn, in the order in which they come.

`PlanMade`, then a `ToolStarted` and `ToolFinished` for every call, then each `Recommended`, then the `TextDelta`s,
whose texts joined are the reply's text, then `Done`. Where what came of a plan made the planner think again, and the
second plan is better, another `PlanMade` and its calls follow those of the first.
"""

from dataclasses import dataclass
from typing import Literal

from tastemaker.agent.plan import Plan
from tastemaker.agent.reply import Recommendation, Reply
from tastemaker.agent.trace import Step


@dataclass(frozen=True)
class PlanMade:
    """The turn is planned."""

    plan: Plan
    decided_by: str
    """The planner whose plan it is."""
    ms: float
    """How long planning took, in milliseconds."""


@dataclass(frozen=True)
class ToolStarted:
    """A tool call begins."""

    call: str
    """Identifier within the turn."""
    tool: str


@dataclass(frozen=True)
class ToolFinished:
    """A tool call has ended, well or badly."""

    step: Step


@dataclass(frozen=True)
class Recommended:
    """An item of the list, in the order of ranks."""

    recommendation: Recommendation


@dataclass(frozen=True)
class TextDelta:
    """A piece of the reply's text, already verified."""

    text: str
    part: Literal["opening", "items", "closing"] = "opening"
    """Which part of the reply it belongs to; a chat with cards need not repeat the items."""


@dataclass(frozen=True)
class Done:
    """The turn is over and written to the session's log."""

    reply: Reply


StreamEvent = PlanMade | ToolStarted | ToolFinished | Recommended | TextDelta | Done
