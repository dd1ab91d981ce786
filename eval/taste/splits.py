"""Splits of people for strong generalisation: whoever is scored was not there when a scorer was fitted.

Of the people with at least five likes a tenth is tested and a tenth chooses settings; the others train. Four fifths of
a held-out person's likes are given, the rest are to be found in the whole catalogue.
"""

from dataclasses import dataclass, replace

import numpy as np

from tastemaker.eval.taste.data import Interactions, matrix_of, rows_of
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.item_weights import Likes

_LEAST, _HELD, _GIVEN = 5, 0.1, 0.8


@dataclass(frozen=True)
class Held:
    """People held out."""

    people: Rows
    """Their numbers, shape (people,)."""
    given: Likes
    """What is known of them, people by items."""
    wanted: tuple[Rows, ...]
    """What is to be found for each, at least one row."""

    def with_given(self, most: int, seed: int) -> "Held":
        """Return the same people with at most some of their likes given, drawn at random."""
        draw = np.random.default_rng([seed, most])
        lists = [rows_of(self.given, place) for place in range(len(self.people))]
        fewer = [np.sort(draw.permutation(rows)[:most]) for rows in lists]
        return replace(self, given=matrix_of(fewer, self.given.shape[1]))


@dataclass(frozen=True)
class Split:
    """One way to part people."""

    seed: int
    train: Likes
    """What the training people like, people by items."""
    validation: Held
    """Chooses the settings."""
    test: Held
    """Is scored once."""


def split(data: Interactions, seed: int) -> Split:
    """Return the split of a seed."""
    draw = np.random.default_rng(seed)
    able = np.flatnonzero(np.diff(data.likes.indptr) >= _LEAST)
    order = able[draw.permutation(len(able))]
    count = max(1, round(_HELD * len(able)))
    test, validation = (_held(data.likes, part, draw) for part in (order[:count], order[count : 2 * count]))
    return Split(seed, data.likes[np.sort(order[2 * count :])], validation, test)


def _held(likes: Likes, people: Rows, draw: np.random.Generator) -> Held:
    given, wanted = [], []
    for person in people:
        rows = draw.permutation(rows_of(likes, int(person)))
        count = round(_GIVEN * len(rows))
        given.append(np.sort(rows[:count]))
        wanted.append(np.sort(rows[count:]))
    return Held(people, matrix_of(given, likes.shape[1]), tuple(wanted))
