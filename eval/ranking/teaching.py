"""Teaches the ranker from dialogues, and measures it on dialogues that it was not taught on.

Dialogues are dealt into folds. The features of a dialogue are made with counts of the conversations in the other folds
(stacking: Wolpert, "Stacked generalization", 1992), for the counts that the finished ranker carries come from other
conversations than the one it is asked in, too. It is measured on each fold by a ranker taught on the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.executor import Executor
from tastemaker.agent.planners.base import Planner
from tastemaker.eval.bootstrap import Interval, interval
from tastemaker.eval.dialogue import Dialogue
from tastemaker.eval.metrics import DEPTH, ranking_scores
from tastemaker.eval.ranking.examples import ExampleMaker, TurnExample, items_of
from tastemaker.tools.errors import UserError
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.workspace import Workspace

LEAST_TURNS = 100
"""Turns with items that the answer named; fewer teach nothing that lasts."""
_REPORTED = ("recall@1", "recall@10", "recall@50", "ndcg@10", "mrr")
_POOL = "on the shortlist"
_OPENING = "recall@10, nothing named before"


@dataclass(frozen=True)
class Taught:
    """A ranker and what it was taught with."""

    ranker: Ranker
    examples: tuple[TurnExample, ...]
    fold_of: Mapping[str, int]
    """Fold by dialogue."""


def teach(
    workspace: Workspace,
    planner: Planner,
    executor: Executor,
    dialogues: Sequence[Dialogue],
    folds: int = 5,
    seed: int = 7,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Taught:
    """Return a ranker taught on dialogues.

    Args:
        workspace: the catalogue that they speak of.
        planner: who reads what is said.
        executor: who runs its plans.
        dialogues: conversations with `relevant` items.
        folds: folds that the dialogues are dealt into, at least 2.
        seed: seed of the dealing.
        progress: told the dialogues done and in all.

    Raises:
        UserError: too few turns of the dialogues have items that the answer named.
    """
    row_of = workspace.catalogue.row_of
    dealt = np.random.default_rng(seed).permutation(len(dialogues)) % folds
    named = [items_of(each, row_of) for each in dialogues]
    counts = [
        ConversationModel.fit([rows for rows, fold in zip(named, dealt, strict=True) if fold != each], len(row_of))
        for each in range(folds)
    ]
    maker, examples = ExampleMaker(workspace, planner, executor), []
    for number, (dialogue, fold) in enumerate(zip(dialogues, dealt, strict=True), 1):
        examples += maker.examples(dialogue, counts[fold])
        progress(number, len(dialogues))
    if len(examples) < LEAST_TURNS:
        raise UserError(
            f"Only {len(examples)} turns name items that were recommended; give dialogues with at least {LEAST_TURNS}."
        )
    ranker = Ranker.fit(
        [each.example for each in examples],
        f"{len(examples)} turns of {len(dialogues)} dialogues",
        ConversationModel.fit(named, len(row_of)),
    )
    fold_of = {dialogue.id: int(fold) for dialogue, fold in zip(dialogues, dealt, strict=True)}
    return Taught(ranker, tuple(examples), fold_of)


def cross_validated(taught: Taught, ids: NDArray[np.str_], seed: int = 7) -> dict[str, Interval]:
    """Return how well rankers taught on the other folds rank each turn, with 95% intervals over turns.

    Args:
        taught: the examples and their folds.
        ids: item ids by row, which break ties.
        seed: seed of the bootstrap.
    """
    scores: dict[str, list[float]] = {name: [] for name in (*_REPORTED, _POOL, _OPENING)}
    for fold in sorted(set(taught.fold_of.values())):
        learned = [each.example for each in taught.examples if taught.fold_of[each.dialogue] != fold]
        ranker = Ranker.fit(learned, "the other folds")
        for each in taught.examples:
            if taught.fold_of[each.dialogue] == fold:
                _score(each, ranker, ids, scores)
    return {name: interval(values, seed, name) for name, values in scores.items() if values}


def _score(example: TurnExample, ranker: Ranker, ids: NDArray[np.str_], scores: dict[str, list[float]]) -> None:
    found = ranker.scores(example.example.features)
    order = np.lexsort((ids[example.rows], -found))[:DEPTH]
    ranking = [str(each) for each in ids[example.rows[order]]]
    relevant = [str(each) for each in ids[example.relevant]]
    measured = ranking_scores(ranking, relevant)
    for name in _REPORTED:
        scores[name].append(measured[name])
    scores[_POOL].append(fmean(np.isin(example.relevant, example.rows).tolist()))
    if example.opening:
        scores[_OPENING].append(measured["recall@10"])
