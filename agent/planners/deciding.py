"""Where the small model is sure enough, its act and roles take the place of those of the rules.

What the person plainly refused never becomes a wish, and a turn that states wishes is never passed over as talk.
Knows no model: it is given probabilities.
"""

from collections.abc import Sequence

from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.agent.planners.mark_roles import with_roles
from tastemaker.agent.planners.marks import Mark, role_in
from tastemaker.agent.planners.role_judge import Judged, Probabilities
from tastemaker.agent.state import State
from tastemaker.tools.workspace import Workspace

ACT_FROM, ROLE_FROM = 0.4, 0.3
"""Probabilities from which the model's act and its roles count; chosen on the tuning part, see decision 0005."""
_AGAINST = frozenset({"refused", "disliked"})
_FOR = frozenset({"wanted", "preferred", "like-this", "liked"})


def sure(found: Probabilities, rules: str, least: float) -> str:
    """Return the likeliest answer where it is likely enough, else that of the rules.

    >>> sure({"wanted": 0.3, "refused": 0.7}, "wanted", 0.6), sure({"wanted": 0.3, "refused": 0.7}, "wanted", 0.8)
    ('refused', 'wanted')
    """
    best = max(found, key=lambda each: found[each])
    return best if found[best] >= least else rules


def sure_role(found: Probabilities, rules: str, least: float) -> str:
    """Return a mark's role: the likeliest where it is likely enough and turns no refusal into a wish.

    Args:
        found: probability of every role.
        rules: the role by the rules.
        least: probability from which another counts.
    """
    role = sure(found, rules, least)
    return rules if rules in _AGAINST and role in _FOR else role


def decided(
    words: str,
    plan: Plan,
    marks: Sequence[Mark],
    judged: Judged,
    state: State,
    workspace: Workspace,
    *,
    act_from: float = ACT_FROM,
    role_from: float = ROLE_FROM,
) -> Plan:
    """Return the rules' plan as a learner corrects it.

    Args:
        words: the request.
        plan: the rules' plan of it.
        marks: its marks.
        judged: what the learner says; marks that it leaves out keep their roles.
        state: what is known before.
        workspace: whose items are spoken of.
        act_from: probability from which its act counts.
        role_from: probability from which a role of its counts.
    """
    hints = [role_in(plan, mark) for mark in marks]
    roles = [
        (mark, sure_role(found, hint, role_from)) for mark, hint, found in zip(marks, hints, judged.roles, strict=False)
    ]
    corrected = with_roles(plan, roles, workspace)
    rules = act_of(plan)
    act = sure(judged.act, rules, act_from)
    return corrected if act == rules else _with_act(words, corrected, Act(act), state)


def act_of(plan: Plan) -> str:
    """Return the act of a plan, a critique taken as a recommendation."""
    return str(Act.RECOMMEND if plan.act is Act.CRITIQUE else plan.act)


def _with_act(words: str, plan: Plan, act: Act, state: State) -> Plan:
    wishes = any(isinstance(change, Require | Rate) for change in plan.changes)
    match act:
        case Act.RECOMMEND:
            said = plan.query or ("" if wishes else " ".join(words.split())[:300])
            return plan.model_copy(update={"act": act, "query": said, "subject": ()})
        case Act.EXPLAIN:
            answerable = plan.subject or state.last_shown
            return plan.model_copy(update={"act": act, "query": ""}) if answerable and not wishes else plan
        case Act.UNDO:
            return plan if wishes or not state.exchanges else Plan(act=act, language=plan.language)
        case _:
            return plan if wishes else Plan(act=act, talk=plan.talk, language=plan.language, unresolved=plan.unresolved)
