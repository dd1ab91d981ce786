"""Dense search over item vectors: Chroma, and exact scoring over a memory-mapped array, whichever suits a search.

The same vectors are in both: `vectors.npy` has them in the order of the rows, for scoring any set of rows exactly;
the Chroma collection in `chroma/` holds them under the items' ids. Figures: docs/decisions/0002-dense-search-routes.md.
Knows nothing of how texts become vectors; see `tastemaker.tools.index.encoder`.
"""

import hashlib
import json
from pathlib import Path
from threading import Lock
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.candidates import Candidates, Scores
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.chroma_store import ChromaStore, Progress
from tastemaker.tools.index.encoder import Encoder

Route = Literal["chroma", "exact"]

VECTORS_FILE = "vectors.npy"
CHROMA_FOLDER = "chroma"
_PARTIAL_VECTORS = "vectors.partial.npy"
_PROGRESS_FILE = "vectors.partial.json"
_CURE = "build the workspace again with `tastemaker build`."
_NAMES_ENCODED = 5
_BATCH = 256
CHROMA_FROM = 30_000
"""Catalogues with at least this many items are searched through Chroma when no filter, or hardly one, applies."""
_NEARLY_ALL = 0.9
"""Share of the rows from which on a filter counts as hardly one: Chroma is asked for a few more items instead."""
_GATHER_UP_TO = 0.3
"""Share of the rows up to which their vectors are gathered; beyond it, scoring all rows is quicker."""
_DECIMALS = 6
"""Cosines are rounded to this, so that both routes, and any choice of rows, give an item the same score."""


def item_text(item: Item, schema: CatalogueSchema) -> str:
    """Return the text that stands for an item in dense search: its title, then its embedded fields in words.

    Of a field with many names the first five are told: the encoder reads 256 word pieces, slowly.
    """
    parts = [item.title]
    for field in schema.fields:
        told = _told(item, field) if field.embedded and field.name != schema.title.name else ""
        if told:
            parts.append(told)
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _told(item: Item, field: CatalogueField) -> str:
    value = item.values.get(field.name)
    if value is None or value in ((), ""):
        return ""
    if field.type is FieldType.TEXT:
        return str(value)
    return field.say(", ".join(value[:_NAMES_ENCODED]) if isinstance(value, tuple) else value)


class VectorIndex:
    """Open item vectors. Safe to share between threads."""

    def __init__(self, path: Path, vectors: NDArray[np.float32], catalogue: Catalogue, chroma_from: int) -> None:
        self.vectors = vectors
        """Unit vectors by row, shape (items, dimensions), memory-mapped and read-only."""
        self._path = path
        self._catalogue = catalogue
        self._chroma_from = chroma_from
        self._opening = Lock()
        self._store: ChromaStore | None = None

    @classmethod
    def build(cls, path: Path, catalogue: Catalogue, encoder: Encoder, progress: Progress) -> Self:
        """Encode all items into a workspace directory and open the index; goes on where a killed build was."""
        path.mkdir(parents=True, exist_ok=True)
        schema = catalogue.schema
        ids = [str(each) for each in catalogue.ids]
        texts = [item_text(item, schema) for item in catalogue.items(ids)]
        told = json.dumps([ids, texts, encoder.path.name, encoder.dimensions])
        fingerprint = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        _build_vectors(path, texts, fingerprint, encoder, progress)
        ChromaStore.build(path / CHROMA_FOLDER, ids, np.load(path / VECTORS_FILE, mmap_mode="r"), fingerprint, progress)
        return cls.open(path, catalogue)

    @classmethod
    def open(cls, path: Path, catalogue: Catalogue, chroma_from: int = CHROMA_FROM) -> Self:
        """Open the index that `build` wrote into a workspace directory.

        Args:
            path: the workspace directory.
            catalogue: the workspace's catalogue.
            chroma_from: number of items from which on unfiltered searches go through Chroma.

        Raises:
            WorkspaceError: a part is missing, corrupt or of another catalogue.
        """
        file = path / VECTORS_FILE
        try:
            vectors = np.load(file, mmap_mode="r")
        except FileNotFoundError as error:
            raise WorkspaceError(f"{file} is missing; {_CURE}") from error
        except (ValueError, EOFError) as error:
            raise WorkspaceError(f"{file} is corrupt; {_CURE}") from error
        if vectors.ndim != 2 or vectors.dtype != np.float32 or len(vectors) != len(catalogue):
            raise WorkspaceError(f"{file} is not of this catalogue; {_CURE}")
        if not (path / CHROMA_FOLDER).is_dir():
            raise WorkspaceError(f"{path / CHROMA_FOLDER} is missing; {_CURE}")
        index = cls(path, vectors, catalogue, chroma_from)
        if len(catalogue) >= chroma_from:
            index.check()
        return index

    def check(self) -> None:
        """Open the Chroma collection and compare it with the catalogue; searches open it when they need it.

        Raises:
            WorkspaceError: it is missing, corrupt or of another catalogue.
        """
        self._chroma()

    def close(self) -> None:
        """Close the Chroma client."""
        with self._opening:
            if self._store is not None:
                self._store.close()
            self._store = None

    def search(self, vector: NDArray[np.float32], limit: int, rows: Rows | None = None) -> tuple[Rows, Scores, Route]:
        """Return the items whose vectors are nearest, best first, ties in the order of their ids.

        Args:
            vector: a unit vector, shape (dimensions,).
            limit: the most items returned.
            rows: the rows that may be returned, distinct; None for all.

        Returns:
            Rows, shape (n,), their cosines from -1 to 1, shape (n,), and the route taken.
        """
        size = len(self.vectors)
        share = 1.0 if rows is None else len(rows) / max(size, 1)
        if size >= self._chroma_from and share >= _NEARLY_ALL and 0 < limit < size:
            found = self._ask_chroma(vector, min(size, int(1.1 * limit / share) + 10))
            found = found if rows is None else found[np.isin(found, rows)]
            if len(found) >= limit:
                return *self._ranked(found, _cosines(self.vectors[found], vector), limit), "chroma"
        if rows is None:
            rows = np.arange(size, dtype=np.int64)
        if share <= _GATHER_UP_TO:
            return *self._ranked(rows, _cosines(self.vectors[rows], vector), limit), "exact"
        return *self._ranked(rows, _cosines(self.vectors, vector)[rows], limit), "exact"

    def _ranked(self, rows: Rows, cosines: NDArray[np.float32], limit: int) -> tuple[Rows, Scores]:
        scores: Scores = cosines.astype(np.float64).round(_DECIMALS)
        ranked = Candidates.ranked("vector_index", rows, scores, self._catalogue.ids, max(limit, 0))
        return ranked.rows, ranked.scores

    def _ask_chroma(self, vector: NDArray[np.float32], count: int) -> Rows:
        row_of = self._catalogue.row_of
        return np.array([row_of[item_id] for item_id in self._chroma().nearest(vector, count)], dtype=np.int64)

    def _chroma(self) -> ChromaStore:
        with self._opening:
            if self._store is None:
                self._store = ChromaStore.open(self._path / CHROMA_FOLDER, len(self.vectors))
            return self._store


def _cosines(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the products of unit vectors with one, shape (vectors,).

    By einsum, on one thread: a matrix product waits for a second thread, which on a busy machine comes late.
    """
    found: NDArray[np.float32] = np.einsum("ij,j->i", vectors, vector)
    return found


def _build_vectors(path: Path, texts: list[str], fingerprint: str, encoder: Encoder, progress: Progress) -> None:
    """Encode batch by batch into a partial file whose progress is written after each, and rename it at the end."""
    done_file, partial, progress_file = path / VECTORS_FILE, path / _PARTIAL_VECTORS, path / _PROGRESS_FILE
    shape = (len(texts), encoder.dimensions)
    done = _done(progress_file, fingerprint)
    if done == len(texts) and done_file.exists() and not partial.exists():
        progress("vectors", done, done)
        return
    done = done if partial.exists() else 0
    mode: Literal["r+", "w+"] = "r+" if done else "w+"
    vectors = np.lib.format.open_memmap(partial, mode=mode, dtype=np.float32, shape=shape)
    for start in range(done, len(texts), _BATCH):
        progress("vectors", start, len(texts))
        end = min(start + _BATCH, len(texts))
        vectors[start:end] = encoder.encode(texts[start:end])
        vectors.flush()
        _write_progress(progress_file, fingerprint, end)
    del vectors
    partial.replace(done_file)
    _write_progress(progress_file, fingerprint, len(texts))
    progress("vectors", len(texts), len(texts))


def _done(file: Path, fingerprint: str) -> int:
    """Return how many texts of this fingerprint have been encoded; 0 where the file does not tell."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return int(told["done"]) if told["fingerprint"] == fingerprint else 0
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0


def _write_progress(file: Path, fingerprint: str, done: int) -> None:
    partial = file.with_suffix(".tmp")
    partial.write_text(json.dumps({"fingerprint": fingerprint, "done": done}), encoding="utf-8")
    partial.replace(file)
