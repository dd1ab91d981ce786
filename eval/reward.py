"""A verifiable reward: one number for an answer of the agent, from what can be checked and nothing else.

An answer is worth nothing when it names an item that does not exist, fails, or does another thing than was asked for;
otherwise it is worth the share of its items that keep what was asked, and of that more when a relevant item is among
the first and the nearer to the top. After "Reinforced Preference Optimization for Recommendation" (ReRe), whose reward
joins a valid item, a hit and its rank. Fit for choosing among several answers and for training. Judges no wording.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
_KEPT = 0.4
"""Worth of an answer that keeps all wishes and holds nothing relevant, where something relevant is known."""
_HIT = 0.3
"""What a relevant item among the first ten adds; the rest is for its rank."""


@dataclass(frozen=True)
class Reward:
    """The reward of one answer and its parts, each from 0 to 1."""

    valid: float
    """1 when every item exists and nothing failed."""
    kept: float
    """Share of the items shown that keep every expected constraint, none excluded among them; 1 with none expected."""
    act: float
    """1 when the answer does what was expected; 1 with nothing expected."""
    hit: float | None = None
    """1 when a relevant item is among the first ten; None when none is known."""
    rank: float | None = None
    """Discounted gain of the first ten (NDCG); None when no relevant item is known."""

    @property
    def value(self) -> float:
        """The reward, from 0 to 1."""
        sound = self.valid * self.act * self.kept
        if self.hit is None or self.rank is None:
            return sound
        return sound * (_KEPT + _HIT * self.hit + (1 - _KEPT - _HIT) * self.rank)

    @classmethod
    def of(cls, scores: Mapping[str, float]) -> "Reward":
        """Return the reward of a turn's scores, as `metrics.turn_scores` gives them."""
        kept = scores.get("constraint_satisfaction", 1.0)
        return cls(
            valid=float(not scores.get("items_not_in_catalogue") and not scores.get("errors")),
            kept=0.0 if scores.get("exclusion_violations") else kept * scores.get("min_items_met", 1.0),
            act=scores.get("behaviour_accuracy", 1.0),
            hit=scores.get("hit@10"),
            rank=scores.get("ndcg@10"),
        )


@dataclass(frozen=True)
class Best(Generic[Thing]):
    """The best of several things."""

    thing: Thing
    number: int
    """Its place among them, from 0."""
    rewards: tuple[Reward, ...]
    """The reward of each, in order."""

    @property
    def gain(self) -> float:
        """By how much the best one's reward is above the first one's, at least 0."""
        return self.rewards[self.number].value - self.rewards[0].value


def best_of(things: Sequence[Thing], reward: Callable[[Thing], Reward]) -> Best[Thing]:
    """Return the thing of the highest reward, the first of equals.

    Raises:
        ValueError: there is none to choose from.
    """
    if not things:
        raise ValueError("there is nothing to choose from")
    rewards = tuple(reward(each) for each in things)
    number = max(range(len(things)), key=lambda k: (rewards[k].value, -k))
    return Best(things[number], number, rewards)
