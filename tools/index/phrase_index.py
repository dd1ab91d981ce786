"""Phrases in a Chroma collection beside a workspace's own, found by what they mean.

Made anew when the phrases or the encoder are others; written beside its place and moved there when all is done, so that
one that was cut short is never read and processes that make it at once do not meet. Where nothing can be written, it
lives in a directory of the system until it is closed. Knows nothing of what the phrases are for.
"""

import hashlib
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.chroma_store import ChromaStore
from tastemaker.tools.index.encoder import Encoder

_log = logging.getLogger(__name__)
_PARTIAL = "partial-"
_ABANDONED_AFTER = 3600.0
"""Seconds after which a part-written collection is taken for the remains of a process that died."""
_ADDRESS = 16


class PhraseIndex:
    """Open phrases. Safe to share between threads. Close it when done."""

    def __init__(self, store: ChromaStore, encoder: Encoder, temporary: Path | None) -> None:
        self._store = store
        self._encoder = encoder
        self._temporary = temporary

    @classmethod
    def open(cls, folder: Path, phrases: Sequence[str], encoder: Encoder) -> Self:
        """Open the collection of some phrases; make it when it is missing, broken or of others.

        Args:
            folder: where the collections of such phrases are kept; all but this one are removed from it.
            phrases: the phrases, at least one.
            encoder: makes vectors of them.
        """
        from chromadb.errors import ChromaError

        told = json.dumps([list(phrases), encoder.path.name, encoder.dimensions])
        fingerprint = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        place = folder / fingerprint[:_ADDRESS]
        if place.is_dir():
            try:
                return cls(ChromaStore.open(place, len(phrases)), encoder, None)
            except WorkspaceError as error:
                _log.warning("phrases are made anew: %s", error)
        try:
            _make(place, phrases, encoder, fingerprint)
            return cls(ChromaStore.open(place, len(phrases)), encoder, None)
        except (OSError, ChromaError, WorkspaceError) as error:
            _log.info("phrases cannot be kept in %s: %s", folder, error)
        temporary = Path(tempfile.mkdtemp(prefix="tastemaker-"))
        _fill(temporary, phrases, encoder, fingerprint)
        return cls(ChromaStore.open(temporary, len(phrases)), encoder, temporary)

    def nearest(self, text: str, count: int) -> list[int]:
        """Return the places of the `count` phrases nearest to a text, nearest first."""
        return [int(each) for each in self._store.nearest(self._encoder.encode_query(text), count)]

    def close(self) -> None:
        """Close the collection."""
        self._store.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)


def _make(place: Path, phrases: Sequence[str], encoder: Encoder, fingerprint: str) -> None:
    """Write a collection beside its place, move it there, and remove those of other phrases."""
    folder = place.parent
    folder.mkdir(exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))
    try:
        partial.chmod(folder.stat().st_mode)
        _fill(partial, phrases, encoder, fingerprint)
        _move(partial, place, len(phrases))
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _clear(folder, place)


def _fill(folder: Path, phrases: Sequence[str], encoder: Encoder, fingerprint: str) -> None:
    places = [str(place) for place in range(len(phrases))]
    ChromaStore.build(folder, places, encoder.encode(phrases), fingerprint, lambda step, done, total: None)


def _move(partial: Path, place: Path, phrases: int) -> None:
    """Move a collection to its place, unless another process has put a whole one there meanwhile."""
    try:
        partial.rename(place)
    except OSError:
        try:
            ChromaStore.open(place, phrases).close()
        except WorkspaceError:
            shutil.rmtree(place)
            partial.rename(place)


def _clear(folder: Path, place: Path) -> None:
    """Remove collections of other phrases and what processes that died have left."""
    for each in folder.iterdir():
        left = each.name.startswith(_PARTIAL) and time.time() - each.stat().st_mtime < _ABANDONED_AFTER
        if each != place and not left:
            shutil.rmtree(each, ignore_errors=True)
