"""What a mood means in the catalogue's names: "cosy", in the names whose glosses say something near to it.

A guess, by the closeness of sentence vectors, less how close a name's gloss is to all that glosses say, so that no name
is near to everything. Only names that the schema glosses are guessed, and nothing where no gloss is near: figures in
docs/decisions/0006-moods-and-search-phrases.md. Knows no plans and no items.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema
from tastemaker.tools.index.encoder import Encoder

NEAR_FROM = 0.1
"""Cosine, above the usual one, from which the nearest name counts; below, what was said is no mood of the catalogue."""
_BESIDE = 0.035
"""How far behind the nearest name others may be that count too."""
_MOST_NAMES = 3
_MOST_WORDS = 8
"""Longer words tell a story; what they are near to is chance."""
_PHRASES = re.compile(r",| and ")


@dataclass(frozen=True)
class Reading:
    """What some words were taken to mean."""

    field: str
    """The field of the names."""
    names: tuple[str, ...]
    """Names of the catalogue, the nearest first."""


@dataclass(frozen=True)
class _Glossed:
    names: tuple[str, ...]
    vectors: NDArray[np.float32]
    """Unit vectors of the glosses, shape (names, dimensions)."""
    usual: NDArray[np.float32]
    """How close each is to what glosses say, in the mean, shape (names,)."""


class Moods:
    """Reads moods for one catalogue. Safe to share between threads."""

    def __init__(self, schema: CatalogueSchema, encoder: Encoder) -> None:
        self._field = next((field for field in schema.facets() if field.glosses), None)
        self._noun = schema.noun
        self._encoder = encoder
        self._glossed: _Glossed | None = None
        self._loading = Lock()

    def load(self) -> None:
        """Encode the glosses now, so that the first request does not wait for it."""
        if self._field is not None:
            self._loaded(self._field)

    def near(self, words: str) -> list[tuple[str, float]]:
        """Return the glossed names, the nearest first, each with how much nearer it is to some words than usual."""
        if self._field is None or not words.strip():
            return []
        glossed = self._loaded(self._field)
        near = glossed.vectors @ self._encoder.encode_query(words) - glossed.usual
        return [(glossed.names[k], float(near[k])) for k in np.argsort(-near, kind="stable")]

    def read(self, words: str, refused: Collection[str] = ()) -> Reading | None:
        """Return what some words mean; None when they are near to no gloss.

        Args:
            words: the soft part of a request.
            refused: names that are not wanted, which nothing is taken for.
        """
        near = self.near(words)[:_MOST_NAMES] if len(words.split()) <= _MOST_WORDS else []
        if self._field is None or not near or near[0][1] < NEAR_FROM:
            return None
        gone = set(map(normalise, refused))
        beside = near[0][1] - _BESIDE
        names = tuple(name for name, each in near if each >= beside and normalise(name) not in gone)
        return Reading(self._field.name, names) if names else None

    def _loaded(self, field: CatalogueField) -> _Glossed:
        with self._loading:
            if self._glossed is None:
                texts = [f"{name} {self._noun}: {gloss}" for name, gloss in field.glosses.items()]
                phrases = [part.strip() for gloss in field.glosses.values() for part in _PHRASES.split(gloss)]
                vectors = self._encoder.encode([*texts, *filter(None, phrases)])
                told, said = vectors[: len(texts)], vectors[len(texts) :]
                self._glossed = _Glossed(tuple(field.glosses), told, (said @ told.T).mean(axis=0))
            return self._glossed
