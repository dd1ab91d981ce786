"""The report of how well planners understand requests: one JSON object whose keys other programs read.

Holds figures and writes them; computes nothing. How it is shown is `tastemaker.eval.understanding.table`.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from rich.console import RenderableType

from tastemaker.eval.bootstrap import Interval
from tastemaker.eval.partial import DialogueResult
from tastemaker.eval.report import Latency, Manifest
from tastemaker.eval.saved_report import SavedReport
from tastemaker.eval.understanding.scoring import TurnVerdict
from tastemaker.eval.understanding.table import tables

METRICS = (
    "whole_turn", "whole_turn_strict", "act", "slot_f1", "slot_precision", "slot_recall", "tokens", "tokens_written",
    "repairs",
)  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DialogueVerdicts(DialogueResult):
    """One dialogue of one planner."""

    turns: tuple[TurnVerdict, ...]


class PlannerReport(_Model):
    """How well one planner understands."""

    metrics: dict[str, Interval]
    """`whole_turn`: share of turns in which everything is right, wanted and preferred taken as one;
    `whole_turn_strict`: the two told apart; `act`: share of turns with the right act; `slot_…`: over the roles of
    marks; `tokens`, `tokens_written` and `repairs` (plans that did not hold): mean a turn."""
    groups: dict[str, dict[str, Interval]]
    """`whole_turn` by number of `marks`, by `domain`, `kind` and `language`."""
    latency_ms: Latency
    """Of planning."""
    decided_by: dict[str, int]
    """Turns by the planner whose plan it was."""
    dialogues: tuple[DialogueVerdicts, ...]


class Comparison(_Model):
    """One planner against the first, turn by turn, by `whole_turn`."""

    against: str
    """The first planner."""
    both: int
    """Turns that both have right."""
    only_this: int
    only_that: int
    neither: int
    p: float
    """McNemar's exact test, two-sided: how likely so uneven a split of the turns that one alone has right is if
    neither is better."""


class UnderstandingReport(SavedReport):
    """A whole comparison of planners."""

    otherwise: ClassVar[str] = "is no such report"

    manifest: Manifest
    planners: dict[str, PlannerReport]
    """By name, in the order asked for."""
    paired: dict[str, Comparison]
    """Every planner but the first, against the first."""

    def table(self) -> RenderableType:
        """Return the report as tables, for `rich`."""
        return tables(self)
