"""Scripted dialogues: what a person says, turn by turn, and what is expected of the answers.

Only the format: no catalogue is looked at and nothing is judged. Reading files is `tastemaker.eval.dialogue_file`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tastemaker.tools.catalogue.constraint import Operator, Scalar

Behaviour = Literal["recommend", "ask", "chat", "explain", "empty"]
ExpectedOperator = Literal[
    Operator.CONTAINS_ANY,
    Operator.CONTAINS_NONE,
    Operator.CONTAINS_ALL,
    Operator.EQUAL,
    Operator.NOT_EQUAL,
    Operator.AT_LEAST,
    Operator.AT_MOST,
    Operator.BETWEEN,
]
_BOUNDS = frozenset({Operator.AT_LEAST, Operator.AT_MOST})


def _as_id(value: object) -> object:
    """Take a whole number for the id that it spells, as YAML and careless JSON write ids."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_values(value: object) -> object:
    """Take one value for a list of one, and a date of YAML for its ISO form."""
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(each.isoformat() if isinstance(each, date) else each for each in values)


def _as_behaviours(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _none_as_empty(value: object) -> object:
    return () if value is None else value


ItemId = Annotated[str, BeforeValidator(_as_id), Field(min_length=1)]
ItemIds = Annotated[tuple[ItemId, ...], BeforeValidator(_none_as_empty)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ExpectedConstraint(_Model):
    """What every shown item has to keep. Text compares as a substring, without case, accents and punctuation."""

    field: str
    """Name of a field of the catalogue."""
    op: ExpectedOperator
    """The comparison."""
    value: Annotated[tuple[Scalar, ...], BeforeValidator(_as_values), Field(min_length=1)]
    """The values compared with: two for `between` (inclusive), one for `>=` and `<=`, one or more else."""

    @model_validator(mode="after")
    def _counts_fit(self) -> "ExpectedConstraint":
        if self.op is Operator.BETWEEN and len(self.value) != 2:
            raise ValueError("between needs two values: [lowest, highest]")
        if self.op in _BOUNDS and len(self.value) != 1:
            raise ValueError(f"{self.op} needs one value")
        return self

    def __str__(self) -> str:
        values = [str(each) for each in self.value]
        if self.op is Operator.BETWEEN:
            return f"{self.field} between {values[0]} and {values[1]}"
        return f"{self.field} {self.op.replace('_', ' ')} {', '.join(values)}"


class Expectation(_Model):
    """What is expected of the answer to one turn."""

    constraints: Annotated[tuple[ExpectedConstraint, ...], BeforeValidator(_none_as_empty)] = ()
    """Kept by every item shown."""
    exclude_items: ItemIds = ()
    """Ids that must not be shown."""
    min_items: Annotated[int, Field(ge=0)] | None = None
    """Items to show at least."""
    behaviour: Annotated[tuple[Behaviour, ...], BeforeValidator(_as_behaviours), Field(min_length=1)] | None = None
    """What the reply may do; one or several."""


class Turn(_Model):
    """One thing that the person says."""

    user: str
    """The words; empty where the other side opened the conversation."""
    assistant: str | None = None
    """What was really answered: the next turn continues from it (teacher forcing). The agent's own reply when None."""
    mentioned: ItemIds = ()
    """Ids named in the dialogue up to this turn; dropped from the ranking."""
    relevant: ItemIds = ()
    """Ids that count as a hit."""
    expect: Expectation | None = None
    """What is expected of the answer."""


class Dialogue(_Model):
    """One conversation. Only `user`, `history` and what is said ever reaches the system under test."""

    id: Annotated[str, BeforeValidator(_as_id), Field(min_length=1)]
    """Unique among the dialogues of a run."""
    user: Annotated[str | None, BeforeValidator(_as_id)] = None
    """A user of the interaction log, whose history the session starts from."""
    history: ItemIds = ()
    """Ids of the items that the person liked before, oldest first."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    """The turns in order."""

    def named_until(self, turn: int) -> frozenset[str]:
        """Return the ids that are mentioned in the turns up to and with this one, counted from 0."""
        return frozenset(item for each in self.turns[: turn + 1] for item in each.mentioned)


def item_ids(dialogues: Sequence[Dialogue]) -> frozenset[str]:
    """Return every item id that the dialogues speak of."""
    return frozenset(
        item
        for dialogue in dialogues
        for ids in (
            dialogue.history,
            *(turn.mentioned for turn in dialogue.turns),
            *(turn.relevant for turn in dialogue.turns),
            *(turn.expect.exclude_items for turn in dialogue.turns if turn.expect),
        )
        for item in ids
    )
