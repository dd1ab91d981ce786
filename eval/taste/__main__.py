"""Measures the taste scorer: `python -m tastemaker.eval.taste WORKSPACE_OR_INTERACTIONS --seeds 5`.

Three parts: `peers`, all scorers side by side; `cold`, items that few like; `dislikes`, ways of counting these. Scorers
of packages that are not installed are left out, and said to be.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tastemaker.agent.settings import Settings
from tastemaker.eval.taste import aversion, cold, factors, graph, neighbours, tables
from tastemaker.eval.taste.aversion import compare_aversion
from tastemaker.eval.taste.cold import compare_cold
from tastemaker.eval.taste.comparison import compare
from tastemaker.eval.taste.data import Interactions
from tastemaker.eval.taste.peer import Peer
from tastemaker.tools.errors import UserError
from tastemaker.tools.workspace import Workspace

_PEERS = (*neighbours.PEERS, *graph.PEERS, *factors.PEERS)
_BLENDED = ("implicit ALS", "graph walk (RP3β)", "text convolution (TextGCN)", "kernel between people")
_BLENDS = tuple((base, other) for base in (neighbours.EASE.name, neighbours.OURS.name) for other in _BLENDED)
_WIDTH = 200


class Part(StrEnum):
    """What is measured."""

    PEERS = "peers"
    COLD = "cold"
    DISLIKES = "dislikes"


def measure(
    source: Annotated[str, typer.Argument(help="A workspace, by name or path, or a file of interactions.")] = "demo",
    seeds: Annotated[int, typer.Option(min=1, help="Splits of the people.")] = 5,
    part: Annotated[list[Part] | None, typer.Option(help="What to measure; all when not given.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Names of scorers; all when not given.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first split; the others follow it.")] = 7,
) -> None:
    """Compare taste scorers on people that none of them was fitted on."""
    console, progress = Console(width=_WIDTH), Console(stderr=True)
    try:
        data, splits, parts = _read(source), range(seed, seed + seeds), part or list(Part)
        console.print(
            f"{data.name}: {data.likes.nnz} likes, {data.dislikes.nnz} dislikes, {data.likes.shape[0]} people."
        )
        if Part.PEERS in parts:
            peers = _chosen(only)
            results = compare(data, peers, splits, _BLENDS, lambda line: progress.print(line, highlight=False))
            console.print(tables.figures(results))
            for base in (neighbours.EASE.name, neighbours.OURS.name):
                if base in results:
                    console.print(tables.differences(results, base, seed))
        if Part.COLD in parts:
            columns = ("NDCG@10", "Recall@20", "NDCG@100")
            for each in tables.grouped("Wanted", compare_cold(data, splits), columns, cold.BASES, seed):
                console.print(each)
        if Part.DISLIKES in parts:
            found = compare_aversion(data, splits)
            for each in tables.grouped("Dislikes", found, aversion.COLUMNS, aversion.BASES, seed):
                console.print(each)
    except UserError as error:
        progress.print(str(error), style="red")
        raise typer.Exit(2) from error


def _chosen(names: list[str] | None) -> Sequence[Peer]:
    known = [peer.name for peer in _PEERS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise UserError(f"There is no scorer '{unknown[0]}'; the names are {', '.join(known)}.")
    return [peer for peer in _PEERS if not names or peer.name in names]


def _read(source: str) -> Interactions:
    if Path(source).is_file():
        return Interactions.of_file(Path(source))
    with Workspace.open(Settings().workspace_path(source)) as workspace:
        return Interactions.of_workspace(workspace)


if __name__ == "__main__":
    typer.run(measure)
