"""What the ranker is told of a turn. Rows and words only: it knows neither plans nor sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.catalogue.store import Catalogue, Rows

_MOST_NAMED = 12
_MOST_LIKED = 200
_LONGEST_SAID = 600
"""Letters of what was said that are encoded; the encoder takes time by length and cuts the end off."""


def _none() -> Rows:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class RankingRequest:
    """A turn, as the ranker sees it."""

    liked: Rows = field(default_factory=_none)
    """Items that the person likes or wants more of, oldest first, the latest 200."""
    named: Rows = field(default_factory=_none)
    """Items that were named in the conversation and are not disliked, oldest first, the latest 12."""
    disliked: Rows = field(default_factory=_none)
    """Items that the person dislikes, oldest first, the latest 200."""
    said: str = ""
    """What the person said, the latest first, at most 600 letters."""
    query: str = ""
    """Soft words of the request in force."""
    preferences: tuple[Constraint | Group, ...] = ()
    """Wishes that may give way."""
    wishes: int = 0
    """How many wishes must hold."""
    turn: int = 1
    """Number of the turn, from 1."""

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        *,
        liked: Sequence[str] = (),
        named: Sequence[str] = (),
        disliked: Sequence[str] = (),
        said: Sequence[str] = (),
        query: str = "",
        conditions: Sequence[Constraint | Group] = (),
        turn: int = 1,
    ) -> Self:
        """Return the request of ids and words; ids that the catalogue does not have are left out.

        Args:
            catalogue: where the ids are looked up.
            liked: ids of items liked, oldest first.
            named: ids of items named, oldest first.
            disliked: ids of items disliked, oldest first.
            said: what the person said, oldest first.
            query: soft words of the request in force.
            conditions: wishes in force.
            turn: number of the turn, from 1.
        """
        preferences = tuple(each for each in conditions if each.strength != "must")
        refused = set(disliked)
        return cls(
            liked=_rows(catalogue, liked)[-_MOST_LIKED:],
            named=_rows(catalogue, [each for each in named if each not in refused])[-_MOST_NAMED:],
            disliked=_rows(catalogue, disliked)[-_MOST_LIKED:],
            said=" ".join(each for each in reversed(said) if each.strip())[:_LONGEST_SAID],
            query=query,
            preferences=preferences,
            wishes=len(conditions) - len(preferences),
            turn=turn,
        )


def _rows(catalogue: Catalogue, ids: Sequence[str]) -> Rows:
    known = [catalogue.row_of[each] for each in ids if each in catalogue.row_of]
    return np.array(known, dtype=np.int64)
