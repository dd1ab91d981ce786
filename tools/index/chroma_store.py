"""The Chroma collection of a workspace: item vectors under the items' ids, persistent and embedded in the process.

Knows nothing of rows or of exact scoring; see `tastemaker.tools.index.vector_index`.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.errors import WorkspaceError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""
STEP = "vector store"
_COLLECTION = "items"
_BATCH = 1000
_EF_SEARCH = 800
"""Size of the list that a search of the graph keeps. 200 requests to 9,061 films: with 100, 94.8% of the true first ten
are found and 91.7% of the true first 200; with 400, 99.4% and 97.7%; with 800, all and 99.5%."""


class ChromaStore:
    """An open collection. Safe to share between threads."""

    def __init__(self, client: "Client", collection: "Collection") -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, folder: Path, vectors: int) -> Self:
        """Open the collection that `build` wrote.

        Args:
            folder: where Chroma keeps it.
            vectors: how many vectors it must hold.

        Raises:
            WorkspaceError: it cannot be read or holds another number.
        """
        from chromadb.errors import ChromaError

        cure = "build the workspace again with `tastemaker build`."
        with ExitStack() as on_failure:
            try:
                client = _client(folder)
                on_failure.callback(client.close)
                collection = client.get_collection(_COLLECTION, embedding_function=None)
                stored = collection.count()
            except (ChromaError, ValueError) as error:
                raise WorkspaceError(f"The Chroma collection in {folder} cannot be read; {cure}") from error
            if stored != vectors:
                raise WorkspaceError(f"The Chroma collection in {folder} is not of this catalogue; {cure}")
            on_failure.pop_all()
        return cls(client, collection)

    @staticmethod
    def build(
        folder: Path, ids: Sequence[str], vectors: NDArray[np.float32], fingerprint: str, progress: Progress
    ) -> None:
        """Fill the collection, from the number of vectors that it already holds on; what cannot be read is made anew.

        Args:
            folder: where Chroma keeps it.
            ids: ids of the items.
            vectors: their unit vectors, shape (items, dimensions).
            fingerprint: stands for the vectors; a collection with another is made anew.
            progress: told of every batch.
        """
        from chromadb.errors import ChromaError

        try:
            _fill(folder, ids, vectors, fingerprint, progress)
        except (ChromaError, ValueError):
            shutil.rmtree(folder)
            _fill(folder, ids, vectors, fingerprint, progress)

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[str]:
        """Return ids of about the `count` nearest items, nearest first; a few of the true ones may be missed."""
        answer = self._collection.query(query_embeddings=vector[np.newaxis], n_results=count, include=["distances"])
        return answer["ids"][0]

    def close(self) -> None:
        """Close the client; the files stay."""
        self._client.close()


def _fill(folder: Path, ids: Sequence[str], vectors: NDArray[np.float32], fingerprint: str, progress: Progress) -> None:
    client = _client(folder)
    try:
        collection = _collection_for(client, fingerprint)
        batch = min(_BATCH, client.get_max_batch_size())
        for start in range(collection.count(), len(ids), batch):
            progress(STEP, start, len(ids))
            end = min(start + batch, len(ids))
            collection.upsert(ids=list(ids[start:end]), embeddings=np.array(vectors[start:end]))
        progress(STEP, len(ids), len(ids))
    finally:
        client.close()


def _collection_for(client: "Client", fingerprint: str) -> "Collection":
    if _COLLECTION in [each.name for each in client.list_collections()]:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        if (collection.metadata or {}).get("fingerprint") == fingerprint:
            return collection
        client.delete_collection(_COLLECTION)
    return client.create_collection(
        _COLLECTION,
        metadata={"fingerprint": fingerprint},
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": _EF_SEARCH}},
    )


def _client(folder: Path) -> "Client":
    from chromadb import PersistentClient
    from chromadb.api.client import Client
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    try:
        client = PersistentClient(path=str(folder), settings=settings)
    except AttributeError:
        # Chroma 1.5 keeps the remains of a start that failed in this process, and drops them by failing once more.
        client = PersistentClient(path=str(folder), settings=settings)
    assert isinstance(client, Client), "PersistentClient is declared to return its interface, which cannot be closed"
    return client
