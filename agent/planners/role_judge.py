"""What a learner says of a turn: how likely each act is, and each role of each mark; and the small model as a learner.

Decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tastemaker.agent.planners.local_model import LocalModel
from tastemaker.agent.planners.role_question import AskedTurn, questions
from tastemaker.agent.trace import Tokens

Probabilities = Mapping[str, float]


@dataclass(frozen=True)
class Judged:
    """Probabilities for one turn."""

    act: Probabilities
    """Of every act."""
    roles: tuple[Probabilities, ...]
    """Of every role, a mark each; marks at the end may be left out."""
    tokens: Tokens = field(default_factory=Tokens)
    """What it cost."""


class RoleJudge(Protocol):
    """Something that judges turns."""

    def judge(self, turn: AskedTurn) -> Judged:
        """Return how likely the acts and roles of a turn are.

        Raises:
            LocalModelError: there is no answer; the message says why.
        """
        ...


@dataclass(frozen=True)
class MixedJudge:
    """Two learners that go wrong in different places: the weighted mean of what they say."""

    first: RoleJudge
    second: RoleJudge
    share: float
    """Weight of the second, from 0 to 1."""

    def judge(self, turn: AskedTurn) -> Judged:
        """Return how likely the acts and roles of a turn are; see `RoleJudge`."""
        return mixed(self.first.judge(turn), self.second.judge(turn), self.share)


def mixed(first: Judged, second: Judged, share: float) -> Judged:
    """Return the weighted mean of what two learners say of a turn.

    Args:
        first: one.
        second: the other; what it leaves out is left out.
        share: its weight, from 0 to 1.
    """

    def mean(one: Probabilities, other: Probabilities) -> Probabilities:
        return {each: (1 - share) * one[each] + share * other[each] for each in one}

    roles = tuple(mean(one, other) for one, other in zip(first.roles, second.roles, strict=False))
    return Judged(mean(first.act, second.act), roles, first.tokens + second.tokens)


class ModelJudge:
    """The small model, asked in one pass."""

    def __init__(self, model: LocalModel) -> None:
        self._model = model

    def judge(self, turn: AskedTurn) -> Judged:
        """Return how likely the acts and roles of a turn are; see `RoleJudge`."""
        asked = questions(turn)
        choices = self._model.choose([(each.text, each.words) for each in asked])
        act, *roles = (
            dict(zip(each.answers, shares, strict=True))
            for each, shares in zip(asked, choices.probabilities, strict=True)
        )
        return Judged(act, tuple(roles), choices.tokens)
