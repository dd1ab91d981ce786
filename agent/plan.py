"""Plans. A planner writes a `Draft`, in names; grounding turns it into a `Plan`, in ids and catalogue values.

A draft may come from a model, so it is validated and nothing in it is trusted. A plan is what is executed and what
the trace keeps.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tastemaker.agent.dials import TurnDial
from tastemaker.tools.catalogue.constraint import Condition


class Act(StrEnum):
    """What a turn is for."""

    RECOMMEND = "recommend"
    """Find items for a wish, new or continued."""
    CRITIQUE = "critique"
    """Change the last list: more like one, not that, shorter."""
    EXPLAIN = "explain"
    """Say something of an item or of the list."""
    CHAT = "chat"
    """Greeting, thanks, help, small talk."""
    ASK = "ask"
    """Too little was said; show first suggestions and put one question."""
    UNDO = "undo"
    """Take the last turn back."""


Opinion = Literal["like", "dislike", "seen", "anchor"]
"""What is felt of an item; `anchor` asks for items like it, for this request."""


Force = Literal["mild", "plain", "strong"]
"""How firmly an opinion is held: "kind of liked", "liked", "absolutely loved"."""


Talk = Literal["greeting", "thanks", "goodbye", "help", "beliefs", "out_of_scope", "other"]
"""What a `chat` turn is about; `beliefs` asks what is believed of the person, and from which words."""


InquiryKind = Literal["facts", "reason", "compare", "most", "least"]
"""What is asked of items: their facts, why they were recommended, how they differ, which has most or least of a field.
"""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedOpinion(_Model):
    """An opinion on an item named as the person named it."""

    opinion: Opinion
    name: str = Field(min_length=1, max_length=300)
    """Title of the item; an id is not understood."""
    said: str = Field(default="", max_length=500)
    """The person's words."""
    because: str = Field(default="", max_length=500)
    """The reason given, in the person's words."""
    force: Force = "plain"
    """How firmly it is held."""


class Inquiry(_Model):
    """What an `explain` turn asks of its items."""

    kind: InquiryKind = "facts"
    fields: tuple[str, ...] = Field(default=(), max_length=20)
    """Fields asked about; everything known when empty."""
    checks: tuple[Condition, ...] = Field(default=(), max_length=20)
    """Conditions that it asks whether an item meets: "is it a comedy?"."""
    quality: str = Field(default="", max_length=200)
    """What is asked that no field tells: "sad"."""


class ToolCall(_Model):
    """One call of a tool."""

    tool: str = Field(max_length=64)
    """Name of a declared tool."""
    arguments: dict[str, Any] = Field(default_factory=dict)
    """Arguments by the tool's schema; in a draft, items are titles, in a plan, ids."""


class SaidMotive(_Model):
    """For whom, why or on what occasion items are wanted."""

    name: str = Field(min_length=1, max_length=120)
    """Name of a motive of the schema; in a draft, words that tell it will do."""
    said: str = Field(default="", max_length=500)
    """The person's words."""


class ReadMood(_Model):
    """A mood and what it was taken to mean, a guess."""

    said: str = Field(min_length=1, max_length=1000)
    """The soft words that were read."""
    field: str
    """The field of the names."""
    names: tuple[str, ...] = Field(min_length=1, max_length=10)
    """Names of the catalogue; an item that carries one is preferred."""


class Draft(_Model):
    """What a planner understands of one turn."""

    act: Act = Act.RECOMMEND
    wishes: tuple[Condition, ...] = Field(default=(), max_length=20)
    """Conditions on the items, values as said or as in the catalogue."""
    opinions: tuple[NamedOpinion, ...] = Field(default=(), max_length=50)
    """Items named, and what is felt of them."""
    forget: tuple[str, ...] = Field(default=(), max_length=20)
    """Earlier wishes to take back: field names, values or words."""
    beside: bool = False
    """Whether the wishes stand beside earlier ones about the same fields: "and also"."""
    start_over: bool = False
    """Whether all earlier wishes are taken back."""
    query: str = Field(default="", max_length=1000)
    """The soft part of the request, for text and dense search: moods, themes, plots."""
    count: int | None = Field(default=None, ge=1, le=50)
    """How many items are wanted; the default when None."""
    subject: tuple[str, ...] = Field(default=(), max_length=10)
    """Titles that an `explain` turn is about; the last list when empty."""
    calls: tuple[ToolCall, ...] = Field(default=(), max_length=12)
    """Tool calls in order; the standard pipeline when empty."""
    talk: Talk = "other"
    """What a `chat` turn is about."""
    language: str = Field(default="", max_length=8)
    """Code of the language that the turn was said in; empty when its words do not tell."""
    gloss: str = Field(default="", max_length=8000)
    """The turn word by word in English; empty when it was said in English, or nobody glossed it."""
    inquiry: Inquiry = Inquiry()
    """What an `explain` turn asks."""
    avoid: tuple[str, ...] = Field(default=(), max_length=20)
    """Themes to have less of, in the person's words: "less violent"."""
    motives: tuple[SaidMotive, ...] = Field(default=(), max_length=10)
    """For whom, why and on what occasion items are wanted."""
    dials: tuple[TurnDial, ...] = Field(default=(), max_length=20)
    """Dials that are turned."""
    typed: tuple[tuple[str, str], ...] = ()
    """Soft words of the draft, which are English, each with what was typed for it in another language."""


class Require(_Model):
    """A condition joins the state; it replaces an earlier one that it contradicts."""

    kind: Literal["require"] = "require"
    condition: Condition
    beside: bool = False
    """Whether it stands beside earlier wishes about its field, as "and also" asks, instead of replacing them."""


class Rate(_Model):
    """An opinion on an item joins the state."""

    kind: Literal["rate"] = "rate"
    opinion: Opinion
    item_id: str
    title: str
    said: str = ""
    because: str = ""
    """The reason given, in the person's words."""
    force: Force = "plain"
    """How firmly it is held."""


class Forget(_Model):
    """Wishes and opinions that match are taken back."""

    kind: Literal["forget"] = "forget"
    what: str
    """A field name, a value, a title or a word of what was said."""


class StartOver(_Model):
    """All wishes of the conversation are taken back; opinions on items stay."""

    kind: Literal["start_over"] = "start_over"


StateChange = Annotated[Require | Rate | Forget | StartOver | TurnDial, Field(discriminator="kind")]


class Unresolved(_Model):
    """A name that the catalogue does not have."""

    name: str
    """As said."""
    looked_in: tuple[str, ...] = ()
    """Fields searched; all when empty."""
    nearest: tuple[str, ...] = ()
    """Names in the catalogue that come nearest, for "did you mean"."""


class Plan(_Model):
    """What is done this turn."""

    act: Act
    changes: tuple[StateChange, ...] = ()
    """Changes to the state, in order."""
    query: str = ""
    """Words for text and dense search."""
    count: int | None = None
    """How many items are wanted; the default when None."""
    subject: tuple[str, ...] = ()
    """Ids of the items that an `explain` turn is about."""
    calls: tuple[ToolCall, ...] = ()
    """Tool calls in order, items as ids."""
    unresolved: tuple[Unresolved, ...] = ()
    """Names that were looked for in vain; the reply says so."""
    talk: Talk = "other"
    """What a `chat` turn is about."""
    language: str = Field(default="", max_length=8)
    """Code of the language that the turn was said in; empty when its words do not tell."""
    gloss: str = Field(default="", max_length=8000)
    """The turn word by word in English; empty when it was said in English, or nobody glossed it."""
    inquiry: Inquiry = Inquiry()
    """What an `explain` turn asks."""
    avoid: tuple[str, ...] = ()
    """Themes to have less of, in the person's words; they join the state."""
    motives: tuple[SaidMotive, ...] = ()
    """Motives of the schema; they order items and leave none out."""
    mood: ReadMood | None = None
    """What the soft words seem to mean in the catalogue's names, which order items and leave none out."""
    typed: tuple[tuple[str, str], ...] = ()
    """Soft words of the plan, which are English, each with what was typed for it in another language."""

    @model_validator(mode="before")
    @classmethod
    def _reads_logs_with_one_dial(cls, data: Any) -> Any:
        """Read a plan of a session from when adventure, a number beside the changes, was the only dial."""
        if not isinstance(data, dict) or "adventure" not in data:
            return data
        level = data["adventure"]
        turned = [] if level is None else [{"kind": "turn_dial", "dial": "adventure", "level": level}]
        rest = {key: value for key, value in data.items() if key != "adventure"}
        return rest | {"changes": [*rest.get("changes", ()), *turned]}
