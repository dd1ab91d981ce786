"""The ranker: one order of all candidates from their features, learned from which items people wanted.

LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART", 2010) by LightGBM. Knows features only; see
`tastemaker.tools.ranking.features` for what they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.conversation_model import ConversationModel
from tastemaker.tools.ranking.feature_names import FEATURES

PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "lambdarank_truncation_level": 12,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
"""Parameters of LightGBM, chosen on the development dialogues; see decision 0010."""
ROUNDS = 250
_OTHERS = 100
"""Most items of a request that nobody wanted which are learned from, drawn at random."""
_DECIMALS = 9


@dataclass(frozen=True)
class Example:
    """One request to learn from."""

    features: NDArray[np.float32]
    """Features of its candidates, shape (candidates, features)."""
    grades: NDArray[np.int64]
    """How much each was wanted, 0 for not, shape (candidates,)."""


@dataclass(frozen=True)
class Ranker:
    """A learned ranker. Safe to share between threads."""

    model: str
    """The trees, in LightGBM's own text format."""
    taught_on: str = ""
    """What it was learned from, in words."""
    conversations: ConversationModel | None = None
    """What it knows of past conversations; None when it was taught without any."""

    @classmethod
    def fit(
        cls,
        examples: Sequence[Example],
        taught_on: str,
        conversations: ConversationModel | None = None,
        rounds: int = ROUNDS,
        seed: int = 7,
    ) -> Self:
        """Learn from requests; those in which nothing was wanted teach nothing and are left out.

        Args:
            examples: requests with their candidates.
            taught_on: what they are, in words.
            conversations: counts that `features_of` is given from now on. The features of the examples must come from
                other conversations than the example's own, or the ranker learns to trust what it will not know.
            rounds: number of trees.
            seed: seed of which items are drawn and of LightGBM.

        Raises:
            ValueError: no example has an item that was wanted.
        """
        # LightGBM takes part of a second to load, which those without a ranker do not wait for.
        import lightgbm

        drawn = np.random.default_rng(seed)
        parts = [_sampled(each, drawn) for each in examples if each.grades.any()]
        if not parts:
            raise ValueError("There is nothing to learn from: in no example is any item wanted.")
        data = lightgbm.Dataset(
            np.concatenate([each.features for each in parts]),
            label=np.concatenate([each.grades for each in parts]),
            group=[len(each.grades) for each in parts],
            feature_name=[each.replace(" ", "_") for each in FEATURES],
        )
        booster = lightgbm.train({**PARAMETERS, "seed": seed}, data, num_boost_round=rounds)
        return cls(booster.model_to_string(), taught_on, conversations)

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a score for every candidate, shape (candidates,); comparable within one request only.

        Args:
            features: as `features_of` returns them, shape (candidates, features).
        """
        if not len(features):
            return np.zeros(0)
        found = np.asarray(self._booster.predict(features, num_threads=1), dtype=np.float64)
        return found.round(_DECIMALS)

    def contributions(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what each feature adds to each score, shape (candidates, features + 1); the last is the same for all.

        Shapley values by TreeSHAP (Lundberg and others, "Consistent individualized feature attribution for tree
        ensembles", 2018), as LightGBM computes them. They sum to the score.
        """
        return np.asarray(self._booster.predict(features, pred_contrib=True, num_threads=1), dtype=np.float64)

    def save(self, path: Path, ids: Sequence[str]) -> None:
        """Write the ranker to a file; a reader sees the old one or the new one, never a part.

        Args:
            path: the file.
            ids: item ids by row.
        """
        partial = path.with_name(f"{path.name}.partial")
        told = {
            "features": list(FEATURES),
            "taught_on": self.taught_on,
            "model": self.model.splitlines(),
            "conversations": self.conversations.as_json(ids) if self.conversations else None,
        }
        partial.write_text(json.dumps(told, separators=(",", ":")), encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path, row_of: Mapping[str, int]) -> Self:
        """Read a ranker that `save` wrote.

        Args:
            path: the file.
            row_of: row by item id.

        Raises:
            WorkspaceError: the file is missing, corrupt or of other features.
        """
        cure = "build the workspace again with `tastemaker build`."
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            counts, features = told["conversations"], told["features"]
            conversations = ConversationModel.from_json(counts, row_of) if counts else None
            ranker = cls("\n".join(told["model"]) + "\n", told["taught_on"], conversations)
            known = ranker._booster.num_feature()
        except FileNotFoundError as error:
            raise WorkspaceError(f"{path} is missing; {cure}") from error
        except Exception as error:
            # LightGBM has errors of its own for a text that is not a model.
            raise WorkspaceError(f"{path} is corrupt; {cure}") from error
        if features != list(FEATURES) or known != len(FEATURES):
            raise WorkspaceError(f"{path} is of another version of the features; {cure}")
        return ranker

    @cached_property
    def _booster(self) -> Any:
        import lightgbm

        return lightgbm.Booster(model_str=self.model)


def _sampled(example: Example, drawn: np.random.Generator) -> Example:
    wanted, others = np.flatnonzero(example.grades), np.flatnonzero(example.grades == 0)
    if len(others) > _OTHERS:
        others = np.sort(drawn.choice(others, _OTHERS, replace=False))
    kept = np.concatenate([wanted, others])
    return Example(example.features[kept], example.grades[kept])
