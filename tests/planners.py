"""Planners for tests of what comes after planning."""

from dataclasses import dataclass, field

from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.planners.base import Planned


@dataclass
class PlanQueue:
    """Answers with plans made by hand, in order, then with an empty recommendation."""

    plans: list[Plan] = field(default_factory=list)
    name: str = "queue"

    def plan(self, words, state):
        return Planned(self.plans.pop(0) if self.plans else Plan(act=Act.RECOMMEND), self.name)
