"""How well items are found that few or none of the people like: by what people like, by what texts say, or by both.

A fifth of the items that anybody likes is hidden from the training, as if new. What test people like is then to be
found among the items of its group: the hidden ones, those with few likes in the training, and so on up to the popular
ones. All items are ranked too, those hidden among them, to see whether scoring new items costs the others anything.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tastemaker.eval.taste.comparison import Results
from tastemaker.eval.taste.data import Interactions, matrix_of, rows_of
from tastemaker.eval.taste.measures import MEASURES, figures, places
from tastemaker.eval.taste.neighbours import EASE, OURS
from tastemaker.eval.taste.peer import Fitted, Training
from tastemaker.eval.taste.splits import split
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import DataError
from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.taste_model import REGULARISATION
from tastemaker.tools.index.text_taste import coordinates

HIDDEN, WHOLE = "hidden", "all items"
CONTENT = "texts alone"
GROUPS = {"1 to 4 likes": (1, 4), "5 to 19": (5, 19), "20 and more": (20, 10**9)}
"""Groups of items by likes in the training: fewest and most."""
BASES = {HIDDEN: CONTENT, **dict.fromkeys([*GROUPS, WHOLE], EASE.name)}
"""The scorer that the others are told against, by group: EASE says nothing of hidden items."""
_SHARE = 0.2
Masks = Mapping[str, NDArray[np.bool_]]


def compare_cold(data: Interactions, seeds: Sequence[int]) -> Mapping[str, Mapping[str, Results]]:
    """Return the results of each scorer by group of items; a person with nothing to find in a group is not in it.

    Raises:
        DataError: the items have no texts.
    """
    if data.vectors is None:
        raise DataError("New items are scored by their texts, and these have none; give a workspace.")
    results: dict[str, dict[str, Results]] = defaultdict(lambda: defaultdict(Results))
    for seed in seeds:
        parts, hidden = split(data, seed), _hidden(data, seed)
        training = Training(_only(parts.train, ~hidden), data.vectors)
        given = _only(parts.test.given, ~hidden)
        groups = _groups(training, hidden)
        for name, fitted in _scorers(training).items():
            scores = fitted.score(given)
            scores[given.nonzero()] = -np.inf
            for group, members in groups.items():
                found, people = [], []
                for person, number in enumerate(parts.test.people):
                    wanted = parts.test.wanted[person]
                    if group == HIDDEN:
                        wanted = np.concatenate([wanted, rows_of(parts.test.given, person)])
                    wanted = np.sort(wanted[members[wanted] & (hidden[wanted] == (group == HIDDEN))])
                    if len(wanted):
                        found.append(figures(places(scores[person, members], np.cumsum(members)[wanted] - 1)))
                        people.append(number)
                result = results[name][group]
                result.people.append(np.array(people, dtype=np.int64))
                for k, measure in enumerate(MEASURES):
                    result.values[measure].append(np.array([each[k] for each in found]))
    return results


def _scorers(training: Training) -> Mapping[str, Fitted]:
    assert training.vectors is not None
    texts = coordinates(training.vectors)
    return {
        CONTENT: Fitted(lambda given: (given @ texts) @ texts.T, texts.nbytes),
        EASE.name: EASE.fit(training, regularisation=REGULARISATION),
        OURS.name: OURS.fit(training, regularisation=REGULARISATION),
    }


def _hidden(data: Interactions, seed: int) -> NDArray[np.bool_]:
    liked = np.flatnonzero(Training(data.likes, None).fans)
    chosen = np.random.default_rng([seed, len(liked)]).permutation(liked)[: round(_SHARE * len(liked))]
    return np.isin(np.arange(data.likes.shape[1]), chosen)


def _groups(training: Training, hidden: NDArray[np.bool_]) -> Masks:
    fans = training.fans
    by_likes = {name: (fans >= least) & (fans <= most) for name, (least, most) in GROUPS.items()}
    return {HIDDEN: hidden, **by_likes, WHOLE: np.ones(len(fans), dtype=bool)}


def _only(likes: Likes, kept: NDArray[np.bool_]) -> Likes:
    lists: list[Rows] = [rows_of(likes, user) for user in range(likes.shape[0])]
    return matrix_of([rows[kept[rows]] for rows in lists], likes.shape[1])
