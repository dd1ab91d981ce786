"""`tastemaker bench`: how long a turn takes, stage by stage, on this machine."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import (
    JsonOption,
    PlannerOption,
    WithoutOption,
    WorkspaceOption,
    only_json,
    open_recommender,
    print_json,
    terminal,
)

if TYPE_CHECKING:
    from tastemaker.agent.recommender import Recommender

STAGES = ("plan", "tools", "compose", "total")


def bench(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Dialogues whose requests are timed; the catalogue's examples if none."),
    ] = None,
    workspace: WorkspaceOption = None,
    planner: PlannerOption = None,
    without: WithoutOption = None,
    json: JsonOption = False,
) -> None:
    """Time the turns of some dialogues on this machine.

    Each dialogue is played once, after one turn to warm up.
    """
    with only_json(json):
        began = time.perf_counter()
        with open_recommender(workspace, planner, without) as recommender:
            opened = time.perf_counter() - began
            report = _measure(recommender, _conversations(recommender, files or []))
    report["open_s"] = round(opened, 2)
    if json:
        print_json(report)
    else:
        _print(report)


def _conversations(recommender: "Recommender", files: Sequence[Path]) -> list[list[str]]:
    if not files:
        return [[words] for words in recommender.workspace.schema.examples]
    from tastemaker.eval.dialogue_file import read_dialogues

    return [[turn.user for turn in dialogue.turns] for dialogue in read_dialogues(files).dialogues]


def _measure(recommender: "Recommender", conversations: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return p50 and p95 of each stage in milliseconds; `wall` is measured from outside, the rest are the trace's."""
    if not conversations:
        raise UserError("There is no request to time; name a file of dialogues.")
    taken: dict[str, list[float]] = {stage: [] for stage in (*STAGES, "wall")}
    recommender.session().say(conversations[0][0])
    for conversation in conversations:
        session = recommender.session()
        for words in conversation:
            began = time.perf_counter()
            reply = session.say(words)
            taken["wall"].append((time.perf_counter() - began) * 1000)
            for stage in STAGES:
                taken[stage].append(getattr(reply.trace.timings, stage))
    from tastemaker.eval.summary import latency

    return {
        "planner": reply.trace.planner,
        "turns": len(taken["wall"]),
        "latency_ms": {stage: latency(values).model_dump() for stage, values in taken.items()},
    }


def _print(report: dict[str, object]) -> None:
    from rich.table import Table

    latency = report["latency_ms"]
    assert isinstance(latency, dict)
    table = Table(title=f"{report['turns']} turns, planner {report['planner']}, opened in {report['open_s']} s")
    table.add_column("stage")
    table.add_column("p50 ms", justify="right")
    table.add_column("p95 ms", justify="right")
    for stage, values in latency.items():
        table.add_row(stage, f"{values['p50']:.1f}", f"{values['p95']:.1f}")
    terminal().print(table)
