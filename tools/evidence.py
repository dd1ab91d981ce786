"""Evidence: a fact with its source, to which every claim of an explanation is bound."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Source = Literal["catalogue", "interactions", "person", "tool"]


class Evidence(BaseModel):
    """One fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    """`catalogue`: an item's value; `interactions`: a statistic; `person`: what was said; `tool`: what a tool found."""
    name: str
    """Field, statistic or tool that it comes from: `year`, `interactions`, `similar_items`."""
    value: str | float | tuple[str, ...]
    """The fact itself: a value, a number, or the titles of the items it speaks of."""
    about: str = ""
    """Id of the item that the fact is about; empty when about the person."""
