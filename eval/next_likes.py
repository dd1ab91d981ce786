"""Measures whether order matters: the next like of people held out, by what came before it in its order and shuffled.

Run `python -m tastemaker.eval.next_likes`. Each person's likes, oldest first, are cut at a quarter, a half and three
quarters; what lies before a cut is known, and the like after it is to be found in the whole catalogue, what is known
left out. The sequence model, which looks at the last few, reads the known likes in their order, with these few
shuffled, and with all shuffled before the last few are taken. The taste model, which knows no order, reads all known
likes, and the same last few. All are fitted without the person.
Does not measure requests in words.
"""

from collections.abc import Sequence

import numpy as np
from rich.console import RenderableType

from tastemaker.eval.people import Fold, Person, by_taste, folds, ranking, show_report, table
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.sequence_model import MOST_GIVEN, SequenceModel
from tastemaker.tools.workspace import Workspace

METRICS = ("recall@20", "recall@100")
ORDERED, SHUFFLED, ALL_SHUFFLED, TASTE, LATEST, POPULAR = (
    "sequence, true order",
    f"sequence, last {MOST_GIVEN} shuffled",
    "sequence, all shuffled",
    "taste, all likes",
    f"taste, last {MOST_GIVEN}",
    "popular",
)
DIFFERENCES = tuple((ORDERED, other) for other in (SHUFFLED, ALL_SHUFFLED, TASTE, LATEST))
_CUTS = (0.25, 0.5, 0.75)
_LEAST = 10
_DEPTH = 100
Scores = dict[str, dict[str, list[float]]]
"""By way and metric, one value a person: the mean over the cuts."""


def measure(workspace: Workspace, count: int, seed: int, most: int | None = None, least: int = _LEAST) -> Scores:
    """Score every way on people held out; see `folds` for the arguments."""
    scores: Scores = {}
    items, threshold = len(workspace.catalogue), workspace.schema.like_at_least
    shuffle = np.random.default_rng(seed)
    for fold in folds(workspace, count, seed, least, most):
        sequence = SequenceModel(Histories.fit(fold.log, items, threshold))
        for person in fold.people:
            ids = workspace.catalogue.ids.tolist()
            found = [_found(fold, sequence, person, round(cut * len(person.liked)), ids, shuffle) for cut in _CUTS]
            for way in found[0]:
                for metric, depth in zip(METRICS, (20, _DEPTH), strict=True):
                    hits = [float(place[way] < depth) for place in found]
                    scores.setdefault(way, {}).setdefault(metric, []).append(float(np.mean(hits)))
    return scores


def report(workspace: Workspace, count: int, seed: int, most: int | None = None) -> list[RenderableType]:
    """Return the tables."""
    scores = measure(workspace, count, seed, most)
    people = len(scores[ORDERED][METRICS[0]])
    differences = {
        f"{one} less {other}": {
            metric: (np.array(scores[one][metric]) - np.array(scores[other][metric])).tolist() for metric in METRICS
        }
        for one, other in DIFFERENCES
    }
    title = f"The next like of {people} people held out, at {len(_CUTS)} cuts each"
    return [
        table(title, METRICS, scores, seed),
        table("Differences, paired by person", METRICS, differences, seed),
    ]


def _found(
    fold: Fold, sequence: SequenceModel, person: Person, cut: int, ids: Sequence[str], shuffle: np.random.Generator
) -> dict[str, int]:
    """Return by way at which place the next like stands, `_DEPTH` where it is not among the first."""
    known, wanted = person.liked[:cut], ids[person.liked[cut]]

    def place(rows: Rows) -> int:
        found = ranking(rows, known, ids, _DEPTH)
        return found.index(wanted) if wanted in found else _DEPTH

    def in_sequence(liked: Rows) -> Rows:
        values = sequence.scores(liked)
        order = np.argsort(-values, kind="stable")[: _DEPTH + len(known)]
        return order[values[order] > 0]

    latest = known[-MOST_GIVEN:]
    return {
        ORDERED: place(in_sequence(latest)),
        SHUFFLED: place(in_sequence(shuffle.permutation(latest))),
        ALL_SHUFFLED: place(in_sequence(shuffle.permutation(known)[-MOST_GIVEN:])),
        TASTE: place(by_taste(fold.taste, known)),
        LATEST: place(by_taste(fold.taste, latest)),
        POPULAR: place(fold.popular),
    }


if __name__ == "__main__":
    show_report("Measure whether the order of likes matters.", report, people=None)
