"""Scorers that walk the graph of people and items: RP3β, low-pass filtering, convolution of texts. None is trained."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from tastemaker.eval.taste.peer import Fitted, Peer, Training, power, scaled
from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.text_taste import coordinates


def walk(training: Training, damping: float) -> Fitted:
    """Score by walks of three steps, popular ends damped (RP3β).

    Paudel et al., "Updatable, Accurate, Diverse, and Scalable Recommendations" (TiiS 2016).

    Args:
        training: what to fit on.
        damping: β, the power of an item's popularity that its score is divided by.
    """
    likes, fans = training.likes, training.fans
    counts = np.diff(likes.indptr).astype(float)
    to_items = scaled(likes, power(counts, -1.0), power(fans, -damping))
    to_people = scaled(likes, np.ones(len(counts)), power(fans, -1.0)).T.tocsr()
    return Fitted(lambda given: (given @ to_people @ to_items).toarray(), _size(to_items) + _size(to_people))


def low_pass(training: Training, factors: int, share: float) -> Fitted:
    """Score by a linear filter of the item graph and an ideal low-pass filter, what LightGCN comes to (GF-CF).

    Shen et al., "How Powerful is Graph Convolution for Recommendation?" (CIKM 2021).

    Args:
        training: what to fit on.
        factors: singular vectors that the low-pass filter keeps.
        share: weight of the low-pass filter, the linear one having 1.
    """
    likes, fans = training.likes, training.fans
    graph = scaled(likes, power(np.diff(likes.indptr).astype(float), -0.5), power(fans, -0.5))
    right = linalg.svd(graph.toarray(), full_matrices=False)[2][:factors].astype(np.float32)
    down, up = power(fans, -0.5).astype(np.float32), power(fans, 0.5).astype(np.float32)

    def score(given: Likes) -> NDArray[np.float64]:
        linear = (given @ graph.T @ graph).toarray()
        ideal = (given @ (right * down).T) @ right * up
        found: NDArray[np.float64] = linear + share * ideal
        return found

    return Fitted(score, 2 * _size(graph) + right.nbytes)


def text_convolution(training: Training, layers: int) -> Fitted:
    """Score by the cosine of texts that were averaged over the graph, without parameters (TextGCN).

    Args:
        training: what to fit on.
        layers: how often each item takes the mean of its neighbours' vectors; the layers are added up.
    """
    assert training.vectors is not None
    likes, fans = training.likes, training.fans
    graph = scaled(likes, power(np.diff(likes.indptr).astype(float), -0.5), power(fans, -0.5))
    layer = coordinates(training.vectors)
    total = layer.copy()
    for _ in range(layers):
        layer = graph.T @ (graph @ layer)
        total += layer
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return Fitted(lambda given: (given @ total) @ total.T, total.nbytes)


def _size(matrix: Likes) -> int:
    return int(matrix.data.nbytes + matrix.indices.nbytes)


PEERS: Sequence[Peer] = (
    Peer("graph walk (RP3β)", walk, tuple({"damping": value} for value in (0.0, 0.2, 0.35, 0.5))),
    Peer(
        "low-pass filter (GF-CF)",
        low_pass,
        tuple({"factors": k, "share": share} for k in (64, 128) for share in (0.1, 0.3)),
    ),
    Peer("text convolution (TextGCN)", text_convolution, tuple({"layers": k} for k in (2, 3, 5, 8)), True),
)
