"""`tastemaker teach`: a ranker taught on recorded dialogues, measured on those that it was not taught on."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import (
    JsonOption,
    PlannerOption,
    WorkspaceOption,
    only_json,
    open_workspace,
    print_json,
    progress_bars,
    settings_with,
    terminal,
)


def teach(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Dialogues whose turns tell the `relevant` items, JSONL.")
    ],
    workspace: WorkspaceOption = None,
    planner: PlannerOption = "rules",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the ranker here, not into the workspace.")
    ] = None,
    folds: Annotated[int, typer.Option("--folds", min=2, max=20, help="Folds of the measurement.")] = 5,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the folds, of what is drawn and of the intervals.")] = 7,
    json: JsonOption = False,
) -> None:
    """Teach the workspace's ranker on recorded dialogues, and measure it on folds that it was not taught on.

    The ranker takes the place of the workspace's own; sessions that are open go on with the old one.
    """
    with only_json(json):
        settings = settings_with(planner=planner)
        if out and not out.parent.is_dir():
            raise UserError(f"There is no directory {out.parent} for the ranker; create it or name another file.")
        from tastemaker.agent.executor import Executor
        from tastemaker.agent.recommender import Recommender
        from tastemaker.eval.dialogue_file import read_dialogues
        from tastemaker.eval.ranking.teaching import cross_validated, teach
        from tastemaker.tools import registry
        from tastemaker.tools.workspace import RANKER

        dialogues = read_dialogues(files).dialogues
        with open_workspace(settings, workspace) as opened, progress_bars() as progress:
            # Only what tools propose is learned from, so the ranker that is there need not order it.
            executor = Executor(opened, disabled=frozenset({registry.RANKER}))
            with closing(executor), Recommender.open(opened, settings=settings) as recommender:
                taught = teach(opened, recommender.planner, executor, dialogues, folds, seed, progress)
            measured = cross_validated(taught, opened.catalogue.ids, seed, progress)
            path = out or opened.path / RANKER
            taught.ranker.save(path, opened.catalogue.ids.tolist())
    if json:
        print_json({"ranker": str(path), "measured": {name: each.model_dump() for name, each in measured.items()}})
        return
    from rich.table import Table

    table = Table("measured on other folds", "mean", "95%", "turns", title=f"Taught on {taught.ranker.taught_on}")
    for name, each in measured.items():
        table.add_row(name, f"{each.mean:.3f}", f"[{each.low:.3f}, {each.high:.3f}]".replace("[", "\\["), str(each.n))
    terminal().print(table)
    terminal().print(f"The ranker is in {path}.", markup=False)
