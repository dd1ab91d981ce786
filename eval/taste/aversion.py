"""How well dislikes are told apart from likes: ways of taking what somebody dislikes into account, side by side.

Of a test person's dislikes half are given, with four fifths of the likes; the rest of both is to be put in order. Also
with few of each given, as in a conversation. A way is a function of the scores by the likes and by the dislikes.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tastemaker.eval.taste.comparison import Results
from tastemaker.eval.taste.data import Interactions, log_of, matrix_of, rows_of
from tastemaker.eval.taste.measures import Figures, measure
from tastemaker.eval.taste.splits import Held, split
from tastemaker.tools.errors import DataError
from tastemaker.tools.index.taste_model import TasteModel

ORDER, NEAR_TOP = "in order", "disliked in first 100"
COLUMNS = ("NDCG@10", "NDCG@100", ORDER, NEAR_TOP)
ALL, FEW = "all given", "3 likes and 2 dislikes given"
SINGLE = "one list, dislikes at -0.5"
BASES = {ALL: SINGLE, FEW: SINGLE}
_LEAST = 2
_DEPTH = 100
Scores = NDArray[np.float64]
Way = Callable[[Scores, Scores], Scores]


def _subtracted(weight: float) -> Way:
    return lambda wanted, unwanted: wanted - weight * unwanted


def _contrasted(weight: float) -> Way:
    def contrast(wanted: Scores, unwanted: Scores) -> Scores:
        spread = float(unwanted.std())
        return wanted - weight * float(wanted.std()) / spread * unwanted if spread else wanted

    return contrast


WAYS: Mapping[str, Way] = {
    "likes alone": _subtracted(0.0),
    "one list, dislikes at -0.25": _subtracted(0.25),
    SINGLE: _subtracted(0.5),
    "one list, dislikes at -1": _subtracted(1.0),
    **{f"two lists, contrast {weight}": _contrasted(weight) for weight in (0.1, 0.15, 0.2, 0.3)},
}


def compare_aversion(data: Interactions, seeds: Sequence[int]) -> Mapping[str, Mapping[str, Results]]:
    """Return the results of each way by how much is given; people with fewer than two dislikes are left out.

    Raises:
        DataError: nobody dislikes anything.
    """
    if not data.dislikes.nnz:
        raise DataError("No interaction is a dislike; give a log with values, such as ratings, that tell likes apart.")
    results: dict[str, dict[str, Results]] = defaultdict(lambda: defaultdict(Results))
    for seed in seeds:
        parts, draw = split(data, seed), np.random.default_rng([seed, 1])
        model = TasteModel.fit(log_of(parts.train), data.likes.shape[1], None, data.vectors)
        for person, number in enumerate(parts.test.people):
            dislikes = draw.permutation(rows_of(data.dislikes, int(number)))
            if len(dislikes) < _LEAST:
                continue
            likes = draw.permutation(rows_of(parts.test.given, person))
            averse, unwanted = dislikes[: len(dislikes) // 2], np.sort(dislikes[len(dislikes) // 2 :])
            for given, (liked, disliked) in {ALL: (likes, averse), FEW: (likes[:3], averse[:2])}.items():
                everything = np.sort(np.concatenate([liked, disliked]))
                held = Held(
                    np.array([number]), matrix_of([everything], data.likes.shape[1]), (parts.test.wanted[person],)
                )
                by_likes, by_dislikes = model.scores(liked), model.scores(disliked)
                for name, way in WAYS.items():
                    result = results[name][given]
                    result.people.append(held.people)
                    for column, values in _figures(way(by_likes, by_dislikes), held, unwanted).items():
                        result.values[column].append(values)
    return results


def _figures(scores: Scores, held: Held, unwanted: NDArray[np.int64]) -> Figures:
    wanted = scores[held.wanted[0]][:, None]
    pairs = (wanted > scores[unwanted]) + 0.5 * (wanted == scores[unwanted])
    found = measure(scores[None, :], held)
    found[ORDER] = np.array([pairs.mean()])
    left = np.delete(scores, held.given.indices)
    least = np.partition(left, -min(_DEPTH, len(left)))[-min(_DEPTH, len(left))]
    found[NEAR_TOP] = np.array([float((scores[unwanted] >= least).sum())])
    return found
