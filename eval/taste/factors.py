"""Peers from other packages, which need not be installed: `implicit`'s factor models and lenskit's SLIM.

BPR cannot fold in: a person is the mean of the factors of what they like.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.eval.taste.data import rows_of
from tastemaker.eval.taste.peer import Fitted, Peer, Training
from tastemaker.tools.index.item_weights import Likes

_SEED = 7


def alternating(training: Training, factors: int, regularization: float, alpha: float) -> Fitted:
    """Fit implicit alternating least squares; a person's factors are solved for at fold-in."""
    from implicit.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(
        factors=factors, regularization=regularization, alpha=alpha, random_state=_SEED, num_threads=1, use_gpu=False
    )
    model.fit(sparse.csr_matrix(training.likes), show_progress=False)

    def score(given: Likes) -> NDArray[np.float64]:
        rows = sparse.csr_matrix(given)
        people = np.stack([model.recalculate_user(person, rows[person]) for person in range(rows.shape[0])])
        found: NDArray[np.float64] = people @ model.item_factors.T
        return found

    return Fitted(score, model.item_factors.nbytes)


def pairwise(training: Training, factors: int, learning_rate: float) -> Fitted:
    """Fit Bayesian personalised ranking."""
    from implicit.bpr import BayesianPersonalizedRanking

    model = BayesianPersonalizedRanking(
        factors=factors, learning_rate=learning_rate, random_state=_SEED, num_threads=1, use_gpu=False
    )
    model.fit(sparse.csr_matrix(training.likes), show_progress=False)
    factors_of, bias = model.item_factors[:, :-1], model.item_factors[:, -1]

    def score(given: Likes) -> NDArray[np.float64]:
        counts = np.maximum(np.diff(given.indptr), 1)[:, None]
        found: NDArray[np.float64] = (given @ factors_of / counts) @ factors_of.T + bias
        return found

    return Fitted(score, model.item_factors.nbytes)


def sparse_linear(training: Training, l1: float, l2: float) -> Fitted:
    """Fit lenskit's SLIM, sparse linear weights between items."""
    from lenskit.knn import SLIMScorer

    return _lenskit(training, SLIMScorer(l1_reg=l1, l2_reg=l2))


def _lenskit(training: Training, scorer: Any) -> Fitted:
    import pandas as pd
    from lenskit.data import ItemList, RecQuery, from_interactions_df
    from lenskit.training import TrainingOptions

    user, row = training.likes.nonzero()
    data = from_interactions_df(pd.DataFrame({"user_id": user, "item_id": row}))
    scorer.train(data, TrainingOptions(rng=_SEED))
    known = np.unique(row)
    everything = ItemList(item_ids=known)

    def score(given: Likes) -> NDArray[np.float64]:
        found = np.full(given.shape, -1e9)
        for person in range(given.shape[0]):
            liked = rows_of(given, person)
            query = RecQuery(history_items=ItemList(item_ids=liked[np.isin(liked, known)]))
            found[person, known] = np.nan_to_num(scorer(query, everything).scores(), nan=-1e9)
        return found

    return Fitted(score, 0)


PEERS: Sequence[Peer] = (
    Peer(
        "implicit ALS",
        alternating,
        tuple(
            {"factors": factors, "regularization": regularization, "alpha": alpha}
            for factors in (64, 128)
            for regularization, alpha in ((5.0, 1.0), (20.0, 5.0))
        ),
        package="implicit",
    ),
    Peer(
        "implicit BPR",
        pairwise,
        tuple({"factors": 64, "learning_rate": rate} for rate in (0.03, 0.1)),
        package="implicit",
    ),
    Peer(
        "lenskit SLIM",
        sparse_linear,
        tuple({"l1": l1, "l2": l2} for l1, l2 in ((1.0, 20.0), (0.5, 100.0), (2.0, 100.0))),
        package="lenskit",
    ),
)
