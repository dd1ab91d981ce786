"""One ranking: the shortlist of a request, its features, and what the ranker says of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.ranking.signals import Signals
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class Ranking:
    """What the ranker saw and said."""

    rows: Rows
    """The shortlist, ascending, shape (n,)."""
    features: NDArray[np.float32]
    """Their features, shape (n, features)."""
    candidates: Candidates
    """The shortlist in the ranker's order, with its scores."""


def ranked(workspace: Workspace, ranker: Ranker, request: RankingRequest, pool: Rows | None, proposed: Rows) -> Ranking:
    """Return the ranking of a request.

    Args:
        workspace: where the items are.
        ranker: who ranks.
        request: what the person wants.
        pool: rows that may be recommended, ascending; None for the whole catalogue.
        proposed: rows that tools have proposed already, distinct.
    """
    signals = Signals(workspace, request, ranker.conversations)
    rows = shortlist(signals, pool, proposed)
    features = features_of(signals, rows)
    candidates = Candidates.ranked("ranker", rows, ranker.scores(features), workspace.catalogue.ids)
    return Ranking(rows, features, candidates)
