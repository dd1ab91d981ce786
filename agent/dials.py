"""The dials: how a person wants to be served, whatever they ask for. Each goes from -1 to 1, and 0 is neutral.

Holds where they stand and the words that turned them; what a dial does to a list is for `tastemaker.agent.steering`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from tastemaker.agent.errors import SessionError
from tastemaker.tools.catalogue.normalise import normalise

DialName = Literal["adventure", "diversity", "recency", "fame"]
DIALS: tuple[DialName, ...] = get_args(DialName)
"""Every dial, in the order in which they are told."""
Level = Annotated[float, Field(ge=-1, le=1)]
_CALLED: Mapping[DialName, frozenset[str]] = {
    "adventure": frozenset({"adventurousness", "surprise", "surprises", "to be surprised", "nothing daring"}),
    "diversity": frozenset({"variety", "more variety", "more of one kind"}),
    "recency": frozenset({"recent ones", "rather recent ones", "older ones", "rather older ones"}),
    "fame": frozenset({"well known ones", "lesser known ones"}),
}
"""Words by which a dial is taken back, beside its own ("fame dial") and those that turned it."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TurnDial(_Model):
    """A dial is turned."""

    kind: Literal["turn_dial"] = "turn_dial"
    dial: DialName
    level: Level
    """Where it stands from now on; 0 takes it back."""
    said: str = Field(default="", max_length=500)
    """The person's words; empty when it was turned by number."""


class Dials(_Model):
    """Where all dials stand."""

    adventure: Level = 0.0
    """From what is close to the person's likes and well known, to what is far from them and little known."""
    diversity: Level = 0.0
    """From items of one kind to items that differ from each other."""
    recency: Level = 0.0
    """From older to newer items."""
    fame: Level = 0.0
    """From little known to well-known items."""
    said: dict[DialName, str] = {}
    """The words that turned each dial, where it was turned by words."""

    @property
    def turned(self) -> dict[DialName, float]:
        """Level by name of the dials that are not neutral, in their order."""
        return {name: level for name in DIALS if (level := float(getattr(self, name)))}

    def after(self, turn: TurnDial) -> "Dials":
        """Return the dials after one is turned."""
        said = {name: words for name, words in self.said.items() if name != turn.dial}
        if turn.level and turn.said:
            said[turn.dial] = turn.said
        return self.model_copy(update={turn.dial: turn.level, "said": said})

    def without(self, what: str) -> "Dials":
        """Return the dials with those neutral that are taken back, by their names or by words that turned them."""
        word = normalise(what)
        if not word:
            return self
        dials = self
        for name in self.turned:
            said = f" {normalise(self.said.get(name, ''))} "
            if word == normalise(called(name)) or word in _CALLED[name] or f" {word} " in said:
                dials = dials.after(TurnDial(dial=name, level=0.0))
        return dials


def called(dial: DialName) -> str:
    """Return the words by which one dial, and nothing else, is taken back."""
    return f"{dial} dial"


def turns(levels: Mapping[str, float]) -> tuple[TurnDial, ...]:
    """Return the changes that set dials by number.

    Args:
        levels: level from -1 to 1 by the name of a dial.

    Raises:
        SessionError: there is no such dial, or a level is out of bounds.
    """
    found = []
    for name, level in levels.items():
        dial = next((each for each in DIALS if each == name), None)
        if dial is None:
            raise SessionError(f"There is no dial '{name[:60]}'; the dials are {', '.join(DIALS)}.")
        if not -1 <= level <= 1:
            raise SessionError(f"The dial '{dial}' cannot stand at {level:g}; give a number from -1 to 1.")
        found.append(TurnDial(dial=dial, level=level))
    return tuple(found)
