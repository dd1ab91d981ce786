"""Fusion: many proposals to one ranking, by their ranks alone.

Reciprocal rank fusion: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
Rank Learning Methods" (SIGIR 2009). Scores of different tools are not comparable, so they are not looked at.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.candidates import Candidates, Proposal

_DECIMALS = 12
"""Sums are rounded to this, so that the order of the proposals cannot decide between equals."""


_FLATNESS = 60
"""The paper's k: how flat the ranks count."""


def reciprocal_rank_fusion(proposals: Sequence[Proposal], catalogue_ids: NDArray[np.str_]) -> Candidates:
    """Return every proposed item, scored by the sum of weight / (k + rank) over the proposals, best first.

    Args:
        proposals: rankings, each with the weight of its word; those of weight 0 or less are not heard.
        catalogue_ids: ids of the whole catalogue by row, shape (items,).

    Returns:
        The items with their sums, ties in the order of their ids.
    """
    sums = np.zeros(len(catalogue_ids))
    proposed = np.zeros(len(catalogue_ids), dtype=bool)
    for proposal in proposals:
        if proposal.weight > 0:
            rows = proposal.candidates.rows
            sums[rows] += proposal.weight / (_FLATNESS + np.arange(1, len(rows) + 1))
            proposed[rows] = True
    rows = np.flatnonzero(proposed)
    return Candidates.ranked("fusion", rows, sums[rows].round(_DECIMALS), catalogue_ids)


def vote(proposal: Proposal, place: int) -> float:
    """Return what a proposal adds to the sum of the item at a place, from 1."""
    return round(proposal.weight / (_FLATNESS + place), _DECIMALS)
