"""Judges what planners make of marked requests, turn by turn.

A turn is right as a whole when its act, every role and every number are right and nothing is wished that was not
said. Wanted and preferred differ by taste, so a turn also counts leniently, the two taken as one. Names that the
catalogue does not have are left out. Sums nothing up: see `summing`.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from tastemaker.agent.planners.deciding import act_of
from tastemaker.eval.understanding.gold import Meant, meant
from tastemaker.eval.understanding.playing import Played
from tastemaker.eval.understanding.reading import reading
from tastemaker.eval.understanding.request_file import Dialogue
from tastemaker.tools.workspace import Workspace

IGNORED = "ignored"
_LENIENT = {"preferred": "wanted"}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MarkVerdict(_Model):
    """One mark as a planner reads it."""

    text: str
    """As typed."""
    field: str
    gold: str
    """Its right role."""
    got: str
    """Role that the plan gives it; `ignored` when it says nothing of it."""
    number_right: bool = True
    """Whether the plan has its number; true where none is given."""
    known: bool = True
    """Whether the catalogue has what is named; what it lacks is not judged."""

    @property
    def right(self) -> bool:
        """Whether role and number are right."""
        return self.gold == self.got and self.number_right

    @property
    def nearly_right(self) -> bool:
        """Whether they are, wanted and preferred taken as one."""
        return _LENIENT.get(self.gold, self.gold) == _LENIENT.get(self.got, self.got) and self.number_right


class TurnVerdict(_Model):
    """One turn as a planner plans it."""

    dialogue: str
    """Id of its dialogue."""
    turn: int
    """Its number in the dialogue, from 1."""
    domain: str
    kind: str
    language: str
    user: str
    """The plain words."""
    gold_act: str
    act: str
    """Act of the plan; `critique` counts as `recommend`."""
    marks: tuple[MarkVerdict, ...]
    invented: tuple[str, ...]
    """What the plan wishes or rates that no mark speaks of."""
    missing: tuple[str, ...]
    """Names that the catalogue does not have, titles shown included."""
    decided_by: str
    """Planner whose plan it is; another than the one asked after a repair."""
    ms: float
    """Duration of planning in milliseconds."""
    tokens: int
    """Tokens that a language model read and wrote."""
    tokens_written: int = 0
    """Those that it wrote."""
    repairs: int = 0
    """Plans that did not hold: mended, or given up for the fallback's."""
    prompts: dict[str, str]
    """Versions of the prompts used, by id."""
    plan: dict[str, Any]

    @property
    def judged(self) -> tuple[MarkVerdict, ...]:
        """The marks that count."""
        return tuple(mark for mark in self.marks if mark.known)

    @property
    def act_right(self) -> bool:
        """Whether the act is the right one."""
        return self.act == self.gold_act

    @property
    def right(self) -> bool:
        """Whether everything is right."""
        return self.act_right and not self.invented and all(mark.right for mark in self.judged)

    @property
    def nearly_right(self) -> bool:
        """Whether everything is, wanted and preferred taken as one."""
        return self.act_right and not self.invented and all(mark.nearly_right for mark in self.judged)

    @property
    def slots(self) -> tuple[int, int, int]:
        """Roles that the plan gives and are right, roles that it gives, roles that it should give."""
        hit = sum(mark.gold == mark.got != IGNORED for mark in self.judged)
        given = sum(mark.got != IGNORED for mark in self.judged) + len(self.invented)
        return hit, given, sum(mark.gold != IGNORED for mark in self.judged)


def judge(dialogue: Dialogue, played: Played, workspace: Workspace) -> TurnVerdict:
    """Return the verdict on one turn.

    Args:
        dialogue: the dialogue that it is of.
        played: the turn as it was planned.
        workspace: in which it was planned.
    """
    plan = played.planned.plan
    marks = [meant(mark, played.state.last_shown, workspace) for mark in played.turn.marks]
    found = reading(plan, marks, played.state, workspace)
    missing = [each.mark.canonical or each.mark.text for each in marks if not each.known]
    return TurnVerdict(
        dialogue=dialogue.id,
        turn=played.number,
        domain=dialogue.domain,
        kind=dialogue.kind,
        language=dialogue.language,
        user=played.turn.user,
        gold_act=played.turn.act,
        act=act_of(plan),
        marks=_marks(marks, found.roles, found.values),
        invented=found.invented,
        missing=tuple(dict.fromkeys([*missing, *played.missing])),
        decided_by=played.planned.decided_by,
        ms=round(played.ms, 3),
        tokens=played.planned.tokens.input + played.planned.tokens.output,
        tokens_written=played.planned.tokens.output,
        repairs=len(played.planned.repairs),
        prompts=dict(played.planned.prompts),
        plan=plan.model_dump(mode="json"),
    )


def _marks(
    marks: Sequence[Meant], roles: Sequence[str | None], numbers_right: Sequence[bool]
) -> tuple[MarkVerdict, ...]:
    return tuple(
        MarkVerdict(
            text=each.mark.text,
            field=each.mark.field,
            gold=each.mark.role,
            got=role or IGNORED,
            number_right=right or each.mark.role in (IGNORED, "forgotten"),
            known=each.known,
        )
        for each, role, right in zip(marks, roles, numbers_right, strict=True)
    )
