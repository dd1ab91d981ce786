"""Teaches the ranker from dialogues, and measures it on dialogues that it was not taught on.

Requests made from the interactions are learned from beside them: people who talk about items say little of what is in
them, and a ranker that has only heard such talk forgets what words are for.

Dialogues are dealt into folds. The features of a dialogue are made with counts of the conversations in the other folds
(stacking: Wolpert, "Stacked generalization", 1992), for the counts that the finished ranker carries come from other
conversations than the one it is asked in, too. It is measured on each fold by a ranker taught on the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.executor import Executor
from tastemaker.agent.planners.base import Planner
from tastemaker.eval.bootstrap import Interval, interval
from tastemaker.eval.dialogue import Dialogue
from tastemaker.eval.metrics import DEPTH, ranking_scores
from tastemaker.eval.ranking.examples import Follower, Moment, MomentExample, example_of, items_of
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.errors import UserError
from tastemaker.tools.index.conversation_model import Conversation, ConversationModel
from tastemaker.tools.ranking.ranker import Example, Ranker
from tastemaker.tools.ranking.synthesis import synthesised
from tastemaker.tools.workspace import Workspace

Progress = Callable[[str, int, int], None]
LEAST_TURNS = 100
"""Turns with items that the answer named; fewer teach nothing that lasts."""
_REPORTED = ("recall@1", "recall@10", "recall@50", "ndcg@10", "mrr")
_POOL = "on the shortlist"
_OPENING = "recall@10, nothing named before"


@dataclass(frozen=True)
class Taught:
    """A ranker and what it was taught with."""

    ranker: Ranker
    examples: tuple[MomentExample, ...]
    made_up: tuple[Example, ...]
    """Requests made from the interactions, which were learned from too; none where there are too few."""
    fold_of: Mapping[str, int]
    """Fold by dialogue."""


def teach(
    workspace: Workspace,
    planner: Planner,
    executor: Executor,
    dialogues: Sequence[Dialogue],
    folds: int = 5,
    seed: int = 7,
    progress: Progress = lambda step, done, total: None,
) -> Taught:
    """Return a ranker taught on dialogues.

    Args:
        workspace: the catalogue that they speak of.
        planner: who reads what is said.
        executor: who runs its plans.
        dialogues: conversations with `relevant` items.
        folds: folds that the dialogues are dealt into, at least 2.
        seed: seed of the dealing.
        progress: told the step, how much of it is done, and of how much.

    Raises:
        UserError: too few turns of the dialogues have items that the answer named.
    """
    dealt = np.random.default_rng(seed).permutation(len(dialogues)) % folds
    follower, moments = Follower(workspace, planner, executor), []
    for number, dialogue in enumerate(dialogues, 1):
        moments.append(tuple(follower.moments(dialogue)))
        progress("dialogues", number, len(dialogues))
    found = sum(map(len, moments))
    if found < LEAST_TURNS:
        raise UserError(
            f"Only {found} turns name items that were recommended; give dialogues with at least {LEAST_TURNS}."
        )
    told = [_conversation(workspace, *each) for each in zip(dialogues, moments, strict=True)]
    examples: list[MomentExample] = []
    for fold in range(folds):
        others = [each for each, other in zip(told, dealt, strict=True) if other != fold]
        conversations = ConversationModel.fit(others, len(workspace.catalogue))
        here = [each for each, other in zip(moments, dealt, strict=True) if other == fold]
        examples += [example_of(workspace, moment, conversations) for each in here for moment in each]
        progress("features", fold + 1, folds)
    made_up = synthesised(workspace, workspace.catalogue.interaction_log(), seed)
    progress("requests", 1, 1)
    and_made_up = f" and {len(made_up)} requests made from the interactions" if made_up else ""
    ranker = Ranker.fit(
        [*(each.example for each in examples), *made_up],
        f"{found} turns of {len(dialogues)} dialogues{and_made_up}",
        ConversationModel.fit(told, len(workspace.catalogue)),
        seed=seed,
    )
    progress("ranker", 1, 1)
    fold_of = {dialogue.id: int(fold) for dialogue, fold in zip(dialogues, dealt, strict=True)}
    return Taught(ranker, tuple(examples), tuple(made_up), fold_of)


def cross_validated(
    taught: Taught, ids: NDArray[np.str_], seed: int = 7, progress: Progress = lambda step, done, total: None
) -> dict[str, Interval]:
    """Return how well rankers taught on the other folds rank each turn, with 95% intervals over turns.

    Args:
        taught: the examples and their folds.
        ids: item ids by row, which break ties.
        seed: seed of the bootstrap.
        progress: told the step, how much of it is done, and of how much.
    """
    scores: dict[str, list[float]] = {name: [] for name in (*_REPORTED, _POOL, _OPENING)}
    folds = sorted(set(taught.fold_of.values()))
    for fold in folds:
        learned = [each.example for each in taught.examples if taught.fold_of[each.moment.dialogue] != fold]
        ranker = Ranker.fit([*learned, *taught.made_up], "the other folds", seed=seed)
        for each in taught.examples:
            if taught.fold_of[each.moment.dialogue] == fold:
                _score(each, ranker, ids, scores)
        progress("measuring", fold + 1, len(folds))
    return {name: interval(values, seed, name) for name, values in scores.items() if values}


def _conversation(workspace: Workspace, dialogue: Dialogue, moments: Sequence[Moment]) -> Conversation:
    spoken = [each for each in moments if each.request.said]
    return Conversation(
        named=items_of(dialogue, workspace.catalogue.row_of),
        words=[workspace.encoder.encode_query(each.request.said) for each in spoken],
        answers=[each.relevant for each in spoken],
    )


def _score(found: MomentExample, ranker: Ranker, ids: NDArray[np.str_], scores: dict[str, list[float]]) -> None:
    ranking = Candidates.ranked("ranker", found.rows, ranker.scores(found.example.features), ids, DEPTH)
    relevant = found.moment.relevant
    measured = ranking_scores(ranking.ids, ids[relevant].tolist())
    for name in _REPORTED:
        scores[name].append(measured[name])
    scores[_POOL].append(float(np.isin(relevant, found.rows).mean()))
    if found.moment.opening:
        scores[_OPENING].append(measured["recall@10"])
