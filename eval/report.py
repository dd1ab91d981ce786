"""The report of an evaluation: one JSON object whose keys other programs read.

Holds figures and writes them; computes nothing. How it is shown as a table is `tastemaker.eval.table`.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from rich.console import RenderableType

from tastemaker.eval.bootstrap import Interval
from tastemaker.eval.partial import DialogueResult
from tastemaker.eval.saved_report import SavedReport
from tastemaker.eval.table import tables

STAGES = ("total", "plan", "tools", "compose")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Latency(_Model):
    """Milliseconds."""

    p50: float
    p95: float


class TurnRecord(_Model):
    """One turn of one system."""

    user: str
    """What the person said."""
    act: str
    """What the reply did; `error` when the system failed."""
    text: str
    """The reply."""
    shown: tuple[str, ...]
    """Ids shown, best first."""
    ranking: tuple[str, ...]
    """At most 50 ids, best first, those mentioned earlier in the dialogue removed."""
    violations: tuple[str, ...]
    """Everything that went against expectations, in plain words."""
    plan: dict[str, Any]
    """The plan that was executed; empty for a baseline."""
    ms: float
    """Duration of the whole turn in milliseconds, as measured from outside."""
    stages: dict[str, float] = Field(default_factory=dict)
    """Milliseconds by stage, as the system reports them; empty for a baseline."""
    tools: dict[str, str] = Field(default_factory=dict)
    """Outcome by tool called: `ok`, `empty`, `failed`, `timeout`, `disabled`; empty for a baseline."""
    scores: dict[str, float] = Field(default_factory=dict)
    """This turn's value of each metric that applies to it."""
    warnings: tuple[str, ...] = ()
    """Whatever degraded, as the system reports it."""
    prompts: dict[str, str] = Field(default_factory=dict)
    """Versions of the prompts used, by id."""


class DialogueRecord(DialogueResult):
    """One dialogue of one system."""

    turns: tuple[TurnRecord, ...]


class SystemReport(_Model):
    """What one system did."""

    metrics: dict[str, Interval]
    """Mean over the turns that each metric applies to; a metric that applies to none is left out."""
    latency_ms: dict[str, Latency]
    """By stage: `total`, and where the system reports them `plan`, `tools`, `compose`."""
    catalogue_coverage: float = 0.0
    """Share of the catalogue that was shown in any turn. Without an interval: turns drawn again would show less."""
    dialogues: tuple[DialogueRecord, ...]


class Manifest(_Model):
    """What the figures depend on."""

    versions: dict[str, str]
    """Version by package."""
    workspace: str
    """Path of the workspace."""
    seed: int
    prompts: dict[str, str]
    """Versions of the prompts used, by id."""
    catalogue: dict[str, int | str] = Field(default_factory=dict)
    """Name and size of the catalogue, and the fingerprint of its build."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """The settings that can change a figure."""
    dialogues: dict[str, Any] = Field(default_factory=dict)
    """Files, their fingerprint, and how many dialogues and turns they hold."""
    warnings: tuple[str, ...] = ()
    """What was left out or could not be used."""
    started: str = ""
    """ISO time in UTC."""
    seconds: float = 0.0
    """Duration of the run."""


class Report(SavedReport):
    """A whole evaluation."""

    manifest: Manifest
    systems: dict[str, SystemReport]
    """By name, in the order asked for."""
    ablation: dict[str, dict[str, dict[str, Interval]]] = Field(default_factory=dict)
    """By system, then by tool left out: each metric with all tools less without it, paired by turn."""

    def table(self) -> RenderableType:
        """Return the report as tables, for `rich`."""
        return tables(self)
