"""How often a learner is right on examples, alone and over the rules where it is sure.

Knows no learner.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.planners.deciding import sure, sure_role
from tastemaker.agent.planners.role_judge import Judged
from tastemaker.eval.understanding.example import Example

_STEPS = tuple(step / 20 for step in range(6, 20))


@dataclass(frozen=True)
class Verdict:
    """One turn decided."""

    act: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Accuracy:
    """Shares that are right."""

    act: float
    role: float
    turn: float
    """Act and all roles."""


def decided(example: Example, judged: Judged, *, act_from: float = 0.0, role_from: float = 0.0) -> Verdict:
    """Return a learner's verdict where it is at least so sure, the rules' elsewhere.

    Args:
        example: the turn.
        judged: what the learner says of it.
        act_from: probability from which its act counts.
        role_from: probability from which a role of its counts.
    """
    roles = [sure_role(found, mark.rules, role_from) for mark, found in zip(example.marks, judged.roles, strict=False)]
    # A learner may leave out marks at the end.
    roles += [mark.rules for mark in example.marks[len(roles) :]]
    return Verdict(sure(judged.act, example.rules_act, act_from), tuple(roles))


def accuracy(examples: Sequence[Example], verdicts: Sequence[Verdict]) -> Accuracy:
    """Return how often verdicts are right."""
    acts = [each.gold_act == verdict.act for each, verdict in zip(examples, verdicts, strict=True)]
    roles = [
        tuple(mark.gold for mark in each.marks) == verdict.roles
        for each, verdict in zip(examples, verdicts, strict=True)
    ]
    single = [
        mark.gold == role
        for each, verdict in zip(examples, verdicts, strict=True)
        for mark, role in zip(each.marks, verdict.roles, strict=True)
    ]
    both = [act and role for act, role in zip(acts, roles, strict=True)]
    return Accuracy(_share(acts), _share(single), _share(both))


def rules_alone(examples: Sequence[Example]) -> list[Verdict]:
    """Return the rules' verdicts."""
    return [Verdict(each.rules_act, tuple(mark.rules for mark in each.marks)) for each in examples]


def _share(found: Sequence[bool]) -> float:
    return sum(found) / max(len(found), 1)


def best_thresholds(examples: Sequence[Example], judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the probabilities of act and role from which a learner should count: most whole turns right.

    Of equal ones the higher, which leave more to the rules.
    """

    def turns(act: float, role: float) -> float:
        pairs = zip(examples, judged, strict=True)
        return accuracy(examples, [decided(each, one, act_from=act, role_from=role) for each, one in pairs]).turn

    return max(((act, role) for act in _STEPS for role in _STEPS), key=lambda each: (turns(*each), each))
