"""Means with 95% bootstrap intervals over turns, and paired differences.

Seeded: the same values, seed and name give the same interval, whatever else is computed. Does not know what the
values mean.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

RESAMPLES = 2000
_PERCENTILES = (2.5, 97.5)


class Interval(BaseModel):
    """A mean and the interval that holds 95% of its bootstrap resamples."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float
    low: float
    high: float
    n: int
    """Turns that it is a mean over; at least 1."""

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def interval(values: Sequence[float], seed: int, name: str = "") -> Interval:
    """Return the mean of some values with its 95% percentile bootstrap interval.

    Args:
        values: one value a turn, finite, at least one.
        seed: seed of the run.
        name: name of the metric; every name has a random stream of its own.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("there is no value to take the mean of")
    numbers = np.asarray(values, dtype=np.float64)
    distinct, counts = np.unique(numbers, return_counts=True)
    mean = float(numbers.mean())
    if len(distinct) == 1:
        return Interval(mean=mean, low=mean, high=mean, n=len(numbers))
    # Drawing n values with replacement is drawing how often each distinct value comes: the same, and small.
    draws = np.random.default_rng([seed, zlib.crc32(name.encode())])
    drawn = draws.multinomial(len(numbers), counts / counts.sum(), size=RESAMPLES)
    low, high = np.percentile(drawn @ distinct / len(numbers), _PERCENTILES)
    return Interval(mean=mean, low=float(low), high=float(high), n=len(numbers))


def paired_difference(ours: Sequence[float], theirs: Sequence[float], seed: int, name: str = "") -> Interval:
    """Return the mean of ours minus theirs, turn by turn, with its interval.

    Raises:
        ValueError: the sequences differ in length or are empty.
    """
    return interval([a - b for a, b in zip(ours, theirs, strict=True)], seed, name)


def ratio(parts: Sequence[float], wholes: Sequence[float], seed: int, name: str = "") -> Interval:
    """Return the sum of some parts over the sum of their wholes, turns drawn whole, with its interval.

    Args:
        parts: one number a turn.
        wholes: likewise; their sum is more than 0.
        seed: seed of the run.
        name: name of the metric.

    Raises:
        ValueError: the sequences differ in length, or the wholes add up to nothing.
    """
    pairs = [(part, whole) for part, whole in zip(parts, wholes, strict=True) if part or whole]
    if not sum(whole for _, whole in pairs):
        raise ValueError("there is no whole to take parts of")
    distinct, counts = np.unique(np.asarray(pairs, dtype=np.float64), axis=0, return_counts=True)
    share = float(counts @ distinct[:, 0] / (counts @ distinct[:, 1]))
    draws = np.random.default_rng([seed, zlib.crc32(name.encode())])
    drawn = draws.multinomial(len(pairs), counts / counts.sum(), size=RESAMPLES) @ distinct
    drawn = drawn[drawn[:, 1] > 0]
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], _PERCENTILES)
    return Interval(mean=share, low=float(low), high=float(high), n=len(pairs))
