"""What a taste scorer is to the comparison: a name, settings to choose among, and a way to fit it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.text_taste import Vectors

Scores = NDArray[np.floating[Any]]
"""People by items."""
Score = Callable[[Likes], Scores]
"""Scores every item for people by what they like: people by items to people by items."""
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Fitted:
    """A fitted scorer."""

    score: Score
    """Folds people in."""
    kept: int
    """Bytes that it keeps."""


@dataclass(frozen=True)
class Training:
    """What a scorer is fitted on."""

    likes: Likes
    """Users by items."""
    vectors: Vectors | None
    """Dense vectors of the items' texts, if there are any."""

    @property
    def fans(self) -> NDArray[np.float64]:
        """People who like each item, shape (items,)."""
        return np.bincount(self.likes.indices, minlength=self.likes.shape[1]).astype(np.float64)


@dataclass(frozen=True)
class Peer:
    """A kind of scorer."""

    name: str
    fit: Callable[..., Fitted]
    """Fits it, given the training and one of the settings by name."""
    settings: Sequence[Settings] = ({},)
    """What is tried; the best on the validation people by NDCG@10 is taken, the first of equals."""
    reads_texts: bool = False
    """Whether it needs vectors of texts."""
    package: str = ""
    """Package that must be installed for it; none when empty."""


def scaled(matrix: Likes, rows: NDArray[np.float64], columns: NDArray[np.float64]) -> Likes:
    """Return a matrix with its rows and columns multiplied by factors."""
    found = matrix.copy()
    counts = np.diff(found.indptr)
    found.data = (found.data * np.repeat(rows, counts) * columns[found.indices]).astype(np.float32)
    return found


def power(values: NDArray[np.float64], exponent: float) -> NDArray[np.float64]:
    """Return values to a power, 0 where they are 0."""
    return np.where(values > 0, np.maximum(values, 1e-12) ** exponent, 0.0)
