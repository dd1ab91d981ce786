"""Phrases in a Chroma collection: found by meaning, kept, made anew when they are others, whole or not there."""

import os
import shutil

import pytest

from tastemaker.tools.index.chroma_store import ChromaStore
from tastemaker.tools.index.phrase_index import PhraseIndex

PHRASES = ["thank you so much", "a comedy for tonight", "who made this one?", "nothing with war in it"]


def asked(folder, encoder, phrases=PHRASES, words="thanks a lot"):
    index = PhraseIndex.open(folder, phrases, encoder)
    try:
        return index.nearest(words, 2)
    finally:
        index.close()


def test_the_nearest_phrases_are_found(tmp_path, encoder):
    assert asked(tmp_path / "phrases", encoder)[0] == 0
    assert asked(tmp_path / "phrases", encoder, words="no war please")[0] == 3


def test_they_are_made_once(tmp_path, encoder, monkeypatch):
    asked(tmp_path / "phrases", encoder)
    (kept,) = (tmp_path / "phrases").iterdir()
    monkeypatch.setattr(ChromaStore, "build", None)
    assert asked(tmp_path / "phrases", encoder)[0] == 0
    assert [*(tmp_path / "phrases").iterdir()] == [kept]


def test_one_that_is_closed_leaves_another_of_the_same_phrases_open(tmp_path, encoder):
    first, second = (PhraseIndex.open(tmp_path / "phrases", PHRASES, encoder) for _ in range(2))
    first.close()
    assert second.nearest("thanks a lot", 1) == [0]
    second.close()


def test_other_phrases_take_their_place(tmp_path, encoder):
    asked(tmp_path / "phrases", encoder)
    assert asked(tmp_path / "phrases", encoder, PHRASES[::-1])[0] == 3
    assert len([*(tmp_path / "phrases").iterdir()]) == 1


def test_what_is_broken_is_made_anew(tmp_path, encoder):
    asked(tmp_path / "phrases", encoder)
    (kept,) = (tmp_path / "phrases").iterdir()
    shutil.rmtree(kept)
    kept.mkdir()
    assert asked(tmp_path / "phrases", encoder)[0] == 0


def test_a_build_that_was_cut_short_leaves_nothing_that_is_read(tmp_path, encoder, monkeypatch):
    real = ChromaStore.build

    def cut_short(folder, *arguments):
        real(folder, *arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(ChromaStore, "build", cut_short)
    with pytest.raises(KeyboardInterrupt):
        PhraseIndex.open(tmp_path / "phrases", PHRASES, encoder)
    assert not [*(tmp_path / "phrases").iterdir()]
    monkeypatch.setattr(ChromaStore, "build", real)
    assert asked(tmp_path / "phrases", encoder)[0] == 0


def test_what_another_process_is_writing_is_left_alone_and_what_a_dead_one_left_is_not(tmp_path, encoder):
    folder = tmp_path / "phrases"
    for name, age in (("partial-live", 0), ("partial-dead", 7200)):
        (folder / name).mkdir(parents=True)
        then = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (then, then))
    asked(folder, encoder)
    assert (folder / "partial-live").is_dir()
    assert not (folder / "partial-dead").exists()


def test_where_nothing_can_be_written_they_live_until_they_are_closed(tmp_path, encoder):
    (tmp_path / "file").write_text("in the way")
    index = PhraseIndex.open(tmp_path / "file", PHRASES, encoder)
    assert index.nearest("thanks a lot", 1) == [0]
    index.close()
    assert (tmp_path / "file").read_text() == "in the way"
