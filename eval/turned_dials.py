"""What the dials do to real lists, measured: popularity, age and variety of the first ten, and what a turn costs.

`python -m tastemaker.eval.turned_dials` turns each dial in steps over lists made from people's likes, by a taste model
fitted without them. Decision 0009 has the figures.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from rich.console import RenderableType
from rich.table import Table

from tastemaker.agent.dials import DIALS, Dials
from tastemaker.agent.state import State
from tastemaker.agent.steering import steered
from tastemaker.eval.metrics import ranking_scores
from tastemaker.eval.people import Person, folds, show_report
from tastemaker.eval.popularity import long_tail
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.diversity import mean_distance, spread
from tastemaker.tools.score_taste import score_taste
from tastemaker.tools.workspace import Workspace

LEVELS = (-1.0, -0.5, 0.0, 0.5, 1.0)
SURPRISE = Dials(adventure=1.0, diversity=0.5, fame=-0.5)
SAFE = Dials(adventure=-1.0, diversity=-0.5, fame=0.5)
_LARGE = frozenset({"popularity", "year"})
_DEPTH = 10
_LEAST_LIKES = 20
_PEOPLE = 100

Values = dict[str, list[float]]
"""By metric, one value a person."""


def settings() -> Iterator[tuple[str, Dials]]:
    """Yield how the dials are turned, with a name for each: not at all, one in steps, several by words."""
    yield "neutral", Dials()
    for dial in DIALS:
        for level in LEVELS:
            if level:
                yield f"{dial} {level:+g}", Dials(**{dial: level})
    yield "surprise me", SURPRISE
    yield "play it safe", SAFE


def measured(workspace: Workspace, people: Sequence[Person], dials: Dials) -> Values:
    """Return what the first ten are like, a person each; the newer half of the likes is hidden and counts as relevant.

    Args:
        workspace: where the lists come from.
        people: whose lists they are; their likes, oldest first.
        dials: how the dials are turned.
    """
    catalogue, vectors = workspace.catalogue, workspace.vector_index.vectors
    year = next(iter(workspace.schema.with_role(Role.YEAR)), None)
    years = catalogue.numbers(year.name) if year else None
    tail = long_tail(catalogue.popularity)
    found: Values = defaultdict(list)
    for person in people:
        half = len(person.liked) // 2
        known = tuple(map(str, catalogue.ids[person.liked[:half]]))
        ranked = score_taste(workspace, known)
        moved = steered(ranked, State(known=known, dials=dials), workspace)
        rows: Rows = spread(moved, vectors, _DEPTH, dials.diversity).rows[:_DEPTH]
        relevant = [str(each) for each in catalogue.ids[person.liked[half:]]]
        found["popularity"].append(float(catalogue.popularity[rows].mean()))
        found["long tail"].append(float(tail[rows].mean()))
        if years is not None and not np.isnan(years[rows]).all():
            found["year"].append(float(np.nanmean(years[rows])))
        found["distance"].append(mean_distance(vectors[rows]))
        found["ndcg@10"].append(ranking_scores([str(each) for each in catalogue.ids[rows]], relevant)["ndcg@10"])
    return dict(found)


def report(workspace: Workspace, count: int, seed: int, most: int | None) -> list[RenderableType]:
    """Return the table.

    Args:
        workspace: where the lists come from.
        count: folds that the people are split into; those of the first are scored.
        seed: seed of the split.
        most: people scored; all when None.
    """
    fold = next(folds(workspace, count, seed, _LEAST_LIKES, most))
    without = replace(workspace, taste=fold.taste)
    rows = {name: measured(without, fold.people, dials) for name, dials in settings()}
    made = Table(title=f"The first {_DEPTH} of {len(fold.people)} people, means", title_justify="left")
    made.add_column("")
    for metric in rows["neutral"]:
        made.add_column(metric, justify="right")
    for name, values in rows.items():
        means = {metric: float(np.mean(each)) for metric, each in values.items()}
        made.add_row(name, *[f"{mean:.1f}" if metric in _LARGE else f"{mean:.3f}" for metric, mean in means.items()])
    return [made]


if __name__ == "__main__":
    show_report("Measure what the dials do to lists.", report, _PEOPLE)
