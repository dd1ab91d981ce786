"""Plans by rules, corrected by a learner where it is sure: the act of the turn and the role of each mark in it.

Knows no learner; when one gives no answer, the rules' plan stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tastemaker.agent.planners.base import Planned, Planner, Replanner, rules_instead
from tastemaker.agent.planners.deciding import ACT_FROM, ROLE_FROM, act_of, decided
from tastemaker.agent.planners.local_model import LocalModelError
from tastemaker.agent.planners.marks import marks, role_in
from tastemaker.agent.planners.role_judge import RoleJudge
from tastemaker.agent.planners.role_question import PROMPT, AskedMark, AskedTurn
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt
from tastemaker.prompts.library import load
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class RolePlanner:
    """Asks a learner for the act and the roles of the marks."""

    workspace: Workspace
    """What is recommended from."""
    judge: RoleJudge
    """The learner."""
    rules: Planner
    """Who plans first."""
    name: str = "local"
    """Name in traces and reports."""
    act_from: float = ACT_FROM
    """Probability from which the learner's act counts."""
    role_from: float = ROLE_FROM
    """Probability from which a role of its counts."""

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn."""
        planned = self.rules.plan(words, state)
        if not words.strip() or planned.warnings:
            return planned
        found = marks(words, planned.plan, state, self.workspace)
        hints = tuple(
            AskedMark(each.start, each.end, each.kind, each.label, role_in(planned.plan, each)) for each in found
        )
        prompt = load(PROMPT)
        prompts = ((prompt.id, prompt.version), *planned.prompts)
        try:
            judged = self.judge.judge(AskedTurn(words, bool(state.last_shown), act_of(planned.plan), hints))
        except LocalModelError as error:
            warnings = (rules_instead(str(error)), *planned.warnings)
            return replace(planned, warnings=warnings, prompts=prompts)
        sureness = {"act_from": self.act_from, "role_from": self.role_from}
        plan = decided(words, planned.plan, found, judged, state, self.workspace, **sureness)
        return Planned(plan, self.name, planned.repairs, planned.warnings, prompts, judged.tokens, planned.steps)

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return the rules' second plan: a role is a choice among what the rules read."""
        return self.rules.replan(words, state, tried) if isinstance(self.rules, Replanner) else None
