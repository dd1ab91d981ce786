"""What the catalogue says of one item, and one interaction of a user with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tastemaker.tools.catalogue.constraint import ItemValue


@dataclass(frozen=True)
class Item:
    """One item."""

    id: str
    """The owner's id, unique in the catalogue."""
    title: str
    """The name shown; unique in the catalogue (told apart by a year or the id where names repeat)."""
    values: Mapping[str, ItemValue]
    """Value by field name; None or an empty tuple where missing."""
    interactions: int
    """How many interactions it has."""
    mean_value: float | None
    """Mean of the interactions' values; None without any."""


@dataclass(frozen=True)
class Interaction:
    """One user's interaction with one item."""

    user: str
    """The owner's id of the user."""
    item: str
    """The owner's id of the item."""
    value: float
    """Rating or weight; 1.0 where the log gives none."""
    time: float | None
    """Seconds since 1970; None where the log gives none."""


def names_in(values: Mapping[str, ItemValue], field: str) -> tuple[str, ...]:
    """Return the names that an item carries in a field, be it one or several; none where missing.

    >>> names_in({"kinds": ("Comedy", "War"), "maker": "Jane Doe", "year": None}, "maker")
    ('Jane Doe',)
    """
    value = values.get(field)
    return value if isinstance(value, tuple) else (str(value),) if value else ()
