"""One turn of a marked request as a learner sees it: the words, what the rules say of them, what is right.

Made by `train.turns`, written a line a turn by `tastemaker.eval.understanding.examples`. Knows no learner.
"""

from pydantic import BaseModel, ConfigDict

from tastemaker.agent.planners.marks import MarkKind


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExampleMark(_Model):
    """One mark of a turn."""

    start: int
    """Place of its first letter in the text."""
    end: int
    """Place after its last letter."""
    text: str
    """As typed."""
    field: str
    """Field of the schema, `item` or `person`."""
    label: str
    """What people call the field; the noun for an item."""
    kind: MarkKind
    """Which roles it can have."""
    known: bool
    """Whether the catalogue has what is named; always true of numbers."""
    rules: str
    """Role that the rules give it; `ignored` when they say nothing of it."""
    gold: str
    """Its right role."""


class Example(_Model):
    """One turn."""

    id: str
    """Id of its dialogue."""
    turn: int
    """Its number in the dialogue, from 1."""
    domain: str
    kind: str
    language: str
    text: str
    """What the person says."""
    marks: tuple[ExampleMark, ...]
    """In order."""
    listed: bool
    """Whether a list has been shown before."""
    previous_act: str
    """Right act of the turn before; empty in the first."""
    rules_act: str
    """Act that the rules see; `critique` counts as `recommend`."""
    gold_act: str
    """Right act."""
