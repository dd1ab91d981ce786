"""What the ranker knows of every item before any request: how known, how liked, how old, of which kinds, by whom.

Read once from a catalogue. Knows nothing of requests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.catalogue.schema import CatalogueField, Role
from tastemaker.tools.catalogue.store import Catalogue, InteractionLog
from tastemaker.tools.index.array_file import reading_arrays, write_arrays

HALF_LIFE = 2.0 * 365.25 * 86_400.0
"""Seconds after which an interaction counts half in what is popular of late. A guess."""
_DAMPING = 10.0
"""Interactions of mean value that every item is given besides its own, so that one enthusiast makes no favourite."""

_TABLES = ("popularity", "popularity_of_late", "quality", "year")
_LINKS = ("kinds", "people")

Table = NDArray[np.float64]


@dataclass(frozen=True)
class ItemFacts:
    """Facts by row."""

    popularity: Table
    """Logarithm of 1 and the number of interactions, shape (items,)."""
    popularity_of_late: Table
    """The same of interactions that count less the older they are, shape (items,)."""
    quality: Table
    """Damped mean value of the interactions, shape (items,)."""
    year: Table
    """Calendar year, NaN without one, shape (items,)."""
    kinds: sparse.csr_array[np.float64]
    """Items by names of kinds, rows of length 1."""
    people: sparse.csr_array[np.float64]
    """Items by people, 1 where the item names them."""

    @classmethod
    def of(cls, catalogue: Catalogue, log: InteractionLog) -> Self:
        """Read the facts of a catalogue's items.

        Args:
            catalogue: the items.
            log: all interactions with them.
        """
        schema = catalogue.schema
        counts, means = catalogue.popularity, np.nan_to_num(catalogue.mean_values)
        everybody = float((counts * means).sum() / max(counts.sum(), 1.0))
        weights = np.ones(len(log.time))
        dated = ~np.isnan(log.time)
        if dated.any():
            weights[dated] = 0.5 ** ((log.time[dated].max() - log.time[dated]) / HALF_LIFE)
        years = schema.with_role(Role.YEAR)
        kinds = [field for field in schema.facets() if field.role is Role.GENRE]
        kinds = kinds or [field for field in schema.facets() if field.role is Role.PLAIN][:1]
        people = [field for field in schema.facets() if field.role is Role.PERSON]
        return cls(
            popularity=np.log1p(counts),
            popularity_of_late=np.log1p(np.bincount(log.row, weights=weights, minlength=len(catalogue))),
            quality=(counts * means + _DAMPING * everybody) / (counts + _DAMPING),
            year=catalogue.numbers(years[0].name) if years else np.full(len(catalogue), np.nan),
            kinds=_unit_rows(_carriers(catalogue, kinds)),
            people=_carriers(catalogue, people),
        )

    def save(self, path: Path) -> None:
        """Write the facts to a file; a reader sees the old one or the new one, never a part."""
        tables = {name: getattr(self, name) for name in _TABLES}
        links = {
            f"{name}_{part}": getattr(getattr(self, name), part)
            for name in _LINKS
            for part in ("data", "indices", "indptr", "shape")
        }
        write_arrays(path, tables | links)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read facts that `save` wrote.

        Raises:
            WorkspaceError: the file is missing or corrupt.
        """
        with reading_arrays(path) as file:
            return cls(
                popularity=file["popularity"],
                popularity_of_late=file["popularity_of_late"],
                quality=file["quality"],
                year=file["year"],
                kinds=_links(file, "kinds"),
                people=_links(file, "people"),
            )


def _links(file: Mapping[str, NDArray[Any]], name: str) -> sparse.csr_array[np.float64]:
    parts = (file[f"{name}_data"], file[f"{name}_indices"], file[f"{name}_indptr"])
    rows, columns = file[f"{name}_shape"].tolist()
    return sparse.csr_array(parts, shape=(rows, columns))


def _carriers(catalogue: Catalogue, fields: list[CatalogueField]) -> sparse.csr_array[np.float64]:
    """Return items by names, 1 where an item carries the name in one of the fields."""
    places: dict[str, int] = {}
    rows, columns = [], []
    for field in fields:
        for key, carriers in catalogue.rows_named(field.name).items():
            place = places.setdefault(key, len(places))
            rows.append(carriers)
            columns.append(np.full(len(carriers), place))
    shape = (len(catalogue), max(len(places), 1))
    if not rows:
        return sparse.csr_array(shape, dtype=np.float64)
    found = sparse.csr_array(
        (np.ones(sum(map(len, rows))), (np.concatenate(rows), np.concatenate(columns))), shape=shape
    )
    found.data[:] = 1.0
    return found


def _unit_rows(carriers: sparse.csr_array[np.float64]) -> sparse.csr_array[np.float64]:
    lengths = np.sqrt(carriers.sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(lengths, 1.0)) @ carriers)
