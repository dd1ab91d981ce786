"""Scorers by items, popularity, nearest neighbours, the product's taste model, and by a kernel between people."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.eval.taste.data import log_of, rows_of
from tastemaker.eval.taste.peer import Fitted, Peer, Scores, Training, power, scaled
from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.taste_model import TasteModel


def popularity(training: Training) -> Fitted:
    """Score by how many like it."""
    fans = training.fans
    return Fitted(lambda given: np.tile(fans, (given.shape[0], 1)), fans.nbytes)


def nearest(training: Training, neighbours: int, shrinkage: float) -> Fitted:
    """Score by the sum of the cosines to what is liked, each item by its nearest neighbours (ItemKNN).

    Args:
        training: what to fit on.
        neighbours: how many neighbours of an item count.
        shrinkage: people added below, so that pairs known from few count less.
    """
    fans = training.fans
    liked = np.flatnonzero(fans)
    common = (training.likes.T @ training.likes).tocsr()[liked][:, liked].toarray()
    lengths = np.sqrt(fans[liked])
    cosines = (common / (np.outer(lengths, lengths) + shrinkage)).astype(np.float32)
    np.fill_diagonal(cosines, 0.0)
    if neighbours < len(liked):
        least = np.partition(cosines, -neighbours, axis=0)[-neighbours]
        cosines[cosines < least] = 0.0
    weights = sparse.csr_array(cosines)

    def score(given: Likes) -> NDArray[np.float64]:
        found = np.zeros(given.shape)
        found[:, liked] = (given[:, liked] @ weights).toarray()
        return found

    return Fitted(score, weights.data.nbytes + weights.indices.nbytes)


def taste_model(training: Training, regularisation: float, *, texts: bool) -> Fitted:
    """Fit the product's taste model, EASE, with or without texts."""
    vectors = training.vectors if texts else None
    model = TasteModel.fit(log_of(training.likes), training.likes.shape[1], None, vectors, regularisation)
    return Fitted(lambda given: _each(model, given), model.kept)


def user_kernel(training: Training, regularisation: float) -> Fitted:
    """Score by kernel ridge regression between people, with the kernel of an infinitely wide network (∞-AE).

    Sachdeva et al., "Infinite Recommendation Networks: A Data-Centric Approach" (NeurIPS 2022), one hidden layer.
    """
    unit = scaled(
        training.likes, power(np.diff(training.likes.indptr).astype(float), -0.5), np.ones_like(training.fans)
    )
    square = _tangent((unit @ unit.T).toarray())
    square[np.diag_indices_from(square)] += regularisation * np.trace(square) / len(square)
    duals = np.linalg.solve(square, training.likes.toarray())

    def score(given: Likes) -> NDArray[np.float64]:
        lengths = power(np.diff(given.indptr).astype(float), -0.5)
        found: NDArray[np.float64] = _tangent((given @ unit.T).toarray() * lengths[:, None]) @ duals
        return found

    return Fitted(score, duals.nbytes // 2 + unit.data.nbytes + unit.indices.nbytes)


def _tangent(values: Scores) -> NDArray[np.float64]:
    cosines = np.clip(values.astype(np.float64), -1.0, 1.0)
    angles = np.arccos(cosines)
    slopes = (np.pi - angles) / np.pi
    found: NDArray[np.float64] = 2 * cosines * slopes + np.sqrt(1 - cosines**2) / np.pi
    return found


def _each(model: TasteModel, given: Likes) -> NDArray[np.float64]:
    return np.stack([model.scores(rows_of(given, person)) for person in range(given.shape[0])])


_LAMBDAS = tuple({"regularisation": value} for value in (100.0, 200.0, 400.0))
EASE = Peer("EASE", lambda training, **told: taste_model(training, texts=False, **told), _LAMBDAS)
OURS = Peer("EASE with texts", lambda training, **told: taste_model(training, texts=True, **told), _LAMBDAS, True)
PEERS: Sequence[Peer] = (
    Peer("popularity", popularity),
    Peer(
        "ItemKNN",
        nearest,
        tuple({"neighbours": k, "shrinkage": s} for k in (100, 200, 400) for s in (0.0, 20.0)),
    ),
    EASE,
    OURS,
    Peer("kernel between people", user_kernel, tuple({"regularisation": value} for value in (0.3, 1.0, 2.0))),
)
