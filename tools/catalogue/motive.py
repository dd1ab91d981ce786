"""Motives: for whom, why or on what occasion an item is wanted, and what of a catalogue seems to suit each.

What suits is the catalogue owner's guess, written in the schema; it orders items and never leaves one out. Knows no
items: see `tastemaker.tools.suit_motive`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
"""Name of a field of the schema."""
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Motive(BaseModel):
    """One motive and what suits it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Text
    """What it is called after "suits" and "for": `a date night`."""
    cues: Annotated[tuple[_Text, ...], Field(min_length=1)]
    """Words by which people tell it: `date night`, `with my girlfriend`."""
    prefers: dict[FieldName, tuple[_Text, ...]] = Field(default_factory=dict)
    """By field, the names of which each that an item carries speaks for it."""
    avoids: dict[FieldName, tuple[_Text, ...]] = Field(default_factory=dict)
    """By field, the names of which each that an item carries speaks against it."""
    at_least: dict[FieldName, float] = Field(default_factory=dict)
    """By field, the number from which on an item suits better."""
    at_most: dict[FieldName, float] = Field(default_factory=dict)
    """By field, the number up to which an item suits better."""

    @model_validator(mode="after")
    def _something_suits(self) -> "Motive":
        if not (self.prefers or self.at_least or self.at_most):
            raise ValueError(f"nothing suits '{self.name}'; give prefers, at_least or at_most")
        return self

    @property
    def names(self) -> Iterator[tuple[str, str, bool]]:
        """Yield field, name and whether it speaks for an item."""
        for told, good in ((self.prefers, True), (self.avoids, False)):
            for field, names in told.items():
                for name in names:
                    yield field, name, good

    @property
    def bounds(self) -> Mapping[str, tuple[float, float]]:
        """The least and the greatest number that suits, by field."""
        fields = dict.fromkeys([*self.at_least, *self.at_most])
        return {
            field: (self.at_least.get(field, float("-inf")), self.at_most.get(field, float("inf"))) for field in fields
        }
