"""Turns marked requests into examples for learners: the words, what the rules say of them, what is right.

`python -m tastemaker.eval.understanding.examples OUT.jsonl --set FILE …` writes them, a turn a line. Knows no learner.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tastemaker.agent.planners.base import Planner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.settings import Settings
from tastemaker.eval.understanding.catalogues import Catalogues, declared_schemas, read_all
from tastemaker.eval.understanding.example import Example, ExampleMark
from tastemaker.eval.understanding.gold import label_of, meant
from tastemaker.eval.understanding.playing import Played, play
from tastemaker.eval.understanding.reading import reading
from tastemaker.eval.understanding.request_file import Dialogue
from tastemaker.eval.understanding.scoring import IGNORED, act_of
from tastemaker.tools.workspace import Workspace


def examples(
    dialogues: Sequence[Dialogue], planner_factory: Callable[[Workspace], Planner], catalogues: Catalogues
) -> list[Example]:
    """Return every turn as an example.

    Args:
        dialogues: marked requests of any domains.
        planner_factory: makes the planner whose reading is the hint: `RulesPlanner`.
        catalogues: the workspaces of the domains.
    """
    planners: dict[str, Planner] = {}
    found = []
    for dialogue in dialogues:
        workspace = catalogues.workspace(dialogue.domain)
        if dialogue.domain not in planners:
            planners[dialogue.domain] = planner_factory(workspace)
        previous = ""
        for played in play(dialogue, planners[dialogue.domain], workspace):
            found.append(_example(dialogue, played, previous, workspace))
            previous = played.turn.act
    return found


def _example(dialogue: Dialogue, played: Played, previous: str, workspace: Workspace) -> Example:
    marks = [meant(mark, played.state.last_shown, workspace) for mark in played.turn.marks]
    roles = reading(played.planned.plan, marks, played.state, workspace).roles
    return Example(
        id=dialogue.id,
        turn=played.number,
        domain=dialogue.domain,
        kind=dialogue.kind,
        language=dialogue.language,
        text=played.turn.user,
        marks=tuple(
            ExampleMark(
                start=each.mark.start,
                end=each.mark.end,
                text=each.mark.text,
                field=each.mark.field,
                label=label_of(each.mark, workspace.schema),
                kind=each.kind,
                known=each.known,
                rules=role or IGNORED,
                gold=each.mark.role,
            )
            for each, role in zip(marks, roles, strict=True)
        ),
        listed=bool(played.state.last_shown),
        previous_act=previous,
        rules_act=act_of(played.planned.plan),
        gold_act=played.turn.act,
    )


def main(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write, JSONL.")],
    sets: Annotated[list[Path], typer.Option("--set", metavar="FILE", help="Marked requests; several times.")],
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", metavar="NAME|PATH")] = None,
) -> None:
    """Write the turns of marked requests as examples, with what the rules say of each."""
    with Workspace.open(Settings().workspace_path(workspace)) as given:
        dialogues = read_all(sets, declared_schemas(given.schema))
        with Catalogues(Settings().home, given, dialogues) as catalogues:
            found = examples(dialogues, RulesPlanner, catalogues)
    out.write_text("".join(f"{each.model_dump_json()}\n" for each in found), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
