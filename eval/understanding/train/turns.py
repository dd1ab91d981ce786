"""Makes the learners' examples: every hand-written turn as the local planner meets it, with what is right.

The marks are those that the resolver and the rules find, not those written by hand: what nobody finds cannot be
asked about, and what is found without being meant must be learnt to be left alone. Knows no learner.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tastemaker.agent.planners.deciding import act_of
from tastemaker.agent.planners.marks import Mark as FoundMark
from tastemaker.agent.planners.marks import marks, role_in
from tastemaker.agent.planners.role_question import AskedMark, AskedTurn
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.eval.understanding.catalogues import Catalogues
from tastemaker.eval.understanding.example import Example, ExampleMark
from tastemaker.eval.understanding.playing import play
from tastemaker.eval.understanding.request_file import ITEM, Dialogue, Mark
from tastemaker.tools.workspace import Workspace


def examples(dialogues: Iterable[Dialogue], catalogues: Catalogues) -> Iterator[Example]:
    """Yield an example for every turn.

    Args:
        dialogues: marked requests.
        catalogues: the workspaces of their domains.
    """
    planners: dict[str, RulesPlanner] = {}
    for dialogue in dialogues:
        workspace = catalogues.workspace(dialogue.domain)
        if dialogue.domain not in planners:
            planners[dialogue.domain] = RulesPlanner(workspace)
        yield from _turns(dialogue, planners[dialogue.domain], workspace)


def write(path: Path, found: Iterable[Example]) -> int:
    """Write examples, one a line; return how many."""
    lines = [each.model_dump_json() for each in found]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def read(path: Path) -> list[Example]:
    """Return the examples of a file that `write` wrote."""
    return [Example.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def asked(example: Example) -> AskedTurn:
    """Return the turn as it is put to a learner."""
    return AskedTurn(
        example.text,
        example.listed,
        example.rules_act,
        tuple(AskedMark(each.start, each.end, each.kind, each.label, each.rules) for each in example.marks),
    )


def _turns(dialogue: Dialogue, rules: RulesPlanner, workspace: Workspace) -> Iterator[Example]:
    previous = ""
    for played in play(dialogue, rules, workspace):
        words, plan, state = played.turn.user, played.planned.plan, played.state
        yield Example(
            id=dialogue.id,
            turn=played.number,
            domain=dialogue.domain,
            kind=dialogue.kind,
            language=dialogue.language,
            text=words,
            marks=tuple(
                ExampleMark(
                    start=each.start,
                    end=each.end,
                    text=each.text,
                    field=each.field,
                    label=each.label,
                    kind=each.kind,
                    known=True,
                    rules=role_in(plan, each),
                    gold=_gold(each, played.turn.marks, workspace),
                )
                for each in marks(words, plan, state, workspace)
            ),
            listed=bool(state.last_shown),
            previous_act=previous,
            rules_act=act_of(plan),
            gold_act=played.turn.act,
        )
        previous = played.turn.act


def _gold(found: FoundMark, written: Sequence[Mark], workspace: Workspace) -> str:
    """Return the right role of what was found: that of the mark over it, `ignored` when there is none of its kind."""
    for mark in written:
        if mark.start < found.end and found.start < mark.end and _kind(mark, workspace) == found.kind:
            return mark.role
    return "ignored"


def _kind(mark: Mark, workspace: Workspace) -> str:
    if mark.field == ITEM:
        return "item"
    fields = {field.name: field for field in workspace.schema.fields}
    return "number" if mark.field in fields and fields[mark.field].ordered else "facet"
