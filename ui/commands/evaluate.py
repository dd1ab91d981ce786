"""`tastemaker eval`: scripted dialogues through agents and baselines."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import (
    JsonOption,
    WorkspaceOption,
    only_json,
    open_workspace,
    print_json,
    progress_bars,
    settings_with,
    terminal,
)


def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Dialogues, JSONL or YAML.")],
    workspace: WorkspaceOption = None,
    system: Annotated[
        list[str] | None,
        typer.Option(
            "--system",
            metavar="NAME",
            help="agent:rules, agent:local, agent:chat, or a baseline: popular, bm25, dense, taste, fusion; "
            "may be given several times. 'rules' is short for agent:rules.",
        ),
    ] = None,
    planner: Annotated[
        list[str] | None,
        typer.Option("--planner", metavar="NAME", help="Same as --system agent:NAME; may be given several times."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the report here, as JSON.")] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="TOOL",
            help="Run each agent again without this tool and report the difference; may be given several times.",
        ),
    ] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Same as --without for every tool.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the bootstrap intervals.")] = 7,
    json: JsonOption = False,
) -> None:
    """Run scripted dialogues and report the results.

    Means have 95% bootstrap intervals. An interrupted run with --out goes on where it was.
    """
    with only_json(json):
        from tastemaker.agent.settings import PlannerName

        settings = settings_with()
        systems = [*(system or []), *(f"agent:{name}" for name in planner or [])] or [f"agent:{settings.planner}"]
        systems = [f"agent:{name}" if name in get_args(PlannerName) else name for name in systems]
        if out and not out.parent.is_dir():
            raise UserError(f"There is no directory {out.parent} for the report; create it or name another file.")
        from tastemaker.eval.report import partial_path
        from tastemaker.eval.runner import run_evaluation
        from tastemaker.eval.system_names import check_systems
        from tastemaker.tools.registry import TOOLS

        check_systems(systems)
        with open_workspace(settings, workspace) as opened, progress_bars() as progress:
            report = run_evaluation(
                files,
                opened,
                systems,
                seed,
                settings,
                without=list(TOOLS) if ablate else without or [],
                progress=progress,
                partial=partial_path(out) if out else None,
            )
    if out:
        report.save(out)
    if json:
        print_json(report.model_dump(mode="json"))
        return
    console = terminal()
    console.print(report.table())
    if out:
        console.print(f"The whole report is in {out}.", style="dim")
