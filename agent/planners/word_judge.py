"""A learner that counts words: logistic regressions of the act and of the roles, read from a file of weights.

Small and quick; it knows the words it was taught with and nothing of what others mean. Fitted by
`tastemaker.eval.understanding.train`.
"""

import io
import json
import math
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.planners.marks import ROLES
from tastemaker.agent.planners.role_features import of_mark, of_turn
from tastemaker.agent.planners.role_judge import Judged
from tastemaker.agent.planners.role_question import ACTS, AskedTurn
from tastemaker.tools.errors import SettingsError


@dataclass(frozen=True)
class Weights:
    """One logistic regression."""

    answers: tuple[str, ...]
    """What it tells apart."""
    rows: Mapping[str, int]
    """Row of each feature."""
    table: NDArray[np.float16]
    """A row a feature, a column an answer."""
    bias: NDArray[np.float32]
    """One number an answer."""

    def probabilities(self, features: Collection[str], answers: Sequence[str]) -> dict[str, float]:
        """Return how likely each answer is; one that was never seen has 0."""
        known = [self.rows[each] for each in features if each in self.rows]
        scores = self.bias + self.table[known].astype(np.float32).sum(axis=0)
        shares = [math.exp(each) for each in (scores - scores.max()).tolist()]
        found = {answer: share / sum(shares) for answer, share in zip(self.answers, shares, strict=True)}
        return {answer: found.get(answer, 0.0) for answer in answers}


@dataclass(frozen=True)
class WordJudge:
    """Judges turns by their words."""

    weights: Mapping[str, Weights]
    """By `act` and kind of mark."""

    def judge(self, turn: AskedTurn) -> Judged:
        """Return how likely the acts and roles of a turn are; see `RoleJudge`."""
        return Judged(
            self.weights["act"].probabilities(of_turn(turn), ACTS),
            tuple(
                self.weights[mark.kind].probabilities(of_mark(turn, k), ROLES[mark.kind])
                for k, mark in enumerate(turn.marks)
            ),
        )

    def save(self, path: Path) -> None:
        """Write the weights."""
        arrays: dict[str, NDArray[np.generic]] = {}
        for name, each in self.weights.items():
            told = {"answers": each.answers, "features": sorted(each.rows, key=lambda row: each.rows[row])}
            packed = zlib.compress(json.dumps(told).encode(), 9)
            arrays |= {
                f"{name}-names": np.frombuffer(packed, np.uint8),
                f"{name}-table": each.table,
                f"{name}-bias": each.bias,
            }
        held = io.BytesIO()
        np.savez_compressed(held, **arrays)  # type: ignore[arg-type]
        path.write_bytes(held.getvalue())

    @classmethod
    def load(cls, path: Path) -> "WordJudge":
        """Read the weights that `save` wrote.

        Raises:
            SettingsError: the file is missing or damaged.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                names = [each.removesuffix("-bias") for each in arrays.files if each.endswith("-bias")]
                weights = {}
                for name in names:
                    told = json.loads(zlib.decompress(arrays[f"{name}-names"].tobytes()))
                    rows = {feature: row for row, feature in enumerate(told["features"])}
                    weights[name] = Weights(
                        tuple(told["answers"]), rows, arrays[f"{name}-table"], arrays[f"{name}-bias"]
                    )
        except (OSError, ValueError, KeyError, zlib.error) as error:
            raise SettingsError(
                f"The local planner's weights {path} are missing or damaged; install tastemaker again."
            ) from error
        return cls(weights)
