"""The events of a session's log, written before a reply is shown and folded into the state."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tastemaker.agent.plan import Plan


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int
    """Number of the turn in its session, from 1; 0 for what was known before."""


class Known(_Event):
    """The session starts with the history of a known person."""

    kind: Literal["known"] = "known"
    user: str | None
    """The owner's id of the user; None when only items are known."""
    items: tuple[str, ...]
    """Ids of the items liked before, oldest first."""


class TurnTaken(_Event):
    """One turn: what was said, what was planned, what was answered."""

    kind: Literal["turn"] = "turn"
    words: str
    """What the person said, or the words of the button pressed."""
    plan: Plan
    shown: tuple[str, ...]
    """Ids shown, best first."""
    reasons: tuple[str, ...] = ()
    """The explanation given for each item shown."""
    text: str
    """The reply's text."""
    asked: str = ""
    """The field that the reply put a question about; empty when it put none."""


class Heard(_Event):
    """Another answer was really given to the last turn than ours (teacher forcing)."""

    kind: Literal["heard"] = "heard"
    text: str
    """What was said."""
    items: tuple[str, ...]
    """Ids of the items that it names."""


class Undone(_Event):
    """The turn of this number is taken back."""

    kind: Literal["undone"] = "undone"


Event = Annotated[Known | TurnTaken | Heard | Undone, Field(discriminator="kind")]
