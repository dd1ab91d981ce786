"""The trace: the one immutable record of a turn, which the model, the chat and the evaluation all read."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tastemaker.agent.placement import Placement
from tastemaker.agent.plan import Plan
from tastemaker.tools.catalogue.constraint import Condition

Outcome = Literal["ok", "empty", "failed", "timeout", "disabled"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Model):
    """One tool call, as it went."""

    call: str
    """Identifier within the turn: `search_text#1`."""
    tool: str
    """Name of the tool."""
    arguments: dict[str, object]
    """Arguments as given, items as ids."""
    outcome: Outcome
    """`failed`, `timeout` and `disabled` calls propose nothing, and the turn goes on."""
    found: int = 0
    """Candidates proposed, or left in the pool by a filter."""
    note: str = ""
    """What the tool says of its answer, or the error."""
    ms: float = 0.0
    """Duration in milliseconds."""


class Repair(_Model):
    """A draft that did not hold, and what was done."""

    planner: str
    """Planner whose draft it was."""
    error: str
    """Why it did not hold, as told to the model."""
    remedy: Literal["asked again", "rules planned instead"]


class Relaxation(_Model):
    """Preferences dropped because too few items kept them all."""

    dropped: tuple[Condition, ...]
    """The smallest set of `prefer` conditions that had to go."""
    before: int
    """Items that kept everything."""
    after: int
    """Items that keep the rest."""


class Attempt(_Model):
    """One plan of a turn that was thought over, and what came of it."""

    decided_by: str
    """The planner whose plan it is."""
    plan: Plan
    found: int
    """Items that it would have shown."""
    outcome: str
    """What came of it, as told to the planner, or why it was not taken."""
    taken: bool
    """Whether the reply rests on it; true of one attempt of a turn."""
    steps: tuple[Step, ...] = ()
    """Its tool calls."""


class Tokens(_Model):
    """What the language models of a turn cost."""

    calls: int = 0
    input: int = 0
    output: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Return what both cost together."""
        return Tokens(calls=self.calls + other.calls, input=self.input + other.input, output=self.output + other.output)


class Timings(_Model):
    """Durations of the stages in milliseconds."""

    plan: float = 0.0
    tools: float = 0.0
    compose: float = 0.0
    total: float = 0.0


class Trace(_Model):
    """Everything that happened in a turn."""

    session: str
    """Id of the session."""
    turn: int
    """Number of the turn in its session, from 1."""
    planner: str
    """The planner that was asked."""
    decided_by: str
    """The planner whose plan was executed."""
    plan: Plan
    steps: tuple[Step, ...] = ()
    planning: tuple[Step, ...] = ()
    """Tool calls made while the turn was planned, by a planner that looks before it decides."""
    attempts: tuple[Attempt, ...] = ()
    """Every plan that was tried, in order, when the outcome of the first contradicted it; else empty."""
    repairs: tuple[Repair, ...] = ()
    relaxation: Relaxation | None = None
    pool: int | None = None
    """Items left by the filters; None when nothing was filtered."""
    placements: tuple[Placement, ...] = ()
    """Why each item shown stands where it stands, best first."""
    warnings: tuple[str, ...] = ()
    """Whatever degraded: a failed tool, an unreachable model, sentences that were replaced."""
    prompts: dict[str, str] = {}
    """Versions of the prompts used, by id."""
    tokens: Tokens = Tokens()
    timings: Timings = Timings()
