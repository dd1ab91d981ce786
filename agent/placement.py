"""Placement: why each item of a list stands where it stands, so that every score can be computed again.

Knows what the tools and the ranker said; what the person is told of it is for the chat.
"""

from collections.abc import Iterable

import numpy as np
from pydantic import BaseModel, ConfigDict

from tastemaker.agent.ordering import Order
from tastemaker.tools.fusion import vote
from tastemaker.tools.ranking.feature_names import FEATURES
from tastemaker.tools.ranking.ranker import Ranker

_MOST_CONTRIBUTIONS = 6
_DECIMALS = 9


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Vote(_Model):
    """What one ranking adds to an item's score: weight / (60 + place)."""

    call: str
    """The call whose answer it is, or `ranker`."""
    place: int
    """Place of the item in the answer, from 1."""
    weight: float
    adds: float


class Contribution(_Model):
    """What one feature adds to the ranker's score of an item."""

    feature: str
    value: float | None
    """The feature's value; None where it is not known."""
    adds: float


class Learned(_Model):
    """The ranker's score of an item: `base`, all contributions and `others` together."""

    score: float
    base: float
    """The same for every item."""
    contributions: tuple[Contribution, ...]
    """The features that add or take most, at most six."""
    others: float
    """What all other features add together."""


class Placement(_Model):
    """Why one item stands where it stands."""

    item: str
    """Its id."""
    score: float
    """The sum of the votes. Dials, diversity and preferences that gave way may move items after it."""
    votes: tuple[Vote, ...]
    learned: Learned | None = None
    """None where no ranker was asked, or the ranker did not have the item."""


def placements(order: Order, ranker: Ranker | None, items: Iterable[tuple[str, int]]) -> tuple[Placement, ...]:
    """Return why each item stands where it stands.

    Args:
        order: how the candidates were ordered.
        ranker: who ranked them, if anybody.
        items: ids and rows of the items.
    """
    known = list(items)
    learned = _learned(order, ranker, [row for _, row in known])
    return tuple(_placement(order, item, row, learned.get(row)) for item, row in known)


def _placement(order: Order, item: str, row: int, learned: Learned | None) -> Placement:
    votes = []
    for proposal in order.heard:
        found = np.flatnonzero(proposal.candidates.rows == row)
        if len(found) and proposal.weight > 0:
            place = int(found[0]) + 1
            votes.append(Vote(call=proposal.call, place=place, weight=proposal.weight, adds=vote(proposal, place)))
    return Placement(
        item=item, score=round(sum(each.adds for each in votes), _DECIMALS), votes=tuple(votes), learned=learned
    )


def _learned(order: Order, ranker: Ranker | None, rows: list[int]) -> dict[int, Learned]:
    ranking = order.ranking
    if ranker is None or ranking is None:
        return {}
    shown = [row for row in rows if row in ranking.rows]
    if not shown:
        return {}
    features = ranking.features[np.searchsorted(ranking.rows, shown)]
    found = {}
    for row, values, adds in zip(shown, features, ranker.contributions(features), strict=True):
        most = np.argsort(-np.abs(adds[:-1]), kind="stable")[:_MOST_CONTRIBUTIONS]
        contributions = tuple(
            Contribution(
                feature=FEATURES[column],
                value=round(float(values[column]), 4) if np.isfinite(values[column]) else None,
                adds=round(float(adds[column]), _DECIMALS),
            )
            for column in most
        )
        found[row] = Learned(
            score=round(float(adds.sum()), _DECIMALS),
            base=round(float(adds[-1]), _DECIMALS),
            contributions=contributions,
            others=round(float(np.delete(adds[:-1], most).sum()), _DECIMALS),
        )
    return found
