"""The graph of items: personalised PageRank from what was mentioned, over shared names and over what people like both.

Items and the names that they carry (people, kinds, other facets) are its nodes. A walker at an item goes on to an item
that the same people like, or to one of its names and from there to any item that carries it; after each such hop it
goes home with a fixed chance (Haveliwala, "Topic-sensitive PageRank", 2002). The walk is cut after a few hops, each hop
goes on from its heaviest items only, and a name that very many carry leads to the best known of them, so that its cost
does not grow with the catalogue (in the spirit of Andersen, Chung and Lang, "Local graph partitioning using PageRank
vectors", 2006).

Knows which field a name belongs to, not what it means. Figures: docs/decisions/0008-sequence-and-graph.md.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.index.array_file import reading_arrays, write_arrays
from tastemaker.tools.index.edges import Edges, Nodes, Weights, summed
from tastemaker.tools.index.histories import Histories
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
_WIDEST = 100
"""Items that one name leads to, the most liked; the others that carry it are scored once they are reached."""
_WIDEST_BEGINNING = 5_000
"""Likewise of a name at which a walk begins."""
_SMALL_POOL = 10_000
"""Up to so many candidates all are scored, reached or not."""
_MOST_REACHED = 5_000
"""Items that are scored among more candidates than that: those that most weight came to."""
_DECIMALS = 12


@dataclass(frozen=True)
class Walk:
    """Where a walk went."""

    items: tuple[Rows, Weights]
    """Rows that weight came to over shared likes, ascending, and how much."""
    names: tuple[Nodes, Weights]
    """Names that weight stood on, ascending, and how much."""
    came: tuple[tuple[Rows, Weights], ...]
    """Rows that weight came to in each hop, over likes or names, and how much."""
    by_kind: Mapping[str, float]
    """Share of the hops that went over each kind of edge, `LIKES` or a field, most first; sums to 1 or is empty."""


@dataclass(frozen=True)
class ItemGraph:
    """A graph to walk. Safe to share between threads; a walk changes nothing."""

    fields: tuple[str, ...]
    """Fields whose names are nodes."""
    keys: tuple[tuple[str, ...], ...]
    """Keys of each field's names, ascending; names are numbered through in this order."""
    names: Edges
    """From items to their names."""
    carriers: Edges
    """From names to the items that carry them, the most liked first."""
    together: Edges
    """From items to what the same people like."""
    fans: NDArray[np.int64]
    """How many users like each item, shape (items,)."""

    @classmethod
    def fit(cls, catalogue: Catalogue, histories: Histories) -> Self:
        """Make the graph of a catalogue and of what people like."""
        facets = catalogue.schema.facets()
        carried = [sorted(catalogue.rows_named(field.name).items()) for field in facets]
        counts = np.array([len(rows) for each in carried for _, rows in each], dtype=np.int64)
        row = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for each in carried for _, rows in each)])
        name = np.repeat(np.arange(len(counts)), counts)
        field = np.repeat(np.arange(len(facets)), [len(each) for each in carried])[name]
        together = liked_together(histories)
        liked = np.diff(together.indptr) > 0
        chances, over_likes = _chances(row, field, _shares([each.role for each in facets]), liked)
        together.data *= np.repeat(over_likes, np.diff(together.indptr))
        starts = _starts(np.bincount(row, minlength=len(catalogue)))
        by_row, by_fame = np.lexsort((name, row)), np.lexsort((row, -histories.fans[row], name))
        return cls(
            tuple(each.name for each in facets),
            tuple(tuple(key for key, _ in each) for each in carried),
            Edges(starts, _short(name[by_row]), len(counts), _kept(chances[by_row])),
            Edges(_starts(counts), _short(row[by_fame]), len(catalogue)),
            Edges(together.indptr.astype(np.int64), _short(together.indices), len(catalogue), _kept(together.data)),
            histories.fans,
        )

    def name(self, field: str, name: str) -> int | None:
        """Return the number of a name of one of the `fields`, None when no item carries it."""
        kind = self.fields.index(field)
        keys, key = self.keys[kind], normalise(name)
        place = bisect_left(keys, key)
        return self._first_names[kind] + place if place < len(keys) and keys[place] == key else None

    def walk(self, items: Rows, names: Sequence[int] = ()) -> Walk:
        """Walk from some items and names, each of the same weight.

        Args:
            items: rows to begin at, each once.
            names: numbers of names to begin at, each once.
        """
        begun = max(len(items) + len(names), 1)
        at_items = items, np.full(len(items), 1.0 / begun)
        at_names = np.array(names, dtype=np.int64), np.full(len(names), 1.0 / begun)
        from_names = self._to_items(*at_names, _WIDEST_BEGINNING)
        on_names, over_likes, came = [at_names], [], [from_names]
        here = self._summed(at_items, from_names)
        for _ in range(_HOPS):
            frontier = self._heaviest(*here, _FRONTIER)
            named, liked = self.names.spread(*frontier), self.together.spread(*frontier)
            on_names.append(named)
            over_likes.append(liked)
            rows, weights = self._summed(liked, self._to_items(*named, _WIDEST))
            came.append((rows, weights))
            here = rows, _GOES_ON * weights
        went = self._summed(*on_names[1:])
        by_kind = self._by_kind(*went, sum(float(weights.sum()) for _, weights in over_likes))
        return Walk(self._summed(*over_likes), self._summed(*on_names), tuple(came), by_kind)

    def scores(self, walk: Walk, pool: Rows | None = None) -> tuple[Rows, Weights]:
        """Return the rows of a pool that a walk speaks for, with their weights, above 0.

        Args:
            walk: the walk.
            pool: rows to choose from; None for all items.
        """
        items, names = np.zeros(len(self.fans)), np.zeros(self.names.targets)
        items[walk.items[0]] = walk.items[1]
        names[walk.names[0]] = walk.names[1] / self.carriers.counts(walk.names[0])
        if pool is None and len(items) <= _SMALL_POOL:
            rows, scores = np.arange(len(items), dtype=np.int64), items + self.names.gathered(names)
        else:
            rows = pool if pool is not None and len(pool) <= _SMALL_POOL else self._reached(walk, pool)
            scores = items[rows] + self.names.gathered(names, rows)
        scores = scores.round(_DECIMALS)
        return rows[scores > 0], scores[scores > 0]

    def shared(self, item: int, rows: Rows, field: str) -> Weights:
        """Return how much of the names of a field an item and each of some rows share, from 0 to 1 (Jaccard)."""
        if field not in self.fields:
            return np.zeros(len(rows))
        first = self._first_names[self.fields.index(field)]
        last = first + len(self.keys[self.fields.index(field)])
        own = self.names.ends[self.names.starts[item] : self.names.starts[item + 1]]
        own = own[(own >= first) & (own < last)]
        edges, position = self.names.leaving(rows)
        theirs = self.names.ends[edges]
        of_field = (theirs >= first) & (theirs < last)
        common = np.bincount(position, np.isin(theirs, own) & of_field, minlength=len(rows))
        either = np.bincount(position, of_field, minlength=len(rows)) + len(own) - common
        found: Weights = common / np.maximum(either, 1)
        return found

    def save(self, path: Path) -> None:
        """Write the graph to a file; a reader sees the old one or the new one, never a part."""
        arrays: dict[str, NDArray[np.generic]] = {}
        for name, edges in (("names", self.names), ("carriers", self.carriers), ("together", self.together)):
            arrays |= {f"{name}_starts": edges.starts, f"{name}_ends": edges.ends}
            if edges.chances is not None:
                arrays[f"{name}_chances"] = edges.chances.astype(np.float16)
        text = "\n".join(key for keys in self.keys for key in keys).encode("utf-8", "surrogatepass")
        arrays["keys"] = np.frombuffer(text, dtype=np.uint8)
        arrays["keys_of_field"] = np.array([len(keys) for keys in self.keys], dtype=np.int64)
        arrays["fields"] = np.array(self.fields, dtype=np.str_)
        write_arrays(path, arrays)

    @classmethod
    def load(cls, path: Path, histories: Histories) -> Self:
        """Read a graph that `save` wrote.

        Args:
            path: the file.
            histories: what it was made from.

        Raises:
            WorkspaceError: the file is missing or corrupt.
        """
        with reading_arrays(path) as file:
            places = np.cumsum([0, *file["keys_of_field"]]).tolist()
            keys = file["keys"].tobytes().decode("utf-8", "surrogatepass").split("\n")
            names, carriers, together = (
                Edges(
                    file[f"{part}_starts"],
                    file[f"{part}_ends"],
                    targets,
                    file[f"{part}_chances"].astype(np.float32) if f"{part}_chances" in file else None,
                )
                for part, targets in (
                    ("names", places[-1]),
                    ("carriers", histories.items),
                    ("together", histories.items),
                )
            )
            by_field = tuple(tuple(keys[start:end]) for start, end in pairwise(places))
            return cls(tuple(file["fields"].tolist()), by_field, names, carriers, together, histories.fans)

    @property
    def _first_names(self) -> list[int]:
        """Number of the first name of each field."""
        return list(accumulate((len(keys) for keys in self.keys), initial=0))

    def _to_items(self, names: Nodes, weights: Weights, widest: int) -> tuple[Rows, Weights]:
        return self.carriers.spread(names, weights / np.maximum(self.carriers.counts(names), 1), widest)

    def _reached(self, walk: Walk, pool: Rows | None) -> Rows:
        """Return the rows of a pool that most weight came to, at most `_MOST_REACHED`."""
        rows, weights = self._summed(*walk.came)
        among = np.ones(len(rows), dtype=bool) if pool is None else np.isin(rows, pool)
        return self._heaviest(rows[among], weights[among], _MOST_REACHED)[0]

    def _heaviest(self, rows: Rows, weights: Weights, most: int) -> tuple[Rows, Weights]:
        """Return the heaviest rows, heaviest first; of equals those that more people like, then by row."""
        if len(rows) > most:
            heavy = weights >= np.partition(weights, len(rows) - most)[len(rows) - most]
            rows, weights = rows[heavy], weights[heavy]
        order = np.lexsort((rows, -self.fans[rows], -weights))[:most]
        return rows[order], weights[order]

    def _by_kind(self, names: Nodes, weights: Weights, over_likes: float) -> dict[str, float]:
        field = np.searchsorted(self._first_names, names, side="right") - 1
        over_names = np.bincount(field, weights, minlength=len(self.fields)).tolist()
        kinds = {LIKES: over_likes, **dict(zip(self.fields, over_names, strict=True))}
        total = sum(kinds.values())
        return {kind: part / total for kind, part in sorted(kinds.items(), key=lambda each: -each[1]) if part > 0}

    @staticmethod
    def _summed(*parts: tuple[Nodes, Weights]) -> tuple[Nodes, Weights]:
        return summed(np.concatenate([nodes for nodes, _ in parts]), np.concatenate([weights for _, weights in parts]))


def _short(nodes: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
    """Return numbers of nodes as edges keep them."""
    return nodes.astype(np.int32)


def _kept(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return chances as a file keeps them, in half precision: three digits are more than the likes support."""
    return chances.astype(np.float16).astype(np.float32)


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _shares(roles: Sequence[Role]) -> Weights:
    """Return the chance of each field, and of likes at the end; fields of one role share theirs evenly."""
    kinds = [role if role in _SHARE_OF_ROLE else Role.PLAIN for role in roles]
    shares = [_SHARE_OF_ROLE.get(kind, _SHARE_OF_OTHERS) / kinds.count(kind) for kind in kinds]
    return np.array([*shares, _SHARE_OF_LIKES])


def _chances(
    rows: Rows, field: NDArray[np.int64], shares: Weights, liked: NDArray[np.bool_]
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
