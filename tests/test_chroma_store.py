"""The Chroma collection finds neighbours, is filled up after a kill, and is made anew when it cannot be read."""

import sqlite3

import numpy as np
import pytest

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index import chroma_store
from tastemaker.tools.index.chroma_store import ChromaStore

VECTORS = np.random.default_rng(4).normal(size=(300, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
IDS = [f"i{k:03}" for k in range(300)]


def built(folder, fingerprint="one"):
    told = []
    ChromaStore.build(folder, IDS, VECTORS, fingerprint, lambda *each: told.append(each))
    return told


@pytest.fixture
def opened(tmp_path):
    opened = []

    def open_store(vectors=300):
        store = ChromaStore.open(tmp_path, vectors)
        opened.append(store)
        return store

    yield open_store
    for store in opened:
        store.close()


def test_the_nearest_are_nearly_those_of_exact_scoring(tmp_path, opened):
    built(tmp_path)
    store = opened()
    found = [store.nearest(vector, 10) for vector in VECTORS[:50]]
    true = np.argsort(-(VECTORS[:50] @ VECTORS.T), axis=1)[:, :10]
    shared = [len({f"i{k:03}" for k in rows} & set(ids)) for rows, ids in zip(true, found, strict=True)]
    assert np.mean(shared) > 9.9
    assert [ids[0] for ids in found] == IDS[:50]


def test_a_collection_is_still_there_when_it_is_opened_again(tmp_path, opened):
    built(tmp_path)
    opened().close()
    assert opened().nearest(VECTORS[7], 1) == ["i007"]


def test_a_collection_that_is_whole_is_not_filled_again(tmp_path):
    built(tmp_path)
    assert built(tmp_path) == [("vector store", 300, 300)]


def test_a_collection_cut_short_is_not_opened_and_is_filled_up(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(chroma_store, "_BATCH", 100)

    def die(step, done, total):
        if done == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ChromaStore.build(tmp_path, IDS, VECTORS, "one", die)
    with pytest.raises(WorkspaceError, match="is not of this catalogue; build the workspace again"):
        opened()
    assert built(tmp_path) == [("vector store", 200, 300), ("vector store", 300, 300)]
    assert opened().nearest(VECTORS[250], 1) == ["i250"]


def test_a_collection_of_other_vectors_is_made_anew(tmp_path):
    built(tmp_path)
    assert built(tmp_path, "another")[0] == ("vector store", 0, 300)


def test_a_missing_collection_names_the_cure(opened):
    with pytest.raises(WorkspaceError, match="cannot be read; build the workspace again with `tastemaker build`"):
        opened()


@pytest.mark.parametrize("damage", ["tables", "file"])
def test_a_damaged_collection_names_the_cure_and_is_made_anew(tmp_path, opened, damage):
    built(tmp_path)
    file = tmp_path / "chroma.sqlite3"
    if damage == "tables":
        with sqlite3.connect(file) as database:
            database.execute("DROP TABLE collections")
    else:
        for each in tmp_path.glob("chroma.sqlite3*"):
            each.write_bytes(b"no database at all" * 100)
    with pytest.raises(WorkspaceError, match="cannot be read; build the workspace again"):
        opened()
    built(tmp_path)
    assert opened().nearest(VECTORS[50], 1) == ["i050"]
