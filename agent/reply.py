"""The reply: what a turn gives back, to the chat, to Python and as JSON."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tastemaker.agent.trace import Trace
from tastemaker.tools.catalogue.constraint import Condition, Strength, Verdict
from tastemaker.tools.evidence import Evidence

ReplyAct = Literal["recommend", "ask", "chat", "explain", "empty", "error"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownItem(_Model):
    """An item as it is shown."""

    id: str
    title: str
    values: dict[str, str | float | tuple[str, ...] | None]
    """Value by field name; None or empty where missing."""
    interactions: int = 0
    mean_value: float | None = None
    new: bool = False
    """Whether nobody has interacted with it yet, in a catalogue that has interactions."""


class CertificateEntry(_Model):
    """Whether an item meets one condition or preference."""

    wish: str
    """The condition in words: `from 1980 to 1989`."""
    strength: Strength
    verdict: Verdict
    relaxed: bool = False
    """Whether the condition was dropped this turn because too few items kept it."""
    said: str = ""
    """The person's words that it came from."""
    condition: Condition | None = None
    """The condition itself; None for a preference on items."""


class Recommendation(_Model):
    """One recommended item."""

    rank: int
    """From 1."""
    item: ShownItem
    score: float
    """Fused score; comparable within one reply only."""
    explanation: str
    """Why, in words; every fact in it is in `evidence`."""
    evidence: tuple[Evidence, ...]
    certificate: tuple[CertificateEntry, ...]
    """One entry for every condition in force."""


class Chip(_Model):
    """A ready answer that the chat offers as a button."""

    label: str
    """Words on the button."""
    words: str
    """What saying it says."""


class Reply(_Model):
    """What a turn answers."""

    text: str
    """All that is said, the list included."""
    act: ReplyAct
    opening: str = ""
    """What is said before the list: what was understood, what was not found, what had to give way."""
    closing: str = ""
    """What is said after the list: a question, or nothing."""
    recommendations: tuple[Recommendation, ...] = ()
    chips: tuple[Chip, ...] = ()
    """Ready answers, at most four."""
    asked: str = ""
    """The field that the question at the end is about; empty when none is put."""
    evidence: tuple[Evidence, ...] = ()
    """What an answer about items rests on; that of recommendations is theirs."""
    trace: Trace
    ranked: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """Ids of the whole ranked list, shown items first, at most 200; not part of the JSON."""

    def ranking(self, k: int) -> list[str]:
        """Return the ids of the best k items, shown ones first, as evaluation uses them."""
        return list(self.ranked[:k])

    def as_json(self) -> dict[str, object]:
        """Return the reply as the command line prints it."""
        found = self.model_dump(mode="json", exclude={"recommendations"})
        found["recommendations"] = [
            {
                "rank": each.rank,
                "item_id": each.item.id,
                "title": each.item.title,
                **each.model_dump(mode="json", include={"score", "explanation", "evidence", "certificate"}),
                "values": each.item.model_dump(mode="json")["values"],
            }
            for each in self.recommendations
        ]
        return found
