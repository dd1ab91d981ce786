"""`tastemaker bench`: how long a turn takes on this machine, stage by stage, and each tool by itself."""

from pathlib import Path
from typing import Annotated

import typer

from tastemaker.ui.commands.common import (
    JsonOption,
    PlannerOption,
    WithoutOption,
    WorkspaceOption,
    only_json,
    open_workspace,
    print_json,
    progress_bars,
    settings_for,
    terminal,
)


def bench(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...", help="Dialogues whose requests are timed; those of the package or catalogue if none."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    planner: PlannerOption = None,
    without: WithoutOption = None,
    json: JsonOption = False,
) -> None:
    """Time the turns of some dialogues on this machine.

    Each dialogue is played once, after one turn to warm up; its sessions are not kept.
    """
    with only_json(json):
        settings = settings_for(planner, without)
        from tastemaker.eval.bench import run_bench
        from tastemaker.eval.dialogue_file import read_dialogues

        said = [[turn.user for turn in each.turns] for each in read_dialogues(files).dialogues] if files else None
        with open_workspace(settings, workspace) as opened, progress_bars() as progress:
            report = run_bench(opened, settings, said, progress)
    if json:
        print_json(report.model_dump(mode="json"))
    else:
        terminal().print(report.table())
