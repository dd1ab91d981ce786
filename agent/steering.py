"""Steers a ranking by what no single tool proposes: how daring the person is, and themes they want less of.

A blend of places: the place in the ranking, the place by popularity and the place by closeness to the themes. With the
first two the mean popularity of the best k never rises as the daring rises, whatever the ranking; that is what makes
"surprise me" a dial.
"""

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.state import State
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.workspace import Workspace

_WINDOW = 200
"""Best items among which the order changes; what is farther down answers the wish too little."""
_BOLDNESS = 1.2
"""How much the popularity counts at full daring, the place in the ranking counting 1. A guess."""
_AVERSION = 0.6
"""How much the closeness to an unwanted theme counts. A guess."""
_MOST_THEMES = 3


def steered(ranked: Candidates, state: State, workspace: Workspace) -> Candidates:
    """Return the candidates in the order that the person's daring and aversions give them.

    Args:
        ranked: the fused ranking.
        state: what the person wants.
        workspace: where popularity and meaning come from.
    """
    size = min(len(ranked), _WINDOW)
    if size < 2 or not (state.adventure or state.avoid):
        return ranked
    rows = ranked.rows[:size]
    gain = 1.0 - np.arange(size) / size
    if state.adventure:
        gain -= _BOLDNESS * state.adventure * _places(workspace.catalogue.popularity[rows])
    if state.avoid:
        theme = workspace.encoder.encode_query(", ".join(state.avoid[-_MOST_THEMES:]))
        gain -= _AVERSION * _places(workspace.vector_index.vectors[rows].astype(np.float64) @ theme)
    order = np.argsort(-gain, kind="stable")
    moved = np.concatenate([rows[order], ranked.rows[size:]])
    # A score belongs to the place, so that scores still fall along the list.
    return Candidates(ranked.source, moved, ranked.scores, ranked.catalogue_ids, ranked.note)


def _places(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where each value stands among all, from 0 to 1, equals alike."""
    _, group, size = np.unique(values, return_inverse=True, return_counts=True)
    # Equals share the middle of the places that they take up together.
    middle = np.cumsum(size) - (size + 1) / 2
    places: NDArray[np.float64] = middle[group] / (len(values) - 1)
    return places
