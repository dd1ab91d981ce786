"""People held out of the taste model, with what they liked in the order of time, for evaluations of what is known.

The interactions of a workspace are split by people into folds; each fold's people are scored by a model that was
fitted without them. Knows nothing of dialogues.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console, RenderableType
from rich.table import Table

from tastemaker.agent.settings import Settings
from tastemaker.eval.bootstrap import Interval, interval
from tastemaker.tools.catalogue.store import InteractionLog, Rows
from tastemaker.tools.index.taste_model import TasteModel
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class Person:
    """Somebody held out."""

    liked: Rows
    """Rows liked, each once, oldest first."""
    disliked: Rows
    """Rows with a value below what counts as liking, oldest first."""


@dataclass(frozen=True)
class Fold:
    """Some people, and what the others like."""

    people: Sequence[Person]
    taste: TasteModel
    """Fitted without them."""
    popular: Rows
    """All rows by how many of the others like them, most first, ties by row."""
    log: InteractionLog
    """What the others did."""


def folds(workspace: Workspace, count: int, seed: int, least: int, most: int | None = None) -> Iterator[Fold]:
    """Yield the folds of a workspace's people, the same for the same seed.

    Args:
        workspace: whose interactions are split.
        count: number of folds; every person is in one.
        seed: seed of the split.
        least: likes that a person needs to be scored.
        most: people scored of each fold; all when None.
    """
    log, threshold = workspace.catalogue.interaction_log(), workspace.schema.like_at_least
    part = np.random.default_rng(seed).permutation(len(log.users)) % count
    likes = log.liked(threshold)
    for number in range(count):
        others = part[log.user] != number
        log_of_others = log.only(others)
        taste = TasteModel.fit(log_of_others, len(workspace.catalogue), threshold, workspace.vector_index.vectors)
        fans = np.bincount(log.row[others & likes], minlength=len(workspace.catalogue))
        people = [_person(log, likes, user) for user in np.flatnonzero(part == number).tolist()]
        scored = [each for each in people if len(each.liked) >= least]
        yield Fold(scored[:most], taste, np.argsort(-fans, kind="stable"), log_of_others)


def ranking(rows: Rows, given: Rows, ids: Sequence[str], depth: int = 50) -> list[str]:
    """Return the ids of the first rows that are not given.

    Args:
        rows: rows, best first.
        given: rows left out.
        ids: ids by row.
        depth: the most returned.
    """
    kept = rows[~np.isin(rows, given)][:depth]
    return [str(ids[row]) for row in kept]


def by_taste(taste: TasteModel, liked: Rows, depth: int = 2000) -> Rows:
    """Return the rows that a taste model ranks first for somebody who likes these, best first."""
    scores = taste.scores(liked)
    order = np.argsort(-scores, kind="stable")[:depth]
    return order[scores[order] > 0]


def table(title: str, columns: Sequence[str], rows: Mapping[str, Mapping[str, Sequence[float]]], seed: int) -> Table:
    """Return a table of means with 95% intervals, one row a way, one column a metric."""
    made = Table(title=title, title_justify="left")
    made.add_column("")
    for column in columns:
        made.add_column(column, justify="right", no_wrap=True)
    for name, values in rows.items():
        cells = [shown(interval(values[each], seed, f"{name} {each}")) if values.get(each) else "" for each in columns]
        made.add_row(name, *cells)
    return made


def shown(value: Interval) -> str:
    """Return an interval as people read it.

    >>> shown(Interval(mean=0.25, low=0.2, high=0.3, n=4))
    '.250 [.200, .300]'
    """
    mean, low, high = (f"{each:.3f}".removeprefix("0") for each in (value.mean, value.low, value.high))
    return f"{mean} [{low}, {high}]"


def _person(log: InteractionLog, likes: NDArray[np.bool_], user: int) -> Person:
    theirs = np.flatnonzero(log.user == user)
    order = theirs[np.argsort(log.time[theirs], kind="stable")]

    def rows(wanted: Rows) -> Rows:
        return np.array(list(dict.fromkeys(log.row[wanted].tolist())), dtype=np.int64)

    return Person(liked=rows(order[likes[order]]), disliked=rows(order[~likes[order]]))


def show_report(
    told: str, report: Callable[[Workspace, int, int, int | None], Sequence[RenderableType]], people: int | None
) -> None:
    """Print a report over the people of a workspace, with the options of the command line.

    Args:
        told: what the command measures, for its help.
        report: makes the tables, given the workspace, the folds, the seed and the most people scored of each fold.
        people: the most people scored of each fold when the command line does not say; all when None.
    """
    parser = ArgumentParser(description=told)
    parser.add_argument("--workspace", default="demo", help="path or name of a workspace")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--people",
        type=int,
        default=people,
        help="people scored of each fold" + ("" if people else "; all when not given"),
    )
    chosen = parser.parse_args()
    with Workspace.open(Settings().workspace_path(chosen.workspace)) as workspace:
        console = Console(width=120)
        for each in report(workspace, chosen.folds, chosen.seed, chosen.people):
            console.print(each)
