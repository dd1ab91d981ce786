"""`tastemaker eval`: scripted dialogues through agents and baselines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tastemaker.agent.settings import Settings
    from tastemaker.eval.report import Report
    from tastemaker.eval.understanding.report import UnderstandingReport


def evaluate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Dialogues, JSONL or YAML; or marked requests, JSONL.")
    ],
    workspace: WorkspaceOption = None,
    system: Annotated[
        list[str] | None,
        typer.Option(
            "--system",
            metavar="NAME",
            help="agent:rules, agent:local, agent:chat, agent:react, or a baseline: popular, bm25, dense, taste, "
            "fusion; may be given several times. 'rules' is short for agent:rules.",
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
    seed: Annotated[int, typer.Option("--seed", help="Seed of the bootstrap intervals and of --limit.")] = 7,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help="Draw marked dialogues at random until they have so many turns, for slow planners.",
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Run scripted dialogues, or requests marked with what they mean, and report the results.

    Means have 95% bootstrap intervals. An interrupted run with --out goes on where it was. Marked requests (lines
    that tell domain and kind) are only planned; the report tells how much of them each --planner understands.
    """
    with only_json(json):
        from tastemaker.agent.settings import PlannerName

        settings = settings_with()
        systems = [*(system or []), *(f"agent:{name}" for name in planner or [])] or [f"agent:{settings.planner}"]
        systems = [f"agent:{name}" if name in get_args(PlannerName) else name for name in systems]
        if out and not out.parent.is_dir():
            raise UserError(f"There is no directory {out.parent} for the report; create it or name another file.")
        from tastemaker.eval.system_names import check_systems
        from tastemaker.eval.understanding.request_file import holds_requests
        from tastemaker.tools.registry import SWITCHES

        check_systems(systems)
        report: Report | UnderstandingReport
        if any(holds_requests(file) for file in files):
            if without or ablate:
                raise UserError("Marked requests are only planned, so no tool can be left out; drop --without.")
            report = _understanding(files, workspace, systems, seed, settings, out, limit)
        else:
            if limit is not None:
                raise UserError("Only marked requests are drawn by --limit; take a shorter file of dialogues instead.")
            report = _dialogues(
                files, workspace, systems, seed, settings, out, list(SWITCHES) if ablate else without or []
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


def _dialogues(
    files: "Sequence[Path]",
    workspace: str | None,
    systems: "Sequence[str]",
    seed: int,
    settings: "Settings",
    out: Path | None,
    without: "Sequence[str]",
) -> "Report":
    from tastemaker.eval.runner import run_evaluation
    from tastemaker.eval.saved_report import partial_path

    with open_workspace(settings, workspace) as opened, progress_bars() as progress:
        partial = partial_path(out) if out else None
        return run_evaluation(files, opened, systems, seed, settings, without, progress, partial=partial)


def _understanding(
    files: "Sequence[Path]",
    workspace: str | None,
    systems: "Sequence[str]",
    seed: int,
    settings: "Settings",
    out: Path | None,
    limit: int | None,
) -> "UnderstandingReport":
    from tastemaker.eval.saved_report import partial_path
    from tastemaker.eval.understanding.runner import run_understanding

    baselines = [name for name in systems if not name.startswith("agent:")]
    if baselines:
        raise UserError(f"{baselines[0]} plans nothing, so it understands no marked requests; name planners only.")
    planners = [name.removeprefix("agent:") for name in systems]
    with open_workspace(settings, workspace) as opened, progress_bars() as progress:
        partial = partial_path(out) if out else None
        return run_understanding(
            files, opened, planners, seed, settings, progress=progress, partial=partial, limit=limit
        )
