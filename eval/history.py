"""Measures the digest of a person's history: its length, and whether what it tells one by one still tells the taste.

Run `python -m tastemaker.eval.history`. People are held out of the taste model and their last likes are predicted:
from the whole history, from the last n likes, and from the n likes that the digest tells one by one. A request names
the kinds of the next item liked, so that the digest has something to choose by; the rankings never see it. Does not
measure what a language model makes of the digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
from rich.console import RenderableType
from rich.table import Table

from tastemaker.agent.history_digest import HistoryDigester
from tastemaker.agent.planners.chat import ChatPlanner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.scripted_model import ScriptedModel
from tastemaker.agent.state import State
from tastemaker.eval.metrics import ranking_scores
from tastemaker.eval.people import Fold, Person, by_taste, folds, ranking, show_report, table
from tastemaker.tools.catalogue.item import names_in
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.workspace import Workspace

LENGTHS = (5, 10, 20, 50, 100, 200)
SIZES = (10, 50, 100, 500)
METRICS = ("hit@10", "recall@50", "ndcg@10", "asked, hit@50")
"""Of the likes held out, and whether the one that the request speaks of is among the first 50."""
_BINS = ((15, 49), (50, 99), (100, 199), (200, 10**9))
_HELD_OUT = 5
_LEAST = 20
_NO_ROWS: Rows = np.zeros(0, dtype=np.int64)


@dataclass
class Results:
    """Scores by way of telling the history, by metric; one value a person."""

    scores: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    """Length of each person's history."""
    told: list[int] = field(default_factory=list)
    """Items that each digest tells one by one."""
    tokens: list[int] = field(default_factory=list)
    """Estimated length of each digest."""

    def add(self, way: str, found: Sequence[str], wanted: Sequence[str]) -> None:
        """Add one person's ranking."""
        scores = ranking_scores(found, wanted)
        scores[METRICS[-1]] = float(wanted[0] in found)
        for metric in METRICS:
            self.scores.setdefault(way, {}).setdefault(metric, []).append(scores[metric])

    def within(self, least: int, most: int) -> dict[str, dict[str, list[float]]]:
        """Return the scores of the people whose history has a length."""
        kept = [k for k, size in enumerate(self.sizes) if least <= size <= most]
        return {
            way: {metric: [values[k] for k in kept] for metric, values in metrics.items()}
            for way, metrics in self.scores.items()
        }


def measure(workspace: Workspace, count: int, seed: int, most: int | None = None, least: int = _LEAST) -> Results:
    """Score all ways of telling a history on people held out; see `folds` for the arguments."""
    results, digester = Results(), HistoryDigester(workspace)
    for fold in folds(workspace, count, seed, least, most):
        for person in fold.people:
            _score(workspace, digester, fold, person, results)
    return results


def _score(workspace: Workspace, digester: HistoryDigester, fold: Fold, person: Person, results: Results) -> None:
    ids = workspace.catalogue.ids
    history, held_out = person.liked[:-_HELD_OUT], person.liked[-_HELD_OUT:]
    wanted = [str(ids[row]) for row in held_out]
    state = State(known=tuple(str(ids[row]) for row in history))
    digest = digester.digest(state, request(workspace, wanted[0]))
    row_of = workspace.catalogue.row_of
    slice_ = np.array([row_of[each] for each in digest.told], dtype=np.int64)
    results.sizes.append(len(history))
    results.told.append(len(slice_))
    results.tokens.append(digest.tokens)

    def add(way: str, rows: Rows) -> None:
        results.add(way, ranking(rows, history, ids.tolist()), wanted)

    add("popular", fold.popular)
    for length in LENGTHS:
        add(f"last {length}", by_taste(fold.taste, history[-length:]))
    add("last n, n as the digest", by_taste(fold.taste, history[-len(slice_) :] if len(slice_) else _NO_ROWS))
    add("digest's slice", by_taste(fold.taste, slice_))
    add("whole history", by_taste(fold.taste, history))


def request(workspace: Workspace, item_id: str) -> str:
    """Return a request that names the kinds of an item: "something like: Crime, Drama"."""
    item = workspace.catalogue.item(item_id)
    names = [name for kind in workspace.schema.with_role(Role.GENRE) for name in names_in(item.values, kind.name)]
    return f"something like: {', '.join(names)}" if names else workspace.schema.noun


def lengths(workspace: Workspace, sizes: Sequence[int] = SIZES) -> Table:
    """Return how long the digest and the whole planning prompt are by length of the history, and how long it takes."""
    made = Table(title="Length of the digest and of the planning prompt", title_justify="left")
    for column in ("likes known", "digest, tokens", "told one by one", "whole list, tokens", "prompt, words", "ms"):
        made.add_column(column, justify="right")
    digester, popular = HistoryDigester(workspace), np.argsort(-workspace.catalogue.popularity, kind="stable")
    answer = {"act": "recommend"}
    model = ScriptedModel(replies=[answer], endless=True)
    planner = ChatPlanner(workspace, model, RulesPlanner(workspace))
    words = workspace.schema.examples[0] if workspace.schema.examples else "something good"
    for size in sizes:
        known = tuple(str(workspace.catalogue.ids[row]) for row in popular[: size * 2 : 2])
        state = State(known=known)
        digester.digest(state, words)
        started = perf_counter()
        digest = digester.digest(state, words)
        ms = 1000 * (perf_counter() - started)
        whole = HistoryDigester(workspace, budget=10**6).digest(state, words)
        planner.plan(words, state)
        prompt = sum(len(message.text.split()) for message in model.asked[-1])
        cells = (len(known), digest.tokens, len(digest.told), whole.tokens, prompt, f"{ms:.1f}")
        made.add_row(*map(str, cells))
    return made


def report(workspace: Workspace, count: int, seed: int, most: int | None = None) -> list[RenderableType]:
    """Return the tables."""
    results = measure(workspace, count, seed, most)
    title = f"Predicting the next {_HELD_OUT} likes of {len(results.sizes)} people held out, all histories"
    tables: list[RenderableType] = [lengths(workspace), table(title, METRICS, results.scores, seed)]
    for least, greatest in _BINS:
        rows = results.within(least, greatest)
        people = len(next(iter(rows.values()))[METRICS[0]])
        if people:
            range_ = f"{least} to {greatest}" if greatest < 10**9 else f"{least} and more"
            tables.append(table(f"Histories of {range_} likes, {people} people", METRICS, rows, seed))
    told = f"The digests tell {np.mean(results.told):.1f} likes one by one (at most {max(results.told)}) "
    return [*tables, f"{told}in {np.mean(results.tokens):.0f} tokens (at most {max(results.tokens)})."]


if __name__ == "__main__":
    show_report("Measure the digest of a person's history.", report, people=None)
