"""Dense search gives the same answer by every route, and its build goes on where it was killed."""

import json
import shutil

import numpy as np
import pytest

from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index import vector_index
from tastemaker.tools.index.vector_index import VectorIndex, item_text

SCHEMA = CatalogueSchema(
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="year", type=FieldType.NUMBER, phrase="from {value}"),
        CatalogueField(name="kinds", type=FieldType.CATEGORIES, label="kind"),
        CatalogueField(name="price", type=FieldType.NUMBER, embedded=False),
        CatalogueField(name="about", type=FieldType.TEXT),
    )
)


@pytest.fixture
def copied(small_workspace_path, tmp_path):
    return shutil.copytree(small_workspace_path, tmp_path / "copied")


@pytest.fixture
def by_chroma(small_workspace):
    index = VectorIndex.open(small_workspace.path, small_workspace.catalogue, chroma_from=0)
    yield index
    index.close()


def quiet(step, done, total):
    pass


def test_what_is_encoded_is_the_title_and_the_embedded_fields_in_words():
    values = {"title": "Fold", "year": 2020.0, "kinds": ("Abstract", "Puzzle"), "price": 11.0, "about": "Bend a line."}
    told = item_text(Item("g27", "Fold", values, 0, None), SCHEMA)
    assert told == "Fold. from 2020. kind: Abstract, Puzzle. Bend a line."


def test_what_is_missing_is_not_told_and_long_lists_are_cut():
    values = {"title": "Fold", "year": None, "kinds": tuple("abcdefgh"), "about": ""}
    assert item_text(Item("g27", "Fold", values, 0, None), SCHEMA) == "Fold. kind: a, b, c, d, e."


def test_the_nearest_item_to_a_vector_is_itself(small_workspace):
    index = small_workspace.vector_index
    rows, scores, route = index.search(index.vectors[7], 3)
    assert rows[0] == 7
    assert scores[0] == pytest.approx(1.0)
    assert route == "exact"


def test_vectors_are_of_the_items_and_read_only(small_workspace):
    index, item = small_workspace.vector_index, small_workspace.catalogue.item("g12")
    told = small_workspace.encoder.encode_query(item_text(item, small_workspace.schema))
    assert index.vectors[small_workspace.catalogue.row_of["g12"]] == pytest.approx(told, abs=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        index.vectors[0, 0] = 1.0


@pytest.mark.parametrize("limit", [1, 10, 59])
def test_chroma_and_exact_scoring_agree(small_workspace, by_chroma, limit):
    for row in (0, 20, 59):
        vector = small_workspace.vector_index.vectors[row]
        rows, scores, route = by_chroma.search(vector, limit)
        exact_rows, exact_scores, exact_route = small_workspace.vector_index.search(vector, limit)
        assert (route, exact_route) == ("chroma", "exact")
        assert rows.tolist() == exact_rows.tolist()
        assert scores.tolist() == exact_scores.tolist()


def test_a_filter_that_nearly_all_survive_is_answered_by_chroma_and_others_exactly(by_chroma):
    vector = by_chroma.vectors[3]
    nearly_all = np.arange(2, 60)
    rows, _, route = by_chroma.search(vector, 5, nearly_all)
    assert route == "chroma"
    assert set(rows.tolist()) <= set(nearly_all.tolist())
    assert by_chroma.search(vector, 5, np.arange(30))[2] == "exact"


def test_when_too_few_of_chromas_items_survive_the_search_is_exact(by_chroma, monkeypatch):
    monkeypatch.setattr(VectorIndex, "_ask_chroma", lambda self, vector, count: np.arange(3))
    rows, _, route = by_chroma.search(by_chroma.vectors[3], 5)
    assert route == "exact"
    assert len(rows) == 5


@pytest.mark.parametrize("size", [1, 5, 20, 60])
def test_a_filtered_search_is_the_full_ranking_less_the_rows_not_allowed(small_workspace, size):
    index = small_workspace.vector_index
    allowed = np.random.default_rng(size).permutation(60)[:size]
    ranking, scores, _ = index.search(index.vectors[9], 60)
    rows, found, _ = index.search(index.vectors[9], 10, allowed)
    kept = np.isin(ranking, allowed)
    assert rows.tolist() == ranking[kept][:10].tolist()
    assert found.tolist() == scores[kept][:10].tolist()


def test_no_row_or_no_limit_gives_nothing(small_workspace):
    index = small_workspace.vector_index
    assert len(index.search(index.vectors[0], 5, np.zeros(0, dtype=np.int64))[0]) == 0
    assert len(index.search(index.vectors[0], 0)[0]) == 0


def test_a_build_killed_halfway_goes_on_where_it_was(small_workspace, encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(vector_index, "_BATCH", 10)
    encoded = []

    class Dying:
        path, dimensions = encoder.path, encoder.dimensions

        def encode(self, texts):
            if encoded == [10, 10, 10]:
                raise KeyboardInterrupt
            encoded.append(len(texts))
            return encoder.encode(texts)

    with pytest.raises(KeyboardInterrupt):
        VectorIndex.build(tmp_path, small_workspace.catalogue, Dying(), quiet)
    assert encoded == [10, 10, 10]
    assert not (tmp_path / "vectors.npy").exists()
    encoded.append("restarted")
    seen = []
    VectorIndex.build(tmp_path, small_workspace.catalogue, Dying(), lambda *told: seen.append(told))
    assert encoded == [10, 10, 10, "restarted", 10, 10, 10]
    assert seen[0] == ("vectors", 30, 60)
    assert seen[-1] == ("vector store", 60, 60)
    built = np.load(tmp_path / "vectors.npy")
    assert built == pytest.approx(np.asarray(small_workspace.vector_index.vectors), abs=1e-5)


def test_a_build_that_is_done_encodes_nothing(copied, small_workspace, encoder, monkeypatch):
    monkeypatch.setattr(encoder, "encode", lambda texts: pytest.fail("encoded again"))
    VectorIndex.build(copied, small_workspace.catalogue, encoder, quiet)


def test_vectors_of_other_texts_are_made_again(copied, small_workspace, encoder):
    file = copied / "vectors.partial.json"
    file.write_text(json.dumps({"fingerprint": "of another catalogue", "done": 60}))
    seen = []
    VectorIndex.build(copied, small_workspace.catalogue, encoder, lambda *told: seen.append(told))
    assert seen[0] == ("vectors", 0, 60)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: (path / "vectors.npy").unlink(), "vectors.npy is missing"),
        (lambda path: (path / "vectors.npy").write_bytes(b"x"), "vectors.npy is corrupt"),
        (lambda path: (path / "vectors.npy").write_bytes(b""), "vectors.npy is corrupt"),
        (lambda path: np.save(path / "vectors.npy", np.zeros((3, 384), np.float32)), "is not of this catalogue"),
        (lambda path: shutil.rmtree(path / "chroma"), "chroma is missing"),
    ],
)
def test_a_damaged_index_names_the_cure(copied, small_workspace, damage, said):
    damage(copied)
    with pytest.raises(WorkspaceError, match=f"{said}; build the workspace again with `tastemaker build`"):
        VectorIndex.open(copied, small_workspace.catalogue)
