"""The graph of items: personalised PageRank from what was mentioned, over shared names and over what people like both.

Items and the names that they carry (people, genres, other facets) are its nodes. A walker at an item goes on to an
item that the same people like, or to one of its names and from there to any item that carries it; after each such hop
it goes home with a fixed chance (Haveliwala, "Topic-sensitive PageRank", 2002). The walk is cut after a few hops, and
each hop goes on from its heaviest nodes only, so that its cost does not grow with the catalogue (in the spirit of
Andersen, Chung and Lang, "Local graph partitioning using PageRank vectors", 2006).

Knows which kind of name an edge stands for, not what the names are. Figures: docs/decisions/0008-sequence-and-graph.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.histories import CURE, Histories
from tastemaker.tools.index.liked_together import liked_together

LIKES = "shared likes"
"""Name of the edges between items that the same people like; no field can be called so, as names hold no space."""
_SHARE_OF_LIKES = 0.4
_SHARE_OF_ROLE = {Role.GENRE: 0.35, Role.PERSON: 0.21}
_SHARE_OF_OTHERS = 0.04
"""Chance to leave an item by each kind of edge; fields of one role share theirs, and what an item lacks falls to the
others."""
_GOES_ON = 0.5
"""Chance to walk on after a hop."""
_HOPS = 2
_FRONTIER = 100
"""Items from which a hop goes on, the heaviest."""
_WIDEST = 1000
"""Items that one name leads to, the most liked ones; the others that carry it are scored once they are reached."""
_SMALL_POOL = 20_000
"""Up to so many candidates all are scored, reached or not."""
_DECIMALS = 12

Edges = sparse.csr_array[np.float32]


@dataclass(frozen=True)
class Walk:
    """Where a walk went."""

    direct: NDArray[np.float64]
    """Weight that came over likes and from the names it began with, by row, shape (items,)."""
    names: NDArray[np.float64]
    """Weight that stood on each name, shape (names,)."""
    reached: NDArray[np.bool_]
    """Whether it came to each item, by row, shape (items,)."""
    by_kind: dict[str, float]
    """Share of the hops that went over each kind of edge, `LIKES` or a field, most first; sums to 1 or is empty."""


class ItemGraph:
    """A graph to walk. Safe to share between threads; a walk changes nothing."""

    def __init__(
        self,
        fields: Sequence[str],
        names: Edges,
        field_of_name: NDArray[np.int8],
        together: Edges,
        fans: NDArray[np.int64],
    ) -> None:
        """Take the parts.

        Args:
            fields: names of the fields that edges stand for.
            names: items by names, the chance to go from an item to a name.
            field_of_name: index of the field of each name.
            together: items by items, the chance to go to an item that the same people like.
            fans: how many users like each item.
        """
        self.fields = tuple(fields)
        """Fields whose names are nodes."""
        self._names = names
        self._field_of_name = field_of_name
        self._together = together
        self._fans = fans
        self._degrees = np.bincount(names.indices, minlength=names.shape[1])
        self._carried: Edges = sparse.csr_array(
            (np.ones(names.nnz, dtype=np.float32), names.indices, names.indptr), shape=names.shape
        )
        self._carriers = _carriers(self._carried, self._degrees, fans)

    @classmethod
    def fit(cls, catalogue: Catalogue, histories: Histories) -> Self:
        """Make the graph of a catalogue and of what people like."""
        fields = [(field.name, field.role) for field in catalogue.schema.facets()]
        carried = [
            (kind, rows)
            for kind, (field, _) in enumerate(fields)
            for _, rows in sorted(catalogue.rows_named(field).items())
        ]
        field_of_name = np.array([kind for kind, _ in carried], dtype=np.int8)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for _, rows in carried)])
        name = np.repeat(np.arange(len(carried)), [len(rows) for _, rows in carried])
        together = liked_together(histories)
        liked = np.diff(together.indptr) > 0
        chances, over_likes = _chances(rows, field_of_name[name], _shares([role for _, role in fields]), liked)
        names: Edges = sparse.csr_array((chances, (rows, name)), shape=(len(catalogue), len(carried)))
        together.data *= np.repeat(over_likes, np.diff(together.indptr))
        for edges in (names, together):
            edges.data = edges.data.astype(np.float16).astype(np.float32)  # as a file keeps them
        return cls([field for field, _ in fields], names, field_of_name, together, histories.fans)

    def walk(self, items: Rows, groups: Sequence[Rows] = ()) -> Walk:
        """Walk from some items and groups of items, each of the same weight.

        Args:
            items: rows to begin at.
            groups: the rows that carry a name, for each name to begin at.
        """
        here = np.zeros(self._names.shape[0])
        begun = max(len(items) + len(groups), 1)
        here[items] = 1.0 / begun
        direct, on_names = np.zeros_like(here), np.zeros(self._names.shape[1])
        for rows in groups:
            direct[rows] += 1.0 / (begun * len(rows))
        here += direct
        reached = direct > 0
        over_likes = 0.0
        for hop in range(_HOPS):
            weight = _GOES_ON**hop
            frontier = self._heaviest(here)
            over_names = here[frontier] @ self._names[frontier]
            along_likes = here[frontier] @ self._together[frontier]
            direct += weight * along_likes
            on_names += weight * over_names
            over_likes += weight * float(along_likes.sum())
            at = np.flatnonzero(over_names)
            here = along_likes + over_names[at] @ self._carriers[at]
            reached |= here > 0
        by_field = np.bincount(self._field_of_name, on_names, minlength=len(self.fields))
        kinds = {LIKES: over_likes, **dict(zip(self.fields, by_field.tolist(), strict=True))}
        total = sum(kinds.values())
        by_kind = {kind: part / total for kind, part in sorted(kinds.items(), key=lambda each: -each[1]) if part > 0}
        return Walk(direct, on_names, reached, by_kind)

    def scores(self, walk: Walk, pool: Rows | None = None) -> tuple[Rows, NDArray[np.float64]]:
        """Return the rows of a pool that a walk speaks for, with their weights, above 0.

        Args:
            walk: the walk.
            pool: rows to choose from; None for all items.
        """
        rows = np.arange(len(walk.direct), dtype=np.int64) if pool is None else pool
        if len(rows) > _SMALL_POOL:
            rows = rows[walk.reached[rows]]
        carried = self._carried if len(rows) == len(walk.direct) and pool is None else self._carried[rows]
        scores = walk.direct[rows] + carried @ (walk.names / self._degrees)
        scores = scores.round(_DECIMALS)
        return rows[scores > 0], scores[scores > 0]

    def shared(self, item: int, rows: Rows, field: str) -> NDArray[np.float64]:
        """Return how much of the names of a field an item and each of some rows share, from 0 to 1 (Jaccard)."""
        if field not in self.fields:
            return np.zeros(len(rows))
        of_field = self._field_of_name == self.fields.index(field)
        theirs = self._carried[rows]
        own = (self._carried[[item]].toarray()[0] > 0) & of_field
        common = theirs @ own.astype(np.float32)
        either = theirs @ of_field.astype(np.float32) + own.sum() - common
        found: NDArray[np.float64] = (common / np.maximum(either, 1)).astype(np.float64)
        return found

    def save(self, path: Path) -> None:
        """Write the graph to a file; a reader sees the old one or the new one, never a part."""
        parts = {
            f"{name}_{part}": getattr(edges, part).astype(kept)
            for name, edges in (("names", self._names), ("together", self._together))
            for part, kept in (("indptr", np.int64), ("indices", np.int32), ("data", np.float16))
        }
        partial = path.with_name(f"{path.name}.partial")
        with partial.open("wb") as file:
            np.savez(file, fields=np.array(self.fields, dtype=np.str_), field_of_name=self._field_of_name, **parts)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path, histories: Histories) -> Self:
        """Read a graph that `save` wrote.

        Args:
            path: the file.
            histories: what it was made from.

        Raises:
            WorkspaceError: the file is missing or corrupt, or not of these histories.
        """
        try:
            with np.load(path) as file:
                field_of_name = file["field_of_name"]
                names, together = (
                    sparse.csr_array(
                        (file[f"{part}_data"].astype(np.float32), file[f"{part}_indices"], file[f"{part}_indptr"]),
                        shape=(histories.items, width),
                    )
                    for part, width in (("names", len(field_of_name)), ("together", histories.items))
                )
                return cls(file["fields"].tolist(), names, field_of_name, together, histories.fans)
        except FileNotFoundError as error:
            raise WorkspaceError(f"{path} is missing; {CURE}") from error
        except (ValueError, KeyError, TypeError, IndexError, EOFError, BadZipFile) as error:
            raise WorkspaceError(f"{path} is corrupt; {CURE}") from error

    def _heaviest(self, here: NDArray[np.float64]) -> Rows:
        """Return the rows from which the next hop goes on; of equals those that more people like, then by row."""
        rows = np.flatnonzero(here)
        if len(rows) > _FRONTIER:
            rows = rows[here[rows] >= np.partition(here[rows], len(rows) - _FRONTIER)[len(rows) - _FRONTIER]]
        return rows[np.lexsort((rows, -self._fans[rows], -here[rows]))][:_FRONTIER]


def _shares(roles: Sequence[Role]) -> NDArray[np.float64]:
    """Return the chance of each field, and of likes at the end; fields of one role share theirs evenly."""
    kinds = [role if role in _SHARE_OF_ROLE else None for role in roles]
    shares = [
        _SHARE_OF_ROLE.get(role, _SHARE_OF_OTHERS) / kinds.count(kind) for role, kind in zip(roles, kinds, strict=True)
    ]
    return np.array([*shares, _SHARE_OF_LIKES])


def _chances(
    rows: Rows, field: NDArray[np.int8], shares: NDArray[np.float64], liked: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the chance to leave an item by each edge to a name, and by row the chance to leave it over likes.

    Args:
        rows: item of each edge.
        field: index of its field.
        shares: chance of each field, and of likes at the end, where an item has all of them.
        liked: by row, whether likes lead on from the item.
    """
    kinds = len(shares)
    counts = np.bincount(rows * kinds + field, minlength=len(liked) * kinds).reshape(-1, kinds)
    has = counts > 0
    has[:, -1] = liked
    chance = has * shares
    chance /= np.maximum(chance.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    return (chance[rows, field] / counts[rows, field]).astype(np.float32), chance[:, -1].astype(np.float32)


def _carriers(carried: Edges, degrees: NDArray[np.int64], fans: NDArray[np.int64]) -> Edges:
    """Return names by items: 1 over the number of items that carry the name, for the most liked `_WIDEST` of them."""
    edges = carried.T.tocsr()
    edges.data /= np.repeat(degrees, degrees).astype(np.float32)
    for name in np.flatnonzero(degrees > _WIDEST).tolist():
        start, end = edges.indptr[name], edges.indptr[name + 1]
        order = np.lexsort((edges.indices[start:end], -fans[edges.indices[start:end]]))
        edges.data[start:end][order[_WIDEST:]] = 0.0
    edges.eliminate_zeros()
    return edges
