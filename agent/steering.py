"""Steers a ranking by what no single tool proposes: the dials, and themes the person wants less of.

A blend of the place in the ranking with a value that each dial speaks of, see `tastemaker.tools.reordering`: as a dial
is turned up, its value in the best k never falls, whatever the ranking. The dial of diversity is not among them: it
speaks of a list and of no item, see `tastemaker.tools.diversity.spread`.
"""

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.state import State
from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.reordering import Pull, places, reordered, scaled
from tastemaker.tools.steer import matches
from tastemaker.tools.workspace import Workspace

_WINDOW = 200
"""Best items among which the order changes; what is farther down answers the wish too little."""
_REACH = 1.2
"""How much the value of a dial counts that is turned as far as it goes, the place in the ranking counting 1. A guess.
"""
_AVERSION = 0.6
"""How much the closeness to an unwanted theme counts. A guess."""
_MOST_THEMES = 3
_MOST_LIKED = 50
"""Likes, the latest, that what is adventurous is far from."""


def steered(ranked: Candidates, state: State, workspace: Workspace) -> Candidates:
    """Return the candidates in the order that the person's dials and aversions give them.

    Args:
        ranked: the fused ranking.
        state: what the person wants.
        workspace: where popularity, years and meaning come from.
    """
    rows = ranked.rows[:_WINDOW]
    dials = state.dials
    pulls = []
    if dials.adventure:
        pulls.append(Pull(unexpected(rows, state, workspace), _REACH * dials.adventure))
    if dials.fame:
        pulls.append(Pull(places(workspace.catalogue.popularity[rows]), _REACH * dials.fame))
    if dials.recency and workspace.schema.with_role(Role.YEAR):
        pulls.append(Pull(scaled(workspace.item_facts.year[rows]), _REACH * dials.recency))
    if state.avoid:
        pulls.append(Pull(scaled(matches(workspace, rows, less=state.avoid[-_MOST_THEMES:])), _AVERSION))
    return reordered(ranked, pulls)


def unexpected(rows: Rows, state: State, workspace: Workspace) -> Scores:
    """Return from 0 to 1 how adventurous each item is: half how little known, half how unlike all that is liked.

    Where nothing is liked yet, how little known it is says it alone. The halves are a guess.
    """
    little_known = 1.0 - places(workspace.catalogue.popularity[rows])
    row_of = workspace.catalogue.row_of
    liked = [row_of[each] for each in state.liked[-_MOST_LIKED:] if each in row_of]
    if not liked:
        return little_known
    vectors: NDArray[np.float32] = workspace.vector_index.vectors
    nearest = (vectors[rows] @ vectors[liked].T).max(axis=1).astype(np.float64)
    return (little_known + (1.0 - scaled(nearest))) / 2
