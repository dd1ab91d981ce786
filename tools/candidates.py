"""Candidates: item rows with scores, best first, as tools exchange them; and the bus that carries them.

Candidates never pass through a language model's prompt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.store import Rows

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """What one tool proposes, best first. Equal scores stand in the order of their item ids."""

    source: str
    """Name of the tool that made it."""
    rows: Rows
    """Catalogue rows, distinct, shape (n,)."""
    scores: Scores
    """Scores, not increasing, shape (n,); comparable within one tool only."""
    catalogue_ids: NDArray[np.str_] = field(repr=False)
    """Ids of the whole catalogue by row, for reading `ids`."""
    note: str = ""
    """What the tool has to say of its answer: a degraded mode, the route it took."""

    @classmethod
    def ranked(
        cls,
        source: str,
        rows: Rows,
        scores: Scores,
        catalogue_ids: NDArray[np.str_],
        limit: int | None = None,
        note: str = "",
    ) -> Self:
        """Return rows put in order: by score, highest first, ties by item id; non-finite scores are left out."""
        finite = np.isfinite(scores)
        rows, scores = rows[finite], scores[finite]
        limit = None if limit is None else max(limit, 0)
        if limit and limit < len(rows):
            # Every row that ties with the last place stays in, so that ties are still broken by id.
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            rows, scores = rows[scores >= least], scores[scores >= least]
        order = np.lexsort((catalogue_ids[rows], -scores))[:limit]
        return cls(source, rows[order], scores[order], catalogue_ids, note)

    @property
    def ids(self) -> list[str]:
        """Item ids, best first."""
        return [str(item) for item in self.catalogue_ids[self.rows]]

    def __len__(self) -> int:
        return len(self.rows)

    def without(self, rows: Iterable[int]) -> "Candidates":
        """Return the candidates less some rows."""
        keep = ~np.isin(self.rows, np.fromiter(rows, dtype=np.int64))
        return Candidates(self.source, self.rows[keep], self.scores[keep], self.catalogue_ids, self.note)

    def top(self, count: int) -> "Candidates":
        """Return the best `count`."""
        return Candidates(self.source, self.rows[:count], self.scores[:count], self.catalogue_ids, self.note)


@dataclass(frozen=True)
class Proposal:
    """One tool call's candidates on the bus. Two calls of one tool are two proposals."""

    call: str
    """Identifier of the call within the turn: `search_text#2`."""
    candidates: Candidates
    """What the tool answered."""
    weight: float = 1.0
    """Weight in the fusion."""


@dataclass(frozen=True)
class CandidateBus:
    """The candidates of one turn: the pool that filters left, and every retriever's proposal."""

    pool: Candidates | None = None
    """Rows that retrievers may propose; None stands for the whole catalogue."""
    proposals: Sequence[Proposal] = ()
    """Answers so far, in the order of the calls."""

    @property
    def proposed_rows(self) -> Rows:
        """Rows that any tool has proposed, ascending, distinct."""
        return np.unique(
            np.concatenate([np.empty(0, dtype=np.int64), *(each.candidates.rows for each in self.proposals)])
        )

    def narrowed(self, pool: Candidates) -> "CandidateBus":
        """Return the bus with another pool."""
        return CandidateBus(pool, self.proposals)

    def proposed(self, proposal: Proposal) -> "CandidateBus":
        """Return the bus with one more proposal."""
        return CandidateBus(self.pool, (*self.proposals, proposal))
